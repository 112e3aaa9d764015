//! Times each stage on the example: reading, planning, each export. `cargo bench --bench stages`.

use divan::{Bencher, black_box};
use jiff::Timestamp;
use prep_dossier::dossier::{self, Dossier};
use prep_dossier::export::{briefing, calendar, deck};
use prep_dossier::plan::{self, Earlier, Plan};
use prep_dossier::theme::{Templates, Theme};

const EXAMPLE: &str = include_str!("../input/fintech-innovators.yaml");

fn main() {
    divan::main();
}

fn read() -> Dossier {
    dossier::read("example.yaml", EXAMPLE.as_bytes()).dossier.expect("the example is valid")
}

fn now() -> Timestamp {
    "2026-11-23T08:00:00Z".parse().expect("a time")
}

fn theme() -> Theme {
    Theme::load(Templates::default(), "en").expect("the templates are valid").0
}

fn planned(dossier: &Dossier) -> Plan {
    plan::plan(dossier, now(), &[], &Earlier::default()).expect("the example has an interview")
}

#[divan::bench]
fn reading() -> Dossier {
    read()
}

#[divan::bench]
fn templates() -> Theme {
    theme()
}

#[divan::bench]
fn planning(bencher: Bencher<'_, '_>) {
    let dossier = read();
    bencher.bench(|| planned(black_box(&dossier)));
}

#[divan::bench]
fn briefing(bencher: Bencher<'_, '_>) {
    let (dossier, theme) = (read(), theme());
    let plan = planned(&dossier);
    let options = briefing::Options::at(now());
    bencher.bench(|| briefing::briefing(black_box(&dossier), Some(&plan), &theme, &options).expect("a briefing").bytes);
}

#[divan::bench]
fn deck(bencher: Bencher<'_, '_>) {
    let (dossier, theme) = (read(), theme());
    bencher.bench(|| deck::deck(black_box(&dossier), &theme, &deck::Options::at(now())).expect("a deck").bytes);
}

#[divan::bench]
fn calendar(bencher: Bencher<'_, '_>) {
    let (dossier, theme) = (read(), theme());
    let plan = planned(&dossier);
    let options = calendar::Options { now: now(), previous: None };
    bencher.bench(|| calendar::calendar(black_box(&dossier), &plan, &theme, &options).expect("a calendar").bytes);
}
