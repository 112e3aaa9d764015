//! `dossier import`: notes or a résumé into a dossier.
#![allow(clippy::disallowed_methods, reason = "this is cli/")]

use super::args::{Cli, Command, Format, ImportArgs};
use super::difference::difference;
use super::exit::Exit;
use super::fix::rewrite;
use super::input;
use super::output::write;
use super::terminal::{Terminal, counted};
use crate::diagnostic::beginning;
use crate::dossier::{self, without_mark};
use crate::draft::{self, Failure, Given};
use crate::notes::{self, Report, Undecided};
use crate::resume::{self, Added, Left};
use clap::Parser;
use jiff::civil::Date;
use serde_json::json;
use std::ffi::OsString;
use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Reads the notes, asks for what is missing if there is somebody to ask, writes the dossier, and builds
/// it if that is wanted.
pub fn import(args: &ImportArgs, terminal: &Terminal) -> Exit {
    if let Some(into) = &args.into {
        return add(args, into, terminal).unwrap_or_else(|exit| exit);
    }
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
    let made = input::bytes(&args.notes, terminal).and_then(|bytes| imported(&name, &bytes, args, terminal));
    made.map_or_else(|exit| exit, |made| finish(args, &name, &output, &made, terminal))
}

/// A dossier, and what is to be said about it.
enum Made {
    Notes(notes::Imported),
    Resume(resume::Imported),
}

impl Made {
    fn of(name: &str, bytes: &[u8], given: &Given) -> Result<Self, Failure> {
        if Path::new(name).extension().is_some_and(|end| end.eq_ignore_ascii_case("json")) || resume::is_json(bytes) {
            resume::import(name, bytes, given).map(Self::Resume)
        } else {
            notes::import(name, bytes, given).map(Self::Notes)
        }
    }

    fn yaml(&self) -> &str {
        match self {
            Self::Notes(imported) => &imported.yaml,
            Self::Resume(imported) => &imported.yaml,
        }
    }

    fn has_interview(&self) -> bool {
        match self {
            Self::Notes(imported) => imported.report.has_interview,
            Self::Resume(imported) => imported.has_interview,
        }
    }

    fn undecided(&self) -> Option<&Undecided> {
        match self {
            Self::Notes(imported) => imported.report.undecided.as_ref(),
            Self::Resume(_) => None,
        }
    }

    fn has_hours(&self) -> bool {
        match self {
            Self::Notes(imported) => imported.report.has_hours,
            Self::Resume(imported) => imported.has_hours,
        }
    }
}

/// Adds a résumé to a dossier that is there: shows what changes, asks, and writes, as `check --fix` does.
fn add(args: &ImportArgs, into: &Path, terminal: &Terminal) -> Result<Exit, Exit> {
    if into == Path::new("-") {
        terminal.error("--into needs the name of a dossier");
        return Err(Exit::Usage);
    }
    let name = input::name(&args.notes);
    let resume =
        resume::read(&name, &input::bytes(&args.notes, terminal)?).map_err(|failure| said(failure, &name, terminal))?;
    let bytes = input::bytes(into, terminal)?;
    let reading = dossier::read(&input::name(into), bytes.as_slice());
    if reading.dossier.is_none() {
        terminal.diagnostics(&reading.source, &reading.diagnostics);
        terminal.say("nothing was added: mend the dossier first, then import again");
        return Err(Exit::Input);
    }
    let text = std::str::from_utf8(without_mark(&bytes)).map_err(|_| Exit::Bug)?;
    let Added { text: changed, values, left } = resume::add(resume, text).map_err(|problem| {
        terminal.diagnostics(&reading.source, &[problem]);
        terminal.say("nothing was written");
        Exit::Input
    })?;
    let added = counted(values, "value");
    if changed != text {
        terminal.say(&difference(into, text, &changed, terminal));
        match terminal.agreed(args.yes, &format!("Add {added} to {}?", into.display())) {
            Some(true) => rewrite(into, &bytes, &changed, terminal)?,
            Some(false) => return Ok(Exit::Fine),
            None => {
                terminal.say(&format!("{added} can be added like this; nothing was written: add --yes to write it"));
                return Err(Exit::Usage);
            }
        }
    }
    if terminal.format == Format::Json {
        let line = json!({ "resume": name, "dossier": into.display().to_string(), "values": values, "left": left });
        terminal.data(format!("{line}\n").as_bytes());
    }
    let what = if changed == text {
        format!("everything of {name} that fits is there already")
    } else {
        format!("{added} added from {name}")
    };
    terminal.say(&format!("{}: {what}", into.display()));
    say_left(&left, terminal);
    Ok(if args.build { build(args, into, terminal) } else { Exit::Fine })
}

/// What of a résumé has no place in a dossier, by the lists it stands in.
fn say_left(left: &[Left], terminal: &Terminal) {
    let mut groups: Vec<(&str, usize)> = Vec::new();
    for Left { path, .. } in left {
        let depth = if path.starts_with("basics.") { 2 } else { 1 };
        let end = path.match_indices(['[', '.']).nth(depth - 1).map_or(path.len(), |(at, _)| at);
        let name = path.get(..end).unwrap_or(path);
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => groups.push((name, 1)),
        }
    }
    if groups.is_empty() {
        return;
    }
    let in_words = |(name, count): (&str, usize)| match count {
        1 => name.to_owned(),
        _ => format!("{name} ({})", counted(count, "value")),
    };
    let names: Vec<String> = groups.into_iter().map(in_words).collect();
    terminal.say(&format!("  not taken over, as a dossier has no place for it: {}", names.join(", ")));
}

fn said(failure: Failure, name: &str, terminal: &Terminal) -> Exit {
    match failure {
        Failure::Refused(source, diagnostics) | Failure::Missing { source, diagnostics, .. } => {
            terminal.diagnostics(&source, &diagnostics);
            terminal.say("nothing was written");
            Exit::Input
        }
        Failure::Bug(message) => {
            terminal.error(&format!("{name}: {message}"));
            Terminal::bug();
            Exit::Bug
        }
    }
}

/// Beside the notes unless another place is named; what comes from standard input goes to standard output.
fn output(args: &ImportArgs) -> PathBuf {
    let beside = || if args.notes == Path::new("-") { args.notes.clone() } else { args.notes.with_extension("yaml") };
    args.output.clone().unwrap_or_else(beside)
}

fn imported(name: &str, bytes: &[u8], args: &ImportArgs, terminal: &Terminal) -> Result<Made, Exit> {
    let mut given = Given {
        company: args.company.clone(),
        role: args.role.clone(),
        interview: args.interview.clone(),
        hours: args.study_hours.clone(),
        today: Some(input::clock(args.today, terminal)?.today("UTC")),
    };
    let somebody =
        std::io::stdin().is_terminal() && std::io::stderr().is_terminal() && terminal.format == Format::Human;
    let mut asked = false;
    loop {
        match Made::of(name, bytes, &given) {
            Ok(made) if somebody && !asked && !(made.has_interview() && made.has_hours()) => {
                asked = true;
                ask_for_times(&made, &mut given);
            }
            Ok(made) => return Ok(made),
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
            Err(failure) => return Err(said(failure, name, terminal)),
        }
    }
}

fn ask_for_times(made: &Made, given: &mut Given) {
    if !made.has_interview() && given.interview.is_none() {
        let undecided = made.undecided();
        let known = undecided.map(|undecided| format!("{}.\n", said_of(undecided))).unwrap_or_default();
        let proposal = undecided.filter(|undecided| undecided.readings.len() == 1 && undecided.time_zone.is_some());
        let question = match proposal {
            Some(Undecided { example, .. }) => {
                format!("Is it {example}? (y, or write when it is; Enter: not known yet)")
            }
            None => {
                let example = undecided.map_or(EXAMPLE, |undecided| &undecided.example);
                format!("When is the interview, and in which time zone? For example {example} (Enter: not known yet)")
            }
        };
        given.interview = prompt(&(known + &question), |answer| match proposal {
            Some(proposal) if matches!(answer.to_lowercase().as_str(), "y" | "yes") => {
                draft::interview(&proposal.example)
            }
            _ => draft::interview(answer),
        });
    }
    if !made.has_hours() && given.hours.is_none() {
        given.hours = prompt(
            "When do you have time to study? For example weekdays 18:30-20:30, sat 10:00-12:00 (Enter: the usual evenings)",
            draft::hours,
        );
    }
}

/// What notes say of a day that cannot be told.
fn said_of(undecided: &Undecided) -> String {
    let Undecided { text, readings, has_year, time_zone, .. } = undecided;
    let days = readings.join(" or ");
    let ways = match readings.as_slice() {
        [_] if *has_year => String::new(),
        [reading] => format!(" without a full year, which is {}{reading} next", weekday(reading)),
        _ if *has_year => format!(", which can be {days}"),
        _ => format!(" without a full year, which can be {days} next"),
    };
    let zone = match (time_zone, ways.is_empty()) {
        (Some(_), _) => "",
        (None, true) => " and name no time zone",
        (None, false) => ", and name no time zone",
    };
    format!("The notes say “{}”{ways}{zone}", beginning(text, BEGINNING))
}

/// `Tuesday `, for a reading of a day.
fn weekday(reading: &str) -> String {
    let day = reading.get(..10).and_then(|day| day.parse::<Date>().ok());
    day.map(|day| day.strftime("%A ").to_string()).unwrap_or_default()
}

/// So many characters of a text show which one it is.
const BEGINNING: usize = 60;
const EXAMPLE: &str = "2026-12-15 14:00 Europe/Amsterdam";

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

fn finish(args: &ImportArgs, name: &str, output: &Path, made: &Made, terminal: &Terminal) -> Exit {
    if output == Path::new("-") {
        let sent = terminal.data(made.yaml().as_bytes());
        say(name, output, made, terminal);
        return if sent { Exit::Fine } else { Exit::System };
    }
    if let Err(exit) = write(output, made.yaml(), terminal) {
        return exit;
    }
    say(name, output, made, terminal);
    if args.build {
        return build(args, output, terminal);
    }
    terminal.say(&format!("next: look through {0}, then `dossier build {0}`", output.display()));
    Exit::Fine
}

/// Goes on as `dossier build` would.
fn build(args: &ImportArgs, dossier: &Path, terminal: &Terminal) -> Exit {
    let day = args.today.map(|day| OsString::from(format!("--today={day}")));
    let words = ["dossier", "build"].map(OsString::from).into_iter().chain(day);
    let words = words.chain([OsString::from("--"), dossier.as_os_str().to_owned()]);
    match Cli::try_parse_from(words).map(|cli| cli.command) {
        Ok(Some(Command::Build(build_args))) => super::build::build(&build_args, terminal),
        Ok(_) | Err(_) => Exit::Bug,
    }
}

fn say(name: &str, output: &Path, made: &Made, terminal: &Terminal) {
    match made {
        Made::Notes(imported) => say_notes(name, output, &imported.report, terminal),
        Made::Resume(imported) => say_resume(name, output, imported, terminal),
    }
}

/// What became of the résumé.
fn say_resume(name: &str, output: &Path, imported: &resume::Imported, terminal: &Terminal) {
    if terminal.format == Format::Json {
        let line = json!({
            "resume": name, "dossier": output.display().to_string(), "highlights": imported.highlights,
            "left": imported.left, "interview": imported.has_interview, "studyHours": imported.has_hours,
        });
        terminal.data(format!("{line}\n").as_bytes());
        return;
    }
    terminal.say(&format!("{}: {} highlights of {name}", output.display(), imported.highlights));
    say_left(&imported.left, terminal);
}

/// What became of the notes.
fn say_notes(name: &str, output: &Path, report: &Report, terminal: &Terminal) {
    if terminal.format == Format::Json {
        let found: serde_json::Map<String, serde_json::Value> =
            report.found.iter().map(|(key, count)| ((*key).to_owned(), (*count).into())).collect();
        let line = json!({
            "notes": name, "dossier": output.display().to_string(), "words": report.words, "found": found,
            "setAside": report.set_aside, "sections": report.unplaced, "labels": report.labels,
            "interview": report.has_interview, "studyHours": report.has_hours, "undecided": report.undecided,
            "citations": report.citations,
        });
        terminal.data(format!("{line}\n").as_bytes());
        return;
    }
    terminal.say(&format!("{}: {} words of {name}, none lost", output.display(), report.words));
    let found: Vec<String> = report.found.iter().map(|(key, count)| format!("{key} {count}")).collect();
    terminal.say(&format!("  found: {}", found.join(", ")));
    for text in &report.set_aside {
        terminal.say(&format!("  set aside as a comment: “{}”", beginning(text, BEGINNING)));
    }
    if report.citations > 0 {
        let marks = if report.citations == 1 { "a mark" } else { "marks" };
        terminal
            .say(&format!("  left out: {marks} of a source that only the assistant can show ({})", report.citations));
    }
    if !report.unplaced.is_empty() {
        terminal.say(&format!("  under `sections`, as no part of the format fits: {}", report.unplaced.join("; ")));
    }
    if let Some(undecided) = &report.undecided {
        terminal.say(&format!("  {}:", said_of(undecided)));
        terminal.say(&format!("    say it with --interview \"{}\", for a study calendar", undecided.example));
    } else if !report.has_interview {
        terminal.say("  no date in the notes: add `interview` (or --interview) for a study calendar");
    }
}
