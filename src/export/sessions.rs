//! What sessions are called and why they stand where they stand, in the language of the labels.

use crate::dossier::{Confidence, Dossier, Priority};
use crate::plan::{Kind, Plan, Reason, Session};
use crate::theme::{Labels, fill};
use jiff::ToSpan;
use jiff::civil::Date;

/// The title of a session, short enough for a phone: `Learn: Golang & Concurrency`.
pub fn title(session: &Session, dossier: &Dossier, plan: &Plan, labels: &Labels) -> String {
    kind(&session.kind, session.ordinal, dossier, plan, labels)
}

/// What is done: the title of a session of this kind.
pub fn kind(kind: &Kind, ordinal: u32, dossier: &Dossier, plan: &Plan, labels: &Labels) -> String {
    let topic = match kind {
        Kind::Learn(slug) | Kind::Review(slug) => topic_name(plan, slug),
        Kind::Company | Kind::Ask | Kind::Mock | Kind::LightReview => "",
    };
    of_topic(kind, ordinal, dossier, topic, labels)
}

/// The same when the name of the topic is known already.
pub fn of_topic(kind: &Kind, ordinal: u32, dossier: &Dossier, topic: &str, labels: &Labels) -> String {
    let labels = &labels.plan;
    match kind {
        Kind::Learn(_) => fill(&labels.learn, &[("topic", topic)]),
        Kind::Review(_) => fill(&labels.review, &[("topic", topic)]),
        Kind::Company => fill(&labels.company, &[("company", &dossier.job.company)]),
        Kind::Ask => labels.ask.clone(),
        Kind::Mock => fill(&labels.mock, &[("n", &ordinal.to_string())]),
        Kind::LightReview => labels.light_review.clone(),
    }
}

/// The name of a topic as written; its slug when the plan does not know it.
pub fn topic_name<'p>(plan: &'p Plan, slug: &'p str) -> &'p str {
    plan.topics.iter().find(|topic| topic.slug == slug).map_or(slug, |topic| &topic.name)
}

/// The Monday of the week that a day is in.
pub fn monday(date: Date) -> Date {
    date.saturating_sub(i64::from(date.weekday().to_monday_zero_offset()).days())
}

/// Why a session stands where it stands, in a sentence.
pub fn reason(reason: Reason, labels: &Labels) -> String {
    let words = &labels.plan;
    match reason {
        Reason::Coverage { priority, confidence } => fill(
            &words.coverage,
            &[("priority", priority_words(priority, labels)), ("confidence", &confidence_words(confidence, labels))],
        ),
        Reason::MoreTime { block, of } => {
            fill(&words.more_time, &[("block", &block.to_string()), ("of", &of.to_string())])
        }
        Reason::Spacing { days_since, days_left } => {
            fill(&words.spacing, &[("since", &days_since.to_string()), ("left", &days_left.to_string())])
        }
        Reason::Early => words.early.clone(),
        Reason::Rehearsal { days_before } => fill(&words.rehearsal, &[("n", &days_before.to_string())]),
        Reason::LastDay => words.last_day.clone(),
        Reason::Refresh => words.refresh.clone(),
    }
}

/// `high priority`
fn priority_words(priority: Priority, labels: &Labels) -> &str {
    match priority {
        Priority::Low => &labels.briefing.priority_low,
        Priority::Normal => &labels.briefing.priority_normal,
        Priority::High => &labels.briefing.priority_high,
    }
}

/// `confidence 2 of 5`
fn confidence_words(confidence: Confidence, labels: &Labels) -> String {
    fill(&labels.briefing.confidence, &[("n", &confidence.level().to_string())])
}
