//! Notes in Markdown, as assistants and people write them, into a dossier.
//!
//! `lines` and `headings` tell what stands where, `words` what it means, `outline`, `cards`, `stories` with `star`, and
//! `facts` what becomes of it. [`proof`] shows that no word was lost.

mod blocks;
mod cards;
mod facts;
mod fence;
mod fields;
mod frame;
mod front;
mod headings;
mod language;
mod lines;
mod markdown;
mod outline;
mod place;
mod proof;
mod star;
mod stories;
mod words;

pub use markdown::markdown;

use crate::diagnostic::{Code, Diagnostic, Severity, Source, Span};
use crate::dossier;
use crate::draft::{self, Draft, Failure, Given, Said, Value};
use frame::Frame;
use headings::{Section, sections};
use place::Placed;

/// Notes larger than this were not written for one interview.
const SIZE_LIMIT: usize = 4 * 1024 * 1024;

/// A dossier made of notes.
#[derive(Debug)]
pub struct Imported {
    /// The dossier as a file.
    pub yaml: String,
    /// What became of the notes.
    pub report: Report,
}

/// What became of the notes.
#[derive(Debug, Default, serde::Serialize)]
pub struct Report {
    /// Words of the notes, all of them in the file.
    pub words: usize,
    /// What was found, by key: how many items.
    pub found: Vec<(&'static str, usize)>,
    /// Talk that is no part of a dossier: it stands in comments.
    pub set_aside: Vec<String>,
    /// Sections that mean nothing to the program: they stand under `sections`.
    pub unplaced: Vec<String>,
    /// Marks such as `【4†source】` that only an assistant's own screen can show: they are left out.
    pub citations: usize,
    /// Labels such as `Q:` that a key says now.
    pub labels: Vec<String>,
    /// Whether there is an interview with a date.
    pub has_interview: bool,
    /// Whether there are study hours.
    pub has_hours: bool,
    /// A day that is named, and that an interview cannot be made of without asking.
    pub undecided: Option<Undecided>,
}

/// A day that the notes name and that could mean two, or whose year or time zone they leave open.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Undecided {
    /// What the notes say.
    pub text: String,
    /// What it can mean: `2026-12-15 14:00`.
    pub readings: Vec<String>,
    /// Whether they say the year; otherwise it is the day that comes next.
    pub has_year: bool,
    /// The time zone, if they name one.
    pub time_zone: Option<String>,
    /// How to say it so that it can be told: one of the readings, and the zone or one that is likely.
    pub example: String,
}

/// Makes a dossier of notes. `name` is what messages call them.
pub fn import(name: &str, bytes: &[u8], given: &Given) -> Result<Imported, Failure> {
    let (source, marks) = read(name, bytes)?;
    let frame = Frame::of(&source.text);
    let (preamble, found) = sections(&frame.lines);
    let (title, before, sections) = opening(preamble, &found);
    let language = language::of(&source.text, &languages(&found));
    if let Some(problem) = refusal(&source.text, title, &sections) {
        return Err(Failure::Refused(source, vec![problem]));
    }
    let mut placed = Placed::new(language, given);
    placed.frame(&frame);
    placed.title(title);
    placed.preamble(before);
    for section in &sections {
        placed.section(section, &mut Vec::new());
    }
    placed.spoken(&frame);
    missing(&placed, &source, title)?;
    let (draft, mut report, replaced) = placed.finish(&frame);
    let yaml = draft::yaml(&draft);
    report.words = proof::prove(&source.text, &draft, &replaced, &yaml).map_err(Failure::Bug)?;
    check(&yaml, &source)?;
    report.citations = marks;
    report.found = counts(&draft);
    report.labels = replaced.into_iter().map(|said| said.text).filter(|text| !text.is_empty()).collect();
    Ok(Imported { yaml, report })
}

/// The languages of the headings that mean something.
fn languages(found: &[Section<'_, '_>]) -> Vec<usize> {
    let own = |section: &Section<'_, '_>| words::section(section.title.text).map(|meaning| meaning.language);
    found.iter().flat_map(|section| own(section).into_iter().chain(languages(&section.subs))).collect()
}

/// The notes as text and how many marks of citations were left out of it, or why they are none.
fn read(name: &str, bytes: &[u8]) -> Result<(Source, usize), Failure> {
    let mut source = Source { name: name.to_owned(), text: String::new() };
    let problem = if bytes.len() > SIZE_LIMIT {
        let message = format!("these notes have {} MB; {} MB can be imported", bytes.len() >> 20, SIZE_LIMIT >> 20);
        Diagnostic::new(Code::TooLarge, 0..0, message, "too large").help("is this the right file?")
    } else {
        match std::str::from_utf8(bytes) {
            Ok(text) => {
                let (text, marks) = lines::clean(text);
                source.text = text;
                if !source.text.trim().is_empty() {
                    return Ok((source, marks));
                }
                Diagnostic::new(Code::EmptyFile, 0..0, "there is nothing in these notes", "nothing here")
            }
            Err(error) => {
                let message = format!("byte number {} of these notes is not UTF-8", error.valid_up_to() + 1);
                Diagnostic::new(Code::NotUtf8, 0..0, message, "another encoding, or no text at all")
                    .help("save the notes again as UTF-8: most editors offer it under “Save with encoding”")
            }
        }
    };
    Err(Failure::Refused(source, vec![problem]))
}

type Opening<'s, 'a, 't> = (Option<&'s Section<'a, 't>>, Vec<&'a [lines::Line<'t>]>, Vec<&'s Section<'a, 't>>);

/// The title, what stands before the first section, and the sections.
fn opening<'s, 'a, 't>(preamble: &'a [lines::Line<'t>], found: &'s [Section<'a, 't>]) -> Opening<'s, 'a, 't> {
    let mut before = vec![preamble];
    let Some((first, rest)) = found.split_first() else { return (None, before, Vec::new()) };
    let meaning = words::section(first.title.text);
    let (company, role) = facts::title(first.title.text);
    let prepares = words::prepares(first.title.text);
    let names_both = company.is_some() && role.is_some() && meaning.is_none_or(|meaning| !meaning.strong);
    let means_nothing = meaning.is_none_or(|meaning| !meaning.strong);
    let over_all = !first.subs.is_empty() && (rest.is_empty() || first.level == 1);
    let alone = names_both && first.own.iter().all(lines::Line::is_blank);
    let is_title = alone || (means_nothing && (over_all || prepares));
    if !is_title {
        return (None, before, found.iter().collect());
    }
    before.push(first.own);
    (Some(first), before, first.subs.iter().chain(rest).collect())
}

/// Why a text is no dossier: an assistant that will not, or nothing about a job.
fn refusal(text: &str, title: Option<&Section<'_, '_>>, sections: &[&Section<'_, '_>]) -> Option<Diagnostic> {
    let means =
        |section: &Section<'_, '_>| words::section(section.title.text).is_some() || fence::pairs(section).is_some();
    let recognised = sections.iter().any(|section| means(section) || section.subs.iter().any(means));
    if recognised {
        return None;
    }
    let first = text.trim_start();
    let start = text.len() - first.len();
    let line = start..start + first.lines().next().map_or(0, |line| line.trim_end().len());
    let begins = first.trim_start_matches(['#', '>', '*', ' ', '`', '\n']);
    if words::is_refusal(begins) {
        return Some(
            Diagnostic::new(Code::Refusal, line, "these notes are a refusal, not a dossier", "the assistant says no")
                .help(
                    "ask again, perhaps with the advertisement of the job; `dossier init` writes a dossier to fill in",
                ),
        );
    }
    let place = title.map_or(line, |title| title.title.said().from.first().cloned().unwrap_or_default());
    Some(
        Diagnostic::new(
            Code::NoDossier,
            place,
            "these notes hold no section that a dossier has",
            "no heading that speaks of questions, the company, concepts, …",
        )
        .help("headings such as `## Likely questions` or `## About the company` tell what is what"),
    )
}

/// Company and role are required.
fn missing(placed: &Placed<'_>, source: &Source, title: Option<&Section<'_, '_>>) -> Result<(), Failure> {
    let (company, role) = (placed.company().is_none(), placed.role().is_none());
    if !company && !role {
        return Ok(());
    }
    let first = source.text.len() - source.text.trim_start().len();
    let line = first..first + source.text.trim_start().lines().next().map_or(0, |line| line.trim_end().len());
    let place: Span = title.and_then(|title| title.title.said().from.first().cloned()).unwrap_or(line);
    Err(draft::unnamed((company, role), source, "these notes do", &place, |what| {
        format!("no {what} in the title, no line `{}: …`", words::capital(what))
    }))
}

/// What was written is a dossier by the program's own reader. Only a topic that a block in the format speaks of,
/// and that stands nowhere in the notes, is the fault of these.
fn check(yaml: &str, source: &Source) -> Result<(), Failure> {
    let reading = dossier::read("dossier.yaml", yaml.as_bytes());
    if reading.dossier.is_some() {
        return Ok(());
    }
    let (topics, others): (Vec<Diagnostic>, Vec<Diagnostic>) = reading
        .diagnostics
        .into_iter()
        .filter(|problem| problem.severity() == Severity::Error)
        .partition(|problem| problem.code == Code::UnknownTopic);
    match others.first() {
        Some(problem) => Err(Failure::Bug(format!("{}: {}", problem.code.id(), problem.message))),
        None => Err(Failure::Refused(
            source.clone(),
            topics.into_iter().map(|topic| in_notes(topic, yaml, source)).collect(),
        )),
    }
}

/// A problem of the dossier at the same word of the notes.
fn in_notes(mut problem: Diagnostic, yaml: &str, source: &Source) -> Diagnostic {
    problem.fix = None;
    for label in &mut problem.labels {
        let word = yaml.get(label.span.clone()).unwrap_or_default();
        let block = source.text.find(fence::INFO).unwrap_or_default();
        let found = source.text.get(block..).and_then(|block| block.find(word));
        label.span = found.map_or(0..0, |at| block + at..block + at + word.len());
    }
    problem
}

/// How many items stand under each key.
fn counts(draft: &Draft) -> Vec<(&'static str, usize)> {
    let keys = ["fit", "highlights", "company", "stories", "questions", "ask", "concepts", "advice", "sections"];
    keys.into_iter().filter_map(|key| Some((key, count(draft.get(key)?, key)))).collect()
}

fn count(value: &Value, key: &str) -> usize {
    match value {
        Value::Map { pairs, .. } if matches!(key, "questions" | "ask" | "concepts") => {
            pairs.iter().map(|pair| count(&pair.value, "")).sum()
        }
        Value::Map { pairs, .. } => pairs.len(),
        Value::List { items, .. } => items.len(),
        Value::Text(_) | Value::Bare(..) => 1,
    }
}

/// A comment of our own.
fn note(text: impl Into<String>) -> Said {
    Said::new(text)
}
