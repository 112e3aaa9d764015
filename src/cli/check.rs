//! `dossier check`: everything a build would complain of, and advice.

use super::args::CheckArgs;
use super::build;
use super::clock::Clock;
use super::exit::{Exit, Tally};
use super::fix::{Fixed, fix};
use super::fonts::{self, Fonts};
use super::images;
use super::input::{self, Input};
use super::planning;
use super::terminal::Terminal;
use crate::diagnostic::{Diagnostic, has_errors};
use crate::dossier;
use crate::export::briefing::{self, Found, Options};
use crate::theme::Themes;
use std::collections::BTreeSet;
use std::path::Path;

/// Checks all files.
pub fn check(args: &CheckArgs, terminal: &Terminal) -> Exit {
    let (clock, themes) = match input::setting(&args.input, terminal) {
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
    let setting = (clock, &themes, &fonts);
    let exits: Tally = args.input.files.iter().map(|file| one(file, args, setting, terminal)).collect();
    exits.exit()
}

fn one(file: &Path, args: &CheckArgs, (clock, themes, fonts): (Clock, &Themes, &Fonts), terminal: &Terminal) -> Exit {
    let mut bytes = match input::bytes(file, terminal) {
        Ok(bytes) => bytes,
        Err(exit) => return exit,
    };
    if args.fix {
        match fix(file, &bytes, args.yes, terminal) {
            Ok(Fixed::File) => match input::bytes(file, terminal) {
                Ok(mended) => bytes = mended,
                Err(exit) => return exit,
            },
            Ok(Fixed::Text(mended)) => {
                if !terminal.data(mended.as_bytes()) {
                    return Exit::System;
                }
                bytes = mended.into_bytes();
            }
            Err(exit) => return exit,
        }
    }
    let input = match input::input_of(file, bytes, themes, terminal) {
        Ok(input) => input,
        Err(exit) => return exit,
    };
    let diagnostics = match everything(&input, args, clock, fonts) {
        Ok(diagnostics) => diagnostics,
        Err(message) => {
            terminal.error(&format!("{}: {message}", input.source.name));
            return Exit::Bug;
        }
    };
    terminal.diagnostics(&input.source, &diagnostics);
    match diagnostics.len() {
        0 => terminal.say(&format!("{}: nothing to complain of", input.source.name)),
        _ if args.strict || has_errors(&diagnostics) => return Exit::Input,
        _ => terminal.say(&format!("{}: can be built", input.source.name)),
    }
    Exit::Fine
}

/// What there is to say about the dossier, its plan, and what could be better, as of the day.
fn everything(input: &Input, args: &CheckArgs, clock: Clock, fonts: &Fonts) -> Result<Vec<Diagnostic>, String> {
    let zone = input.dossier.study_zone();
    let now = clock.now(zone);
    let planned = planning::plan(input, now, None, &[])?;
    let mut diagnostics = input.diagnostics.clone();
    diagnostics.extend(planned.diagnostics);
    let images = images::images(input, &args.material.images);
    diagnostics.extend(images.problems);
    diagnostics.extend(images::shown_by_words(input, &images.pictures));
    let options = Options { pictures: &images.pictures, ..Options::at(now) };
    let trial = |fonts: &[Found]| briefing::trial(&input.dossier, None, &input.theme, &Options { fonts, ..options });
    let (found, problems) = fonts.find(&input.dossier.language, || trial(&[]).missing);
    diagnostics.extend(problems);
    let trial = trial(&found);
    diagnostics.extend(trial.overfull.then(build::too_long));
    let characters: BTreeSet<char> = trial.missing.iter().map(|wanted| wanted.c).collect();
    let characters: Vec<char> = characters.into_iter().collect();
    diagnostics.extend(fonts::missing(&input.source, &characters, &args.material));
    diagnostics.extend(dossier::advice(&input.dossier, clock.today(zone)));
    if let Some(plan) = &planned.plan {
        diagnostics.extend(planning::shortage(input, plan, now));
        diagnostics.extend(planning::without_time(input, plan));
    }
    diagnostics.sort_by_key(|problem| (problem.start(), problem.code));
    Ok(diagnostics)
}
