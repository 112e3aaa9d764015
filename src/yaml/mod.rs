//! YAML text into a tree in which every node knows its place.
//!
//! A leaf. After a syntax error the reading goes on, so that later problems of the file show in the
//! same run: `mend` says what the writer most likely meant, the text is changed accordingly by
//! `patched` and read again by `parse`.

mod mend;
mod page;
mod parse;
mod patched;
mod scalar;

pub use scalar::{QUOTES, is_boolean, is_number, needs_escape, plain_or_quoted, quoted};

use crate::diagnostic::{Code, Diagnostic, Edit, Fix, Span, beginning};
use mend::Mistake;
use patched::Patched;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A dossier is written by hand; nothing sensible nests deeper.
pub const DEPTH_LIMIT: usize = 64;
/// How many nodes a file may have, aliases expanded: 20 000 questions in long form are 200 000.
pub const NODE_LIMIT: usize = 1_000_000;
/// So many bytes of text count as a value more.
const LETTERS: usize = 16;
/// A text with a mistake is read again that often, a long one less often: all together so many bytes.
const PASSES: std::ops::RangeInclusive<usize> = 3..=60;
const BYTES_READ: usize = 48 << 20;

/// A value and its place.
#[derive(Debug, Clone)]
pub struct Node<'t> {
    /// Where it stands in the text.
    pub span: Span,
    /// What it is.
    pub kind: Kind<'t>,
}

/// The three shapes of YAML. Texts are pieces of the file wherever they stand in it as they are; lists
/// and maps are shared, so that aliases cost nothing.
#[derive(Debug, Clone)]
pub enum Kind<'t> {
    /// A text; numbers, dates and booleans are texts too until somebody asks for more.
    Scalar(Cow<'t, str>, Style),
    /// `- item`.
    List(Arc<[Node<'t>]>),
    /// `key: value`, in file order, duplicates kept.
    Map(Arc<[(Node<'t>, Node<'t>)]>),
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
pub struct Tree<'t> {
    /// The root; `None` when the file holds nothing.
    pub root: Option<Node<'t>>,
    /// Syntax errors.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether parts are missing because of syntax errors; then absent keys mean nothing.
    pub cut: bool,
    /// The comments of the file: their places, with the `#`.
    pub comments: Vec<Span>,
}

impl Tree<'_> {
    /// The same without the text it was read from.
    pub fn into_owned(self) -> Tree<'static> {
        let root = self.root.map(|root| owned(&root, &Clone::clone));
        Tree { root, diagnostics: self.diagnostics, cut: self.cut, comments: self.comments }
    }
}

impl Node<'_> {
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

/// The beginning of a text, for messages.
pub fn shortened(text: &str) -> String {
    beginning(text, 40)
}

/// Reads a whole text, which must already be free of control characters.
///
/// A mistake is reported, changed to what was most likely meant, or left out, and the text is read
/// again: everything else of it shows its own problems, at its own place.
pub fn read(text: &str) -> Tree<'_> {
    let part = parse::read(text);
    if part.failure.is_none() && mend::misread(text, part.root.as_ref()).is_empty() {
        return Tree { root: part.root, diagnostics: Vec::new(), cut: false, comments: part.comments };
    }
    read_on(text)
}

/// A text with mistakes.
fn read_on(text: &str) -> Tree<'static> {
    let mut patched = Patched::new(text);
    let mut tree = Tree { root: None, diagnostics: Vec::new(), cut: false, comments: Vec::new() };
    let mut known = BTreeMap::new();
    let passes = (BYTES_READ / text.len().max(1)).clamp(*PASSES.start(), *PASSES.end());
    for pass in 1.. {
        let part = parse::read(patched.text());
        let mistakes = match &part.failure {
            Some(failure) => mend::mistakes(patched.text(), failure),
            None => mend::misread(patched.text(), part.root.as_ref()),
        };
        let mistakes: Vec<Mistake> =
            mistakes.into_iter().map(|mistake| new(mistake, &known, &mut tree, &patched)).collect();
        let goes_on = pass < passes && mistakes.iter().any(|mistake| !mistake.recovery.is_empty());
        let mut edits: Vec<_> = mistakes.iter().flat_map(|mistake| mistake.recovery.clone()).collect();
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        tree.cut |= mistakes.iter().any(|mistake| mistake.cut) || (!goes_on && part.failure.is_some());
        for mistake in mistakes {
            let problem = in_place(mistake, &patched);
            known.entry((problem.code, problem.start())).or_insert_with(|| {
                tree.diagnostics.push(problem);
                tree.diagnostics.len() - 1
            });
        }
        if goes_on {
            patched.apply(&edits);
            continue;
        }
        tree.root = part.root.map(|root| owned(&root, &|span| patched.back(span.clone())));
        tree.comments = part.comments.into_iter().map(|span| patched.back(span)).collect();
        break;
    }
    tree
}

/// The problems so far, by code and place: where each stands in the list.
type Known = BTreeMap<(Code, usize), usize>;

/// A mistake that is there again has not been mended by its change: what it is about is left out then.
fn new(mut mistake: Mistake, known: &Known, tree: &mut Tree<'_>, patched: &Patched) -> Mistake {
    let start = mistake.problem.start();
    let place = patched.back(start..start).start;
    let known = known.get(&(mistake.problem.code, place)).and_then(|at| tree.diagnostics.get_mut(*at));
    if let Some(known) = known.filter(|_| !mistake.recovery.is_empty()) {
        known.fix = None;
        mistake.leave_out(patched.text());
    }
    mistake
}

/// The problem with the places it has in the original.
fn in_place(mistake: Mistake, patched: &Patched) -> Diagnostic {
    let mut problem = mistake.problem;
    for label in &mut problem.labels {
        label.span = patched.back(label.span.clone());
    }
    // A change of what has been changed already will be found the next time.
    problem.fix = problem.fix.and_then(|fix| {
        let edits = fix.edits.into_iter().map(|edit| Some(Edit { span: patched.exact(&edit.span)?, ..edit }));
        Some(Fix { edits: edits.collect::<Option<_>>()?, ..fix })
    });
    problem
}

/// The node with texts of its own, and its places as `place` says.
fn owned(node: &Node<'_>, place: &dyn Fn(&Span) -> Span) -> Node<'static> {
    let kind = match &node.kind {
        Kind::Scalar(text, style) => Kind::Scalar(Cow::Owned(text.to_string()), *style),
        Kind::List(items) => Kind::List(items.iter().map(|item| owned(item, place)).collect()),
        Kind::Map(pairs) => Kind::Map(pairs.iter().map(|(k, v)| (owned(k, place), owned(v, place))).collect()),
    };
    Node { span: place(&node.span), kind }
}
