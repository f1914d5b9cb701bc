//! The connection parameters that libpq knows: their keywords, their environment variables, and
//! what this program does with each.
//!
//! Source: PostgreSQL manual, "Parameter Key Words" and "Environment Variables" of libpq.

/// What happens to a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Handling {
    /// It is honoured.
    Used,
    /// It changes nothing that matters to a catalog export, so it is accepted and left alone.
    Harmless,
    /// Leaving it alone would weaken what the user asked for; only the named values are accepted.
    OnlyWith(&'static [&'static str]),
}

/// One connection parameter.
#[derive(Debug)]
pub(crate) struct Keyword {
    /// The name in URLs and service files.
    pub(crate) name: &'static str,
    /// The environment variable that gives its default.
    pub(crate) env: Option<&'static str>,
    /// What happens to it.
    pub(crate) handling: Handling,
}

const fn used(name: &'static str, env: Option<&'static str>) -> Keyword {
    Keyword { name, env, handling: Handling::Used }
}

const fn harmless(name: &'static str, env: Option<&'static str>) -> Keyword {
    Keyword { name, env, handling: Handling::Harmless }
}

const fn only(
    name: &'static str,
    env: Option<&'static str>,
    values: &'static [&'static str],
) -> Keyword {
    Keyword { name, env, handling: Handling::OnlyWith(values) }
}

/// Every keyword, with the variable that sets it.
pub(crate) const KEYWORDS: &[Keyword] = &[
    used("service", Some("PGSERVICE")),
    used("servicefile", Some("PGSERVICEFILE")),
    used("user", Some("PGUSER")),
    used("password", Some("PGPASSWORD")),
    used("passfile", Some("PGPASSFILE")),
    used("channel_binding", Some("PGCHANNELBINDING")),
    used("connect_timeout", Some("PGCONNECT_TIMEOUT")),
    used("dbname", Some("PGDATABASE")),
    used("host", Some("PGHOST")),
    used("hostaddr", Some("PGHOSTADDR")),
    used("port", Some("PGPORT")),
    used("options", Some("PGOPTIONS")),
    used("application_name", Some("PGAPPNAME")),
    used("fallback_application_name", None),
    used("keepalives", None),
    used("keepalives_idle", None),
    used("keepalives_interval", None),
    used("keepalives_count", None),
    used("tcp_user_timeout", None),
    used("target_session_attrs", Some("PGTARGETSESSIONATTRS")),
    used("load_balance_hosts", Some("PGLOADBALANCEHOSTS")),
    used("sslmode", Some("PGSSLMODE")),
    used("sslnegotiation", Some("PGSSLNEGOTIATION")),
    used("sslcert", Some("PGSSLCERT")),
    used("sslkey", Some("PGSSLKEY")),
    used("sslcertmode", Some("PGSSLCERTMODE")),
    used("sslrootcert", Some("PGSSLROOTCERT")),
    used("sslcrl", Some("PGSSLCRL")),
    used("sslsni", Some("PGSSLSNI")),
    used("ssl_min_protocol_version", Some("PGSSLMINPROTOCOLVERSION")),
    used("ssl_max_protocol_version", Some("PGSSLMAXPROTOCOLVERSION")),
    // The driver speaks UTF-8 and nothing else; the output does not depend on it.
    harmless("client_encoding", Some("PGCLIENTENCODING")),
    harmless("sslcompression", Some("PGSSLCOMPRESSION")),
    harmless("krbsrvname", Some("PGKRBSRVNAME")),
    harmless("gsslib", Some("PGGSSLIB")),
    harmless("gssdelegation", Some("PGGSSDELEGATION")),
    harmless("min_protocol_version", Some("PGMINPROTOCOLVERSION")),
    harmless("max_protocol_version", Some("PGMAXPROTOCOLVERSION")),
    harmless("sslkeylogfile", None),
    only("gssencmode", Some("PGGSSENCMODE"), &["disable", "prefer"]),
    only("require_auth", Some("PGREQUIREAUTH"), &[]),
    only("requirepeer", Some("PGREQUIREPEER"), &[]),
    only("sslcrldir", Some("PGSSLCRLDIR"), &[]),
    only("sslpassword", None, &[]),
    only("replication", None, &["false", "off", "no", "0"]),
];

/// The keyword that somebody meant who wrote another one: two letters are wrong at most, and most are right.
pub(crate) fn like(text: &str) -> Option<&'static str> {
    let distance = |name: &str| strsim::damerau_levenshtein(text, name);
    let near = KEYWORDS.iter().map(|keyword| (distance(keyword.name), keyword.name)).min()?;
    (near.0 <= 2 && near.0 * 3 <= near.1.len()).then_some(near.1)
}

/// The keyword of this name.
pub(crate) fn find(name: &str) -> Option<&'static Keyword> {
    KEYWORDS.iter().find(|k| k.name == name)
}
