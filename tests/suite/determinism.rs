//! Same dossier, same day: the same bytes, in one process and in two.
#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use crate::project::{example, project, repository, sha256, text_of};
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

/// The example's outputs are the same bytes on every machine, in every build of the program. `DOSSIER_BLESS=1` writes the
/// digests anew; `tests/clients/run` holds the release build to them.
#[test]
fn as_it_was_recorded() {
    const RECORD: &str = "tests/example.sha256";
    const NAME: &str = "fintech-innovators";
    let project = project().file(&format!("{NAME}.yaml"), example());
    project.run(&[&format!("{NAME}.yaml"), "--today", "2026-11-23"]).ended(0);
    let digest = |ending| {
        let file = format!("{NAME}.{ending}");
        format!("{}  {file}\n", sha256(&project.read(&format!("output/{file}"))))
    };
    let digests: String = ["pdf", "apkg", "ics"].map(digest).concat();
    if std::env::var_os("DOSSIER_BLESS").is_some() {
        std::fs::write(repository(RECORD), &digests).expect("writable");
    }
    assert_eq!(digests, text_of(RECORD));
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
