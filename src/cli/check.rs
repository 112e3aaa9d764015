//! `dossier check`: everything a build would complain of, and advice.

use super::args::CheckArgs;
use super::clock::Clock;
use super::exit::{Exit, Tally};
use super::fonts::{self, Fonts};
use super::images;
use super::input;
use super::terminal::Terminal;
use crate::diagnostic::has_errors;
use crate::dossier;
use crate::export::briefing::{self, Found, Options};
use crate::theme::Templates;
use std::collections::BTreeSet;
use std::path::Path;

/// Checks all files.
pub fn check(args: &CheckArgs, terminal: &Terminal) -> Exit {
    let (clock, templates) = match input::setting(&args.input, terminal) {
        Ok(setting) => setting,
        Err(exit) => return exit,
    };
    let fonts = match Fonts::new(&args.material) {
        Ok(fonts) => fonts,
        Err(message) => {
            terminal.error(&message);
            return Exit::System;
        }
    };
    let setting = (clock, &templates, &fonts);
    let exits: Tally = args.input.files.iter().map(|file| one(file, args, setting, terminal)).collect();
    exits.exit()
}

fn one(
    file: &Path,
    args: &CheckArgs,
    (clock, templates, fonts): (Clock, &Templates, &Fonts),
    terminal: &Terminal,
) -> Exit {
    let mut input = match input::input(file, templates, terminal) {
        Ok(input) => input,
        Err(exit) => return exit,
    };
    let images = images::images(&input, &args.material.images);
    input.diagnostics.extend(images.problems);
    input.diagnostics.extend(images::shown_by_words(&input, &images.pictures));
    let options = Options { pictures: &images.pictures, ..Options::at(clock.now(input.dossier.study_zone())) };
    let missing =
        |fonts: &[Found]| briefing::missing(&input.dossier, None, &input.theme, &Options { fonts, ..options });
    let (found, problems) = fonts.find(&input.dossier.language, || missing(&[]));
    input.diagnostics.extend(problems);
    let characters: BTreeSet<char> = missing(&found).iter().map(|wanted| wanted.c).collect();
    let characters: Vec<char> = characters.into_iter().collect();
    input.diagnostics.extend(fonts::missing(&input.source, &characters, &args.material));
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
