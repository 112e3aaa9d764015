//! Times each stage on the example: reading, planning, each export; then planning five hundred topics
//! over a year, and how plans and calendars grow. `cargo bench --bench stages`.

use divan::{Bencher, black_box};
use jiff::{SignedDuration, Timestamp};
use prep_dossier::dossier::{self, Dossier};
use prep_dossier::export::{briefing, calendar, deck};
use prep_dossier::plan::{self, Earlier, Kind, Plan, Session};
use prep_dossier::theme::{Templates, Theme};
use std::fmt::Write;

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
    let options = calendar::Options::at(now());
    bencher.bench(|| calendar::calendar(black_box(&dossier), &plan, &theme, &options).expect("a calendar").bytes);
}

/// Topics of three questions, a year for them, and so many minutes each evening.
fn year_of(topics: usize, minutes: usize) -> Dossier {
    let mut yaml = String::from(
        "dossier: 1\njob: {company: Bulk, role: Engineer}\ninterview: [{date: 2027-11-23 14:00, time_zone: Europe/Amsterdam}]\n",
    );
    let evening = format!("15:00-{}:{:02}", 15 + minutes / 60, minutes % 60);
    let _ = writeln!(
        yaml,
        "study: {{hours: {{weekdays: {evening}, weekend: {evening}}}, max_per_day: {minutes} min}}\nquestions:"
    );
    for topic in 0..topics {
        let _ =
            writeln!(yaml, "  Topic {topic}: [What is {topic} good for?, Where does {topic} end?, Who needs {topic}?]");
    }
    let reading = dossier::read("year.yaml", yaml.as_bytes());
    reading.dossier.unwrap_or_else(|| panic!("{:?}", reading.diagnostics))
}

fn year() -> Dossier {
    year_of(500, 240)
}

/// Topics of which a plan's cost is told.
const TOPICS: [usize; 4] = [250, 500, 1000, 2000];

/// How a plan's cost grows with its topics, where there is time for all of them.
#[divan::bench(args = TOPICS, sample_count = 20)]
fn growth_of_a_plan(bencher: Bencher<'_, '_>, topics: usize) {
    plan_of(bencher, &year_of(topics, topics / 5));
}

/// The same with time for half of what is to be learned.
#[divan::bench(args = TOPICS, sample_count = 20)]
fn growth_of_a_plan_that_is_short(bencher: Bencher<'_, '_>, topics: usize) {
    plan_of(bencher, &year_of(topics, topics / 25));
}

/// The same with an hour an evening, however many they are: most of them find no place.
#[divan::bench(args = TOPICS, sample_count = 20)]
fn growth_of_a_plan_in_an_hour(bencher: Bencher<'_, '_>, topics: usize) {
    plan_of(bencher, &year_of(topics, 60));
}

/// Time for half, where the plan before had time for all: what it held has to give way.
#[divan::bench(args = TOPICS, sample_count = 20)]
fn growth_of_a_plan_that_gets_short(bencher: Bencher<'_, '_>, topics: usize) {
    let earlier = Earlier::from(&planned(&year_of(topics, topics / 5)));
    let dossier = year_of(topics, topics / 25);
    bencher.bench(|| plan::plan(black_box(&dossier), now(), &[], &earlier));
}

fn plan_of(bencher: Bencher<'_, '_>, dossier: &Dossier) {
    bencher.bench(|| planned(black_box(dossier)));
}

/// A plan of so many sessions, one an hour, over all topics in turn.
fn full(dossier: &Dossier, sessions: u32) -> Plan {
    let plan = planned(dossier);
    let (pattern, start) = (plan.sessions[0].clone(), plan.sessions[0].start.clone());
    let session = |number: u32| {
        let topic = &plan.topics[number as usize % plan.topics.len()];
        let start = start.saturating_add(SignedDuration::from_hours(i64::from(number)));
        let ordinal = number / u32::try_from(plan.topics.len()).expect("few topics") + 1;
        Session { kind: Kind::Learn(topic.slug.clone()), ordinal, start, ..pattern.clone() }
    };
    Plan { sessions: (0..sessions).map(session).collect(), ..plan.clone() }
}

#[divan::bench(sample_count = 20)]
fn year_of_500_topics_again(bencher: Bencher<'_, '_>) {
    let dossier = year();
    let earlier = Earlier::from(&planned(&dossier));
    bencher.bench(|| plan::plan(black_box(&dossier), now(), &[], &earlier));
}

#[divan::bench(sample_count = 20)]
fn year_of_500_topics_proved(bencher: Bencher<'_, '_>) {
    let dossier = year();
    let plan = planned(&dossier);
    bencher.bench(|| plan::promises(black_box(&plan), &dossier, now(), &[]));
}

/// How a calendar's cost grows with its events.
#[divan::bench(args = [2_500, 5_000, 10_000, 20_000], sample_count = 20)]
fn growth_of_a_calendar(bencher: Bencher<'_, '_>, events: u32) {
    many_events(bencher, events, false);
}

/// The same with an earlier one to go on from.
#[divan::bench(args = [2_500, 5_000, 10_000, 20_000], sample_count = 20)]
fn growth_of_a_calendar_again(bencher: Bencher<'_, '_>, events: u32) {
    many_events(bencher, events, true);
}

#[allow(clippy::disallowed_methods, reason = "how many threads there are belongs to what is measured")]
fn many_events(bencher: Bencher<'_, '_>, events: u32, again: bool) {
    let (dossier, theme) = (year(), theme());
    let plan = full(&dossier, events);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let first = calendar::Options { threads, ..calendar::Options::at(now()) };
    let bytes = calendar::calendar(&dossier, &plan, &theme, &first).expect("a calendar").bytes;
    let options = calendar::Options { previous: again.then_some(&*bytes), ..first };
    bencher.bench(|| calendar::calendar(black_box(&dossier), &plan, &theme, &options).expect("a calendar").bytes);
}
