//! `dossier check`: everything a build would complain of, and advice.

use super::args::CheckArgs;
use super::clock::Clock;
use super::exit::{Exit, Tally};
use super::images;
use super::input;
use super::terminal::Terminal;
use crate::diagnostic::has_errors;
use crate::dossier;
use crate::theme::Templates;
use std::path::Path;

/// Checks all files.
pub fn check(args: &CheckArgs, terminal: &Terminal) -> Exit {
    let (clock, templates) = match input::setting(&args.input, terminal) {
        Ok(setting) => setting,
        Err(exit) => return exit,
    };
    let exits: Tally = args.input.files.iter().map(|file| one(file, args, clock, &templates, terminal)).collect();
    exits.exit()
}

fn one(file: &Path, args: &CheckArgs, clock: Clock, templates: &Templates, terminal: &Terminal) -> Exit {
    let mut input = match input::input(file, templates, terminal) {
        Ok(input) => input,
        Err(exit) => return exit,
    };
    let images = images::images(&input, &args.material.images);
    input.diagnostics.extend(images.problems);
    input.diagnostics.extend(images::shown_by_words(&input, &images.pictures));
    let today = clock.today(input.dossier.study_zone());
    input.diagnostics.extend(dossier::advice(&input.dossier, today));
    terminal.diagnostics(&input.source, &input.diagnostics);
    if has_errors(&input.diagnostics) {
        return Exit::Input;
    }
    match input.diagnostics.len() {
        0 => terminal.say(&format!("{}: nothing to complain of", input.source.name)),
        _ if args.strict => return Exit::Input,
        _ => terminal.say(&format!("{}: can be built", input.source.name)),
    }
    Exit::Fine
}
