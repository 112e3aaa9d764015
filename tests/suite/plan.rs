//! The study plan keeps its promises.

use jiff::Timestamp;
use prep_dossier::dossier::{Dossier, Minutes, read};
use prep_dossier::plan::{Earlier, Kind, Plan, plan, promises};

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
