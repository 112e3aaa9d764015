//! Adding to a dossier that is there. Only text is put in, none is taken away, so every comment and the
//! layout stay; what was written is read back to prove it.

use super::yaml::{block, item};
use super::{Pair, Value, json_line};
use crate::diagnostic::{Code, Diagnostic, Edit, applied};
use crate::dossier::keys::DOSSIER;
use crate::dossier::one_line;
use crate::yaml::{self, Kind, Node, Style};

/// A dossier with more in it.
#[derive(Debug)]
pub struct Addition {
    /// The text.
    pub text: String,
    /// How many texts and words of the format were put in.
    pub values: usize,
    /// Values that were not added because the dossier says something else there: the path of each.
    pub kept: Vec<String>,
}

/// Adds pairs to the text of a valid dossier without a byte order mark. What is there already is not
/// added again, and what the dossier says otherwise is left as it is. Refused, with the place, where
/// nothing can be put in without rewriting.
pub fn added(text: &str, pairs: &[Pair]) -> Result<Addition, Diagnostic> {
    let before = yaml::read(text);
    let Some(root) = &before.root else { return Err(unsure(0)) };
    let mut inserter = Inserter { text, edits: Vec::new(), values: 0, kept: Vec::new() };
    inserter.map(root, pairs, "")?;
    let Inserter { mut edits, values, kept, .. } = inserter;
    edits.sort_by_key(|edit| edit.span.start);
    if text.contains("\r\n") {
        for edit in &mut edits {
            edit.text = edit.text.replace('\n', "\r\n");
        }
    }
    let changed = applied(text, &edits);
    let after = yaml::read(&changed);
    let first = edits.first().map_or(0, |edit| edit.span.start);
    let Some(new) = &after.root else { return Err(unsure(first)) };
    let comments = |text: &str, tree: &yaml::Tree| -> Vec<String> {
        tree.comments.iter().filter_map(|span| text.get(span.clone()).map(|text| text.trim_end().to_owned())).collect()
    };
    let mut again = Inserter { text: &changed, edits: Vec::new(), values: 0, kept: Vec::new() };
    let is_proved = after.diagnostics.is_empty()
        && holds(new, root)
        && comments(text, &before) == comments(&changed, &after)
        && again.map(new, pairs, "").is_ok()
        && again.edits.is_empty();
    if is_proved { Ok(Addition { text: changed, values, kept }) } else { Err(unsure(first)) }
}

fn unsure(at: usize) -> Diagnostic {
    Diagnostic::new(
        Code::WrongShape,
        at..at,
        "nothing can be added here without rewriting it",
        "written in a rare form",
    )
    .help("write this part of the dossier one key and one item a line, and import again")
}

/// Whether all of a tree is in another one, in its order; a text may be the first item of a list now.
fn holds(new: &Node, old: &Node) -> bool {
    match (&new.kind, &old.kind) {
        (Kind::Scalar(new, _), Kind::Scalar(old, _)) => new == old,
        (Kind::List(new), Kind::List(old)) => {
            new.len() >= old.len() && new.iter().zip(old.iter()).all(|(new, old)| holds(new, old))
        }
        (Kind::Map(new), Kind::Map(old)) => {
            let mut new = new.iter();
            let is_same = |one: &Node, other: &Node| one.scalar().map(|key| key.0) == other.scalar().map(|key| key.0);
            old.iter()
                .all(|(key, value)| new.find(|(new, _)| is_same(new, key)).is_some_and(|(_, new)| holds(new, value)))
        }
        (Kind::List(new), Kind::Scalar(..)) => new.first().is_some_and(|first| holds(first, old)),
        _ => false,
    }
}

struct Inserter<'t> {
    text: &'t str,
    edits: Vec<Edit>,
    values: usize,
    kept: Vec<String>,
}

impl Inserter<'_> {
    fn map(&mut self, node: &Node, pairs: &[Pair], path: &str) -> Result<(), Diagnostic> {
        let Kind::Map(old) = &node.kind else { return Err(wrong(node, path)) };
        let mut is_empty = old.is_empty();
        for pair in pairs {
            let below = if path.is_empty() { pair.key.text.clone() } else { format!("{path}.{}", pair.key.text) };
            let same = old.iter().find(|(key, _)| key.scalar().is_some_and(|(key, _)| key == pair.key.text));
            if let Some((key, value)) = same {
                let column = (!self.is_flow(node)).then(|| self.column(key.span.start));
                self.value(value, &pair.value, &below, column)?;
                continue;
            }
            self.values += pair.value.count();
            if self.is_flow(node) {
                let entry = format!("{}: {}", json_line(&Value::text(&*pair.key.text)), json_line(&pair.value));
                let before = if path.is_empty() { predecessor(old, pair) } else { old.last() };
                self.flow_entry(node, before.map(|(_, value)| value), &entry, is_empty);
                is_empty = false;
                continue;
            }
            let Some((first, _)) = old.first() else { return Err(wrong(node, path)) };
            let column = self.column(first.span.start);
            let before = if path.is_empty() { predecessor(old, pair) } else { old.last() };
            let after = before.map_or(first.span.end, |(_, value)| value.span.end);
            let gap = if path.is_empty() && self.is_airy(old) { "\n" } else { "" };
            self.lines(after, column, &format!("{gap}{}", block(pair, column)));
        }
        Ok(())
    }

    /// `column` is that of the key, unless it stands in brackets.
    fn value(&mut self, node: &Node, value: &Value, path: &str, column: Option<usize>) -> Result<(), Diagnostic> {
        match (value, &node.kind) {
            (Value::Map { pairs, .. }, Kind::Map(_)) => self.map(node, pairs, path),
            (Value::Map { pairs, .. }, Kind::List(items)) => self.named_items(node, items, pairs, path),
            (Value::List { items, .. }, Kind::List(old)) => {
                let is_new = |item: &&Value| !old.iter().any(|old| says(old, item));
                let new: Vec<&Value> = items.iter().filter(is_new).collect();
                self.items(node, old, &new, path)
            }
            (Value::Text(_) | Value::Bare(..), Kind::Scalar(..)) => {
                if !says(node, value) {
                    self.kept.push(path.to_owned());
                }
                Ok(())
            }
            (_, Kind::Scalar(_, style)) if *style != Style::Block && self.is_one_line(node) => {
                self.first_of_list(node, value, column);
                Ok(())
            }
            _ => Err(wrong(node, path)),
        }
    }

    /// A text becomes the first item of a list.
    fn first_of_list(&mut self, node: &Node, value: &Value, column: Option<usize>) {
        let items: Vec<Value> = match value {
            Value::Map { pairs, .. } => pairs.iter().map(|pair| Value::map(vec![pair.clone()])).collect(),
            Value::List { items, .. } => items.clone(),
            Value::Text(_) | Value::Bare(..) => Vec::new(),
        };
        self.values += items.iter().map(Value::count).sum::<usize>();
        let Some(column) = column else {
            let items: String = items.iter().map(|item| format!(", {}", json_line(item))).collect();
            self.edits.push(Edit::new(node.span.start..node.span.start, "["));
            self.edits.push(Edit::new(node.span.end..node.span.end, format!("{items}]")));
            return;
        };
        let before = self.text.get(..node.span.start).unwrap_or_default().trim_end_matches(' ').len();
        self.edits.push(Edit::new(before..node.span.start, format!("\n{}- ", " ".repeat(column + 2))));
        for value in &items {
            self.lines(node.span.end, column + 2, &item(value, column + 2));
        }
    }

    fn is_one_line(&self, node: &Node) -> bool {
        self.text.get(node.span.clone()).is_some_and(|text| !text.is_empty() && !text.contains('\n'))
    }

    /// A list whose items have names: `- ACME: [...]`.
    fn named_items(&mut self, node: &Node, items: &[Node], pairs: &[Pair], path: &str) -> Result<(), Diagnostic> {
        let mut new = Vec::new();
        for pair in pairs {
            let same = items.iter().find_map(|item| match &item.kind {
                Kind::Map(old) => old.iter().find(|(key, _)| key.scalar().is_some_and(|(key, _)| key == pair.key.text)),
                Kind::Scalar(..) | Kind::List(_) => None,
            });
            match same {
                Some((key, value)) => {
                    let column = (!self.is_flow(node)).then(|| self.column(key.span.start));
                    self.value(value, &pair.value, &format!("{path}.{}", pair.key.text), column)?;
                }
                None => new.push(Value::map(vec![pair.clone()])),
            }
        }
        self.items(node, items, &new.iter().collect::<Vec<_>>(), path)
    }

    fn items(&mut self, node: &Node, old: &[Node], new: &[&Value], path: &str) -> Result<(), Diagnostic> {
        let mut is_empty = old.is_empty();
        for value in new {
            self.values += value.count();
            if self.is_flow(node) {
                self.flow_entry(node, old.last(), &json_line(value), is_empty);
                is_empty = false;
                continue;
            }
            let (Some(first), Some(last)) = (old.first(), old.last()) else { return Err(wrong(node, path)) };
            let Some(dash) = self.dash(node, first) else { return Err(wrong(node, path)) };
            let column = self.column(dash);
            self.lines(last.span.end, column, &item(value, column));
        }
        Ok(())
    }

    /// Where the first dash of a list stands. A list that is not indented starts at its first item instead.
    fn dash(&self, list: &Node, first: &Node) -> Option<usize> {
        if self.text.get(list.span.start..)?.starts_with('-') {
            return Some(list.span.start);
        }
        self.text.get(..first.span.start)?.trim_end().strip_suffix('-').map(str::len)
    }

    /// Puts lines below the line where something ends, and below the comments that belong to it.
    fn lines(&mut self, after: usize, column: usize, lines: &str) {
        let before = self.text.get(..after).unwrap_or_default().trim_end().len();
        let end_of =
            |at: usize| self.text.get(at..).and_then(|rest| rest.find('\n')).map_or(self.text.len(), |to| at + to);
        let mut end = end_of(before);
        while let Some(below) = self.text.get(end + 1..) {
            let line = below.lines().next().unwrap_or_default();
            let indent = line.len() - line.trim_start_matches(' ').len();
            if !line.trim_start().starts_with('#') || indent < column.max(1) {
                break;
            }
            end = end_of(end + 1);
        }
        let end = if self.text.get(..end).is_some_and(|text| text.ends_with('\r')) { end - 1 } else { end };
        self.edits.push(Edit::new(end..end, format!("\n{}", lines.trim_end_matches('\n'))));
    }

    /// Puts an entry behind another one in brackets.
    fn flow_entry(&mut self, node: &Node, after: Option<&Node>, entry: &str, is_empty: bool) {
        let Some(after) = after.filter(|_| !is_empty) else {
            // Behind the bracket itself, or behind what was put there just now.
            let at = node.span.start + 1;
            let comma = if is_empty { "" } else { ", " };
            self.edits.push(Edit::new(at..at, format!("{comma}{entry}")));
            return;
        };
        let at = after.span.end;
        let own_line = self.text.get(node.span.start..after.span.start).is_some_and(|text| text.contains('\n'));
        let gap = if own_line { format!("\n{}", " ".repeat(self.indent(after.span.start))) } else { " ".to_owned() };
        self.edits.push(Edit::new(at..at, format!(",{gap}{entry}")));
    }

    fn is_flow(&self, node: &Node) -> bool {
        self.text.get(node.span.start..).is_some_and(|text| text.starts_with(['{', '[']))
    }

    fn line_start(&self, at: usize) -> usize {
        self.text.get(..at).and_then(|text| text.rfind('\n')).map_or(0, |end| end + 1)
    }

    fn column(&self, at: usize) -> usize {
        at - self.line_start(at)
    }

    fn indent(&self, at: usize) -> usize {
        let line = self.text.get(self.line_start(at)..at).unwrap_or_default();
        line.len() - line.trim_start_matches(' ').len()
    }

    /// Whether blank lines stand between the parts.
    fn is_airy(&self, pairs: &[(Node, Node)]) -> bool {
        let ends = pairs.iter().map(|(_, value)| value.span.end);
        let starts = pairs.iter().skip(1).map(|(key, _)| key.span.start);
        ends.zip(starts).any(|(end, start)| {
            self.text
                .get(end.min(start)..start)
                .is_some_and(|gap| gap.lines().skip(1).any(|line| line.trim().is_empty()))
        })
    }
}

fn wrong(node: &Node, path: &str) -> Diagnostic {
    let message = format!("`{path}` is {} here, and nothing can be added to that", node.describe());
    Diagnostic::new(Code::WrongShape, node.span.clone(), message, "make a list of it")
        .help("put it on a line of its own that starts with `- `, and import again")
}

/// The pair of the file behind which a key of a dossier belongs.
fn predecessor<'n>(old: &'n [(Node<'n>, Node<'n>)], new: &Pair) -> Option<&'n (Node<'n>, Node<'n>)> {
    let rank = |name: &str| DOSSIER.keys.iter().position(|key| key.name == name);
    let own = rank(&new.key.text);
    old.iter().rev().find(|(key, _)| key.scalar().and_then(|(key, _)| rank(key)) < own && key.scalar().is_some())
}

/// Whether a node says what a value says, however the lines break.
fn says(node: &Node, value: &Value) -> bool {
    node.scalar().map(|(text, _)| one_line(text)) == value.as_text().map(one_line)
}
