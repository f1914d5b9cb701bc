//! Light, dark, or as the system has it; and the palette of the differences.

/// The colours a person chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// As the system has it, in blue and orange.
    SystemBlue,
    /// Light, in blue and orange.
    LightBlue,
    /// Dark, in blue and orange.
    DarkBlue,
}

impl Theme {
    /// Every choice. Blue and orange look different to people who cannot tell green from red.
    pub(crate) const ALL: [Theme; 6] = [
        Theme::System,
        Theme::Light,
        Theme::Dark,
        Theme::SystemBlue,
        Theme::LightBlue,
        Theme::DarkBlue,
    ];

    /// The name in storage: the brightness, and behind a hyphen the palette.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::SystemBlue => "system-blue",
            Theme::LightBlue => "light-blue",
            Theme::DarkBlue => "dark-blue",
        }
    }

    /// What the style sheet knows as `data-theme` and `data-palette`.
    pub(crate) fn parts(self) -> (&'static str, &'static str) {
        self.name().split_once('-').unwrap_or((self.name(), ""))
    }

    /// The name on the button.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Theme::System => "System",
            Theme::Light => "Light",
            Theme::Dark => "Dark",
            Theme::SystemBlue => "System, blue and orange",
            Theme::LightBlue => "Light, blue and orange",
            Theme::DarkBlue => "Dark, blue and orange",
        }
    }

    /// The choice of a name; the system's for any other.
    pub(crate) fn from_name(name: &str) -> Theme {
        Theme::ALL.into_iter().find(|theme| theme.name() == name).unwrap_or_default()
    }

    /// The next choice, in the same palette.
    pub(crate) fn next(self) -> Theme {
        match self {
            Theme::System => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::System,
            Theme::SystemBlue => Theme::LightBlue,
            Theme::LightBlue => Theme::DarkBlue,
            Theme::DarkBlue => Theme::SystemBlue,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_and_the_circles_close() {
        for theme in Theme::ALL {
            assert_eq!(Theme::from_name(theme.name()), theme);
            assert_eq!(theme.next().next().next(), theme);
            assert_eq!(theme.next().parts().1, theme.parts().1);
        }
        assert_eq!(Theme::from_name("sepia"), Theme::System);
        assert_eq!(Theme::DarkBlue.parts(), ("dark", "blue"));
        assert_eq!(Theme::Dark.parts(), ("dark", ""));
    }
}
