//! A résumé in the form of JSON Resume (<https://jsonresume.org/schema>, version 1) into what it gives a
//! dossier: the candidate, and highlights by job, volunteering and project.

use crate::diagnostic::{Code, Diagnostic, Source, Span};
use crate::dossier::{self, keys, one_line, without_mark};
use crate::draft::{self, Draft, Failure, Given, Pair, Said, Value};
use crate::yaml::{self, Kind, Node};
use std::collections::BTreeSet;

/// A résumé larger than this, in bytes, is none.
const SIZE_LIMIT: usize = 4 * 1024 * 1024;
/// A longer name of a job or a project is a text.
const NAME_LIMIT: usize = 160;

const HEAD: &str = "The prep dossier for one interview, begun with a résumé. `dossier build` turns it into a briefing (PDF), \
a deck (Anki) and a study calendar (ICS). Next: `questions`, `ask` and `concepts`; docs/format.md shows them all.";

/// The lists that have highlights, what they stand under without a name, and the keys of the name:
/// `company` is what version 0 called it.
const PARTS: [(&str, &str, &[&str]); 3] = [
    ("work", "Work", &["name", "company", "position"]),
    ("volunteer", "Volunteering", &["organization", "position"]),
    ("projects", "Projects", &["name"]),
];
/// The other lists of the form.
const OTHERS: [&str; 9] =
    ["basics", "education", "awards", "certificates", "publications", "skills", "languages", "interests", "references"];

/// What a résumé gives.
#[derive(Debug)]
pub struct Resume {
    /// The résumé as text.
    pub source: Source,
    /// `candidate` and `highlights`, as far as they are there.
    pub pairs: Vec<Pair>,
    /// What has no place in a dossier.
    pub left: Vec<Left>,
}

/// A value that has no place in a dossier.
#[derive(Debug, PartialEq, Eq, serde::Serialize)]
pub struct Left {
    /// Where it stands: `basics.email`, `work[0].url`.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// A dossier with a résumé added to it.
#[derive(Debug)]
pub struct Added {
    /// The dossier as a file.
    pub text: String,
    /// How many texts were put in.
    pub values: usize,
    /// What of the résumé has no place in it.
    pub left: Vec<Left>,
}

/// A dossier made of a résumé.
#[derive(Debug)]
pub struct Imported {
    /// The dossier as a file.
    pub yaml: String,
    /// How many highlights it has.
    pub highlights: usize,
    /// What has no place in it.
    pub left: Vec<Left>,
    /// Whether there is an interview with a date.
    pub has_interview: bool,
    /// Whether there are study hours.
    pub has_hours: bool,
}

/// Whether a text is more likely JSON than notes.
pub fn is_json(text: &[u8]) -> bool {
    let text = without_mark(text).trim_ascii_start();
    let inside = |rest: &[u8]| rest.trim_ascii_start().starts_with(b"\"") || rest.trim_ascii() == b"}";
    text.strip_prefix(b"{").is_some_and(inside)
        || text.strip_prefix(b"[").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"{"))
}

/// Reads a résumé, or says why the bytes are none.
pub fn read(name: &str, bytes: &[u8]) -> Result<Resume, Failure> {
    let mut source = Source { name: name.to_owned(), text: String::new() };
    let refused = |source: Source, problem| Failure::Refused(source, vec![problem]);
    if bytes.len() > SIZE_LIMIT {
        let message = format!("this file has {} MB; a résumé can have {}", bytes.len() >> 20, SIZE_LIMIT >> 20);
        let problem = Diagnostic::new(Code::TooLarge, 0..0, message, "too large").help("is this the right file?");
        return Err(refused(source, problem));
    }
    let Ok(text) = std::str::from_utf8(without_mark(bytes)) else {
        let problem = Diagnostic::new(Code::NotUtf8, 0..0, "this file is not UTF-8", "another encoding")
            .help("save it again as UTF-8: most editors offer it under “Save with encoding”");
        return Err(refused(source, problem));
    };
    text.clone_into(&mut source.text);
    match parts(text) {
        Ok((pairs, left)) => Ok(Resume { source, pairs, left }),
        Err(problem) => Err(refused(source, problem)),
    }
}

/// Makes a dossier of a résumé.
pub fn import(name: &str, bytes: &[u8], given: &Given) -> Result<Imported, Failure> {
    let Resume { source, pairs, left } = read(name, bytes)?;
    if pairs.is_empty() {
        let problem = Diagnostic::new(
            Code::NotResume,
            0..0,
            "this résumé has no name and no highlights",
            "nothing for a dossier",
        )
        .help(
            "a dossier takes the name and place of `basics`, and the highlights of `work`, `volunteer` and `projects`",
        );
        return Err(Failure::Refused(source, vec![problem]));
    }
    let (Some(company), Some(role)) = (&given.company, &given.role) else {
        let missing = (given.company.is_none(), given.role.is_none());
        let label = |_: &str| "it says who you are, not what you apply for".to_owned();
        return Err(draft::unnamed(missing, &source, "a résumé does", &(0..0), label));
    };
    let job = Value::map(vec![Pair::new("company", Value::text(company)), Pair::new("role", Value::text(role))]);
    let mut all = vec![Pair::new("dossier", Value::bare("1")), Pair::new("job", job)];
    all.extend(pairs);
    all.extend(given.interview.clone().map(|value| Pair::new("interview", value)));
    all.extend(given.hours.clone().map(|hours| Pair::new("study", Value::map(vec![Pair::new("hours", hours)]))));
    all.sort_by_key(|pair| keys::DOSSIER.keys.iter().position(|key| key.name == pair.key.text));
    let (has_interview, has_hours) = (given.interview.is_some(), given.hours.is_some());
    let foot = draft::to_fill_in((!has_interview).then_some(None), has_hours);
    let draft = Draft { head: vec![Said::new(HEAD)], pairs: all, foot };
    let yaml = draft::yaml(&draft);
    let reading = dossier::read("dossier.yaml", yaml.as_bytes());
    if reading.dossier.is_none() {
        return Err(Failure::Refused(reading.source, reading.diagnostics));
    }
    Ok(Imported { yaml, highlights: highlights(&draft.pairs), left, has_interview, has_hours })
}

/// Adds a résumé to the text of a valid dossier without a byte order mark. What the highlights say already, under whatever name, is not added again.
pub fn add(resume: Resume, text: &str) -> Result<Added, Diagnostic> {
    let Resume { mut pairs, mut left, .. } = resume;
    let root = yaml::read(text).root;
    let there = root.as_ref().and_then(|root| field(root, "highlights")).map(texts).unwrap_or_default();
    if let Some(Value::Map { pairs: names, .. }) = value_mut(&mut pairs, "highlights") {
        for name in names.iter_mut() {
            if let Value::List { items, .. } = &mut name.value {
                items.retain(|item| item.as_text().is_some_and(|text| !there.contains(&*one_line(text))));
            }
        }
        names.retain(|name| !name.value.is_empty());
    }
    pairs.retain(|pair| !pair.value.is_empty());
    let added = draft::added(text, &pairs)?;
    left.extend(added.kept.into_iter().map(|path| {
        let value = path.split('.').fold(None, |value: Option<&Value>, key| match value {
            Some(value) => value.get(key),
            None => pairs.iter().find(|pair| pair.key.text == key).map(|pair| &pair.value),
        });
        let text = value.and_then(Value::as_text).unwrap_or_default().to_owned();
        Left { path, text }
    }));
    Ok(Added { text: added.text, values: added.values, left })
}

/// How many highlights there are.
fn highlights(pairs: &[Pair]) -> usize {
    let names = pairs.iter().find(|pair| pair.key.text == "highlights").map(|pair| &pair.value);
    let Some(Value::Map { pairs: names, .. }) = names else { return 0 };
    let count = |value: &Value| if let Value::List { items, .. } = value { items.len() } else { 0 };
    names.iter().map(|name| count(&name.value)).sum()
}

fn value_mut<'p>(pairs: &'p mut [Pair], key: &str) -> Option<&'p mut Value> {
    pairs.iter_mut().find(|pair| pair.key.text == key).map(|pair| &mut pair.value)
}

/// Every text below a node.
fn texts(node: &Node) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        match &node.kind {
            Kind::Scalar(text, _) => drop(out.insert(one_line(text).into_owned())),
            Kind::List(items) => open.extend(items.iter()),
            Kind::Map(pairs) => open.extend(pairs.iter().map(|(_, value)| value)),
        }
    }
    out
}

/// The pairs, and what is left.
fn parts(text: &str) -> Result<(Vec<Pair>, Vec<Left>), Diagnostic> {
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) {
        return Err(no_json(text, &error));
    }
    // JSON is YAML, but for tabs: in JSON they can only stand between values.
    let spaced = text.replace('\t', " ");
    let tree = yaml::read(&spaced);
    let root = match (tree.root, tree.diagnostics.into_iter().next()) {
        (Some(root), None) => root,
        (_, Some(problem)) => return Err(Diagnostic { fix: None, ..problem }),
        (None, None) => return Err(none(0..0, "there is nothing in this file", "nothing here")),
    };
    let Kind::Map(_) = root.kind else {
        let message = format!("a JSON Resume is an object, `{{ … }}`, and this file is {}", kind(&root));
        return Err(none(root.span, &message, "no object"));
    };
    if let Some(version) = field(&root, "dossier") {
        let problem = none(version.span.clone(), "this is a dossier already, no JSON Resume", "its first key says so");
        return Err(problem.help("`dossier build` reads it as it is"));
    }
    let known = PARTS.iter().map(|part| part.0).chain(OTHERS);
    if known.into_iter().all(|key| field(&root, key).is_none()) {
        return Err(none(0..1, "this is JSON, but no JSON Resume", "none of `basics`, `work`, `projects`, …"));
    }
    let mut found = Found::default();
    let candidate = found.candidate(&root)?;
    let mut names: Vec<Pair> = Vec::new();
    for (key, title, name) in PARTS {
        let Some(list) = field(&root, key) else { continue };
        let Kind::List(entries) = &list.kind else { return Err(shape(list, key, "a list, `[ … ]`")) };
        for entry in entries.iter() {
            found.entry(entry, key, title, name, &mut names)?;
        }
    }
    let mut pairs = Vec::new();
    pairs.extend((!candidate.is_empty()).then(|| Pair::new("candidate", Value::map(candidate))));
    pairs.extend((!names.is_empty()).then(|| Pair::new("highlights", Value::map(names))));
    let mut left = Vec::new();
    found.left(&root, String::new(), &mut left);
    Ok((pairs, left))
}

/// The values that were found a place.
#[derive(Default)]
struct Found {
    used: BTreeSet<usize>,
}

impl Found {
    fn candidate(&mut self, root: &Node) -> Result<Vec<Pair>, Diagnostic> {
        let Some(basics) = field(root, "basics") else { return Ok(Vec::new()) };
        object(basics, "basics")?;
        let mut pairs = Vec::new();
        if let Some(name) = self.texts(basics, &["name"], "basics")?.pop() {
            pairs.push(Pair::new("name", Value::text(one_line(&name))));
        }
        if let Some(location) = field(basics, "location") {
            object(location, "basics.location")?;
            let place = self.texts(location, &["city", "region", "countryCode"], "basics.location")?;
            if !place.is_empty() {
                pairs.push(Pair::new("location", Value::text(one_line(&place.join(", ")))));
            }
        }
        Ok(pairs)
    }

    /// What an entry of a list says of itself, under its name; without highlights its summary.
    fn entry(
        &mut self,
        entry: &Node,
        key: &str,
        title: &str,
        name: &[&str],
        names: &mut Vec<Pair>,
    ) -> Result<(), Diagnostic> {
        object(entry, key)?;
        let mut items: Vec<Value> = Vec::new();
        if let Some(list) = field(entry, "highlights") {
            let Kind::List(lines) = &list.kind else { return Err(shape(list, "highlights", "a list, `[ … ]`")) };
            for line in lines.iter() {
                items.extend(self.text(line, "highlights")?.map(Value::text));
            }
        }
        if items.is_empty() {
            items.extend(self.texts(entry, &["summary", "description"], key)?.into_iter().map(Value::text));
        }
        if items.is_empty() {
            return Ok(());
        }
        let label = self.label(entry, key, title, name)?;
        let at = names.iter().position(|pair| pair.key.text == label);
        match at.and_then(|at| names.get_mut(at)).map(|pair| &mut pair.value) {
            Some(Value::List { items: old, .. }) => {
                items.retain(|item| !old.contains(item));
                old.append(&mut items);
            }
            _ => names.push(Pair::new(label, Value::list(items))),
        }
        Ok(())
    }

    /// `ACME – Engineer (2019-03 – 2022-05)`.
    fn label(&mut self, entry: &Node, key: &str, title: &str, name: &[&str]) -> Result<String, Diagnostic> {
        let used = self.used.clone();
        let words = self.texts(entry, name, key)?;
        let dates = self.texts(entry, &["startDate", "endDate"], key)?;
        let words = if words.is_empty() { title.to_owned() } else { words.join(" – ") };
        let has_both = dates.len() == 2;
        let dates = match dates.first() {
            None => String::new(),
            Some(_) if has_both => format!(" ({})", dates.join(" – ")),
            Some(date) if field(entry, "startDate").is_some_and(|node| !is_blank(node)) => format!(" ({date} –)"),
            Some(date) => format!(" (– {date})"),
        };
        let label = format!("{words}{dates}");
        let label = one_line(&label);
        if label.chars().count() <= NAME_LIMIT {
            return Ok(label.into_owned());
        }
        self.used = used;
        Ok(title.to_owned())
    }

    /// The texts under some keys, those that are there.
    fn texts(&mut self, node: &Node, keys: &[&str], path: &str) -> Result<Vec<String>, Diagnostic> {
        let mut out = Vec::new();
        for key in keys {
            if let Some(value) = field(node, key) {
                out.extend(self.text(value, &format!("{path}.{key}"))?);
            }
        }
        Ok(out)
    }

    fn text(&mut self, node: &Node, path: &str) -> Result<Option<String>, Diagnostic> {
        let Some((text, _)) = node.scalar() else { return Err(shape(node, path, "a text, `\"…\"`")) };
        if is_blank(node) {
            return Ok(None);
        }
        self.used.insert(node.span.start);
        Ok(Some(clean(text)))
    }

    /// Every value that found no place. What the file says about itself is none of the résumé.
    fn left(&self, node: &Node, path: String, out: &mut Vec<Left>) {
        match &node.kind {
            Kind::Scalar(..) if is_blank(node) || self.used.contains(&node.span.start) => {}
            Kind::Scalar(text, _) => out.push(Left { path, text: clean(text) }),
            Kind::List(items) => {
                items.iter().enumerate().for_each(|(at, item)| self.left(item, format!("{path}[{at}]"), out));
            }
            Kind::Map(pairs) => {
                for (key, value) in pairs.iter() {
                    let name = key.scalar().map_or("", |(key, _)| key);
                    if path.is_empty() && matches!(name, "$schema" | "meta") {
                        continue;
                    }
                    let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
                    self.left(value, path, out);
                }
            }
        }
    }
}

/// A text without line ends of other systems and signs that nobody sees.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let sign = |c: char| if (c.is_control() && c != '\n') || c == '\u{feff}' { ' ' } else { c };
    text.trim().chars().map(sign).collect::<String>().trim().to_owned()
}

fn is_blank(node: &Node) -> bool {
    node.is_null() || node.scalar().is_some_and(|(text, _)| clean(text).is_empty())
}

fn field<'n>(node: &'n Node<'n>, key: &str) -> Option<&'n Node<'n>> {
    let Kind::Map(pairs) = &node.kind else { return None };
    let found = pairs.iter().find(|(name, _)| name.scalar().is_some_and(|(name, _)| name == key));
    found.map(|(_, value)| value).filter(|value| !value.is_null())
}

fn object(node: &Node, path: &str) -> Result<(), Diagnostic> {
    if let Kind::Map(_) = node.kind { Ok(()) } else { Err(shape(node, path, "an object, `{ … }`")) }
}

fn shape(node: &Node, path: &str, wanted: &str) -> Diagnostic {
    none(
        node.span.clone(),
        &format!("in a JSON Resume, `{path}` is {wanted}, and here it is {}", kind(node)),
        "another shape",
    )
}

/// What a value is in the words of JSON.
fn kind(node: &Node) -> String {
    match node.kind {
        Kind::List(_) => "a list".to_owned(),
        Kind::Map(_) => "an object".to_owned(),
        Kind::Scalar(..) => node.describe(),
    }
}

fn none(span: Span, message: &str, label: &str) -> Diagnostic {
    Diagnostic::new(Code::NotResume, span, message, label)
        .help("jsonresume.org/schema says what a JSON Resume holds; notes in Markdown are imported without --into")
}

/// The place and the reason of the first thing that is no JSON.
fn no_json(text: &str, error: &serde_json::Error) -> Diagnostic {
    let start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let at = (start + error.column().saturating_sub(1)).min(text.len());
    let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let reason = error.to_string();
    let reason = in_words(reason.split(" at line ").next().unwrap_or_default());
    none(at..at, &format!("this is not JSON: {reason}"), "the reading stopped here")
}

/// What the reader of JSON says, for somebody who did not write the file by hand.
fn in_words(reason: &str) -> &str {
    match reason {
        "key must be a string" => "a name in double quotes belongs here, or there is a comma too many before it",
        "trailing comma" => "there is a comma too many before this bracket",
        "expected value" => "a text in double quotes, a number or a bracket belongs here",
        "expected `:`" => "a colon belongs between a name and its value",
        "expected `,` or `}`" => "a comma or the bracket `}` is missing before this",
        "expected `,` or `]`" => "a comma or the bracket `]` is missing before this",
        "trailing characters" => "there is more behind the last bracket",
        "invalid escape" => "a backslash inside a text is written twice",
        "invalid number" => "this is not a number",
        "recursion limit exceeded" => "too many brackets stand inside each other",
        _ if reason.starts_with("EOF") => "it ends too early: a quote or a bracket is not closed",
        _ if reason.starts_with("control character") => "a text goes over the end of its line, or holds a tab",
        _ => reason,
    }
}
