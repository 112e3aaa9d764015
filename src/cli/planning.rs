//! The plan of a dossier, proved before anything is made of it, and what is to be said about it.

use super::input::Input;
use super::terminal::duration;
use crate::diagnostic::{Code, Diagnostic, Severity, Span};
use crate::dossier;
use crate::export::calendar::read;
use crate::plan::{self, Busy, Plan};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// Of what a busy calendar holds that is not understood, so much is told.
const TOLD: usize = 10;

/// A plan, and what the busy calendar holds that could not be taken into account.
pub struct Planned {
    /// The plan; `None` when there is no interview.
    pub plan: Option<Plan>,
    /// About the busy calendar.
    pub diagnostics: Vec<Diagnostic>,
}

/// Plans as of `now`; `previous` is the calendar that was exported before, `missed` are days whose
/// sessions did not happen. A broken promise is a
/// bug of ours and stops everything.
pub fn plan(
    input: &Input,
    now: Timestamp,
    previous: Option<&[u8]>,
    missed: &[(Date, Date)],
) -> Result<Planned, String> {
    let mut earlier = previous.map(read::earlier).unwrap_or_default();
    earlier.missed = missed.to_vec();
    let (busy, diagnostics) = busy(input, now);
    let plan = plan::plan(&input.dossier, now, &busy, &earlier);
    let broken = plan.as_ref().map(|plan| plan::promises(plan, &input.dossier, now, &busy)).unwrap_or_default();
    match broken.first() {
        None => Ok(Planned { plan, diagnostics }),
        Some(broken) => Err(format!("the plan breaks a promise ({broken})")),
    }
}

/// When the learner is busy, up to the last round.
fn busy(input: &Input, now: Timestamp) -> (Vec<Busy>, Vec<Diagnostic>) {
    let (Some(bytes), Some((_, span))) = (&input.busy, &input.dossier.study.busy) else { return Default::default() };
    let zone = zone(input);
    let last = input.dossier.rounds.iter().map(|round| round.when.date()).max().unwrap_or_default();
    let starts = input.dossier.study.starts.and_then(|day| day.to_zoned(zone.clone()).ok());
    let from = starts.map_or(now, |starts| starts.timestamp().min(now));
    let to = last.saturating_add(2.days()).to_zoned(zone.clone()).map_or(now, |end| end.timestamp());
    let (busy, ignored) = read::busy(bytes, (from, to.max(from)), &zone);
    let mut diagnostics: Vec<Diagnostic> =
        ignored.iter().take(TOLD).map(|ignored| about_busy(ignored, span.clone())).collect();
    if ignored.len() > TOLD {
        let message = format!("{} more events of the busy calendar cannot be followed in full", ignored.len() - TOLD);
        diagnostics.push(Diagnostic::new(Code::BusyIgnored, span.clone(), message, "as above"));
    }
    (busy, diagnostics)
}

fn about_busy(ignored: &read::Ignored, span: Span) -> Diagnostic {
    if ignored.why == read::Why::NoCalendar {
        let problem =
            Diagnostic::new(Code::BusyCalendar, span, "the busy file holds no calendar", "not an iCalendar file");
        return problem.help("export your calendar as an .ics file and name that");
    }
    let message = format!("the busy calendar cannot be followed in full: {ignored}");
    Diagnostic::new(Code::BusyIgnored, span, message, "kept free as far as it was understood")
}

fn zone(input: &Input) -> TimeZone {
    TimeZone::get(input.dossier.study_zone()).unwrap_or(TimeZone::UTC)
}

/// What a build has to say besides what is wrong: dates in the past or at night, too little time.
pub fn remarks(input: &Input, plan: Option<&Plan>, now: Timestamp) -> Vec<Diagnostic> {
    let dossier = &input.dossier;
    let mut remarks = dossier::advice(dossier, now.to_zoned(zone(input)).date());
    remarks.retain(|remark| {
        remark.severity() == Severity::Warning || matches!(remark.code, Code::NoInterview | Code::AtNight)
    });
    remarks.extend(plan.and_then(|plan| shortage(input, plan, now)));
    remarks
}

/// What found no place in the plan, and why.
pub fn shortage(input: &Input, plan: &Plan, now: Timestamp) -> Option<Diagnostic> {
    let place = input.dossier.places.get("study").cloned().unwrap_or_default();
    let told = |message: &str, label: &str, help: &str| {
        Some(Diagnostic::new(Code::Shortage, place.clone(), message, label).help(help.to_owned()))
    };
    if let Some(starts) = starts_too_late(input, now) {
        let message = format!("nothing is planned: study starts on {starts}, and no interview comes after that");
        return told(&message, "`starts` is too late", "mend `starts`, or leave it out to study from today");
    }
    let missing = plan.capacity.missing();
    if missing.0 == 0 {
        return None;
    }
    let label = format!("{} of {} are planned", duration(plan.capacity.planned), duration(plan.capacity.needed));
    if plan.capacity.free.0 == 0 {
        let message = format!("no study time is left before the interview; {} would be needed", duration(missing));
        let help =
            "if you can still study, say when under `hours`; nothing is planned in the 90 minutes before an interview";
        return told(&message, &label, help);
    }
    let message = format!("the plan lacks {}: {}", duration(missing), found_no_place(plan.cut.len()));
    let help = if plan.capacity.free < plan.capacity.needed {
        "give more `hours` or a higher `max_per_day`; what matters least was left out"
    } else {
        "there are hours enough, but a topic gets one session a day and recall waits for a later day: more days or a \
         longer `session` help; what matters least was left out"
    };
    told(&message, &label, help)
}

/// The first day of study, when an interview lies ahead but none after that day begins.
fn starts_too_late(input: &Input, now: Timestamp) -> Option<Date> {
    let starts = input.dossier.study.starts?;
    let last = input.dossier.rounds.iter().map(|round| round.when.date()).max()?;
    (starts > last && last >= now.to_zoned(zone(input)).date()).then_some(starts)
}

/// Topics that get no session at all.
pub fn without_time(input: &Input, plan: &Plan) -> Option<Diagnostic> {
    let none = plan.topics.iter().filter(|topic| topic.needed.0 > 0 && topic.planned.0 == 0);
    let names: Vec<&str> = none.map(|topic| topic.name.as_str()).collect();
    let message = match names.as_slice() {
        [] => return None,
        [name] => format!("the topic {name} gets no study time"),
        names => format!("{} topics get no study time: {}", names.len(), names.join(", ")),
    };
    let place = |key: &str| input.dossier.places.get(key).cloned();
    let span = place("study").or_else(|| place("questions")).or_else(|| place("concepts")).unwrap_or_default();
    let help =
        "give more `hours` or a higher `max_per_day` under `study`, or say with `priority: high` what matters most";
    Some(Diagnostic::new(Code::NoTime, span, message, "no session before the interview").help(help))
}

/// Each kind counts once, however many sessions of it are missing.
fn found_no_place(kinds: usize) -> String {
    if kinds == 1 { "1 entry found no place".to_owned() } else { format!("{kinds} entries found no place") }
}
