//! YAML text into a tree in which every node knows its place; the only file that names the YAML crate.
//!
//! A leaf. After a syntax error the reading goes on, behind a text that only lacks its quotes or at
//! the next top-level key, so that later problems of the file show in the same run.

use crate::diagnostic::{Code, Diagnostic, Span};
use granit_parser::{Event, Parser, ScalarStyle, ScanError, StructureStyle};
use std::collections::BTreeMap;
use std::rc::Rc;

/// A dossier is written by hand; nothing sensible nests deeper.
pub const DEPTH_LIMIT: usize = 64;
/// How many nodes a file may have, aliases expanded: 20 000 questions in long form are 200 000.
pub const NODE_LIMIT: usize = 1_000_000;
/// So many bytes of text count as a value more.
const LETTERS: usize = 16;
/// After so many syntax errors the rest is not read.
const ERROR_LIMIT: usize = 20;

/// A value and its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it stands in the text.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// The three shapes of YAML. Lists and maps are shared, so that aliases cost nothing.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A text; numbers, dates and booleans are texts too until somebody asks for more.
    Scalar(Rc<str>, Style),
    /// `- item`.
    List(Rc<[Node]>),
    /// `key: value`, in file order, duplicates kept.
    Map(Rc<[(Node, Node)]>),
}

/// How a scalar was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes: may mean a number, nothing (`~`), …
    Plain,
    /// In single or double quotes.
    Quoted,
    /// A `|` or `>` block.
    Block,
}

/// What was read.
#[derive(Debug)]
pub struct Tree {
    /// The root; `None` when the file holds nothing.
    pub root: Option<Node>,
    /// Syntax errors.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether parts are missing because of syntax errors; then absent keys mean nothing.
    pub cut: bool,
    /// The comments of the file: their places, with the `#`.
    pub comments: Vec<Span>,
}

impl Node {
    /// The text of a scalar.
    pub fn scalar(&self) -> Option<(&str, Style)> {
        match &self.kind {
            Kind::Scalar(text, style) => Some((text, *style)),
            Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// Nothing at all: an absent value, `~` or `null` without quotes.
    pub fn is_null(&self) -> bool {
        matches!(self.scalar(), Some(("" | "~" | "null" | "Null" | "NULL", Style::Plain)))
    }

    /// What it is, in words, for messages.
    pub fn describe(&self) -> String {
        match &self.kind {
            Kind::List(_) => "a list".into(),
            Kind::Map(_) => "a mapping (`key: value`)".into(),
            Kind::Scalar(..) if self.is_null() => "nothing".into(),
            Kind::Scalar(text, Style::Plain) if is_number(text) => format!("the number `{text}`"),
            Kind::Scalar(text, Style::Plain) if is_boolean(text) => format!("the yes/no value `{text}`"),
            Kind::Scalar(text, _) => format!("the text `{}`", shortened(text)),
        }
    }
}

/// Whether a plain scalar is a number by the core schema of YAML 1.2.
pub fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok() && text.contains(|c: char| c.is_ascii_digit())
}

/// Whether a plain scalar is a boolean by the core schema of YAML 1.2.
pub fn is_boolean(text: &str) -> bool {
    matches!(text, "true" | "True" | "TRUE" | "false" | "False" | "FALSE")
}

/// The beginning of a text, for messages.
pub fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let start: String = line.chars().take(40).collect();
    if start.len() < text.len() { format!("{start}…") } else { start }
}

/// Reads a whole text, which must already be free of control characters.
///
/// A text that only lacks its quotes is reported, overwritten by as many letters, and read again:
/// everything else of the file keeps its place and shows its own problems.
pub fn read(text: &str) -> Tree {
    let mut text = text.to_owned();
    let mut mended = Vec::new();
    loop {
        let (mut tree, failures) = read_once(&text);
        let overwrite: Vec<Span> = failures.iter().filter_map(|failure| failure.unquoted.clone()).collect();
        let (unquoted, other): (Vec<_>, Vec<_>) = failures.into_iter().partition(|failure| failure.unquoted.is_some());
        mended.extend(unquoted.into_iter().map(|failure| failure.problem));
        if overwrite.is_empty() || mended.len() > ERROR_LIMIT {
            tree.diagnostics = mended;
            tree.diagnostics.extend(other.into_iter().map(|failure| failure.problem));
            return tree;
        }
        for span in overwrite {
            let letters = "x".repeat(span.len());
            text.replace_range(span, &letters);
        }
    }
}

/// Reads up to the end, going on at the next top-level key after each syntax error.
fn read_once(text: &str) -> (Tree, Vec<Failure>) {
    let mut tree = Tree { root: None, diagnostics: Vec::new(), cut: false, comments: Vec::new() };
    let mut failures = Vec::new();
    let mut base = 0;
    while let Some(rest) = text.get(base..) {
        let part = Part::read(rest, base);
        tree.comments.extend(part.comments);
        tree.root = join(tree.root.take(), part.root);
        let Some(failure) = part.failure else { break };
        tree.cut = true;
        let at = part.last_key.unwrap_or_else(|| failure.problem.start());
        let last = failure.last;
        failures.push(failure);
        if last {
            break;
        }
        match next_key(text, at.max(base)) {
            Some(next) if failures.len() < ERROR_LIMIT => base = next,
            _ => break,
        }
    }
    (tree, failures)
}

/// Why the reading stopped.
struct Failure {
    problem: Diagnostic,
    /// The text that lacks its quotes, when that is all that is wrong.
    unquoted: Option<Span>,
    /// Whether what follows belongs to something else.
    last: bool,
}

impl From<Diagnostic> for Failure {
    fn from(problem: Diagnostic) -> Self {
        Self { problem, unquoted: None, last: false }
    }
}

/// Two parts of the same top-level mapping.
fn join(first: Option<Node>, second: Option<Node>) -> Option<Node> {
    match (first, second) {
        (Some(Node { kind: Kind::Map(a), span }), Some(Node { kind: Kind::Map(b), .. })) => {
            Some(Node { span, kind: Kind::Map(a.iter().chain(b.iter()).cloned().collect()) })
        }
        (first, second) => first.or(second),
    }
}

/// The start of the next line after `from` that looks like a top-level key.
fn next_key(text: &str, from: usize) -> Option<usize> {
    let mut at = from + text.get(from..)?.find('\n')? + 1;
    for line in text.get(at..)?.split_inclusive('\n') {
        let key = line.split(':').next().unwrap_or_default();
        let is_word = key.starts_with(|c: char| c.is_ascii_alphabetic()) && !key.contains(char::is_whitespace);
        if is_word && line.contains(':') {
            return Some(at);
        }
        at += line.len();
    }
    None
}

/// What could be read from one place on, up to the end or the first syntax error.
struct Part {
    root: Option<Node>,
    failure: Option<Failure>,
    /// The place of the last top-level key.
    last_key: Option<usize>,
    comments: Vec<Span>,
}

/// A list or a map whose end has not come yet.
struct Open {
    start: usize,
    anchor: usize,
    items: Vec<Node>,
    is_map: bool,
    /// In brackets: worth nothing when they are never closed.
    is_flow: bool,
}

struct Builder<'t> {
    text: &'t str,
    base: usize,
    open: Vec<Open>,
    anchors: BTreeMap<usize, (Node, usize)>,
    root: Option<Node>,
    nodes: usize,
}

impl Part {
    fn read(text: &str, base: usize) -> Self {
        let options = granit_parser::options! { emit_comments: true, emit_unresolved_aliases: true };
        let mut builder = Builder { text, base, open: Vec::new(), anchors: BTreeMap::new(), root: None, nodes: 0 };
        let mut comments = Vec::new();
        let mut failure = None;
        for event in Parser::new_from_str_with_options(text, options) {
            let (event, span) = match event {
                Ok((event, span)) => (event, shifted(span.byte_range(), base)),
                Err(error) => {
                    failure = Some(syntax_error(text, &error, base));
                    break;
                }
            };
            if let Event::Comment(..) = event {
                comments.push(span);
            } else if let Err(stop) = builder.event(event, span.clone()) {
                failure = Some(match stop {
                    Stop::Limit(problem) => problem.into(),
                    Stop::Second(problem) => Failure { last: true, ..problem.into() },
                    Stop::Star => star(text, span.start - base, base),
                });
                break;
            }
        }
        let last_key = builder.last_key();
        Self { root: builder.finish(), failure, last_key, comments }
    }
}

fn shifted(range: Option<Span>, base: usize) -> Span {
    let range = range.unwrap_or_default();
    range.start + base..range.end + base
}

/// Why a tree cannot be built on.
enum Stop {
    /// A limit is passed.
    Limit(Diagnostic),
    /// A second document begins.
    Second(Diagnostic),
    /// A text starts with `*`, which YAML takes for an alias.
    Star,
}

impl From<Diagnostic> for Stop {
    fn from(problem: Diagnostic) -> Self {
        Self::Limit(problem)
    }
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Stop> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                let size = weight(&text);
                self.count(size, &span)?;
                self.place(Node { span, kind: Kind::Scalar(text.into(), style) }, anchor, size);
            }
            Event::SequenceStart(style, anchor, _) => self.start(span, anchor, false, style)?,
            Event::MappingStart(style, anchor, _) => self.start(span, anchor, true, style)?,
            Event::SequenceEnd | Event::MappingEnd => self.end(span.end),
            Event::DocumentStart(..) => self.document(&span)?,
            Event::Alias(anchor) => self.alias(anchor, span)?,
            Event::UnresolvedAlias(_) => return Err(Stop::Star),
            _ => {}
        }
        Ok(())
    }

    /// One file, one dossier.
    fn document(&mut self, span: &Span) -> Result<(), Stop> {
        if self.root.is_none() {
            return Ok(());
        }
        let message = "a second dossier begins here: one file holds one";
        let problem = Diagnostic::new(Code::Syntax, span.clone(), message, "`---` starts another document in YAML");
        Err(Stop::Second(problem.help("put what follows into a file of its own, or delete the line")))
    }

    fn count(&mut self, more: usize, span: &Span) -> Result<(), Diagnostic> {
        self.nodes = self.nodes.saturating_add(more);
        if self.nodes <= NODE_LIMIT {
            return Ok(());
        }
        let message = format!(
            "this file holds more than {NODE_LIMIT} values, or {} MB of text, once its aliases are expanded",
            (NODE_LIMIT * LETTERS) >> 20
        );
        Err(Diagnostic::new(Code::TooDeep, span.clone(), message, "the limit is passed here")
            .help("write the values out instead of repeating them with `&` and `*`, or split the file"))
    }

    fn start(&mut self, span: Span, anchor: usize, is_map: bool, style: StructureStyle) -> Result<(), Diagnostic> {
        if self.open.len() >= DEPTH_LIMIT {
            let message = format!("more than {DEPTH_LIMIT} levels inside each other");
            return Err(Diagnostic::new(Code::TooDeep, span, message, "one level too many")
                .help("a dossier needs at most eight levels; look for brackets that are never closed"));
        }
        self.count(1, &span)?;
        self.open.push(Open {
            start: span.start,
            anchor,
            items: Vec::new(),
            is_map,
            is_flow: style == StructureStyle::Flow,
        });
        Ok(())
    }

    fn end(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        let span = self.trimmed(open.start..end);
        let anchor = open.anchor;
        let kind = if open.is_map { Kind::Map(pairs(open.items)) } else { Kind::List(open.items.into()) };
        let node = Node { span, kind };
        // Only an anchored node is ever expanded, so only those are measured.
        let size = if anchor == 0 { 1 } else { size(&node) };
        self.place(node, anchor, size);
    }

    /// A block ends where the next one starts: the lines between them are not part of it.
    fn trimmed(&self, span: Span) -> Span {
        let inside = span.start.saturating_sub(self.base)..span.end.saturating_sub(self.base);
        let text = self.text.get(inside).unwrap_or_default();
        span.start..span.start + text.trim_end().len()
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Diagnostic> {
        let Some((node, size)) = self.anchors.get(&anchor).cloned() else {
            let message = "an alias cannot stand inside the value it repeats";
            return Err(Diagnostic::new(Code::TooDeep, span, message, "refers to what is around it"));
        };
        self.count(size, &span)?;
        // The place of an alias is where it is used: a mistake shows there.
        self.place(Node { span, kind: node.kind }, 0, size);
        Ok(())
    }

    fn place(&mut self, node: Node, anchor: usize, size: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), size));
        }
        match self.open.last_mut() {
            Some(open) => open.items.push(node),
            None => self.root = self.root.take().or(Some(node)),
        }
    }

    /// Where the last key of the top level stands: what comes after a failure starts behind it.
    fn last_key(&self) -> Option<usize> {
        let root = self.open.first().filter(|open| open.is_map)?;
        let keys = root.items.len().saturating_sub(1) / 2 * 2;
        root.items.get(keys).map(|key| key.span.start)
    }

    /// The tree, with what was still open closed; a key whose value was lost is left out.
    fn finish(mut self) -> Option<Node> {
        while let Some(open) = self.open.last_mut() {
            if open.is_map && open.items.len() % 2 == 1 {
                open.items.pop();
            }
            let end = open.items.last().map_or(open.start, |node| node.span.end);
            if open.is_flow || open.items.is_empty() {
                self.open.pop();
            } else {
                self.end(end);
            }
        }
        self.root
    }
}

/// Keys and values came as one row of nodes.
fn pairs(items: Vec<Node>) -> Rc<[(Node, Node)]> {
    let mut pairs = Vec::with_capacity(items.len() / 2);
    let mut items = items.into_iter();
    while let (Some(key), Some(value)) = (items.next(), items.next()) {
        pairs.push((key, value));
    }
    pairs.into()
}

/// A long text counts for several values: an alias repeats it as a whole.
fn weight(text: &str) -> usize {
    1 + text.len() / LETTERS
}

fn size(node: &Node) -> usize {
    match &node.kind {
        Kind::Scalar(text, _) => weight(text),
        Kind::List(items) => items.iter().map(size).fold(1, usize::saturating_add),
        Kind::Map(pairs) => pairs.iter().map(|(k, v)| size(k) + size(v)).fold(1, usize::saturating_add),
    }
}

fn star(text: &str, at: usize, base: usize) -> Failure {
    Line::around(text, at).reserved_start(base).unwrap_or_else(|| {
        let problem = Diagnostic::new(
            Code::ReservedStart,
            base + at..base + at + 1,
            "a text cannot start with `*` in YAML",
            "reserved by YAML",
        );
        problem.help("put the whole text in quotes").into()
    })
}

/// The parser's error in the words of somebody who only wants to write a list of questions.
fn syntax_error(text: &str, error: &ScanError, base: usize) -> Failure {
    let marker = error.marker();
    let at = marker.byte_offset().unwrap_or_else(|| byte_offset(text, marker.index())).min(text.len());
    let line = Line::around(text, at);
    line.cut_at_colon(base).or_else(|| line.reserved_start(base)).unwrap_or_else(|| {
        let raw = error.info().clone();
        if let Some(failure) = line.behind_quote(base) {
            return failure;
        }
        if raw.contains("quote") {
            return Diagnostic::new(
                Code::UnclosedQuote,
                base + at..base + at + 1,
                "a quote is opened and not closed",
                "here",
            )
            .help(
                "close it on the same line; inside '…' write '' for an apostrophe, inside \"…\" write \\\" for a quote",
            )
            .into();
        }
        let message = format!("this is not valid YAML: {raw}");
        Diagnostic::new(Code::Syntax, base + at..base + at + 1, message, "the reading stopped here")
            .help("look at the indentation and the quotes of this line and the one above")
            .into()
    })
}

fn byte_offset(text: &str, characters: usize) -> usize {
    text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at)
}

/// A line of the text, to find out what its writer meant.
struct Line<'a> {
    /// What stands after the indentation and the dash.
    text: &'a str,
    /// Where that starts.
    start: usize,
    /// The dash, to be repeated in the advice.
    dash: &'a str,
}

impl<'a> Line<'a> {
    fn around(text: &'a str, at: usize) -> Self {
        let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let line = text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
        let trimmed = line.trim_start_matches([' ', '-']);
        let lead = line.len() - trimmed.len();
        let dash = if line.get(..lead).is_some_and(|lead| lead.contains('-')) { "- " } else { "" };
        Self { text: trimmed.trim_end(), start: start + lead, dash }
    }

    /// `key: some text: with a colon` and `- text: text: text`.
    fn cut_at_colon(&self, base: usize) -> Option<Failure> {
        let (key, value) = self.text.split_once(": ")?;
        let value_is_plain = !value.trim_start().starts_with(['"', '\'', '|', '>', '[', '{']);
        if !value_is_plain || !value.contains(": ") || key.starts_with(['"', '\'']) {
            return None;
        }
        let (what, at, line) = if self.dash.is_empty() {
            let value = value.trim_start();
            (value, self.text.len() - value.len(), format!("{key}: {}", quoted(value)))
        } else {
            (self.text, 0, format!("- {}", quoted(self.text)))
        };
        let start = base + self.start + at;
        let span = start..start + what.len();
        let problem = Diagnostic::new(
            Code::CutAtColon,
            span.clone(),
            "a `: ` inside a text starts a new key in YAML",
            "holds a `: `",
        )
        .help(format!("put the text in quotes: {line}"));
        Some(Failure { problem, unquoted: Some(span), last: false })
    }

    /// `- "Why" us?`: the quotes belong to the text.
    fn behind_quote(&self, base: usize) -> Option<Failure> {
        let value = self.text.split_once(": ").map_or(self.text, |(_, value)| value.trim_start());
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let close = value.get(1..)?.find(quote)? + 1;
        if value.get(close + 1..)?.trim().is_empty() {
            return None;
        }
        let start = base + self.start + self.text.len() - value.len();
        let span = start..start + value.len();
        let message = "the text goes on behind the closing quote";
        let problem = Diagnostic::new(Code::UnclosedQuote, span.clone(), message, "only a part of it is in quotes")
            .help(format!("put the whole text in quotes: {}{}", self.dash, quoted(value)));
        Some(Failure { problem, unquoted: Some(span), last: false })
    }

    /// `- *word* …`, `` key: `code` … ``, `- @name`.
    fn reserved_start(&self, base: usize) -> Option<Failure> {
        let value = self.text.split_once(": ").map_or(self.text, |(_, value)| value.trim_start());
        let value = if value.starts_with(RESERVED) { value } else { self.text };
        let first = value.chars().next().filter(|c| RESERVED.contains(c))?;
        let start = base + self.start + self.text.len() - value.len();
        let before = self.text.strip_suffix(value).unwrap_or_default();
        let message = format!("a text cannot start with `{first}` in YAML");
        let problem =
            Diagnostic::new(Code::ReservedStart, start..start + first.len_utf8(), message, "reserved by YAML")
                .help(format!("put the text in quotes: {}{before}{}", self.dash, quoted(value)));
        Some(Failure { problem, unquoted: Some(start..start + value.len()), last: false })
    }
}

/// Characters that YAML keeps for itself at the start of a plain text.
const RESERVED: [char; 6] = ['`', '@', '%', '*', '&', '!'];

/// A text in double quotes, ready to be pasted into YAML.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
