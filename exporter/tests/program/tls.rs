//! `sslmode` as libpq means it, against certificates of every kind that servers have.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use pgparity_tests::programs;

use crate::certificates::Authority;
use crate::server::{Call, PASSWORD, SERVER};

/// One certificate at a time: the tests that change the server's hold this.
static CERTIFICATE: Mutex<()> = Mutex::new(());

fn export(role: &str, host: &str, parameters: &str) -> Call {
    let port = SERVER.cluster.port();
    Call::export(&format!("postgres://{role}@{host}:{port}/postgres?{parameters}"))
}

fn root() -> String {
    format!("sslrootcert={}", SERVER.authority.certificate.display())
}

/// Runs a test while the server shows this certificate.
fn with_certificate(certificate: &(PathBuf, PathBuf), test: impl FnOnce()) {
    SERVER.use_certificate(certificate);
    SERVER.reload();
    test();
}

/// Runs a test while the server shows its usual certificate.
fn with_usual_certificate(test: impl FnOnce()) {
    let _guard = CERTIFICATE.lock().unwrap_or_else(PoisonError::into_inner);
    let usual = SERVER.authority.issue("usual", "localhost", "DNS:localhost,IP:127.0.0.1");
    with_certificate(&usual, test);
}

#[test]
fn modes_choose_between_tls_and_plain() {
    with_usual_certificate(|| {
        for (mode, tls) in
            [("disable", false), ("allow", false), ("prefer", true), ("require", true)]
        {
            let used = export("postgres", "127.0.0.1", &format!("sslmode={mode}")).succeeds();
            assert_eq!(used, tls, "{mode}");
        }
        assert!(export("postgres", "127.0.0.1", "").succeeds(), "prefer is the default");
        // The server takes these roles one way only.
        assert!(export("tls_only", "127.0.0.1", "sslmode=allow").succeeds());
        assert!(!export("plain_only", "127.0.0.1", "sslmode=prefer").succeeds());
        export("tls_only", "127.0.0.1", "sslmode=disable").fails("rejects connection");
        export("plain_only", "127.0.0.1", "sslmode=require").fails("rejects connection");
    });
}

#[test]
fn certificates_are_checked_as_the_mode_says() {
    with_usual_certificate(|| {
        let stranger = Authority::new("stranger");
        let strange = format!("sslrootcert={}", stranger.certificate.display());
        for host in ["localhost", "127.0.0.1"] {
            for mode in ["require", "verify-ca", "verify-full"] {
                assert!(export("postgres", host, &format!("sslmode={mode}&{}", root())).succeeds());
                let told = export("postgres", host, &format!("sslmode={mode}&{strange}"))
                    .fails("certificate");
                assert!(told.contains("UnknownIssuer"), "{told}");
            }
        }
        // With a root certificate file, `prefer` checks too, and then does without TLS.
        assert!(!export("postgres", "localhost", &format!("sslmode=prefer&{strange}")).succeeds());
        // A missing file matters to the modes that check only.
        let missing = "sslrootcert=/nonexistent/root.crt";
        assert!(export("postgres", "localhost", &format!("sslmode=require&{missing}")).succeeds());
        for mode in ["verify-ca", "verify-full"] {
            export("postgres", "localhost", &format!("sslmode={mode}&{missing}"))
                .fails("/nonexistent/root.crt");
            export("postgres", "localhost", &format!("sslmode={mode}")).fails("root.crt");
        }
    });
}

/// What psql makes of the same parameters: `None` when it cannot connect, else whether by TLS.
fn psql(url: &str) -> Option<bool> {
    let home = tempfile::tempdir().unwrap();
    let output = Command::new(programs::client("psql", SERVER.cluster.major()))
        .env_clear()
        .env("HOME", home.path())
        .args(["-X", "-A", "-t", "-d", url])
        .args(["-c", "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"])
        .output()
        .unwrap();
    output.status.success().then(|| output.stdout == b"t\n")
}

#[test]
fn every_mode_does_what_libpq_does() {
    with_usual_certificate(|| {
        let stranger = Authority::new("stranger");
        let roots = [
            String::new(),
            root(),
            format!("sslrootcert={}", stranger.certificate.display()),
            "sslrootcert=/nonexistent/root.crt".to_owned(),
        ];
        for role in ["postgres", "tls_only", "plain_only"] {
            for mode in ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] {
                for roots in &roots {
                    let parameters = format!("sslmode={mode}&{roots}");
                    let parameters = parameters.trim_end_matches('&');
                    let url = format!("{}{parameters}", SERVER.url(role));
                    let mut call = Call::export(&url);
                    let output = call.run();
                    let made = output
                        .status
                        .success()
                        .then(|| SERVER.used_tls(&call.application).unwrap());
                    let stderr = String::from_utf8_lossy(&output.stderr);
                    assert_eq!(made, psql(&url), "{role} {parameters}: {stderr}");
                }
            }
        }
    });
}

#[test]
fn the_default_root_certificate_file_makes_require_check() {
    with_usual_certificate(|| {
        let stranger = Authority::new("stranger");
        let content = |path: &Path| std::fs::read(path).unwrap();
        let call = |root: &Path| {
            export("postgres", "localhost", "sslmode=require")
                .file(".postgresql/root.crt", content(root))
        };
        assert!(call(&SERVER.authority.certificate).succeeds());
        call(&stranger.certificate).fails("UnknownIssuer");
    });
}

#[test]
fn verify_full_wants_the_name_of_the_host() {
    let _guard = CERTIFICATE.lock().unwrap_or_else(PoisonError::into_inner);
    let other = SERVER.authority.issue("other", "db.example", "DNS:db.example");
    with_certificate(&other, || {
        assert!(
            export("postgres", "localhost", &format!("sslmode=verify-ca&{}", root())).succeeds()
        );
        export("postgres", "localhost", &format!("sslmode=verify-full&{}", root()))
            .fails("NotValidForName");
        // The name is the host's, the address is only where to go.
        let named = format!("sslmode=verify-full&hostaddr=127.0.0.1&{}", root());
        assert!(export("postgres", "db.example", &named).succeeds());
    });
}

#[test]
fn the_system_roots_need_verify_full() {
    with_usual_certificate(|| {
        export("postgres", "localhost", "sslrootcert=system&sslmode=require").fails("verify-full");
        let told = export("postgres", "localhost", "sslrootcert=system")
            .env("SSL_CERT_FILE", &SERVER.authority.certificate)
            .succeeds();
        assert!(told);
    });
}

#[test]
fn certificates_that_the_manual_shows_how_to_make() {
    let _guard = CERTIFICATE.lock().unwrap_or_else(PoisonError::into_inner);
    let verify = format!("sslmode=verify-full&{}", root());
    with_certificate(&SERVER.authority.issue_version_1("version_1", "localhost"), || {
        for version in ["TLSv1.2", "TLSv1.3"] {
            let limit =
                format!("&ssl_min_protocol_version={version}&ssl_max_protocol_version={version}");
            assert!(export("postgres", "localhost", &format!("{verify}{limit}")).succeeds());
            assert!(export("postgres", "localhost", &format!("sslmode=require{limit}")).succeeds());
        }
        export("postgres", "127.0.0.1", &verify).fails("NotValidForName");
        let stranger = Authority::new("pgparity test authority");
        let forged = format!("sslmode=verify-ca&sslrootcert={}", stranger.certificate.display());
        export("postgres", "localhost", &forged).fails("UnknownIssuer");
    });
    let (_folder, certificate, key) = Authority::self_signed("localhost");
    let own = format!("sslmode=verify-full&sslrootcert={}", certificate.display());
    with_certificate(&(certificate, key), || {
        assert!(export("postgres", "localhost", &own).succeeds());
        export("postgres", "127.0.0.1", &own).fails("NotValidForName");
    });
    with_certificate(&SERVER.authority.issue_expired("expired", "localhost"), || {
        assert!(export("postgres", "localhost", "sslmode=require").succeeds());
        export("postgres", "localhost", &verify).fails("Expired");
    });
}

#[test]
fn a_client_certificate_proves_who_one_is() {
    with_usual_certificate(|| {
        let (certificate, key) = SERVER.authority.issue("client", "with_certificate", "DNS:client");
        let given =
            format!("sslmode=require&sslcert={}&sslkey={}", certificate.display(), key.display());
        assert!(export("with_certificate", "127.0.0.1", &given).succeeds());
        export("with_certificate", "127.0.0.1", "sslmode=require").fails("certificate");
        export("with_certificate", "127.0.0.1", &format!("{given}&sslcertmode=disable"))
            .fails("certificate");
        let content = |path: &Path| std::fs::read(path).unwrap();
        assert!(
            export("with_certificate", "127.0.0.1", "sslmode=require")
                .file(".postgresql/postgresql.crt", content(&certificate))
                .file(".postgresql/postgresql.key", content(&key))
                .succeeds()
        );
        std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o644))
            .unwrap();
        export("with_certificate", "127.0.0.1", &given).fails("group or world access");
    });
}

#[test]
fn scram_is_bound_to_the_channel() {
    with_usual_certificate(|| {
        let bound = |mode: &str| {
            export("alice", "127.0.0.1", &format!("channel_binding=require&sslmode={mode}"))
                .env("PGPASSWORD", PASSWORD)
        };
        assert!(bound("require").succeeds());
        bound("disable").fails("channel binding");
    });
}
