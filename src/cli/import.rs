//! `dossier import`: notes into a dossier.
#![allow(clippy::disallowed_methods, reason = "this is cli/")]

use super::args::{Cli, Command, Format, ImportArgs};
use super::build;
use super::exit::Exit;
use super::input;
use super::output::{Planned, Writer};
use super::terminal::Terminal;
use crate::notes::{self, Failure, Given, Imported, Report};
use clap::Parser;
use serde_json::json;
use std::ffi::OsString;
use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Reads the notes, asks for what is missing if there is somebody to ask, writes the dossier, and builds
/// it if that is wanted.
pub fn import(args: &ImportArgs, terminal: &Terminal) -> Exit {
    let output = output(args);
    let to_stdout = output == Path::new("-");
    if to_stdout && args.build {
        terminal.error("--build needs a file: name it with -o");
        return Exit::Usage;
    }
    if to_stdout && terminal.format == Format::Json {
        terminal.error("--format json and the dossier cannot both go to standard output");
        return Exit::Usage;
    }
    if !to_stdout && output.exists() && !args.force {
        terminal.error(&format!("{} exists already; --force replaces it, -o names another file", output.display()));
        return Exit::System;
    }
    let name = input::name(&args.notes);
    let bytes = match input::bytes(&args.notes, terminal) {
        Ok(bytes) => bytes,
        Err(exit) => return exit,
    };
    match imported(&name, &bytes, args, terminal) {
        Ok(imported) => finish(args, &name, &output, imported, terminal),
        Err(exit) => exit,
    }
}

/// Beside the notes unless another place is named; what comes from standard input goes to standard output.
fn output(args: &ImportArgs) -> PathBuf {
    let beside = || if args.notes == Path::new("-") { args.notes.clone() } else { args.notes.with_extension("yaml") };
    args.output.clone().unwrap_or_else(beside)
}

fn imported(name: &str, bytes: &[u8], args: &ImportArgs, terminal: &Terminal) -> Result<Imported, Exit> {
    let mut given = Given {
        company: args.company.clone(),
        role: args.role.clone(),
        interview: args.interview.clone(),
        hours: args.study_hours.clone(),
    };
    let somebody =
        std::io::stdin().is_terminal() && std::io::stderr().is_terminal() && terminal.format == Format::Human;
    let mut asked = false;
    loop {
        match notes::import(name, bytes, &given) {
            Ok(imported) if somebody && !asked && !(imported.report.has_interview && imported.report.has_hours) => {
                asked = true;
                ask_for_times(&imported.report, &mut given);
            }
            Ok(imported) => return Ok(imported),
            Err(Failure::Missing { company, role, .. }) if somebody => {
                let ask = |missing: bool, what: &str, value: &mut Option<String>| {
                    if missing {
                        *value = prompt(&format!("Which {what} is it?"), |text| Ok(text.to_owned()));
                    }
                    !missing || value.is_some()
                };
                if !(ask(company, "company", &mut given.company) && ask(role, "role", &mut given.role)) {
                    return Err(Exit::Input);
                }
            }
            Err(Failure::Refused(source, diagnostics) | Failure::Missing { source, diagnostics, .. }) => {
                terminal.diagnostics(&source, &diagnostics);
                terminal.say("nothing was written");
                return Err(Exit::Input);
            }
            Err(Failure::Bug(message)) => {
                terminal.error(&format!("{name}: {message}"));
                Terminal::bug();
                return Err(Exit::Bug);
            }
        }
    }
}

fn ask_for_times(report: &Report, given: &mut Given) {
    if !report.has_interview && given.interview.is_none() {
        given.interview = prompt(
            "When is the interview, and in which time zone? For example 2026-12-15 14:00 Europe/Amsterdam (Enter: not known yet)",
            notes::interview,
        );
    }
    if !report.has_hours && given.hours.is_none() {
        given.hours = prompt(
            "When do you have time to study? For example weekdays 18:30-20:30, sat 10:00-12:00 (Enter: the usual evenings)",
            notes::hours,
        );
    }
}

/// Asks until the answer can be read; an empty one is none.
fn prompt<T>(question: &str, read: impl Fn(&str) -> Result<T, String>) -> Option<T> {
    let mut err = std::io::stderr().lock();
    loop {
        let _ = write!(err, "{question}\n> ").and_then(|()| err.flush());
        let mut line = String::new();
        if std::io::stdin().lock().read_line(&mut line).unwrap_or(0) == 0 || line.trim().is_empty() {
            return None;
        }
        match read(line.trim()) {
            Ok(value) => return Some(value),
            Err(message) => drop(writeln!(err, "{message}")),
        }
    }
}

fn finish(args: &ImportArgs, name: &str, output: &Path, imported: Imported, terminal: &Terminal) -> Exit {
    if output == Path::new("-") {
        let sent = terminal.data(imported.yaml.as_bytes());
        say(name, output, &imported.report, terminal);
        return if sent { Exit::Fine } else { Exit::System };
    }
    let planned = Planned { path: output.to_owned(), bytes: imported.yaml.into_bytes() };
    if let Err((_, error)) = Writer::default().write_all(&[planned]) {
        terminal.error(&format!("cannot write {}: {error}", output.display()));
        return Exit::System;
    }
    say(name, output, &imported.report, terminal);
    if !args.build {
        terminal.say(&format!("next: look through {0}, then `dossier build {0}`", output.display()));
        return Exit::Fine;
    }
    let day = args.today.map(|day| OsString::from(format!("--today={day}")));
    let words = ["dossier", "build"].map(OsString::from).into_iter().chain(day);
    let words = words.chain([OsString::from("--"), output.as_os_str().to_owned()]);
    match Cli::try_parse_from(words).map(|cli| cli.command) {
        Ok(Some(Command::Build(build_args))) => build::build(&build_args, terminal),
        Ok(_) | Err(_) => Exit::Bug,
    }
}

/// What became of the notes.
fn say(name: &str, output: &Path, report: &Report, terminal: &Terminal) {
    if terminal.format == Format::Json {
        let found: serde_json::Map<String, serde_json::Value> =
            report.found.iter().map(|(key, count)| ((*key).to_owned(), (*count).into())).collect();
        let line = json!({
            "notes": name, "dossier": output.display().to_string(), "words": report.words, "found": found,
            "setAside": report.set_aside, "sections": report.unplaced, "labels": report.labels,
            "interview": report.has_interview, "studyHours": report.has_hours,
        });
        terminal.data(format!("{line}\n").as_bytes());
        return;
    }
    terminal.say(&format!("{}: {} words of {name}, none lost", output.display(), report.words));
    let found: Vec<String> = report.found.iter().map(|(key, count)| format!("{key} {count}")).collect();
    terminal.say(&format!("  found: {}", found.join(", ")));
    for text in &report.set_aside {
        terminal.say(&format!("  set aside as a comment: “{}”", beginning(text)));
    }
    if !report.unplaced.is_empty() {
        terminal.say(&format!("  under `sections`, as no part of the format fits: {}", report.unplaced.join("; ")));
    }
    if !report.has_interview {
        terminal.say("  no date in the notes: add `interview` (or --interview) for a study calendar");
    }
}

/// The first words of a text.
fn beginning(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let start: String = line.chars().take(60).collect();
    if start.len() < text.len() { start + "…" } else { start }
}
