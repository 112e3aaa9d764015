//! The study calendar, seen with our own eyes; others' are in `tests/clients`.

use crate::plan::{at, example};
use prep_dossier::dossier::Dossier;
use prep_dossier::export::calendar::{Calendar, Options, calendar, read};
use prep_dossier::plan::{Earlier, plan};
use prep_dossier::theme::{Templates, Theme};

fn theme() -> Theme {
    Theme::load(Templates::default(), "en").expect("sound templates").0
}

fn exported(dossier: &Dossier, now: &str, previous: Option<&Calendar>) -> Calendar {
    let previous = previous.map(|calendar| calendar.bytes.clone());
    let earlier = previous.as_deref().map(read::earlier).unwrap_or_default();
    let plan = plan(dossier, at(now), &[], &earlier).expect("an interview");
    calendar(dossier, &plan, &theme(), &Options { now: at(now), previous }).expect("known zones")
}

#[test]
fn building_again_later_changes_nothing() {
    let first = exported(&example(), "2026-11-23T08:00:00Z", None);
    let second = exported(&example(), "2026-11-26T08:00:00Z", Some(&first));
    assert_eq!(String::from_utf8_lossy(&first.bytes), String::from_utf8_lossy(&second.bytes));
}

#[test]
fn what_is_read_back_is_what_was_planned() {
    let now = at("2026-11-23T08:00:00Z");
    let plan = plan(&example(), now, &[], &Earlier::default()).expect("an interview");
    let calendar = exported(&example(), "2026-11-23T08:00:00Z", None);
    assert_eq!(read::earlier(&calendar.bytes), Earlier::from(&plan));
}
