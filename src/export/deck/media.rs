//! The images of the cards, named by what is in them: the same picture used twice travels once.

use super::compose::Note;
use super::walk;
use crate::export::picture::Format;
use crate::markup::Inline;
use sha1::{Digest, Sha1};
use std::collections::{BTreeMap, BTreeSet};

/// Images by the path the dossier gives.
#[derive(Debug, Default)]
pub struct Media {
    names: BTreeMap<String, String>,
    files: BTreeMap<String, Vec<u8>>,
    missing: BTreeSet<String>,
}

impl Media {
    /// Looks up every image of the note.
    pub fn add(&mut self, note: &Note<'_>, lookup: &dyn Fn(&str) -> Option<Vec<u8>>) {
        let visit = &mut |inline: &Inline| {
            if let Inline::Image(image) = inline {
                self.image(&image.path, lookup);
            }
        };
        walk::line(&note.front, visit);
        for text in
            [&*note.back, &*note.scaffold, &note.more].into_iter().chain(note.hints.iter().map(|(_, hint)| hint))
        {
            walk::markup(text, visit);
        }
    }

    fn image(&mut self, path: &str, lookup: &dyn Fn(&str) -> Option<Vec<u8>>) {
        if self.names.contains_key(path) || self.missing.contains(path) {
            return;
        }
        match lookup(path).and_then(|bytes| Some((Format::of(&bytes)?.extension(), bytes))) {
            Some((extension, bytes)) => {
                let name = format!("dossier-{}.{extension}", hex(&Sha1::digest(&bytes), 10));
                self.names.insert(path.to_owned(), name.clone());
                self.files.insert(name, bytes);
            }
            None => {
                self.missing.insert(path.to_owned());
            }
        }
    }

    /// The paths that led to no image that Anki could show.
    pub fn missing(&self) -> impl Iterator<Item = &str> {
        self.missing.iter().map(String::as_str)
    }

    /// The name of the file in Anki's media folder.
    pub fn name(&self, path: &str) -> Option<&str> {
        self.names.get(path).map(String::as_str)
    }

    /// All files, by name.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }
}

/// The first `length` bytes in hexadecimal digits.
pub fn hex(bytes: &[u8], length: usize) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().take(length).flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
