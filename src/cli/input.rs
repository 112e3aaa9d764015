//! Reading files: dossiers, templates, and what lies beside a dossier.
#![allow(clippy::disallowed_methods, reason = "this is cli/")]

use super::args::InputArgs;
use super::args::{MemoryArgs, Output};
use super::clock::Clock;
use super::exit::Exit;
use super::images::candidates;
use super::terminal::{Terminal, counted};
use crate::diagnostic::{Code, Diagnostic, Source, has_errors};
use crate::dossier::{self, Dossier};
use crate::theme::{Templates, Theme, Themes};
use jiff::civil::Date;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A dossier that was read, and what else a build needs to know of it.
pub struct Input {
    /// What was read, as messages show it.
    pub source: Source,
    /// The dossier.
    pub dossier: Dossier,
    /// Warnings so far.
    pub diagnostics: Vec<Diagnostic>,
    /// The templates, with the labels of the dossier's language.
    pub theme: Arc<Theme>,
    /// The bytes of the busy calendar, if there is one.
    pub busy: Option<Vec<u8>>,
    /// The dossier's own path, as it was given; `-` is standard input.
    pub file: PathBuf,
    /// The name of the outputs, without their ending.
    pub stem: OsString,
    /// The folder of the dossier; the current one for standard input.
    pub folder: PathBuf,
}

/// A calendar with twenty years of a busy life in it has less.
const CALENDAR_LIMIT: u64 = 32 << 20;
/// An earlier deck with all the pictures that a dossier can have has less.
const DECK_LIMIT: u64 = 256 << 20;
/// No label, theme or style sheet is longer.
const TEMPLATE_LIMIT: u64 = 1 << 20;

impl Input {
    /// The files that an output could replace by mistake. `others` are the folders that images may come from.
    pub fn sources(&self, others: &[PathBuf]) -> Vec<PathBuf> {
        let beside = beside(&self.dossier, &self.folder, others);
        std::iter::once(self.file.clone()).chain(beside).collect()
    }
}

/// The files that belong to a dossier besides itself, whether they are there or not: its busy calendar, and wherever
/// its images may come from.
pub fn beside(dossier: &Dossier, folder: &Path, others: &[PathBuf]) -> Vec<PathBuf> {
    let busy = dossier.study.busy.iter().map(|(path, _)| path).filter(|path| !is_remote(path));
    let images = dossier.images().into_iter().flat_map(|path| candidates(path, folder, others));
    busy.map(|path| folder.join(path)).chain(images).collect()
}

/// Reads a dossier and everything that belongs to it; what is wrong has been said.
pub fn input(file: &Path, themes: &Themes, terminal: &Terminal) -> Result<Input, Exit> {
    input_of(file, bytes(file, terminal)?, themes, terminal)
}

/// The same for bytes that have been read already.
pub fn input_of(file: &Path, bytes: Vec<u8>, themes: &Themes, terminal: &Terminal) -> Result<Input, Exit> {
    let reading = dossier::read(&name(file), bytes);
    let Some(dossier) = reading.dossier else {
        terminal.diagnostics(&reading.source, &reading.diagnostics);
        terminal.say(&count(&reading.diagnostics));
        terminal.say(&terminal.dim(&ways_out(&reading.diagnostics, file)));
        return Err(Exit::Input);
    };
    let mut diagnostics = reading.diagnostics;
    let theme = theme(themes, &dossier, &mut diagnostics, terminal)?;
    let folder = folder(file);
    let busy = busy(&dossier, &folder, &mut diagnostics);
    if has_errors(&diagnostics) {
        terminal.diagnostics(&reading.source, &diagnostics);
        return Err(Exit::Input);
    }
    let stem = stem(file, &dossier);
    Ok(Input { source: reading.source, dossier, diagnostics, theme, busy, file: file.to_owned(), stem, folder })
}

/// `3 errors and 1 warning`.
fn count(diagnostics: &[Diagnostic]) -> String {
    use crate::diagnostic::Severity;
    let of = |severity: Severity| diagnostics.iter().filter(|problem| problem.severity() == severity).count();
    match (of(Severity::Error), of(Severity::Warning)) {
        (errors, 0) => format!("{}; nothing was written", counted(errors, "error")),
        (errors, warnings) => {
            format!("{} and {}; nothing was written", counted(errors, "error"), counted(warnings, "warning"))
        }
    }
}

/// The commands that help on.
fn ways_out(diagnostics: &[Diagnostic], file: &Path) -> String {
    let mut ways = Vec::new();
    let safe = diagnostics.iter().filter(|problem| problem.fix.as_ref().is_some_and(|fix| fix.safe)).count();
    if safe > 0 && file != Path::new("-") {
        let which = if safe == diagnostics.len() { "this".to_owned() } else { format!("{safe} of them") };
        ways.push(format!("`dossier check --fix {}` mends {which}", file.display()));
    }
    let first = diagnostics.iter().find(|problem| problem.severity() == crate::diagnostic::Severity::Error);
    ways.extend(first.map(|problem| format!("`dossier explain {}` says more", problem.code.id())));
    ways.join("; ")
}

/// The bytes of a dossier; what is wrong has been said.
pub fn bytes(file: &Path, terminal: &Terminal) -> Result<Vec<u8>, Exit> {
    read(file).map_err(|error| {
        terminal.error(&format!("cannot read {}: {}", file.display(), why(&error)));
        if let Some(command) = command_like(file).filter(|_| error.kind() == std::io::ErrorKind::NotFound) {
            terminal.say(&format!("a file without a command is built; did you mean `dossier {command}`?"));
        }
        Exit::System
    })
}

/// Numbers of errors on Windows that have no kind of their own.
const SHARING_VIOLATION: i32 = 32;
const LOCK_VIOLATION: i32 = 33;

/// An error of the system in plain words, where it is one that people meet.
pub fn why(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::IsADirectory => "that is a folder; name the file in it".to_owned(),
        _ if cfg!(windows) && matches!(error.raw_os_error(), Some(SHARING_VIOLATION | LOCK_VIOLATION)) => {
            "another program has the file open".to_owned()
        }
        // Windows says so of a file that is shown elsewhere, too.
        ErrorKind::PermissionDenied if cfg!(windows) => {
            "another program has the file open, or this user may not do that".to_owned()
        }
        ErrorKind::PermissionDenied => "this user may not do that".to_owned(),
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => "a file stands where a folder is needed".to_owned(),
        ErrorKind::InvalidFilename if cfg!(windows) => {
            "the name is too long, or has a character that no name may have there".to_owned()
        }
        ErrorKind::InvalidFilename => "the name is too long".to_owned(),
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    }
}

/// The command that a word without a file behind it was most likely meant to be.
fn command_like(file: &Path) -> Option<String> {
    use clap::CommandFactory;
    let word = file.to_str().filter(|word| !word.contains(['.', '/', '\\']))?;
    let command = super::args::Cli::command();
    let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    crate::diagnostic::nearest(word, names).map(str::to_owned)
}

/// The bytes of a dossier, and never many more than one can have; whoever sees one too many says so.
fn read(file: &Path) -> std::io::Result<Vec<u8>> {
    let limit = dossier::SIZE_LIMIT as u64 + 1;
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        // Opening a folder is a matter of rights on Windows.
        if file.is_dir() {
            return Err(ErrorKind::IsADirectory.into());
        }
        let file = File::open(file)?;
        // `take` hides how long the file is, and the space would be doubled again and again.
        let length = file.metadata().map_or(0, |about| about.len().min(limit));
        bytes.reserve_exact(usize::try_from(length).unwrap_or(0) + 1);
        file.take(limit).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// The bytes of a file that may not be larger than the limit, nor a pipe or a device, which may have no end.
fn bounded(file: &Path, limit: u64) -> std::io::Result<Vec<u8>> {
    let wrong = |message: String| std::io::Error::new(ErrorKind::InvalidInput, message);
    if !file.metadata()?.is_file() {
        return Err(wrong("that is not a file".to_owned()));
    }
    let mut bytes = Vec::new();
    File::open(file)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(wrong(format!("it is larger than {} MB", limit >> 20)));
    }
    Ok(bytes)
}

/// What messages call a file.
pub fn name(file: &Path) -> String {
    if file == Path::new("-") { "<stdin>".to_owned() } else { file.display().to_string() }
}

/// The folder of a dossier; the current one for standard input.
pub fn folder(file: &Path) -> PathBuf {
    let parent = file.parent().filter(|parent| file != Path::new("-") && !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new(".")).to_owned()
}

fn stem(file: &Path, dossier: &Dossier) -> OsString {
    let stem = file.file_stem().filter(|_| file != Path::new("-"));
    stem.map_or_else(|| OsString::from(&dossier.id), OsStr::to_owned)
}

fn theme(
    themes: &Themes,
    dossier: &Dossier,
    diagnostics: &mut Vec<Diagnostic>,
    terminal: &Terminal,
) -> Result<Arc<Theme>, Exit> {
    match themes.of(&dossier.language) {
        Ok((theme, note)) => {
            diagnostics.extend(note);
            Ok(theme)
        }
        Err(problems) => {
            for (source, problems) in problems {
                terminal.diagnostics(&source, &problems);
            }
            Err(Exit::Input)
        }
    }
}

/// Whether a path leads off this machine: an address, or a server's share, to which Windows would say who asks.
pub fn is_remote(path: &str) -> bool {
    let is_slash = |byte: &u8| matches!(byte, b'/' | b'\\');
    // `\\server`, and `\??\UNC\server`.
    let is_share = match path.as_bytes() {
        [first, second, ..] if is_slash(first) && is_slash(second) => true,
        [first, b'?', b'?', ..] => is_slash(first),
        _ => false,
    };
    is_share || path.contains("://") || path.starts_with("data:")
}

/// The busy calendar lies beside the dossier; one that cannot be read is a mistake in the dossier.
fn busy(dossier: &Dossier, folder: &Path, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<u8>> {
    let (path, span) = dossier.study.busy.as_ref()?;
    if is_remote(path) {
        let message = format!("the busy calendar `{path}` is not on this machine");
        let label = "nothing is fetched from the network";
        let problem = Diagnostic::new(Code::BusyCalendar, span.clone(), message, label);
        diagnostics.push(problem.help("save it beside the dossier (an .ics file) and name that file"));
        return None;
    }
    let full = folder.join(path);
    match bounded(&full, CALENDAR_LIMIT) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            let message = format!("the busy calendar {} cannot be read: {}", full.display(), why(&error));
            let problem = Diagnostic::new(Code::BusyCalendar, span.clone(), message, "looked for beside the dossier");
            diagnostics.push(problem.help("mend the file name, or delete `busy`"));
            None
        }
    }
}

/// The earlier export to go on from: one that was named, else the file that a build would replace. One that is there
/// and cannot be read is an error: what it remembers would be lost.
pub fn earlier_output(memory: &MemoryArgs, output: Output, replaced: Option<&Path>) -> Result<Option<Vec<u8>>, String> {
    let is_wanted = |path: &&PathBuf| path.extension().is_some_and(|extension| extension == output.extension());
    let named = memory.previous.iter().find(is_wanted).map(PathBuf::as_path);
    let Some(path) = named.or(replaced.filter(|_| !memory.fresh)) else { return Ok(None) };
    let limit = if output == Output::Calendar { CALENDAR_LIMIT } else { DECK_LIMIT };
    match bounded(path, limit) {
        Ok(bytes) => Ok(Some(bytes)),
        // Under a name that cannot be, too, there is none; whoever writes the output says so.
        Err(error) if is_nothing(&error) => Ok(None),
        Err(error) => Err(format!(
            "cannot read the earlier {} {}: {}; mend that, or go on without its memory with --fresh",
            output.name(),
            path.display(),
            why(&error)
        )),
    }
}

fn is_nothing(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename)
}

/// The clock of a run; what is wrong has been said.
pub fn clock(today: Option<Date>, terminal: &Terminal) -> Result<Clock, Exit> {
    Clock::new(today).map_err(|message| {
        terminal.error(&message);
        Exit::Usage
    })
}

/// The clock and the themes of a run; what is wrong has been said.
pub fn setting(args: &InputArgs, terminal: &Terminal) -> Result<(Clock, Themes), Exit> {
    let clock = clock(args.today, terminal)?;
    let mut templates = templates(args.templates.as_deref(), terminal)?;
    if let Some(theme) = args.theme {
        templates.choose(theme.into());
    }
    Ok((clock, Themes::new(templates)))
}

/// The built-in templates, with those of a user's folder in their place.
fn templates(folder: Option<&Path>, terminal: &Terminal) -> Result<Templates, Exit> {
    let mut templates = Templates::default();
    let Some(folder) = folder else { return Ok(templates) };
    let files = files_below(folder).map_err(|error| {
        terminal.error(&format!("cannot read the templates in {}: {}", folder.display(), why(&error)));
        Exit::System
    })?;
    for (name, path) in files {
        let bytes = bounded(&path, TEMPLATE_LIMIT);
        let text =
            bytes.and_then(|bytes| String::from_utf8(bytes).map_err(std::io::Error::other)).map_err(|error| {
                terminal.error(&format!("cannot read the template {}: {}", path.display(), why(&error)));
                Exit::System
            })?;
        if let Err(problem) = templates.replace(&name, text) {
            let source = Source { name: path.display().to_string(), text: String::new() };
            terminal.diagnostics(&source, &[problem]);
            return Err(Exit::Input);
        }
    }
    Ok(templates)
}

/// The files of a folder and the folders in it, by their names relative to it, sorted. Hidden files
/// and notes are left alone.
fn files_below(folder: &Path) -> std::io::Result<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || name == "README.md" {
            continue;
        }
        if entry.file_type()?.is_dir() {
            let inner = files_below(&entry.path())?;
            files.extend(inner.into_iter().map(|(below, path)| (format!("{name}/{below}"), path)));
        } else {
            files.push((name, entry.path()));
        }
    }
    files.sort();
    Ok(files)
}
