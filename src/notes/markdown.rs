//! A checked dossier as Markdown that people read and [`super::import`] understands.
//!
//! Each key is written the way people write notes and read back at once. Where Markdown cannot tell apart what
//! the format can, and for settings that no text has, the key stands in a block of the format itself.

use super::fence;
use super::import;
use super::words::{self, Field, Kind};
use crate::dossier::{self, one_line};
use crate::draft::{self, Draft, Given, Pair, Value};

/// What a title begins with, by the columns of the languages.
const PREPARATION: [&str; 9] = [
    "Interview prep",
    "Gesprächsvorbereitung",
    "Préparation d’entretien",
    "Preparación de la entrevista",
    "Gespreksvoorbereiding",
    "Samtaleforberedelse",
    "Preparação para a entrevista",
    "면접 준비",
    "面接対策",
];

/// The whole file.
pub fn markdown(pairs: &[Pair]) -> String {
    let language =
        pairs.iter().find(|pair| pair.key.text == "language").and_then(|pair| pair.value.as_text()).unwrap_or("en");
    let job = pairs.iter().find(|pair| pair.key.text == "job").map(|pair| &pair.value);
    let of_job = |key: &str| job.and_then(|job| job.get(key)).and_then(Value::as_text).unwrap_or_default();
    let prep = PREPARATION.get(words::column(language)).copied().unwrap_or_default();
    let title = format!("# {prep}: {} – {}", of_job("company"), of_job("role"));
    let title = one_line(&title);
    let english = Pair::new("language", Value::bare("en"));
    let has_language = pairs.iter().any(|pair| pair.key.text == "language");
    let settings = pairs.iter().filter(|pair| is_setting(&pair.key.text));
    let settings = in_order(settings.chain((!has_language).then_some(&english)).collect());
    let chunks = pairs.iter().filter(|pair| pair.key.text != "dossier" && !is_setting(&pair.key.text));
    let mut out = chunks.fold(format!("{title}\n"), |out, pair| format!("{out}\n{}", chunk(pair, language)));
    out = format!("{out}\n## {}\n\n{}", words::heading(Kind::File, language), fence::block(&settings));
    if same(&out, pairs) {
        return out;
    }
    let all = pairs.iter().filter(|pair| pair.key.text != "dossier");
    let all = in_order(all.chain((!has_language).then_some(&english)).collect());
    format!("{title}\n\n## {}\n\n{}", words::heading(Kind::File, language), fence::block(&all))
}

/// Keys that are settings rather than text.
fn is_setting(key: &str) -> bool {
    matches!(key, "id" | "title" | "language" | "candidate" | "study") || key.starts_with("x-")
}

/// What names the dossier first, as an import writes it: so the notes of notes are the same.
fn in_order(mut pairs: Vec<&Pair>) -> Vec<&Pair> {
    let names = ["id", "title", "language"];
    pairs.sort_by_key(|pair| names.iter().position(|name| *name == pair.key.text).unwrap_or(names.len()));
    pairs
}

/// A key with its heading: as notes, if that says the same, else as it is. Topics, stories and sections are
/// looked at one by one.
fn chunk(pair: &Pair, language: &str) -> String {
    let key = pair.key.text.as_str();
    let kinds = [Kind::Job, Kind::Interview].into_iter().chain(Kind::PARTS);
    let heading = kinds.into_iter().find(|kind| kind.key() == key).map(|kind| words::heading(kind, language));
    let heading = format!("## {}\n\n", heading.unwrap_or_else(|| key.to_owned()));
    let Value::Map { pairs: entries, .. } = &pair.value else { return alone(pair, &heading, language) };
    if !matches!(key, "questions" | "ask" | "concepts" | "stories" | "sections") {
        return alone(pair, &heading, language);
    }
    let mut out = String::new();
    let mut goes_on = false;
    for entry in entries {
        let single = Pair::new(key, Value::map(vec![entry.clone()]));
        let text = alone(&single, &heading, language);
        let is_notes = !text.contains(fence::INFO);
        let shown = text.strip_prefix(&heading).filter(|_| goes_on && is_notes).unwrap_or(&text);
        out = if out.is_empty() { shown.to_owned() } else { format!("{out}\n{shown}") };
        goes_on = is_notes;
    }
    out
}

fn alone(pair: &Pair, heading: &str, language: &str) -> String {
    let notes = format!("{heading}{}", body(&pair.key.text, &pair.value, language));
    let head = Pair::new("dossier", Value::bare("1"));
    let is_job = pair.key.text == "job";
    let before = if is_job { String::new() } else { format!("## Job facts\n\n{}\n", body("job", &job().value, "en")) };
    let job = (!is_job).then(job);
    let wanted: Vec<Pair> = [head].into_iter().chain(job).chain([pair.clone()]).collect();
    if same(&format!("# x\n\n{before}{notes}"), &wanted) {
        notes
    } else {
        format!("{heading}{}", fence::block(&[pair]))
    }
}

fn job() -> Pair {
    Pair::new("job", Value::map(vec![Pair::new("company", Value::text("A")), Pair::new("role", Value::text("B"))]))
}

/// Whether an import of notes gives the same dossier, but for the language, which notes only show.
fn same(notes: &str, pairs: &[Pair]) -> bool {
    let Ok(imported) = import("notes", notes.as_bytes(), &Given::default()) else { return false };
    let written = draft::yaml(&Draft { pairs: pairs.to_vec(), ..Draft::default() });
    let has_language = pairs.iter().any(|pair| pair.key.text == "language");
    let model = |text: &str| {
        let mut dossier = dossier::read("notes", text.as_bytes()).dossier?;
        dossier.places.clear();
        if let Some((_, place)) = &mut dossier.study.busy {
            *place = 0..0;
        }
        if !has_language {
            dossier.language.clear();
        }
        Some(format!("{dossier:?}"))
    };
    model(&written).is_some_and(|wanted| model(&imported.yaml) == Some(wanted))
}

fn body(key: &str, value: &Value, language: &str) -> String {
    match (key, value) {
        ("job", _) => job_facts(value, language),
        ("interview", Value::List { items, .. }) => rounds(items, language),
        ("questions" | "ask", Value::Map { pairs, .. }) => topics(pairs, "question", language),
        ("concepts", Value::Map { pairs, .. }) => topics(pairs, "concept", language),
        ("stories" | "sections", Value::Map { pairs, .. }) => pairs
            .iter()
            .map(|pair| format!("### {}\n\n{}", one_line(&pair.key.text), fields_or_outline(&pair.value, language)))
            .collect::<Vec<_>>()
            .join("\n"),
        _ => outline(value, 0),
    }
}

fn fields_or_outline(value: &Value, language: &str) -> String {
    let star = |pair: &Pair| field(&pair.key.text);
    match value {
        Value::Map { pairs, .. } if pairs.iter().all(|pair| star(pair).is_some()) => record(pairs, 0, language),
        _ => outline(value, 0),
    }
}

/// The field that a key of the format is.
fn field(key: &str) -> Option<Field> {
    Some(match key {
        "company" => Field::Company,
        "role" => Field::Role,
        "location" => Field::Location,
        "arrangement" => Field::Arrangement,
        "compensation" => Field::Compensation,
        "team" => Field::Team,
        "link" => Field::Link,
        "date" => Field::Date,
        "time_zone" => Field::TimeZone,
        "duration" => Field::Duration,
        "with" => Field::With,
        "notes" => Field::Notes,
        "answer" | "explanation" => Field::Answer,
        "hints" => Field::Hints,
        "example" => Field::Example,
        "confidence" => Field::Confidence,
        "priority" => Field::Priority,
        "tags" => Field::Tags,
        "links" => Field::Links,
        "id" => Field::Id,
        "situation" => Field::Situation,
        "task" => Field::Task,
        "action" => Field::Action,
        "result" => Field::Result,
        _ => return None,
    })
}

/// Keys with the labels of the language.
fn record(pairs: &[Pair], indent: usize, language: &str) -> String {
    pairs
        .iter()
        .map(|pair| {
            let label = field(&pair.key.text)
                .map_or_else(|| words::capital(&pair.key.text), |field| words::label(field, language));
            match &pair.value {
                // Words that stand behind each other.
                Value::List { items, .. } if pair.key.text != "hints" => {
                    let texts: Vec<&str> = items.iter().filter_map(Value::as_text).collect();
                    labelled(&label, &Value::text(texts.join(", ")), indent)
                }
                value => labelled(&label, value, indent),
            }
        })
        .collect()
}

fn job_facts(value: &Value, language: &str) -> String {
    let Value::Map { pairs, .. } = value else { return String::new() };
    let (own, standard): (Vec<&Pair>, Vec<&Pair>) = pairs.iter().partition(|pair| pair.key.text == "facts");
    let standard: Vec<Pair> = standard.into_iter().cloned().collect();
    let own = own.into_iter().map(|pair| outline(&pair.value, 0));
    record(&standard, 0, language) + &own.collect::<String>()
}

fn rounds(rounds: &[Value], language: &str) -> String {
    let one = |value: &Value| match value {
        Value::Map { pairs, .. } => record(pairs, 0, language),
        _ => String::new(),
    };
    match rounds {
        [round] => one(round),
        rounds => {
            let number = |(at, round): (usize, &Value)| format!("### Round {}\n\n{}", at + 1, one(round));
            rounds.iter().enumerate().map(number).collect::<Vec<_>>().join("\n")
        }
    }
}

fn topics(pairs: &[Pair], key: &str, language: &str) -> String {
    let topic = |pair: &Pair| {
        let Value::List { items, .. } = &pair.value else { return String::new() };
        let cards: String = items.iter().map(|item| card(item, key, language)).collect();
        format!("### {}\n\n{cards}", one_line(&pair.key.text))
    };
    pairs.iter().map(topic).collect::<Vec<_>>().join("\n")
}

fn card(value: &Value, key: &str, language: &str) -> String {
    let Value::Map { pairs, .. } = value else { return String::new() };
    let text = one_line(value.get(key).and_then(Value::as_text).unwrap_or_default());
    let rest: Vec<Pair> = pairs.iter().filter(|pair| pair.key.text != key).cloned().collect();
    match rest.split_first() {
        Some((explanation, fields)) if key == "concept" && explanation.key.text == "explanation" => {
            labelled(&text, &explanation.value, 0) + &record(fields, 2, language)
        }
        _ => format!("- {text}\n{}", record(&rest, 2, language)),
    }
}

/// `- **Label:** text`, or the label with a list below it.
fn labelled(label: &str, value: &Value, indent: usize) -> String {
    let lead = " ".repeat(indent);
    let label = one_line(label);
    match value {
        Value::Text(said) if starts_a_block(&said.text) => {
            format!("{lead}- **{label}:**\n\n{}", indented(&said.text, indent + 2))
        }
        Value::Text(said) => {
            format!("{lead}- {}", indented(&format!("**{label}:** {}", said.text), indent + 2).trim_start())
        }
        Value::Bare(text, _) => format!("{lead}- **{label}:** {text}\n"),
        Value::List { .. } | Value::Map { .. } => format!("{lead}- **{label}:**\n{}", outline(value, indent + 2)),
    }
}

/// An outline as bullets in bullets; a text as it is.
fn outline(value: &Value, indent: usize) -> String {
    match value {
        Value::Text(said) => indented(&said.text, indent),
        Value::Bare(text, _) => indented(text, indent),
        Value::List { items, .. } => items
            .iter()
            .map(|item| match item {
                Value::Text(said) => {
                    format!("{}- {}", " ".repeat(indent), indented(&said.text, indent + 2).trim_start())
                }
                other => outline(other, indent),
            })
            .collect(),
        Value::Map { pairs, .. } => pairs.iter().map(|pair| labelled(&pair.key.text, &pair.value, indent)).collect(),
    }
}

fn starts_a_block(text: &str) -> bool {
    let first = text.trim_start();
    first.starts_with(['-', '*', '+', '|', '>', '#', '`', '~']) || first.starts_with(|c: char| c.is_ascii_digit())
}

/// The lines, moved to the right.
fn indented(text: &str, indent: usize) -> String {
    let lead = " ".repeat(indent);
    text.lines().map(|line| if line.trim().is_empty() { "\n".to_owned() } else { format!("{lead}{line}\n") }).collect()
}
