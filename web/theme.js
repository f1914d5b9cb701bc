// Sets the chosen colours before the first paint.
{
  let theme = null;
  try {
    theme = JSON.parse(localStorage.getItem('pgparity.theme'));
  } catch {
    // Without storage, or with something else in it, the system's colours stay.
  }
  const [brightness, palette] = typeof theme === 'string' ? theme.split('-') : [];
  if (brightness === 'light' || brightness === 'dark') document.documentElement.dataset.theme = brightness;
  if (palette === 'blue') document.documentElement.dataset.palette = palette;
}
