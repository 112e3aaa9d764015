//! Diagnostics as text: for people (with the excerpt), for programs (JSON), for GitHub (annotations).

use super::{Diagnostic, Edit, Severity, Source, Span};
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, renderer::DecorStyle};
use serde_json::{Value, json};

/// Lines longer than this are cut round the marked place.
const LINE_LIMIT: usize = 240;
/// What is kept of a long line before and after the place.
const KEPT: usize = 60;

/// Like the Rust compiler's messages: title, excerpt with marks, help.
pub fn human(source: &Source, diagnostic: &Diagnostic, color: bool) -> String {
    let excerpt = Excerpt::of(source, diagnostic);
    let mut snippet = Snippet::source(excerpt.text).line_start(excerpt.first_line).path(&*source.name);
    for (index, (span, text)) in excerpt.labels.into_iter().enumerate() {
        let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        snippet = snippet.annotation(kind.span(span).label(text));
    }
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::NOTE.with_name("advice"),
    };
    let mut group = level.primary_title(&*diagnostic.message).id(diagnostic.code.id()).element(snippet);
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(&**help));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Ascii).render(&[group])
}

/// One JSON object; lines and columns count from 1, columns in characters.
pub fn json(source: &Source, diagnostic: &Diagnostic) -> Value {
    let labels: Vec<Value> = diagnostic
        .labels
        .iter()
        .map(|label| {
            let (line, column) = position(&source.text, label.span.start);
            let (end_line, end_column) = position(&source.text, label.span.end);
            json!({ "line": line, "column": column, "endLine": end_line, "endColumn": end_column, "text": label.text })
        })
        .collect();
    let fix = diagnostic.fix.as_ref().map(|fix| {
        let edits: Vec<Value> = fix.edits.iter().map(|edit| json_edit(source, edit)).collect();
        json!({ "safe": fix.safe, "edits": edits })
    });
    json!({
        "file": source.name,
        "code": diagnostic.code.id(),
        "severity": diagnostic.severity().word(),
        "message": diagnostic.message,
        "labels": labels,
        "help": diagnostic.help,
        "fix": fix,
    })
}

/// `start` and `end` count the bytes of the text without its byte order mark.
fn json_edit(source: &Source, edit: &Edit) -> Value {
    let (line, column) = position(&source.text, edit.span.start);
    let (end_line, end_column) = position(&source.text, edit.span.end);
    json!({
        "line": line, "column": column, "endLine": end_line, "endColumn": end_column,
        "start": edit.span.start, "end": edit.span.end, "replacement": edit.text,
    })
}

/// A GitHub workflow command, which shows the problem beside the line in a pull request.
pub fn github(source: &Source, diagnostic: &Diagnostic) -> String {
    let span = diagnostic.labels.first().map_or(0..0, |label| label.span.clone());
    let (line, column) = position(&source.text, span.start);
    let (end_line, end_column) = position(&source.text, span.end);
    let level = match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    };
    let help = diagnostic.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    format!(
        "::{level} file={},line={line},col={column},endLine={end_line},endColumn={end_column},title={}::{}",
        escape_property(&source.name),
        diagnostic.code.id(),
        escape_data(&format!("{}{help}", diagnostic.message)),
    )
}

/// The same for what is wrong outside of any file.
pub fn github_error(message: &str) -> String {
    format!("::error::{}", escape_data(message))
}

fn escape_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Line and column of a byte offset, both from 1; an offset past the end means the end.
pub fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = before(text, offset);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

/// The text up to an offset, which is first moved back to a character boundary.
fn before(text: &str, offset: usize) -> &str {
    text.get(..floor(text, offset)).unwrap_or_default()
}

fn floor(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// The whole lines round the labels, with the labels moved along. The renderer panics on a span
/// that is inside a character or past the end: every span goes through here and is clamped.
struct Excerpt {
    text: String,
    first_line: usize,
    labels: Vec<(Span, String)>,
}

impl Excerpt {
    fn of(source: &Source, diagnostic: &Diagnostic) -> Self {
        let text = &source.text;
        let lowest = diagnostic.labels.iter().map(|l| l.span.start).min().unwrap_or(0);
        let highest = diagnostic.labels.iter().map(|l| l.span.end).max().unwrap_or(0);
        let from = before(text, lowest).rfind('\n').map_or(0, |at| at + 1);
        let to = ceil(text, highest);
        let to = text.get(to..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| to + at);
        let mut excerpt = Self {
            text: text.get(from..to).unwrap_or_default().replace('\0', "?"),
            first_line: position(text, from).0,
            labels: Vec::new(),
        };
        for label in &diagnostic.labels {
            let span = label.span.start.saturating_sub(from)..label.span.end.saturating_sub(from);
            excerpt.labels.push((excerpt.clamp(span), label.text.clone()));
        }
        excerpt.shorten();
        excerpt
    }

    /// Inside the text, on character boundaries, and on one line.
    fn clamp(&self, span: Span) -> Span {
        let start = floor(&self.text, span.start);
        let end = ceil(&self.text, span.end.max(start));
        let marked = self.text.get(start..end).unwrap_or_default();
        start..marked.find('\n').map_or(end, |at| start + at)
    }

    /// Cuts a single very long line to the surroundings of its labels.
    fn shorten(&mut self) {
        if self.text.contains('\n') || self.text.len() <= LINE_LIMIT {
            return;
        }
        let first = self.labels.iter().map(|(span, _)| span.start).min().unwrap_or(0);
        let from = floor(&self.text, first.saturating_sub(KEPT));
        let to = ceil(&self.text, from + LINE_LIMIT);
        let lead = if from > 0 { "…" } else { "" };
        let trail = if to < self.text.len() { "…" } else { "" };
        let shift = |at: usize| at.saturating_sub(from).min(to - from) + lead.len();
        for (span, _) in &mut self.labels {
            *span = shift(span.start)..shift(span.end);
        }
        self.text = format!("{lead}{}{trail}", self.text.get(from..to).unwrap_or_default());
    }
}
