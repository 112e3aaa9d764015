//! The study plan keeps its promises.

use crate::random::{Random, Sketch, edit, sketch};
use jiff::{Timestamp, ToSpan};
use prep_dossier::dossier::{Dossier, Minutes, read};
use prep_dossier::plan::{Earlier, Kind, Plan, Session, plan, promises};
use std::collections::BTreeMap;

/// A dossier that must be valid.
pub fn dossier(text: &str) -> Dossier {
    let reading = read("test.yaml", text.as_bytes());
    reading.dossier.unwrap_or_else(|| panic!("{:#?}\n{text}", reading.diagnostics))
}

/// The worked example.
pub fn example() -> Dossier {
    dossier(include_str!("../../input/fintech-innovators.yaml"))
}

/// An instant in UTC.
pub fn at(text: &str) -> Timestamp {
    text.parse().expect("a time such as 2026-11-23T08:00:00Z")
}

fn planned(dossier: &Dossier, now: &str) -> Plan {
    let plan = plan(dossier, at(now), &[], &Earlier::default()).expect("an interview");
    assert_eq!(promises(&plan, dossier, at(now), &[]), []);
    plan
}

#[test]
fn the_example_fits_with_a_cushion() {
    let plan = planned(&example(), "2026-11-23T08:00:00Z");
    assert_eq!(plan.cut, []);
    assert_eq!(plan.topics.len(), 15);
    assert!(plan.capacity.needed <= plan.capacity.free);
    assert_eq!(plan.capacity.needed, plan.capacity.planned);
    let total: u32 = plan.sessions.iter().map(|session| session.minutes.0).sum();
    assert_eq!(plan.capacity.planned, Minutes(total));
    assert_eq!(plan.topics.first().map(|topic| topic.slug.as_str()), Some("golang-concurrency"));
    assert_eq!(plan.sessions.iter().filter(|session| session.kind == Kind::Mock).count(), 2);
}

/// How many random dossiers each property is tried on. `DOSSIER_CASES=20000` tries more.
fn cases() -> std::ops::Range<u64> {
    #[allow(clippy::disallowed_methods, reason = "a test may be told to try harder")]
    let asked = std::env::var("DOSSIER_CASES").ok().and_then(|cases| cases.parse().ok());
    0..asked.unwrap_or(1_500)
}

fn plan_of(sketch: &Sketch, now: Timestamp, earlier: &Earlier) -> Plan {
    let dossier = dossier(&sketch.yaml());
    let plan = plan(&dossier, now, &sketch.busy, earlier).expect("an interview");
    let broken = promises(&plan, &dossier, now, &sketch.busy);
    assert_eq!(broken, [], "{}\n{:?}", sketch.yaml(), sketch.busy);
    plan
}

#[test]
fn random_plans_keep_every_promise() {
    for seed in cases() {
        let sketch = sketch(seed);
        let plan = plan_of(&sketch, sketch.now, &Earlier::default());
        assert_eq!(plan, plan_of(&sketch, sketch.now, &Earlier::default()), "seed {seed}: twice the same");
        assert!(plan.capacity.planned <= plan.capacity.free, "seed {seed}: {:?}", plan.capacity);
    }
}

/// Sessions of the first plan that still lie ahead, and how many of them stand where they stood.
fn unmoved(before: &Plan, after: &Plan, now: Timestamp) -> (usize, usize) {
    let ahead: Vec<&Session> = before.sessions.iter().filter(|session| session.start.timestamp() >= now).collect();
    let stays = |session: &&&Session| after.sessions.iter().any(|other| same_slot(session, other));
    (ahead.iter().filter(stays).count(), ahead.len())
}

fn same_slot(a: &Session, b: &Session) -> bool {
    (&a.kind, a.ordinal, &a.start, a.minutes) == (&b.kind, b.ordinal, &b.start, b.minutes)
}

#[test]
fn building_again_later_moves_nothing() {
    for seed in cases() {
        let sketch = sketch(seed);
        let first = plan_of(&sketch, sketch.now, &Earlier::default());
        let later = sketch.now + Random::new(seed).between(0, 10 * 1440).minutes();
        let second = plan_of(&sketch, later, &Earlier::from(&first));
        let (stay, all) = unmoved(&first, &second, later);
        assert_eq!(stay, all, "seed {seed}\n{}", sketch.yaml());
        let past: Vec<&Session> = first.sessions.iter().filter(|session| session.start.timestamp() < later).collect();
        for session in past {
            assert!(second.sessions.iter().any(|other| same_slot(session, other)), "seed {seed}: history is kept");
        }
    }
}

#[test]
fn what_was_missed_goes_back_into_the_plan() {
    let mut back = 0;
    for seed in cases() {
        let sketch = sketch(seed);
        let first = plan_of(&sketch, sketch.now, &Earlier::default());
        let random = &mut Random::new(seed ^ 0x0FF);
        let later = sketch.now + random.between(1440, 20 * 1440).minutes();
        // What is over, by the clock of any zone, is planned as of its start.
        let latest = (later + 24.hours()).to_zoned(jiff::tz::TimeZone::UTC).date();
        if sketch.rounds.iter().all(|round| round.0 <= latest) {
            continue;
        }
        let from = first.from.saturating_add(random.between(0, 10).days());
        let missed = (from, from.saturating_add(random.between(0, 5).days()));
        let earlier = Earlier { missed: vec![missed], ..Earlier::from(&first) };
        let second = plan_of(&sketch, later, &earlier);
        let is_past = |session: &&Session| session.start.timestamp() < later;
        for session in second.sessions.iter().filter(is_past) {
            assert!(!(missed.0..=missed.1).contains(&session.start.date()), "seed {seed}: {session:?}");
        }
        let lost = first.sessions.iter().filter(is_past);
        let lost = lost.filter(|session| (missed.0..=missed.1).contains(&session.start.date()));
        let again =
            |lost: &&Session| second.sessions.iter().any(|session| session.kind == lost.kind && !is_past(&session));
        back += lost.filter(again).count();
    }
    assert!(back > 0, "nothing came back");
}

#[test]
fn an_edit_moves_little() {
    let mut by_edit: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for seed in cases() {
        let sketch = sketch(seed);
        let first = plan_of(&sketch, sketch.now, &Earlier::default());
        let (edited, what) = edit(&sketch, seed);
        let second = plan_of(&edited, sketch.now, &Earlier::from(&first));
        let (stay, all) = unmoved(&first, &second, sketch.now);
        if ["an answer", "a reminder", "another order"].contains(&what) {
            assert_eq!(stay, all, "seed {seed}: {what}");
        }
        let sum = by_edit.entry(what).or_default();
        *sum = (sum.0 + stay, sum.1 + all);
    }
    let (stay, all) = by_edit.values().fold((0, 0), |sum, more| (sum.0 + more.0, sum.1 + more.1));
    assert!(stay * 100 >= all * 94, "{stay} of {all}: {by_edit:#?}");
}
