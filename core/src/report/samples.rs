//! Drifts and plans by hand, for the tests of the reports.

use serde_json::{Value, json};

use crate::action::{Hazard, Lock, LockMode};
use crate::diff::{
    AttributeChange, Change, ChangeKind, Drift, Ignored, Note, RenameCandidate, Total,
};
use crate::model::Id;
use crate::objects::{Kind, Mode};
use crate::plan::{
    Check, Concerned, HazardNote, Plan, Reversible, Step, StepRisk, StepState, TimeRange, WayBack,
    Work, rate, risks,
};
use crate::snapshot::Side;

pub(crate) fn side(label: &str) -> Side {
    Side {
        label: label.to_owned(),
        database: format!("shop_{label}"),
        server_version: "15.18".to_owned(),
        captured_at: "2026-03-01T12:00:00Z".to_owned(),
        fingerprint: format!("sha256:{}", "0123456789abcdef".repeat(4)),
        objects: 1262,
    }
}

pub(crate) fn total(kind: Kind, same: usize, created: usize, dropped: usize) -> Total {
    let (from, to) = (same + dropped, same + created);
    Total { kind, from, to, same, created, dropped, altered: 0, renamed: 0 }
}

pub(crate) fn no_drift() -> Drift {
    Drift {
        from: side("production"),
        to: side("development"),
        totals: vec![total(Kind::Table, 50, 0, 0), total(Kind::Column, 1585, 0, 0)],
        changes: Vec::new(),
        rename_candidates: Vec::new(),
        ignored: Vec::new(),
        notes: Vec::new(),
        migrations: None,
    }
}

pub(crate) fn object(kind: Kind, name: &str, change: ChangeKind) -> Change {
    Change {
        id: Id::new(kind.as_str(), &["public", name]),
        kind,
        schema: Some("public".to_owned()),
        parent: None,
        name: name.to_owned(),
        change,
        from_id: None,
        attributes: Vec::new(),
    }
}

pub(crate) fn part(kind: Kind, table: &str, name: &str, change: ChangeKind) -> Change {
    Change {
        id: Id::new(kind.as_str(), &["public", table, name]),
        parent: Some(Id::new("table", &["public", table])),
        ..object(kind, name, change)
    }
}

pub(crate) fn attribute(name: &str, from: Value, to: Value) -> AttributeChange {
    AttributeChange { name: name.to_owned(), from, to, white_space: false }
}

/// Two tables, a view and an enum that differ, with everything else that a drift may hold.
pub(crate) fn drift() -> Drift {
    let mut drift = no_drift();
    drift.totals = vec![
        total(Kind::Table, 49, 1, 0),
        Total { altered: 1, from: 3, to: 3, ..total(Kind::View, 2, 0, 0) },
        Total { altered: 1, from: 551, to: 553, ..total(Kind::Column, 550, 2, 0) },
        total(Kind::Index, 7, 0, 1),
    ];
    let mut email = part(Kind::Column, "customers", "email", ChangeKind::Alter);
    email.attributes = vec![attribute("type", json!("text"), json!("character varying(200)"))];
    let mut view = object(Kind::View, "open_orders", ChangeKind::Alter);
    view.attributes = vec![attribute(
        "definition",
        json!(" SELECT id\n   FROM orders\n  WHERE state = 'new'::text"),
        json!(" SELECT id\n   FROM orders\n  WHERE state <> 'done'::text"),
    )];
    let mut renamed = object(Kind::Table, "remarks", ChangeKind::Rename);
    renamed.from_id = Some(Id::from("table:public.notes"));
    drift.changes = vec![
        part(Kind::Column, "customers", "date_of_birth", ChangeKind::Create),
        part(Kind::Column, "customers", "loyalty_tier", ChangeKind::Create),
        email,
        part(Kind::Index, "customers", "customers_email_idx", ChangeKind::Drop),
        object(Kind::Table, "notifications", ChangeKind::Create),
        view,
        renamed,
    ];
    drift.rename_candidates = vec![RenameCandidate {
        kind: Kind::Column,
        from: Id::from("column:public.orders.cust"),
        to: Id::from("column:public.orders.customer_id"),
        score: 82,
        evidence: vec!["same type and position".to_owned()],
    }];
    drift.ignored = vec![Ignored { rule: "kind=column attribute=comment".to_owned(), count: 4 }];
    drift.notes =
        vec![Note { code: "unmodelled".to_owned(), message: "not compared: 2 casts".to_owned() }];
    drift
}

pub(crate) fn step(number: usize, verb: &str, object: &str, sql: &str) -> Step {
    Step {
        number,
        key: format!("key-{number}"),
        transaction: Some(1),
        statement: None,
        verb: verb.to_owned(),
        object: Id::from(object),
        sql: sql.to_owned(),
        hazards: Vec::new(),
        lock: None,
        rewrites: false,
        scans: false,
        reversible: Reversible::Yes,
        risk: StepRisk::default(),
        serves: Vec::new(),
        reasons: Vec::new(),
        needs: Vec::new(),
        group: None,
        state: StepState::Included,
    }
}

pub(crate) fn hazard(hazard: Hazard, message: &str) -> HazardNote {
    HazardNote { hazard, message: message.to_owned() }
}

/// Four steps: harmless, blocking, outside of a transaction, withheld.
pub(crate) fn plan() -> Plan {
    let plain = step(1, "CREATE TABLE", "table:public.notifications", "CREATE TABLE …");
    let mut blocking =
        step(2, "ALTER TABLE … ALTER COLUMN", "column:public.customers.email", "ALTER TABLE …");
    blocking.hazards = vec![hazard(Hazard::BlocksReads, "all wait")];
    blocking.lock = Some(Lock {
        mode: LockMode::AccessExclusive,
        on: Id::from("table:public.customers"),
        rows: None,
        bytes: None,
        duration: "while 2.1 GB are read".to_owned(),
    });
    blocking.risk = StepRisk {
        work: Work::Scan,
        takes: TimeRange { at_least_ms: 1_050, at_most_ms: Some(42_005) },
        concerned: vec![Concerned {
            relation: Id::from("table:public.customers"),
            rows: Some(1_000_000),
            bytes: Some(2_100_000_000),
            index_bytes: Some(0),
        }],
        ..StepRisk::default()
    };
    let mut outside =
        step(3, "CREATE INDEX CONCURRENTLY", "index:public.customers.i", "CREATE INDEX …");
    outside.transaction = None;
    let mut withheld = step(4, "DROP TABLE", "table:public.old", "DROP TABLE public.old");
    withheld.hazards = vec![hazard(Hazard::DataLoss, "its 12 rows are deleted")];
    withheld.reversible = Reversible::No {
        why: "its 12 rows are deleted; only a backup brings them back".to_owned(),
    };
    withheld.risk.way_back = WayBack::Lossy;
    withheld.transaction = None;
    withheld.state = StepState::Withheld { hazard: Hazard::DataLoss };
    let mut steps = vec![plain, blocking, outside, withheld];
    rate(&mut steps);
    Plan {
        version: 1,
        from: side("production"),
        to: side("development"),
        mode: Mode::Online,
        risk: risks(&steps),
        steps,
        post_checks: Vec::new(),
        rerun: None,
        pre_checks: vec![Check {
            step: 2,
            title: "rows of public.customers whose email is too long".to_owned(),
            sql: Some("SELECT id\nFROM public.customers\nWHERE length(email) > 200".to_owned()),
        }],
        notes: Vec::new(),
    }
}
