//! `dossier init`: a dossier to start from, or a text that makes an assistant write one.
#![allow(clippy::disallowed_methods, reason = "this is cli/")]

use super::args::{InitArgs, Size};
use super::exit::Exit;
use super::input;
use super::output::write;
use super::terminal::Terminal;
use crate::theme::Templates;
use jiff::ToSpan;
use std::path::Path;

/// Writes the starter, with an interview in three weeks.
pub fn init(args: &InitArgs, terminal: &Terminal) -> Exit {
    let today = match input::clock(args.today, terminal) {
        Ok(clock) => clock.today("UTC"),
        Err(exit) => return exit,
    };
    let date = today.saturating_add(21.days()).to_string();
    let template = match args.size {
        _ if args.prompt => "prompt.md",
        Size::Small => "dossier.small.yaml",
        Size::Medium => "dossier.yaml",
        Size::Full => "dossier.full.yaml",
    };
    let text = Templates::default().text(template).replace("{interview_date}", &date);
    if args.prompt || args.file == Path::new("-") {
        return if terminal.data(text.as_bytes()) { Exit::Fine } else { Exit::System };
    }
    if args.file.exists() && !args.force {
        terminal.error(&format!("{} exists already; --force replaces it", args.file.display()));
        return Exit::System;
    }
    if let Err(exit) = write(&args.file, text, terminal) {
        return exit;
    }
    let name = args.file.display();
    terminal.say(&format!(
        "wrote {name}: fill it in, then run `dossier build {name}`\n\
         `dossier check {name}` says what is wrong or could be better, `dossier watch {name}` builds on each save"
    ));
    Exit::Fine
}
