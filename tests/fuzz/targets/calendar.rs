//! Any bytes in the place of the earlier calendar, and of the calendar that keeps times free.
#![no_main]

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use libfuzzer_sys::fuzz_target;
use prep_dossier::dossier::{self, Dossier};
use prep_dossier::export::calendar::{Options, calendar, read};
use prep_dossier::plan::{Busy, plan, promises};
use prep_dossier::theme::{Templates, Theme};
use std::sync::LazyLock;

static DOSSIER: LazyLock<Dossier> = LazyLock::new(|| {
    let text = include_bytes!("../../dossiers/good/everything.yaml");
    dossier::read("everything.yaml", text).dossier.expect("valid")
});
static THEME: LazyLock<Theme> = LazyLock::new(|| Theme::load(Templates::default(), "en").expect("templates").0);

fuzz_target!(|bytes: &[u8]| {
    let now: Timestamp = "2026-11-23T08:00:00Z".parse().expect("a moment");
    let zone = TimeZone::get("Europe/Copenhagen").expect("a zone");
    let end = now + (24 * 60).hours();
    let (busy, ignored) = read::busy(bytes, (now, end), &zone);
    ignored.iter().for_each(|ignored| assert!(!ignored.to_string().is_empty()));
    let earlier = read::earlier(bytes);
    let none: Vec<Busy> = Vec::new();
    for busy in [&none, &busy] {
        let Some(made) = plan(&DOSSIER, now, busy, &earlier) else { continue };
        assert!(promises(&made, &DOSSIER, now, busy).is_empty());
        calendar(&DOSSIER, &made, &THEME, &Options { previous: Some(bytes), ..Options::at(now) }).expect("a calendar");
    }
});
