//! Same dossier, same day: the same bytes, in one process and in two.

use crate::project::{example, project};
use jiff::Timestamp;
use prep_dossier::dossier;
use prep_dossier::export::briefing;
use prep_dossier::theme::{Templates, Theme};

#[test]
fn twice_in_two_processes() {
    let builds: Vec<Vec<Vec<u8>>> = ["Europe/Oslo", "Pacific/Auckland"]
        .iter()
        .map(|zone| {
            let project = project().file("prep.yaml", example());
            project.run_with(&["prep.yaml", "--today", "2026-11-23"], b"", &[("TZ", zone)]).ended(0);
            ["pdf", "apkg", "ics"].iter().map(|ending| project.read(&format!("output/prep.{ending}"))).collect()
        })
        .collect();
    assert!(builds[0] == builds[1]);
}

#[test]
fn twice_in_one_process() {
    let reading = dossier::read("prep.yaml", example().as_bytes());
    let dossier = reading.dossier.expect("valid");
    let (theme, _) = Theme::load(Templates::default(), "en").expect("a theme");
    let now: Timestamp = "2026-11-23T08:00:00Z".parse().expect("a time");
    let briefings: Vec<Vec<u8>> = (0..2)
        .map(|_| {
            let options = briefing::Options::at(now);
            briefing::briefing(&dossier, None, &theme, &options).expect("a briefing").bytes
        })
        .collect();
    assert!(briefings[0] == briefings[1]);
}
