//! What is not wrong but could be better; `check` says it, `build` only where it matters.

use super::model::{Dossier, When};
use crate::diagnostic::{Code, Diagnostic};
use jiff::ToSpan;
use jiff::civil::Date;

/// Fewer days than this leave no room for reviews.
const FEW_DAYS: i32 = 3;

/// Nobody is interviewed before this hour.
const MORNING: i8 = 6;

/// Advice about a valid dossier, as of a day. The places are those of the file as a whole.
pub fn advice(dossier: &Dossier, today: Date) -> Vec<Diagnostic> {
    let place = |key: &str| dossier.places.get(key).cloned().unwrap_or_default();
    let mut advice = Vec::new();
    match days_to_next(dossier, today) {
        None => advice.push(
            Diagnostic::new(
                Code::NoInterview,
                0..0,
                "there is no interview in this dossier, so no study calendar is made",
                "no `interview` in this file",
            )
            .help("add `interview:` with `date:` and `time_zone:` once you know them"),
        ),
        Some(days) if days < 0 => advice.push(
            Diagnostic::new(
                Code::InterviewPast,
                place("interview"),
                format!("the interview was {} ago", days_in_words(-days)),
                "the date lies in the past",
            )
            .help("mend `date` under `interview` if it has moved"),
        ),
        Some(days) if days < FEW_DAYS => advice.push(
            Diagnostic::new(Code::FewDays, place("interview"), few_days(days), "the interview is near")
                .help("set `priority: high` for the topics that matter most"),
        ),
        Some(_) => {}
    }
    advice.extend(at_night(dossier, today));
    advice.extend(unanswered(dossier));
    advice
}

/// A round ahead at an hour at which nobody is interviewed: most likely `2:30 pm`, without its `pm`.
fn at_night(dossier: &Dossier, today: Date) -> Option<Diagnostic> {
    let at = dossier.rounds.iter().find_map(|round| match round.when {
        When::At(at) if at.date() >= today && at.hour() < MORNING => Some(at),
        When::At(_) | When::Day(_) => None,
    })?;
    let (day, time) = (at.strftime("%-d %B"), at.strftime("%H:%M"));
    let message = format!("the interview on {day} is at {time}, in the night");
    let place = dossier.places.get("interview").cloned().unwrap_or_default();
    let afternoon = at.time().wrapping_add(12.hours()).strftime("%H:%M").to_string();
    let advice = Diagnostic::new(Code::AtNight, place, message, format!("{time} is before dawn"));
    Some(advice.help(format!("hours count to 24 here: write `{afternoon}` if it is in the afternoon")))
}

/// Days to the round that is next, or since the last one when all are over.
fn days_to_next(dossier: &Dossier, today: Date) -> Option<i32> {
    let days = dossier.rounds.iter().map(|round| (When::date(round.when) - today).get_days());
    days.clone().filter(|days| *days >= 0).min().or(days.max())
}

fn few_days(days: i32) -> String {
    match days {
        0 => "the interview is today: there is hardly time for anything new".to_owned(),
        _ => format!("only {} left: there is time for each topic at most once", days_in_words(days)),
    }
}

fn days_in_words(days: i32) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

fn unanswered(dossier: &Dossier) -> Option<Diagnostic> {
    let all = dossier.questions().flat_map(|topic| &topic.items);
    let (total, open) =
        all.fold((0, 0), |(total, open), question| (total + 1, open + usize::from(question.answer.is_none())));
    let message = format!("{open} of {total} questions have no answer yet");
    let place = dossier.places.get("questions").cloned().unwrap_or_default();
    let advice = Diagnostic::new(Code::Unanswered, place, message, "their cards show a frame to practise with instead");
    (open > 0).then(|| advice.help("write `answer:` below a `question:`, a few words are enough"))
}
