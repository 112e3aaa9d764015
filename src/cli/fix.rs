//! `dossier check --fix`: shows what it would change, asks, and writes.
#![allow(clippy::disallowed_methods, reason = "this is cli/")]

use super::exit::Exit;
use super::interrupt::Interrupt;
use super::output::{Planned, Writer};
use super::terminal::Terminal;
use crate::dossier;
use similar::{ChangeTag, TextDiff};
use std::path::Path;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What became of a file.
pub enum Fixed {
    /// Nothing was to be changed, or everything was, or it was not wanted: the file is as it is now.
    File,
    /// It came from standard input; its text as it should be.
    Text(String),
}

/// Mends a file. Without `yes` it asks first, and where nobody can answer it only shows what it would do.
pub fn fix(file: &Path, bytes: &[u8], yes: bool, terminal: &Terminal) -> Result<Fixed, Exit> {
    let (mark, body) = match bytes.strip_prefix(BYTE_ORDER_MARK) {
        Some(body) => (BYTE_ORDER_MARK, body),
        None => (&b""[..], bytes),
    };
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
    let count = match mended.gone.len() {
        1 => "1 problem".to_owned(),
        count => format!("{count} problems"),
    };
    if !yes {
        match terminal.ask(&format!("Write this to {} and mend {count}?", file.display())) {
            Some(true) => {}
            Some(false) => return Ok(Fixed::File),
            None => {
                terminal.say(&format!("{count} can be mended like this; nothing was written: add --yes to write it\n"));
                return Ok(Fixed::File);
            }
        }
    }
    let bytes = [mark, mended.text.as_bytes()].concat();
    // A link is followed: the file it leads to is mended.
    let path = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let written = Interrupt::of_process().after(|| Writer::default().write_all(&[Planned { path, bytes }]));
    if let Err((_, error)) = written {
        terminal.error(&format!("cannot write {}: {error}; it is as it was", file.display()));
        return Err(Exit::System);
    }
    terminal.say(&format!("{}: mended {count}\n", file.display()));
    Ok(Fixed::File)
}

/// The changed lines with a line of their surroundings.
fn difference(file: &Path, old: &str, new: &str, terminal: &Terminal) -> String {
    let difference = TextDiff::from_lines(old, new);
    let mut out = format!("{}\n", file.display());
    for (index, group) in difference.grouped_ops(1).iter().enumerate() {
        if index > 0 {
            out.push_str(&terminal.dim("     ⋯\n"));
        }
        for change in group.iter().flat_map(|op| difference.iter_changes(op)) {
            let number = change.old_index().or(change.new_index()).map_or(0, |index| index + 1);
            let line = change.value().trim_end_matches(['\n', '\r']);
            out.push_str(&match change.tag() {
                ChangeTag::Delete => terminal.red(&format!("{number:5} - {line}")),
                ChangeTag::Insert => terminal.green(&format!("      + {line}")),
                ChangeTag::Equal => terminal.dim(&format!("{number:5}   {line}")),
            });
            out.push('\n');
        }
    }
    out
}
