//! Reading template files: every key is wanted, every other key is a mistake.

use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::yaml::{Kind, Node, Tree};
use std::str::FromStr;

/// A template file being read, with the problems so far.
pub struct Values<'t> {
    root: Option<&'t Node<'t>>,
    /// Where a key is looked for that the file does not have.
    base: Option<&'t Node<'t>>,
    problems: Vec<Diagnostic>,
    /// The keys asked for, as `section.key`.
    asked: Vec<String>,
}

impl<'t> Values<'t> {
    /// Starts with what the YAML reader had to say. A file with a base may hold single values.
    pub fn new(tree: &'t Tree<'t>, base: Option<&'t Tree<'t>>) -> Self {
        let base = base.and_then(|base| base.root.as_ref());
        Self { root: tree.root.as_ref(), base, problems: tree.diagnostics.clone(), asked: Vec::new() }
    }

    /// A text under `section`, `key`.
    pub fn text(&mut self, section: &str, key: &str) -> String {
        let Some(node) = self.node(section, key) else { return String::new() };
        match node.scalar() {
            Some((text, _)) => text.to_owned(),
            None => self.wrong(node, &format!("`{section}.{key}` as a text")).unwrap_or_default(),
        }
    }

    /// A list of `N` texts.
    pub fn texts<const N: usize>(&mut self, section: &str, key: &str) -> [String; N] {
        let Some(node) = self.node(section, key) else { return std::array::from_fn(|_| String::new()) };
        let texts: Option<Vec<String>> = match &node.kind {
            Kind::List(items) => items.iter().map(|item| item.scalar().map(|(text, _)| text.to_owned())).collect(),
            Kind::Scalar(..) | Kind::Map(_) => None,
        };
        match texts.and_then(|texts| texts.try_into().ok()) {
            Some(texts) => texts,
            None => self
                .wrong(node, &format!("`{section}.{key}` as a list of {N} texts"))
                .unwrap_or_else(|| std::array::from_fn(|_| String::new())),
        }
    }

    /// A value that is written as one scalar: a number, a colour, a word.
    pub fn value<T: FromStr + Default>(&mut self, section: &str, key: &str, expected: &str) -> T {
        let Some(node) = self.node(section, key) else { return T::default() };
        match node.scalar().and_then(|(text, _)| text.parse().ok()) {
            Some(value) => value,
            None => self.wrong(node, &format!("`{section}.{key}` as {expected}")).unwrap_or_default(),
        }
    }

    /// A length of points or millimetres between two lengths in points, both allowed.
    pub fn length(&mut self, section: &str, key: &str, (least, most): (f32, f32)) -> f32 {
        let Some(node) = self.node(section, key) else { return least };
        let length: Option<Length> = node.scalar().and_then(|(text, _)| text.parse().ok());
        match length {
            Some(Length(length)) if (least..=most).contains(&length) => length,
            _ => self
                .wrong(
                    node,
                    &format!(
                        "`{section}.{key}` as a length from {least} to {most} points, such as `{least}` or `{:.0}mm`",
                        (most / POINTS_PER_MM).floor()
                    ),
                )
                .unwrap_or(least),
        }
    }

    /// A list of words at the top of the file, each of which can be used and is there once.
    pub fn words<T: FromStr + PartialEq>(&mut self, key: &str, known: &[&str]) -> Vec<(T, Span)> {
        self.asked.push(key.to_owned());
        let Some(node) = find(self.root, key).or_else(|| find(self.base, key)) else { return Vec::new() };
        let Kind::List(items) = &node.kind else {
            return self.wrong(node, &format!("`{key}` as a list of words")).unwrap_or_default();
        };
        let mut found: Vec<(T, Span)> = Vec::new();
        for item in items.iter() {
            let word = item.scalar().map_or("", |(text, _)| text);
            match word.parse::<T>() {
                Ok(value) if found.iter().any(|(other, _)| *other == value) => {
                    let message = format!("`{word}` stands twice in `{key}`");
                    self.problem(item.span.clone(), message, "again", "leave one of them out".to_owned());
                }
                Ok(value) => found.push((value, item.span.clone())),
                Err(_) => {
                    let message = format!("there is no `{word}` for `{key}`");
                    self.problem(item.span.clone(), message, "unknown", choices(word, known));
                }
            }
        }
        found
    }

    /// A word at the top of the file, such as the name of the theme it changes.
    pub fn word<T: FromStr>(&mut self, key: &str, known: &[&str]) -> Option<T> {
        self.asked.push(key.to_owned());
        let node = find(self.root, key)?;
        let word = node.scalar().map_or("", |(text, _)| text);
        let value = word.parse().ok();
        if value.is_none() {
            let message = format!("there is no {key} `{word}`");
            self.problem(node.span.clone(), message, "unknown", choices(word, known));
        }
        value
    }

    /// A problem of several values together, at one of them.
    pub fn together(&mut self, section: &str, key: &str, message: String, help: String) {
        let node = find(find(self.root, section), key).or(self.root);
        self.problem(node.map_or(0..0, |node| node.span.clone()), message, "together with the others", help);
    }

    /// A problem at a place.
    pub fn problem(&mut self, span: Span, message: String, label: &str, help: String) {
        self.problems.push(Diagnostic::new(Code::Template, span, message, label).help(help));
    }

    /// All problems, those of keys that nobody asked for among them.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        for (path, span) in self.keys() {
            if self.asked.contains(&path) {
                continue;
            }
            let guess = nearest(&path, self.asked.iter().map(String::as_str));
            let help = guess.map_or("see the built-in file of the same name".to_owned(), |known| {
                format!("did you mean `{known}`?")
            });
            let problem = Diagnostic::new(Code::Template, span, format!("`{path}` is used nowhere"), "unknown");
            self.problems.push(problem.help(help));
        }
        self.problems
    }

    /// The keys of the file: `section.key`, or the one of a value that holds no others.
    fn keys(&self) -> Vec<(String, Span)> {
        let mut keys = Vec::new();
        for (section, value) in pairs(self.root) {
            let name = section.scalar().map_or("", |(text, _)| text);
            if !matches!(value.kind, Kind::Map(_)) {
                keys.push((name.to_owned(), section.span.clone()));
            }
            for (key, _) in pairs(Some(value)) {
                keys.push((format!("{name}.{}", key.scalar().map_or("", |(text, _)| text)), key.span.clone()));
            }
        }
        keys
    }

    fn node(&mut self, section: &str, key: &str) -> Option<&'t Node<'t>> {
        self.asked.push(format!("{section}.{key}"));
        let section_node = find(self.root, section);
        let found = find(section_node, key).or_else(|| find(find(self.base, section), key));
        if found.is_none() {
            let span = section_node.or(self.root).map_or(0..0, |node| node.span.start..node.span.start + 1);
            let problem =
                Diagnostic::new(Code::Template, span, format!("`{section}.{key}` is missing"), "belongs here");
            self.problems.push(problem.help("copy it from the built-in file of the same name"));
        }
        found
    }

    fn wrong<T>(&mut self, node: &Node, expected: &str) -> Option<T> {
        let message = format!("expected {expected}, found {}", node.describe());
        self.problems.push(Diagnostic::new(Code::Template, node.span.clone(), message, "cannot be used"));
        None
    }
}

/// The nearest of the words that can be used, or all of them.
fn choices(word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(known) => format!("did you mean `{known}`?"),
        None => format!("one of {}", known.join(", ")),
    }
}

const POINTS_PER_MM: f32 = 72.0 / 25.4;

/// A length in points, written as points or as millimetres with `mm` behind them.
struct Length(f32);

impl FromStr for Length {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (number, factor) = match text.strip_suffix("mm") {
            Some(number) => (number, POINTS_PER_MM),
            None => (text.strip_suffix("pt").unwrap_or(text), 1.0),
        };
        let number: f32 = number.trim().parse().map_err(|_| ())?;
        Ok(Self(number * factor))
    }
}

fn pairs<'t>(node: Option<&'t Node<'t>>) -> &'t [(Node<'t>, Node<'t>)] {
    match node.map(|node| &node.kind) {
        Some(Kind::Map(pairs)) => pairs,
        _ => &[],
    }
}

fn find<'t>(node: Option<&'t Node<'t>>, name: &str) -> Option<&'t Node<'t>> {
    pairs(node).iter().find(|(key, _)| matches!(key.scalar(), Some((text, _)) if text == name)).map(|(_, value)| value)
}
