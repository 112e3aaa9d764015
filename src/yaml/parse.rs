//! The events of the YAML crate into a tree; the only file that names it.

use super::{DEPTH_LIMIT, Kind, LETTERS, NODE_LIMIT, Node, Style};
use crate::diagnostic::{Code, Diagnostic, Span};
use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What could be read, up to the end or the first syntax error.
pub struct Part<'t> {
    /// The tree so far, with what was still open closed.
    pub root: Option<Node<'t>>,
    /// Why the reading stopped before the end.
    pub failure: Option<Failure>,
    /// The places of the comments.
    pub comments: Vec<Span>,
}

/// Where and why the reading stopped.
pub struct Failure {
    /// The place.
    pub at: usize,
    /// The reason.
    pub why: Why,
    /// Where the outermost bracket was opened that is still open.
    pub bracket: Option<usize>,
    /// The last text in quotes.
    pub quoted: Option<Span>,
}

/// Why a tree cannot be built on.
pub enum Why {
    /// A limit is passed; said in full.
    Limit(Diagnostic),
    /// A second document begins.
    Second,
    /// A text starts with `*` or `!`.
    Reserved,
    /// A quote.
    Quote,
    /// A backslash in double quotes.
    Escape,
    /// A tab.
    Tab,
    /// A line that is no key.
    NoKey,
    /// A `: ` where no key can stand.
    Colon,
    /// A line at no level that is open.
    Level,
    /// Anything else.
    Other,
}

impl From<Diagnostic> for Why {
    fn from(problem: Diagnostic) -> Self {
        Self::Limit(problem)
    }
}

/// A list or a map whose end has not come yet.
struct Open<'t> {
    start: usize,
    anchor: usize,
    items: Vec<Node<'t>>,
    is_map: bool,
    /// In brackets: worth nothing when they are never closed.
    is_flow: bool,
}

struct Builder<'t> {
    text: &'t str,
    open: Vec<Open<'t>>,
    anchors: BTreeMap<usize, (Node<'t>, usize)>,
    root: Option<Node<'t>>,
    nodes: usize,
    quoted: Option<Span>,
}

/// Reads as far as it goes.
pub fn read(text: &str) -> Part<'_> {
    let options = granit_parser::options! { emit_comments: true, emit_unresolved_aliases: true };
    let mut builder = Builder { text, open: Vec::new(), anchors: BTreeMap::new(), root: None, nodes: 0, quoted: None };
    let mut comments = Vec::new();
    let mut failure = None;
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = match event {
            Ok((event, span)) => (event, span.byte_range().unwrap_or_default()),
            Err(error) => {
                failure = Some(builder.failure(place(text, &error), reason(error.kind())));
                break;
            }
        };
        if let Event::Comment(..) = event {
            comments.push(span);
        } else if let Err(why) = builder.event(event, span.clone()) {
            failure = Some(builder.failure(span.start, why));
            break;
        }
    }
    Part { root: builder.finish(), failure, comments }
}

fn place(text: &str, error: &ScanError) -> usize {
    let marker = error.marker();
    let place = marker
        .byte_offset()
        .unwrap_or_else(|| text.char_indices().nth(marker.index()).map_or(text.len(), |(at, _)| at));
    place.min(text.len())
}

fn reason(kind: &ErrorKind) -> Why {
    match kind {
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar
        | ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => Why::Quote,
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => Why::Escape,
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar => Why::Tab,
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => Why::NoKey,
        ErrorKind::MappingValueNotAllowed
        | ErrorKind::InvalidColonPlacement
        | ErrorKind::InvalidMappingValueWhitespace => Why::Colon,
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::InvalidIndentation
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::InvalidFlowScalarIndent => Why::Level,
        _ => Why::Other,
    }
}

impl<'t> Builder<'t> {
    fn event(&mut self, event: Event<'t>, span: Span) -> Result<(), Why> {
        match event {
            Event::Scalar(_, _, _, Some(tag)) if tag.handle() == "!" => return Err(Why::Reserved),
            Event::Scalar(text, style, anchor, _) => {
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                let size = weight(&text);
                self.count(size, &span)?;
                if style == Style::Quoted {
                    self.quoted = Some(span.clone());
                }
                self.place(Node { span, kind: Kind::Scalar(text, style) }, anchor, size);
            }
            Event::SequenceStart(style, anchor, _) => self.start(span, anchor, false, style)?,
            Event::MappingStart(style, anchor, _) => self.start(span, anchor, true, style)?,
            Event::SequenceEnd | Event::MappingEnd => self.end(span.end),
            Event::DocumentStart(..) if self.root.is_some() => return Err(Why::Second),
            Event::Alias(anchor) => self.alias(anchor, span)?,
            Event::UnresolvedAlias(_) => return Err(Why::Reserved),
            _ => {}
        }
        Ok(())
    }

    fn failure(&self, at: usize, why: Why) -> Failure {
        let bracket = self.open.iter().find(|open| open.is_flow).map(|open| open.start);
        Failure { at, why, bracket, quoted: self.quoted.clone() }
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
        let text = self.text.get(span.clone()).unwrap_or_default();
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

    fn place(&mut self, node: Node<'t>, anchor: usize, size: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), size));
        }
        match self.open.last_mut() {
            Some(open) => open.items.push(node),
            None => self.root = self.root.take().or(Some(node)),
        }
    }

    /// The tree, with what was still open closed; a key whose value was lost is left out.
    fn finish(mut self) -> Option<Node<'t>> {
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
fn pairs(items: Vec<Node<'_>>) -> Arc<[(Node<'_>, Node<'_>)]> {
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

fn size(node: &Node<'_>) -> usize {
    match &node.kind {
        Kind::Scalar(text, _) => weight(text),
        Kind::List(items) => items.iter().map(size).fold(1, usize::saturating_add),
        Kind::Map(pairs) => pairs.iter().map(|(k, v)| size(k) + size(v)).fold(1, usize::saturating_add),
    }
}
