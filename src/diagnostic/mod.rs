//! What went wrong and where: the one shape of every problem, its codes and its rendering.
//!
//! A leaf: it knows neither YAML nor files and prints nothing; [`render`] makes a `String`.

mod code;
pub mod explain;
pub mod render;

pub use code::{Code, Severity};
use std::ops::Range;

/// A stretch of a source text, in bytes.
pub type Span = Range<usize>;

/// A text that problems can be shown in, with the name people know it by.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// The file name as the user gave it; `<stdin>` for standard input.
    pub name: String,
    /// The text as it was read; spans count its bytes.
    pub text: String,
}

/// One problem: what is wrong, where, and the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code; it decides the severity too.
    pub code: Code,
    /// A sentence that stands alone: lower case, the offending value in backticks.
    pub message: String,
    /// The places, the first of them the primary one.
    pub labels: Vec<Label>,
    /// The way out.
    pub help: Option<String>,
    /// The way out as changes of the text, where it can be said so.
    pub fix: Option<Fix>,
}

/// Changes of the text that mend a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What to replace, in the order of the text, without overlaps.
    pub edits: Vec<Edit>,
    /// Whether this is the one thing that can have been meant: then it is mended without asking.
    pub safe: bool,
}

/// One replacement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; an empty span is where something is put in.
    pub span: Span,
    /// What stands there then.
    pub text: String,
}

impl Edit {
    /// Puts `text` in the place of `span`.
    pub fn new(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }
}

/// A marked place and what is to be said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// A few words beside the mark.
    pub text: String,
}

impl Diagnostic {
    /// A problem at `span`; add the rest with [`Diagnostic::help`] and [`Diagnostic::also`].
    pub fn new(code: Code, span: Span, message: impl Into<String>, label: impl Into<String>) -> Self {
        let label = Label { span, text: label.into() };
        Self { code, message: message.into(), labels: vec![label], help: None, fix: None }
    }

    /// Adds the way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the one change that can have been meant.
    #[must_use]
    pub fn fix(mut self, edits: Vec<Edit>) -> Self {
        self.fix = Some(Fix { edits, safe: true });
        self
    }

    /// Adds a change that is likely, but for the writer to decide on.
    #[must_use]
    pub fn suggest(mut self, edits: Vec<Edit>) -> Self {
        self.fix = Some(Fix { edits, safe: false });
        self
    }

    /// Marks a second place, such as the first of two equal keys.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Error, warning or advice.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// Where the problem starts, for sorting.
    pub fn start(&self) -> usize {
        self.labels.first().map_or(0, |label| label.span.start)
    }
}

/// Whether any of the problems is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity() == Severity::Error)
}

/// A text with changes made to it, which are in its order and do not overlap.
pub fn applied(text: &str, edits: &[Edit]) -> String {
    let mut changed = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        changed.push_str(text.get(at..edit.span.start).unwrap_or_default());
        changed.push_str(&edit.text);
        at = edit.span.end;
    }
    changed.push_str(text.get(at..).unwrap_or_default());
    changed
}

/// The beginning of a text, of its first line and not more than so many characters; with an ellipsis when there is more.
pub fn beginning(text: &str, most: usize) -> String {
    let line = text.lines().next().unwrap_or_default();
    let start: String = line.chars().take(most).collect();
    if start.len() < text.len() { start + "…" } else { start }
}

/// The candidate nearest to what was written, when it is near enough to be a slip of the pen.
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&written, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= (candidate.chars().count().max(3) / 3).min(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
