//! Connection URLs, by libpq's grammar.
//!
//! No message of this module quotes a part of the URL: where a special character was not escaped,
//! any part may be a piece of a password.

use anyhow::{Context, Result, anyhow, bail};

use super::settings::Settings;

fn strip_scheme(text: &str) -> Option<&str> {
    ["postgresql://", "postgres://"].iter().find_map(|scheme| {
        let head = text.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then(|| &text[scheme.len()..])
    })
}

/// The settings that a URL gives.
pub(crate) fn parse(url: &str) -> Result<Settings> {
    let rest = strip_scheme(url).context(
        "the connection URL must start with postgres:// or postgresql:// (the value is not shown)",
    )?;
    let mut settings = Settings::default();
    let mut has_password = false;

    // As libpq does: the user information ends at the first `@` before any `/`.
    let stop = rest.find(['@', '/']).filter(|&i| rest.as_bytes()[i] == b'@');
    let rest = match stop {
        Some(at) => {
            let (user, password) = match rest[..at].split_once(':') {
                Some((user, password)) => {
                    has_password = true;
                    (user, Some(password))
                }
                None => (&rest[..at], None),
            };
            set_part(&mut settings, "user", user, "user name")?;
            set_part(&mut settings, "password", password.unwrap_or(""), "password")?;
            &rest[at + 1..]
        }
        None => rest,
    };

    let (location, query) = match rest.split_once('?') {
        Some((location, query)) => (location, query),
        None => (rest, ""),
    };
    if location.contains('@') {
        bail!(
            "the connection URL has an '@' or '/' in the user name or password that is not \
             escaped: write '@' as %40, '/' as %2F, ':' as %3A"
        );
    }
    let (hosts, database) = match location.split_once('/') {
        Some((hosts, database)) => (hosts, database),
        None => (location, ""),
    };
    let (hosts, ports) = parse_hosts(hosts)?;
    set_part(&mut settings, "host", &hosts, "host")?;
    set_part(&mut settings, "port", &ports, "port")?;
    set_part(&mut settings, "dbname", database, "database name")?;
    parse_query(&mut settings, query, has_password)?;
    Ok(settings)
}

/// Splits `host:port,[::1]:port` into the list of hosts and the list of ports.
fn parse_hosts(text: &str) -> Result<(String, String)> {
    let mut hosts = Vec::new();
    let mut ports = Vec::new();
    for part in text.split(',') {
        let (host, port) = if let Some(inner) = part.strip_prefix('[') {
            let (host, after) = inner
                .split_once(']')
                .context("the connection URL has an IPv6 address without its closing ']'")?;
            if host.is_empty() {
                bail!("the connection URL has an empty IPv6 address: \"[]\"");
            }
            match after.strip_prefix(':') {
                Some(port) => (host, port),
                None if after.is_empty() => (host, ""),
                None => bail!(
                    "the connection URL has something other than a port behind an IPv6 address"
                ),
            }
        } else {
            part.split_once(':').unwrap_or((part, ""))
        };
        hosts.push(host);
        ports.push(port);
    }
    let ports =
        if ports.iter().all(|port| port.is_empty()) { String::new() } else { ports.join(",") };
    let hosts =
        if hosts.iter().all(|host| host.is_empty()) { String::new() } else { hosts.join(",") };
    Ok((hosts, ports))
}

fn parse_query(settings: &mut Settings, query: &str, has_password: bool) -> Result<()> {
    if query.is_empty() {
        return Ok(());
    }
    for pair in query.split('&') {
        let (keyword, value) = pair.split_once('=').context(
            "the connection URL has a parameter without '=': parameters are written ?name=value&name=value",
        )?;
        let keyword = decode(keyword).context("in a parameter's name of the connection URL")?;
        // JDBC's spelling, which libpq accepts too.
        if keyword == "ssl" && value == "true" {
            settings.set("sslmode", "require".to_owned());
            continue;
        }
        if super::keywords::find(&keyword).is_none() {
            let meant = super::keywords::like(&keyword);
            // It may be a piece of a password: then only what was certainly meant as a name is shown.
            if meant.is_none() && (has_password || query.contains('@')) {
                bail!(
                    "the connection URL has an unknown parameter, or an '@', '/' or '?' in the \
                       password that is not escaped"
                );
            }
            let hint = meant.map(|meant| format!(": did you mean {meant:?}?")).unwrap_or_default();
            bail!("the connection URL has an unknown parameter {keyword:?}{hint}");
        }
        let value = decode(value)
            .with_context(|| format!("in the parameter {keyword} of the connection URL"))?;
        settings.set(&keyword, value);
    }
    Ok(())
}

fn set_part(settings: &mut Settings, keyword: &str, text: &str, what: &str) -> Result<()> {
    let value = decode(text).with_context(|| format!("in the {what} of the connection URL"))?;
    if !value.is_empty() {
        settings.set(keyword, value);
    }
    Ok(())
}

/// Percent-decoding, strict as libpq's.
fn decode(text: &str) -> Result<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first != b'%' {
            bytes.push(*first);
            rest = tail;
            continue;
        }
        let [high, low, tail @ ..] = tail else {
            bail!("a '%' is not followed by two hexadecimal digits: write '%' itself as %25");
        };
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let (Some(high), Some(low)) = (digit(*high), digit(*low)) else {
            bail!("a '%' is not followed by two hexadecimal digits: write '%' itself as %25");
        };
        let byte = u8::try_from(high * 16 + low)?;
        if byte == 0 {
            bail!("%00 is not allowed");
        }
        bytes.push(byte);
        rest = tail;
    }
    String::from_utf8(bytes).map_err(|_| anyhow!("the escaped bytes are not UTF-8"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
    use proptest::prelude::*;

    use super::*;

    fn parsed(url: &str, keyword: &str) -> Option<String> {
        parse(url).unwrap().get(keyword).map(str::to_owned)
    }

    fn check(url: &str, expected: &[(&str, &str)]) {
        let mut wanted = Settings::default();
        for (keyword, value) in expected {
            assert!(wanted.set(keyword, (*value).to_owned()));
        }
        assert!(parse(url).unwrap() == wanted, "{url}");
    }

    #[test]
    fn the_forms_of_the_manual() {
        check("postgresql://", &[]);
        check("postgresql://localhost", &[("host", "localhost")]);
        check("postgresql://localhost:5433", &[("host", "localhost"), ("port", "5433")]);
        check("postgresql://localhost/mydb", &[("host", "localhost"), ("dbname", "mydb")]);
        check("postgresql://user@localhost", &[("user", "user"), ("host", "localhost")]);
        check(
            "postgresql://user:secret@localhost",
            &[("user", "user"), ("password", "secret"), ("host", "localhost")],
        );
        check(
            "postgresql://other@localhost/otherdb?connect_timeout=10&application_name=myapp",
            &[
                ("user", "other"),
                ("host", "localhost"),
                ("dbname", "otherdb"),
                ("connect_timeout", "10"),
                ("application_name", "myapp"),
            ],
        );
        check(
            "postgresql://host1:123,host2:456/somedb?target_session_attrs=any",
            &[
                ("host", "host1,host2"),
                ("port", "123,456"),
                ("dbname", "somedb"),
                ("target_session_attrs", "any"),
            ],
        );
        check(
            "postgresql://[2001:db8::1234]/database",
            &[("host", "2001:db8::1234"), ("dbname", "database")],
        );
    }

    #[test]
    fn unix_sockets_in_both_spellings() {
        check(
            "postgresql:///db?host=/tmp&user=x",
            &[("dbname", "db"), ("host", "/tmp"), ("user", "x")],
        );
        check(
            "postgres://u@%2Ftmp:5433/db",
            &[("user", "u"), ("host", "/tmp"), ("port", "5433"), ("dbname", "db")],
        );
    }

    #[test]
    fn ports_keep_their_place_beside_hosts() {
        check("postgres://a,b:6432,c/", &[("host", "a,b,c"), ("port", ",6432,")]);
    }

    #[test]
    fn a_query_parameter_wins_over_the_part_before_it() {
        assert_eq!(parsed("postgres://a@h/db?user=b", "user").unwrap(), "b");
        assert_eq!(parsed("postgres://h/db?ssl=true", "sslmode").unwrap(), "require");
    }

    #[test]
    fn no_message_quotes_the_url() {
        for url in [
            "postgres://u:hunter2@x@h/db",
            "postgres://u:hunter2/y@h/db",
            "postgres://u:1/hunter2@h/db",
            "postgres://u:1/y?hunter2=a@h/db",
            "postgres://u:hunter2%@h/db",
            "postgres://u:hunter2%zz@h/db",
            "postgres://u:hunter2%00@h/db",
            "postgres://u:hunter2%ff@h/db",
            "mysql://u:hunter2@h/db",
            "postgres://u:hunter2@[::1/db",
            "postgres://u:hunter2@[]/db",
            "postgres://u:hunter2@h/db?hunter2",
            "postgres://u:@?hunter2=",
        ] {
            let error = format!("{:#}", parse(url).unwrap_err());
            assert!(!error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn an_unknown_parameter_is_named() {
        let error = parse("postgres://h/db?sslmod=require").unwrap_err().to_string();
        assert!(error.contains("\"sslmod\": did you mean \"sslmode\""), "{error}");
    }

    fn encode(text: &str) -> String {
        text.bytes().fold(String::new(), |encoded, byte| format!("{encoded}%{byte:02x}"))
    }

    proptest! {
        #[test]
        fn every_value_survives_escaping(user in "[^\0]{1,12}", password in "[^\0]{1,12}", db in "[^\0]{1,12}") {
            let url = format!("postgres://{}:{}@h:1/{}", encode(&user), encode(&password), encode(&db));
            let settings = parse(&url).unwrap();
            prop_assert_eq!(settings.get("user"), Some(&*user));
            prop_assert_eq!(settings.get("password"), Some(&*password));
            prop_assert_eq!(settings.get("dbname"), Some(&*db));
        }

        #[test]
        fn no_url_panics_or_shows_a_password(before in ".{0,6}", after in ".{0,12}") {
            let url = format!("postgres://u:{before}hunter2{after}");
            if let Err(error) = parse(&url) {
                let error = format!("{error:#}");
                prop_assert!(!url.contains('@') || !error.contains("hunter2"), "{}", error);
            }
        }
    }
}
