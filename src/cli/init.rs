//! `dossier init`: a dossier to start from.
#![allow(clippy::disallowed_methods, reason = "this is cli/")]

use super::args::InitArgs;
use super::clock::Clock;
use super::exit::Exit;
use super::output::{Planned, Writer};
use super::terminal::Terminal;
use crate::theme::{Templates, fill};
use jiff::ToSpan;
use std::path::Path;

/// Writes the starter, with an interview in three weeks.
pub fn init(args: &InitArgs, terminal: &Terminal) -> Exit {
    let clock = match Clock::new(args.today) {
        Ok(clock) => clock,
        Err(message) => {
            terminal.error(&message);
            return Exit::Usage;
        }
    };
    let today = clock.today("UTC");
    let date = today.saturating_add(21.days()).to_string();
    let text = fill(Templates::default().text("dossier.yaml"), &[("interview_date", &date)]);
    if args.file == Path::new("-") {
        return if terminal.data(text.as_bytes()) { Exit::Fine } else { Exit::System };
    }
    if args.file.exists() && !args.force {
        terminal.error(&format!("{} exists already; --force replaces it", args.file.display()));
        return Exit::System;
    }
    let name = args.file.display();
    if let Err((_, error)) =
        Writer::default().write_all(&[Planned { path: args.file.clone(), bytes: text.into_bytes() }])
    {
        terminal.error(&format!("cannot write {name}: {error}"));
        return Exit::System;
    }
    terminal.say(&format!("wrote {name}: fill it in, then run `dossier build {name}`"));
    Exit::Fine
}
