//! Walking the YAML tree: shapes, keys and texts, with every problem collected on the way.

use super::identity::{Identities, sum};
use super::keys::{Key, RECORDS, Record};
use super::synonyms;
use crate::diagnostic::{Code, Diagnostic, Edit, Span, nearest};
use crate::markup::{self, Line, Markup, one_line};
use crate::yaml::{Kind, Node, QUOTES, Style, is_boolean, is_number, quoted, shortened};
use std::collections::{BTreeMap, HashMap};

/// What stands in typographic quotes that hold the whole text. An apostrophe is no quote.
fn in_typographic(text: &str) -> Option<&str> {
    let inner = QUOTES.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close))?;
    let is_quote = |(at, c): (usize, char)| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        let before = inner.get(..at).and_then(|before| before.chars().next_back());
        let after = inner.get(at + c.len_utf8()..).and_then(|after| after.chars().next());
        QUOTES.iter().any(|(open, close)| *open == c || *close == c) && !(c == '’' && letter(before) && letter(after))
    };
    (!inner.trim().is_empty() && !inner.char_indices().any(is_quote)).then_some(inner)
}

/// Whether a text can be an id: letters, digits, `-`, `_` and `.`.
pub fn is_id(text: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    !text.is_empty() && text.chars().all(fits) && text.chars().count() <= 100
}

/// Collects what is wrong and remembers which ids were given.
#[derive(Debug, Default)]
pub struct Reader<'t> {
    /// The file.
    text: &'t str,
    /// The problems so far.
    pub problems: Vec<Diagnostic>,
    /// Whether the file could only be read in part: then absent keys mean nothing.
    pub cut: bool,
    /// Identities of items without an id.
    pub identities: Identities,
    /// Explicit ids and where they were given first.
    ids: BTreeMap<String, Span>,
    /// Questions and concepts by the sums of their texts, and where they stand first.
    items: HashMap<(&'static str, u64), Span>,
}

/// The values of a mapping whose keys have been checked.
pub struct Fields<'n> {
    record: &'static Record,
    /// Key, its place, value, in the order of the file.
    pub entries: Vec<(&'static Key, Span, &'n Node<'n>)>,
}

impl<'n> Fields<'n> {
    /// The value of a key, if it is there.
    pub fn get(&self, name: &str) -> Option<&'n Node<'n>> {
        debug_assert!(self.record.keys.iter().any(|key| key.name == name), "`{name}` is not in the table");
        self.entries.iter().find(|(key, ..)| key.name == name).map(|(_, _, value)| *value)
    }
}

impl<'t> Reader<'t> {
    /// Goes on from what the YAML reader had to say of a file.
    pub fn new(text: &'t str, problems: Vec<Diagnostic>, cut: bool) -> Self {
        Self { text, problems, cut, ..Self::default() }
    }

    /// Notes a problem.
    pub fn report(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// A mapping with fixed keys: unknown, double, missing and empty ones are reported.
    pub fn fields<'n>(&mut self, node: &'n Node<'n>, record: &'static Record) -> Option<Fields<'n>> {
        let pairs = self.map(node, record.name)?;
        let mut fields = Fields { record, entries: Vec::new() };
        let mut present: Vec<&str> = pairs.iter().filter_map(|(key, _)| key.scalar()).map(|(name, _)| name).collect();
        let above = std::iter::once(None).chain(pairs.iter().map(Some));
        for ((key, value), above) in pairs.iter().zip(above) {
            let Some((name, _)) = key.scalar() else { continue };
            let is_foreign = name.starts_with("x-") && record.name == "the dossier";
            let known = match record.keys.iter().find(|known| known.name == name) {
                None if is_foreign => continue,
                // A misspelt key is read as what it was meant to be: what is wrong below it shows now.
                None => {
                    let empty = above.filter(|(_, value)| value.is_null()).and_then(|(key, _)| key.scalar());
                    self.unknown_key(name, key.span.clone(), record, (&present, empty.map(|(name, _)| name)))
                }
                known => known,
            };
            let Some(known) = known else { continue };
            present.push(known.name);
            if !value.is_null() {
                fields.entries.push((known, key.span.clone(), value));
            } else if !self.cut {
                // Where lines had to be left out, this may be where they stood.
                self.report(empty_value(known.name, key, value));
            }
        }
        let required = record.keys.iter().filter(|key| key.required);
        for key in required.filter(|key| !present.contains(&key.name)) {
            if !self.cut {
                self.missing_key(key, record, node);
            }
        }
        Some(fields)
    }

    /// The key that was meant, if that can be told.
    fn unknown_key(
        &mut self,
        name: &str,
        span: Span,
        record: &'static Record,
        (present, empty): (&[&str], Option<&str>),
    ) -> Option<&'static Key> {
        let absent = || record.keys.iter().map(|key| key.name).filter(|known| !present.contains(known));
        let guess = synonyms::key(name, absent()).or_else(|| nearest(name, absent()));
        let all: Vec<&str> = record.keys.iter().map(|key| key.name).collect();
        let message = format!("unknown key `{}` in {}", shortened(name), record.name);
        let problem = |label: String| Diagnostic::new(Code::UnknownKey, span.clone(), message, label);
        let homes = homes(name, record);
        self.report(match guess {
            Some(guess) => problem(format!("did you mean `{guess}`?"))
                .help(format!("write `{guess}` instead"))
                .fix(vec![Edit::new(span.clone(), guess)]),
            None if present.contains(&name) && all.contains(&name) => problem("stands here already".to_owned()),
            None if record.name == "the interview" && synonyms::is_time(name) => {
                problem("the time stands behind the date".to_owned())
                    .help("write day and time in one line, `date: 2026-12-15 14:00`, and delete this one")
            }
            None if empty.is_some() => problem(format!("{} has no such key", record.name)).help(format!(
                "if it belongs under `{0}`, put two spaces before this line and those below it; keys that can stand \
                 here: {1}",
                shortened(empty.unwrap_or_default()),
                all.join(", ")
            )),
            None if !homes.is_empty() => problem(format!("not a key of {}", record.name))
                .help(format!("`{name}` belongs to {}: check how far the line is indented", homes.join(" or "))),
            None => problem(format!("{} has no such key", record.name))
                .help(format!("keys that can stand here: {}", all.join(", "))),
        });
        record.keys.iter().find(|key| Some(key.name) == guess)
    }

    fn missing_key(&mut self, key: &Key, record: &Record, node: &Node) {
        let first = match &node.kind {
            Kind::Map(pairs) => pairs.first().map_or(node.span.clone(), |(key, _)| key.span.clone()),
            Kind::Scalar(..) | Kind::List(_) => node.span.clone(),
        };
        if key.name == "dossier" {
            let problem = Diagnostic::new(
                Code::MissingKey,
                first.clone(),
                "the first line, `dossier: 1`, is missing",
                "it belongs above this",
            );
            let edits = vec![Edit::new(first.start..first.start, "dossier: 1\n")];
            self.report(
                problem.help("write `dossier: 1` as the first line: it says which format the file has").fix(edits),
            );
            return;
        }
        let example = key.example.trim_matches('"');
        let help = match key.shape {
            super::keys::Shape::Record(inner) => {
                let lines = inner.keys.iter().filter(|key| key.required);
                let lines: String =
                    lines.map(|key| format!("\n  {}: {}", key.name, key.example.trim_matches('"'))).collect();
                format!("add these lines, with your own words:\n{}:{lines}", key.name)
            }
            _ => format!("add a line `{}: {example}`, with your own words", key.name),
        };
        let message = format!("{} has no `{}`", record.name, key.name);
        let label = format!("{} starts here", record.name);
        self.report(Diagnostic::new(Code::MissingKey, first, message, label).help(help));
    }

    /// Any mapping; keys that are no words and keys that stand twice are reported.
    pub fn map<'n>(&mut self, node: &'n Node<'n>, what: &str) -> Option<&'n [(Node<'n>, Node<'n>)]> {
        let Kind::Map(pairs) = &node.kind else {
            let help = match node.scalar() {
                Some(_) => {
                    "write the name of each part, a colon and its value on a line of its own, indented by two spaces"
                }
                None => "write `key: value` on each line, without the dashes",
            };
            self.wrong_shape(node, &format!("{what} as lines of `key: value`"), help);
            return None;
        };
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, (key, value)) in pairs.iter().enumerate() {
            let Some((name, _)) = key.scalar() else {
                self.wrong_shape(key, "a word as the key", "put the key in quotes");
                continue;
            };
            if let Some((first, before)) =
                seen.insert(name, index).and_then(|at| pairs.get(at).map(|pair| (pair, at + 1)))
            {
                let message = format!("the key `{}` stands twice", shortened(name));
                let problem = Diagnostic::new(Code::DuplicateKey, key.span.clone(), message, "the second time")
                    .also(first.0.span.clone(), "the first time")
                    .help("put both under one key, or rename one of them");
                let edits = (before == index).then(|| self.one_list(&first.1, key, value)).flatten();
                self.report(match edits {
                    Some(edit) => problem.fix(vec![edit]),
                    None => problem,
                });
            }
        }
        Some(pairs)
    }

    /// Of two lists under the same key, one behind the other: the line of the second key goes.
    fn one_list(&self, first: &Node, key: &Node, second: &Node) -> Option<Edit> {
        let column = |node: &Node| Some(node.span.start - self.start_of_line(node.span.start)?);
        let line = self.line_above(key, second)?;
        let is_alike = self.is_block_list(first) && column(first)? == column(second)?;
        is_alike.then(|| Edit::new(line, ""))
    }

    /// The line of a key, where it stands on it alone and its list below it.
    pub fn line_above(&self, key: &Node, list: &Node) -> Option<Span> {
        let (from, to) = (self.start_of_line(key.span.start)?, self.start_of_line(list.span.start)?);
        let is_key = self.text.get(from..to)?.trim().strip_suffix(':') == self.text.get(key.span.clone());
        (is_key && self.is_block_list(list)).then_some(from..to)
    }

    fn is_block_list(&self, node: &Node) -> bool {
        let starts_with_dash = || self.text.get(node.span.clone()).is_some_and(|text| text.starts_with('-'));
        matches!(node.kind, Kind::List(_)) && starts_with_dash()
    }

    fn start_of_line(&self, at: usize) -> Option<usize> {
        self.text.get(..at).map(|before| before.rfind('\n').map_or(0, |end| end + 1))
    }

    /// A list; empty items are reported and left out.
    pub fn list<'n>(&mut self, node: &'n Node<'n>, what: &str) -> Option<Vec<&'n Node<'n>>> {
        let Kind::List(items) = &node.kind else {
            let expected = format!("a list of {what}");
            self.report(match node.scalar() {
                Some((_, Style::Plain)) if self.starts(node).len() > 1 => self.without_dashes(node, &expected),
                Some((text, style)) if !node.is_null() => {
                    let help = format!("start each item on a line of its own with a dash: - {}", shortened(text));
                    let problem = unexpected(node, &expected).help(help);
                    let is_line = style != Style::Block && !text.contains('\n');
                    if is_line {
                        problem.fix(vec![Edit::new(node.span.clone(), format!("[{}]", quoted(text)))])
                    } else {
                        problem
                    }
                }
                _ => {
                    let problem = unexpected(node, &expected).help("start each line with a dash and a space");
                    let edits = if what == "concepts" { self.dashes(node) } else { Vec::new() };
                    if edits.is_empty() { problem } else { problem.fix(edits) }
                }
            });
            return None;
        };
        if items.is_empty() {
            let message = format!("this list of {what} is empty");
            self.report(
                Diagnostic::new(Code::Empty, node.span.clone(), message, "nothing in it")
                    .help("add an item, or delete the key"),
            );
        }
        Some(items.iter().filter(|item| self.is_filled(item)).collect())
    }

    /// Where the lines of a node begin.
    fn starts(&self, node: &Node) -> Vec<usize> {
        let source = self.text.get(node.span.clone()).unwrap_or_default();
        let line = |line: &str| {
            (!line.trim().is_empty())
                .then(|| line.as_ptr() as usize - source.as_ptr() as usize + line.len() - line.trim_start().len())
        };
        source.lines().filter_map(line).map(|at| node.span.start + at).collect()
    }

    /// Lines that were meant as the items of a list. Where each asks something there is no doubt.
    fn without_dashes(&self, node: &Node, expected: &str) -> Diagnostic {
        let source = self.text.get(node.span.clone()).unwrap_or_default();
        let first = source.lines().next().unwrap_or_default().trim();
        let edits = self.starts(node).into_iter().map(|at| Edit::new(at..at, "- ")).collect();
        let problem =
            unexpected(node, expected).help(format!("start each line with a dash and a space: - {}", shortened(first)));
        let asks = source.lines().all(|line| line.trim().is_empty() || line.trim().ends_with(['?', '？']));
        if asks { problem.fix(edits) } else { problem.suggest(edits) }
    }

    /// Dashes before the pairs of a mapping, when each takes up one line.
    fn dashes(&self, node: &Node) -> Vec<Edit> {
        let Kind::Map(pairs) = &node.kind else { return Vec::new() };
        let is_line = |(key, value): &(Node<'_>, Node<'_>)| {
            let line = self.text.get(key.span.start..value.span.end).unwrap_or("\n");
            let before = self.text.get(..key.span.start).and_then(|before| before.rsplit('\n').next()).unwrap_or("-");
            value.scalar().is_some() && !line.contains('\n') && before.trim().is_empty()
        };
        let edit = |(key, _): &(Node<'_>, Node<'_>)| Edit::new(key.span.start..key.span.start, "- ");
        if pairs.iter().all(is_line) { pairs.iter().map(edit).collect() } else { Vec::new() }
    }

    /// One value or a list of them.
    pub fn one_or_more<'n>(&mut self, node: &'n Node<'n>) -> Vec<&'n Node<'n>> {
        match &node.kind {
            Kind::List(items) => items.iter().filter(|item| self.is_filled(item)).collect(),
            Kind::Scalar(..) | Kind::Map(_) => vec![node],
        }
    }

    fn is_filled(&mut self, item: &Node) -> bool {
        if item.is_null() {
            let problem =
                Diagnostic::new(Code::Empty, item.span.clone(), "this list item is empty", "nothing after the dash");
            self.report(problem.help("write the item after the dash, or delete the line"));
            return false;
        }
        true
    }

    /// A mapping from names to values, in the order of the file; empty values are reported.
    pub fn named<'n>(&mut self, node: &'n Node<'n>, what: &str) -> Vec<(&'n Node<'n>, &'n Node<'n>)> {
        let pairs = self.map(node, what).unwrap_or_default();
        let mut named = Vec::with_capacity(pairs.len());
        for (key, value) in pairs {
            let Some((name, _)) = key.scalar() else { continue };
            if name.trim().is_empty() {
                self.report(Diagnostic::new(
                    Code::Empty,
                    key.span.clone(),
                    "this name is empty",
                    "a name belongs here",
                ));
            } else if !value.is_null() {
                named.push((key, value));
            } else if !self.cut {
                self.report(empty_value(name, key, value));
            }
        }
        named
    }

    /// A scalar that is a text: a number or `true` without quotes is more likely a slip.
    pub fn text<'n>(&mut self, node: &'n Node<'n>, what: &str) -> Option<&'n str> {
        let text = self.prose(node, what)?;
        if node.scalar().is_some_and(|(_, style)| style == Style::Plain) && (is_number(text) || is_boolean(text)) {
            let help = format!("if you mean the text, put it in quotes: {}", quoted(text));
            let edits = vec![Edit::new(node.span.clone(), quoted(text))];
            self.report(unexpected(node, what).help(help).suggest(edits));
            return None;
        }
        self.typographic(node, text);
        Some(text)
    }

    /// A scalar of any kind, such as `Founded: 2019`.
    pub fn prose<'n>(&mut self, node: &'n Node<'n>, what: &str) -> Option<&'n str> {
        let Some((text, style)) = node.scalar() else {
            self.not_a_text(node, what);
            return None;
        };
        if node.is_null() || text.trim().is_empty() {
            let problem = Diagnostic::new(Code::Empty, node.span.clone(), format!("{what} is empty"), "nothing here");
            self.report(problem.help("write something, or delete it"));
            return None;
        }
        Some(if style == Style::Plain { text.trim() } else { text })
    }

    /// A line in quotes that YAML does not take for quotes. In longer texts they are meant as they are.
    pub fn typographic(&mut self, node: &Node, text: &str) {
        let is_plain = node.scalar().is_some_and(|(_, style)| style == Style::Plain);
        let Some(inner) = in_typographic(text.trim()).filter(|_| is_plain) else { return };
        let message = "these quotes are letters to YAML: they will be printed";
        let problem =
            Diagnostic::new(Code::SmartQuotes, node.span.clone(), message, "typographic quotes round the text")
                .help(format!("use the straight quotes of the keyboard, or none: {}", quoted(&shortened(inner))))
                .fix(vec![Edit::new(node.span.clone(), quoted(inner))]);
        self.report(problem);
    }

    /// An item that stands in the file already becomes a second card that is equal to the first.
    pub fn only_once(&mut self, node: &Node, kind: &'static str, text: &str) {
        let key = (kind, sum(&folded(text)));
        let Some(first) = self.items.get(&key) else {
            self.items.insert(key, node.span.clone());
            return;
        };
        let word = if kind == "concept" { "concept" } else { "question" };
        let problem = Diagnostic::new(
            Code::DuplicateItem,
            node.span.clone(),
            format!("this {word} stands in the file twice"),
            "the second time",
        )
        .also(first.clone(), "the first time")
        .help("it becomes two equal cards: delete one of them, or say it in other words");
        self.report(problem);
    }

    /// A sentence with `: ` in it becomes a mapping in YAML; its writer wants to know that.
    fn not_a_text(&mut self, node: &Node, what: &str) {
        if let Kind::Map(pairs) = &node.kind
            && let [(key, value)] = &**pairs
            && let (Some((key, Style::Plain)), Some((value, Style::Plain))) = (key.scalar(), value.scalar())
        {
            let written = self.text.get(node.span.clone()).unwrap_or_default();
            let whole = format!("{key}: {value}");
            let (code, message, label, line) = if written.starts_with('{') {
                let message = "a text cannot start with `{` in YAML";
                (Code::ReservedStart, message, "reserved by YAML", quoted(written))
            } else {
                let message = "a `: ` inside a text starts a new key in YAML";
                (Code::CutAtColon, message, "cut in two at the `: `", quoted(in_typographic(&whole).unwrap_or(&whole)))
            };
            self.report(
                Diagnostic::new(code, node.span.clone(), message, label)
                    .help(format!("put the text in quotes: {line}"))
                    .fix(vec![Edit::new(node.span.clone(), line)]),
            );
            return;
        }
        self.wrong_shape(node, &format!("{what} as a text"), "write it on one line, or in a block after `>-`");
    }

    /// A line of text with inline Markdown.
    pub fn line(&mut self, node: &Node, what: &str) -> Option<Line> {
        self.text(node, what).map(markup::parse_line)
    }

    /// A text of one or more blocks of Markdown.
    pub fn markup(&mut self, node: &Node, what: &str) -> Option<Markup> {
        self.prose(node, what).map(markup::parse)
    }

    /// A text as it is, in one line, for names and the like.
    pub fn name(&mut self, node: &Node, what: &str) -> Option<String> {
        self.text(node, what).map(|text| one_line(text).into_owned())
    }

    /// An explicit id: well formed and given once.
    pub fn id(&mut self, node: &Node) -> Option<String> {
        let id = self.slug(node)?;
        if let Some(first) = self.ids.get(&id) {
            let problem = Diagnostic::new(
                Code::DuplicateId,
                node.span.clone(),
                format!("the id `{id}` is given twice"),
                "the second time",
            )
            .also(first.clone(), "the first time")
            .help("an id names one card for good: give each its own");
            self.report(problem);
            return None;
        }
        self.ids.insert(id.clone(), node.span.clone());
        Some(id)
    }

    /// Letters, digits and `-`, `_`, `.`.
    pub fn slug(&mut self, node: &Node) -> Option<String> {
        let (text, _) = node.scalar().or_else(|| {
            self.wrong_shape(node, "an id", "an id is a word such as `goroutines-2`");
            None
        })?;
        if is_id(text) {
            return Some(text.to_owned());
        }
        let problem = Diagnostic::new(
            Code::BadId,
            node.span.clone(),
            format!("`{}` cannot be an id", shortened(text)),
            "letters, digits, `-`, `_` and `.` only, up to 100",
        );
        let slug: String = super::slug(text).chars().take(100).collect();
        self.report(if slug.is_empty() {
            problem.help("write a word, such as `goroutines-2`")
        } else {
            problem.help(format!("write `{slug}`")).fix(vec![Edit::new(node.span.clone(), slug)])
        });
        None
    }

    /// Expected one thing, found another.
    pub fn wrong_shape(&mut self, node: &Node, expected: &str, help: &str) {
        self.report(unexpected(node, expected).help(help));
    }
}

/// A text as it is compared: in small letters, with single spaces.
fn folded(text: &str) -> String {
    one_line(text).to_lowercase()
}

fn unexpected(node: &Node, expected: &str) -> Diagnostic {
    let message = format!("expected {expected}, found {}", node.describe());
    Diagnostic::new(Code::WrongShape, node.span.clone(), message, format!("expected {expected}"))
}

/// The mappings that have such a key, other than this one.
fn homes(name: &str, record: &Record) -> Vec<&'static str> {
    RECORDS
        .iter()
        .filter(|other| other.name != record.name && other.keys.iter().any(|key| key.name == name))
        .map(|other| other.name)
        .collect()
}

fn empty_value(name: &str, key: &Node, value: &Node) -> Diagnostic {
    let span = key.span.start..value.span.end.max(key.span.end);
    Diagnostic::new(
        Code::Empty,
        span,
        format!("there is nothing under `{}`", shortened(name)),
        "nothing after the colon",
    )
    .help("write something after it, or delete the key")
}
