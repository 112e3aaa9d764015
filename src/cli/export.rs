//! `dossier export`: a checked dossier in another format.
#![allow(clippy::disallowed_methods, reason = "this is cli/")]

use super::args::{ExportArgs, ExportFormat};
use super::exit::Exit;
use super::input;
use super::output::write;
use super::terminal::Terminal;
use crate::dossier;
use crate::draft;
use crate::notes;
use std::path::Path;

/// Reads, checks and writes.
pub fn export(args: &ExportArgs, terminal: &Terminal) -> Exit {
    let to_stdout = args.output == Path::new("-");
    if !to_stdout && args.output.exists() && !args.force {
        terminal.error(&format!("{} exists already; --force replaces it", args.output.display()));
        return Exit::System;
    }
    let name = input::name(&args.file);
    let bytes = match input::bytes(&args.file, terminal) {
        Ok(bytes) => bytes,
        Err(exit) => return exit,
    };
    let reading = dossier::read(&name, bytes);
    terminal.diagnostics(&reading.source, &reading.diagnostics);
    let Some(pairs) = draft::checked(&reading) else {
        terminal.say("nothing was written");
        return Exit::Input;
    };
    let text = match args.to {
        ExportFormat::Markdown => Ok(notes::markdown(&pairs)),
        ExportFormat::Json => draft::json(&pairs),
    };
    let Ok(text) = text else {
        Terminal::bug();
        return Exit::Bug;
    };
    if to_stdout {
        return if terminal.data(text.as_bytes()) { Exit::Fine } else { Exit::System };
    }
    if let Err(exit) = write(&args.output, text, terminal) {
        return exit;
    }
    terminal.say(&format!("wrote {}", args.output.display()));
    Exit::Fine
}
