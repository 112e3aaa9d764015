//! Front matter: the lines `key: value` between two rules that many programs put above Markdown.

use super::blocks::plain_label;
use super::lines::{Line, Piece};
use super::proof;
use crate::dossier::one_line;
use crate::draft::Said;
use crate::yaml::{self, Kind, Node};

/// What stands there.
#[derive(Debug, Default)]
pub struct Front {
    /// Keys and what they say, in their order.
    pub pairs: Vec<(Said, Said)>,
    /// Keys of groups and of nothing.
    pub names: Vec<Said>,
    /// What is neither.
    pub rest: Vec<Said>,
}

/// The front matter of notes, and how many lines it takes.
pub fn of(lines: &[Line<'_>]) -> Option<(Front, usize)> {
    let start = lines.iter().position(|line| !line.is_blank())?;
    let open = lines.get(start).filter(|line| line.text == "---" && !line.code)?;
    let rest = lines.get(start + 1..)?;
    let length = rest.iter().position(|line| line.indent == 0 && matches!(line.text, "---" | "..."))?;
    let inside = rest.get(..length)?;
    let first = inside.iter().find(|line| !line.is_blank() && !line.text.starts_with('#'))?;
    if first.text.starts_with(['-', '*', '|']) || !has_key(first.text) {
        return None;
    }
    let all = open.piece().between(rest.get(length)?.piece());
    Some((of_yaml(all).unwrap_or_else(|| by_lines(inside)), start + length + 2))
}

fn has_key(text: &str) -> bool {
    plain_label(text).is_some() || text.split_once(':').is_some_and(|(key, _)| proof::words(key).len() == 1)
}

/// As YAML, when every word of it stands in what is made of it.
fn of_yaml(all: Piece<'_>) -> Option<Front> {
    let tree = yaml::read(all.text);
    let root = tree.root.filter(|_| tree.diagnostics.is_empty())?;
    let Kind::Map(pairs) = &root.kind else { return None };
    let mut front = Front::default();
    let source = |span: &crate::diagnostic::Span| all.part(all.text.get(span.clone()).unwrap_or_default()).said();
    for (key, value) in pairs.iter() {
        front.pair(key, value, &source);
    }
    front.rest.extend(
        tree.comments
            .iter()
            .map(source)
            .map(|said| Said { text: said.text.trim_start_matches(['#', ' ']).to_owned(), ..said }),
    );
    let pairs = front.pairs.iter().flat_map(|(key, value)| [key, value]);
    let pieces: Vec<&Said> = pairs.chain(&front.names).chain(&front.rest).collect();
    proof::covered(all.source(), all.place()?, &pieces).ok()?;
    Some(front)
}

impl Front {
    fn pair(&mut self, key: &Node<'_>, value: &Node<'_>, source: &dyn Fn(&crate::diagnostic::Span) -> Said) {
        let key = source(&key.span);
        let key = Said { text: key.text.trim_matches(['"', '\'']).replace('_', " "), ..key };
        let text = match &value.kind {
            Kind::Scalar(text, _) => spoken(text, source(&value.span)),
            Kind::List(items) => items
                .iter()
                .map(|item| {
                    item.scalar().map_or_else(|| source(&item.span), |(text, _)| spoken(text, source(&item.span)))
                })
                .reduce(|all, item| Said {
                    text: format!("{}, {}", all.text, item.text),
                    from: [all.from, item.from].concat(),
                })
                .unwrap_or_default(),
            Kind::Map(pairs) => {
                self.names.push(key);
                return pairs.iter().for_each(|(key, value)| self.pair(key, value, source));
            }
        };
        if text.text.is_empty() { self.names.push(key) } else { self.pairs.push((key, text)) }
    }
}

/// A value as YAML reads it, in one line.
fn spoken(text: &str, source: Said) -> Said {
    let text = one_line(text).into_owned();
    if text.is_empty() { Said::default() } else { Said { text, ..source } }
}

/// Line by line, when it is no YAML.
fn by_lines(lines: &[Line<'_>]) -> Front {
    let mut front = Front::default();
    for line in lines.iter().filter(|line| !line.is_blank()) {
        match line.text.split_once(':').map(|(key, value)| (key.trim(), value.trim())) {
            Some((key, "")) if has_key(line.text) => front.names.push(line.piece().part(key).said()),
            Some((key, value)) if has_key(line.text) => {
                front.pairs.push((line.piece().part(key).said(), line.piece().part(value).said()));
            }
            _ => front.rest.push(line.piece().said()),
        }
    }
    front
}
