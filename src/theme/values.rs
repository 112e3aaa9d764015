//! Reading template files: every key is wanted, every other key is a mistake.

use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::yaml::{Kind, Node, Tree};
use std::str::FromStr;

/// A template file being read, with the problems so far.
pub struct Values<'t> {
    root: Option<&'t Node>,
    /// Where a key is looked for that the file does not have.
    base: Option<&'t Node>,
    problems: Vec<Diagnostic>,
    /// The keys asked for, as `section.key`.
    asked: Vec<String>,
}

impl<'t> Values<'t> {
    /// Starts with what the YAML reader had to say. A file with a base may hold single values.
    pub fn new(tree: &'t Tree, base: Option<&'t Tree>) -> Self {
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

    /// All problems, those of keys that nobody asked for among them.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        for (section, key, span) in self.keys() {
            let path = format!("{section}.{key}");
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

    fn keys(&self) -> Vec<(String, String, Span)> {
        let mut keys = Vec::new();
        for (section, value) in pairs(self.root) {
            let name = section.scalar().map_or("", |(text, _)| text);
            for (key, _) in pairs(Some(value)) {
                keys.push((name.to_owned(), key.scalar().map_or("", |(text, _)| text).to_owned(), key.span.clone()));
            }
        }
        keys
    }

    fn node(&mut self, section: &str, key: &str) -> Option<&'t Node> {
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

fn pairs(node: Option<&Node>) -> &[(Node, Node)] {
    match node.map(|node| &node.kind) {
        Some(Kind::Map(pairs)) => pairs,
        _ => &[],
    }
}

fn find<'t>(node: Option<&'t Node>, name: &str) -> Option<&'t Node> {
    pairs(node).iter().find(|(key, _)| matches!(key.scalar(), Some((text, _)) if text == name)).map(|(_, value)| value)
}
