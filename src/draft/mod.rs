//! A dossier as the texts its writer wrote, before anything is made of them: keys, lists and texts in
//! their order, with the comments between them. Notes become drafts, a checked file becomes one, and a
//! draft becomes YAML or JSON.

mod checked;
mod failure;
mod given;
mod hours;
mod insert;
mod json;
mod yaml;

pub use checked::{as_written, checked};
pub use failure::{Failure, unnamed};
pub use given::{Given, interview, to_fill_in};
pub use hours::hours;
pub use insert::{Addition, added};
pub use json::json;
use json::json_line;
pub use yaml::{block, comment, yaml};

use crate::diagnostic::Span;

/// A text, and the stretches of the notes whose words it holds, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// The text.
    pub text: String,
    /// Where it comes from, in bytes; empty when it was not in the notes.
    pub from: Vec<Span>,
}

impl Said {
    /// A text of our own.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), from: Vec::new() }
    }
}

/// A key with its value and the comments above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// A line each.
    pub above: Vec<Said>,
    /// The key.
    pub key: Said,
    /// What stands under it.
    pub value: Value,
}

impl Pair {
    /// A key of the format, or a name.
    pub fn new(key: impl Into<String>, value: Value) -> Self {
        Self { above: Vec::new(), key: Said::new(key), value }
    }

    /// A name out of the notes.
    pub fn named(key: Said, value: Value) -> Self {
        Self { above: Vec::new(), key, value }
    }
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text for people.
    Text(Said),
    /// A word of the format: a number, a date, `high`; with the words it was read from, if they differ.
    Bare(String, Option<Said>),
    /// Items; on one line if that fits and they are short by nature, such as tags.
    List {
        /// In their order.
        items: Vec<Value>,
        /// Whether one line is the better form.
        short: bool,
    },
    /// Keys and values; on one line likewise.
    Map {
        /// In their order.
        pairs: Vec<Pair>,
        /// Whether one line is the better form.
        short: bool,
    },
}

impl Value {
    /// How many texts and words of the format it holds.
    pub fn count(&self) -> usize {
        match self {
            Self::Text(_) | Self::Bare(..) => 1,
            Self::List { items, .. } => items.iter().map(Self::count).sum(),
            Self::Map { pairs, .. } => pairs.iter().map(|pair| pair.value.count()).sum(),
        }
    }

    /// A text of our own.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(Said::new(text))
    }

    /// A word of the format.
    pub fn bare(text: impl Into<String>) -> Self {
        Self::Bare(text.into(), None)
    }

    /// One item a line.
    pub fn list(items: Vec<Self>) -> Self {
        Self::List { items, short: false }
    }

    /// One pair a line.
    pub fn map(pairs: Vec<Pair>) -> Self {
        Self::Map { pairs, short: false }
    }

    /// The value under a key.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map { pairs, .. } => pairs.iter().find(|pair| pair.key.text == key).map(|pair| &pair.value),
            Self::Text(_) | Self::Bare(..) | Self::List { .. } => None,
        }
    }

    /// The text of a text or a word.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(said) => Some(&said.text),
            Self::Bare(text, _) => Some(text),
            Self::List { .. } | Self::Map { .. } => None,
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(said) => said.text.trim().is_empty(),
            Self::Bare(text, _) => text.is_empty(),
            Self::List { items, .. } => items.is_empty(),
            Self::Map { pairs, .. } => pairs.is_empty(),
        }
    }
}

/// A whole dossier, not checked yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// Comments at the top.
    pub head: Vec<Said>,
    /// The keys in the order of the file.
    pub pairs: Vec<Pair>,
    /// Comments at the end.
    pub foot: Vec<Said>,
}

impl Draft {
    /// The value of a top-level key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.pairs.iter().find(|pair| pair.key.text == key).map(|pair| &pair.value)
    }

    /// Every key and text in the order of the file.
    pub fn texts(&self) -> Vec<&Said> {
        let mut out = Vec::new();
        self.pairs.iter().for_each(|pair| pair.texts(&mut out));
        out
    }

    /// Every comment in the order of the file.
    pub fn comments(&self) -> Vec<&Said> {
        let mut out: Vec<&Said> = self.head.iter().collect();
        self.pairs.iter().for_each(|pair| pair.comments(&mut out));
        out.extend(&self.foot);
        out
    }
}

impl Draft {
    /// Leaves out what is empty. Names and comments of what is left out go to the comments at the top.
    pub fn prune(&mut self) {
        let pairs = std::mem::take(&mut self.pairs);
        self.pairs = pruned(pairs, &mut self.head);
    }
}

fn pruned(pairs: Vec<Pair>, left: &mut Vec<Said>) -> Vec<Pair> {
    pairs
        .into_iter()
        .filter_map(|pair| {
            let Pair { above, key, value } = pair;
            match value.pruned(left).filter(|_| !key.text.trim().is_empty()) {
                Some(value) => Some(Pair { above, key, value }),
                None => {
                    left.extend(above);
                    left.extend((!key.from.is_empty()).then_some(key));
                    None
                }
            }
        })
        .collect()
}

impl Value {
    fn pruned(self, left: &mut Vec<Said>) -> Option<Self> {
        let value = match self {
            Self::Text(_) | Self::Bare(..) => self,
            Self::List { items, short } => {
                Self::List { items: items.into_iter().filter_map(|item| item.pruned(left)).collect(), short }
            }
            Self::Map { pairs, short } => Self::Map { pairs: pruned(pairs, left), short },
        };
        (!value.is_empty()).then_some(value)
    }
}

impl Pair {
    fn texts<'d>(&'d self, out: &mut Vec<&'d Said>) {
        out.push(&self.key);
        self.value.texts(out);
    }

    fn comments<'d>(&'d self, out: &mut Vec<&'d Said>) {
        out.extend(&self.above);
        self.value.comments(out);
    }
}

impl Value {
    fn texts<'d>(&'d self, out: &mut Vec<&'d Said>) {
        match self {
            Self::Text(said) => out.push(said),
            Self::Bare(..) => {}
            Self::List { items, .. } => items.iter().for_each(|item| item.texts(out)),
            Self::Map { pairs, .. } => pairs.iter().for_each(|pair| pair.texts(out)),
        }
    }

    fn comments<'d>(&'d self, out: &mut Vec<&'d Said>) {
        match self {
            Self::Text(_) => {}
            Self::Bare(_, beside) => out.extend(beside),
            Self::List { items, .. } => items.iter().for_each(|item| item.comments(out)),
            Self::Map { pairs, .. } => pairs.iter().for_each(|pair| pair.comments(out)),
        }
    }
}
