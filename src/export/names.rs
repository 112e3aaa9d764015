//! What the outputs call things by: one another, the dossier, its parts, its rounds; and which way its language runs.

use crate::dossier::{Dossier, Part, Round, When};
use crate::markup::Line;
use crate::theme::{Labels, Section, fill};

/// The title as written, else one of company and role.
pub fn title(dossier: &Dossier, labels: &Labels) -> String {
    let job = &dossier.job;
    let default = || fill(&labels.parts.title, &[("company", &job.company), ("role", &job.role)]);
    dossier.title.as_ref().map_or_else(default, Line::plain)
}

/// `First round: Fintech Innovators`: a round among other things.
pub fn round(round: &Round, dossier: &Dossier, labels: &Labels) -> String {
    let company = ("company", dossier.job.company.as_str());
    match &round.name {
        Some(name) => fill(&labels.calendar.named_round, &[company, ("name", name)]),
        None => fill(&labels.calendar.round, &[company]),
    }
}

/// `Tuesday 15 December 2026, 14:00`, by the clock of its place.
pub fn round_date(round: &Round, labels: &Labels) -> String {
    let dates = &labels.dates;
    let date = dates.long(round.when.date());
    match round.when {
        When::Day(_) => date,
        When::At(at) => dates.date_at_time(&date, &dates.time(at.time())),
    }
}

/// The tag in Anki of what belongs to a topic.
pub fn topic_tag(slug: &str) -> String {
    [TOPIC, slug].concat()
}

/// The topic that a tag of Anki's says, if it says one.
pub fn topic_of_tag(tag: &str) -> Option<&str> {
    tag.strip_prefix(TOPIC)
}

/// How the tags of topics start.
const TOPIC: &str = "topic::";

/// Whether a language is written from right to left: by its script if its tag (BCP 47) names one, else by the script
/// that it is usually written in (CLDR, likely subtags).
pub fn right_to_left(language: &str) -> bool {
    const LANGUAGES: [&str; 15] =
        ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "nqo", "prs", "ps", "sd", "syr", "ug", "ur", "yi"];
    const SCRIPTS: [&str; 7] = ["adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"];
    let language = language.to_ascii_lowercase();
    let mut subtags = language.split('-');
    let usual = subtags.next().is_some_and(|primary| LANGUAGES.contains(&primary));
    subtags.find(|subtag| subtag.len() == 4).map_or(usual, |script| SCRIPTS.contains(&script))
}

/// The Anki deck that holds all decks of a dossier. Anki finds a deck by its name, so this is the
/// same in every language.
pub fn root_deck(dossier: &Dossier) -> String {
    let job = &dossier.job;
    format!("Interview prep::{} – {}", level(&job.company), level(&job.role))
}

/// A name that stays one level of a deck's name.
fn level(name: &str) -> String {
    let mut name: String = name.chars().filter(|c| !c.is_control() && *c != '"').collect();
    while name.contains("::") {
        name = name.replace("::", ":");
    }
    name.trim_matches(|c: char| c == ':' || c.is_whitespace()).to_owned()
}

/// The section of a theme that a part of the dossier is.
pub fn section(part: &Part) -> Section {
    match part {
        Part::Overview(_) => Section::Overview,
        Part::Fit(_) => Section::Fit,
        Part::Highlights(_) => Section::Highlights,
        Part::Company(_) => Section::Company,
        Part::Stories(_) => Section::Stories,
        Part::Questions(_) => Section::Questions,
        Part::Ask(_) => Section::Ask,
        Part::Concepts(_) => Section::Concepts,
        Part::Advice(_) => Section::Advice,
        Part::Sections(_) => Section::Own,
        Part::Closing(_) => Section::Closing,
    }
}
