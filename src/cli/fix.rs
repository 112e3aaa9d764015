//! `dossier check --fix`: shows what it would change, asks, and writes.
#![allow(clippy::disallowed_methods, reason = "this is cli/")]

use super::difference::difference;
use super::exit::Exit;
use super::input::why;
use super::interrupt::Interrupt;
use super::output::{Planned, Writer};
use super::terminal::{Terminal, counted};
use crate::dossier::{self, without_mark};
use std::path::Path;

/// What became of a file.
pub enum Fixed {
    /// Nothing was to be changed, or everything was, or it was not wanted: the file is as it is now.
    File,
    /// It came from standard input; its text as it should be.
    Text(String),
}

/// Mends a file. Without `yes` it asks first, and where nobody can answer it only shows what it would do.
pub fn fix(file: &Path, bytes: &[u8], yes: bool, terminal: &Terminal) -> Result<Fixed, Exit> {
    let body = without_mark(bytes);
    // What is no text is not written again; the check says what is wrong with it.
    let Ok(text) = std::str::from_utf8(body) else { return Ok(Fixed::File) };
    let mended = dossier::mended(&file.display().to_string(), text);
    if file == Path::new("-") {
        return Ok(Fixed::Text(mended.text));
    }
    if mended.gone.is_empty() {
        return Ok(Fixed::File);
    }
    terminal.say(&difference(file, text, &mended.text, terminal));
    let count = counted(mended.gone.len(), "problem");
    match terminal.agreed(yes, &format!("Write this to {} and mend {count}?", file.display())) {
        Some(true) => {}
        Some(false) => return Ok(Fixed::File),
        None => {
            terminal.say(&format!("{count} can be mended like this; nothing was written: add --yes to write it\n"));
            return Ok(Fixed::File);
        }
    }
    rewrite(file, bytes, &mended.text, terminal)?;
    terminal.say(&format!("{}: mended {count}\n", file.display()));
    Ok(Fixed::File)
}

/// Puts a new text in the place of a file, which keeps its byte order mark. What goes wrong has been said.
pub fn rewrite(file: &Path, old: &[u8], text: &str, terminal: &Terminal) -> Result<(), Exit> {
    let mark = old.get(..old.len() - without_mark(old).len()).unwrap_or_default();
    let bytes = [mark, text.as_bytes()].concat();
    // A link is followed: the file it leads to is the one that changes.
    let path = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let written = Interrupt::of_process().after(|| Writer::default().write_all(&[Planned { path, bytes }]));
    written.map_err(|(_, error)| {
        terminal.error(&format!("cannot write {}: {}; it is as it was", file.display(), why(&error)));
        Exit::System
    })
}
