//! Talking: data on standard output, everything else on standard error, colour where it is wanted.

use super::args::{Format, TerminalArgs, When};
use crate::diagnostic::{Diagnostic, Severity, Source, render};
use crate::dossier::Minutes;
use crate::export::agenda::Screen;
use serde_json::Value;
use std::io::{IsTerminal, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How this run talks.
pub struct Terminal {
    /// The form of messages and results.
    pub format: Format,
    /// Whether messages are coloured.
    pub color: bool,
    /// What standard output can show.
    pub screen: Screen,
    quiet: bool,
    /// Whether somebody watches standard error and wants to know how far things are.
    watched: bool,
    /// What is to be said later, in one go.
    held: Option<Mutex<Held>>,
}

/// What was said about one of many dossiers.
#[derive(Default)]
pub struct Held {
    messages: Vec<Message>,
    /// Every problem, as `--format json` says it, up to [`PROBLEM_LIMIT`].
    pub problems: Vec<Value>,
}

impl Held {
    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }
}

enum Message {
    Data(Vec<u8>),
    Note(String),
}

/// More problems than this in one dossier tell nobody anything new.
const PROBLEM_LIMIT: usize = 100;

/// `1 page`, `12 pages`.
pub fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// `45 min`, `2 h`, `22 h 30 min`: messages are English whatever language the dossier has.
pub fn duration(Minutes(minutes): Minutes) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

impl Terminal {
    /// By the arguments, the environment and what standard output and standard error are.
    pub fn new(args: &TerminalArgs) -> Self {
        // Windows shows colours once it is asked to, and says whether it can.
        let takes_escapes = anstyle_query::windows::enable_ansi_colors().unwrap_or(true);
        let color = |is_terminal: bool| match args.color {
            When::Always => true,
            When::Never => false,
            When::Auto => wants_color(is_terminal && takes_escapes),
        };
        let screen = Screen { width: width(), color: color(std::io::stdout().is_terminal()) };
        let is_terminal = std::io::stderr().is_terminal();
        let watched = is_terminal && takes_escapes && !args.quiet && args.format == Format::Human;
        Self { format: args.format, color: color(is_terminal), screen, quiet: args.quiet, watched, held: None }
    }

    /// One that talks like this one, but keeps what it says until it is told to [`Terminal::release`] it;
    /// `hushed` lets it keep only what is wrong.
    pub fn holding(&self, hushed: bool) -> Self {
        Self {
            format: self.format,
            color: self.color,
            screen: self.screen,
            quiet: self.quiet || hushed,
            watched: false,
            held: Some(Mutex::default()),
        }
    }

    /// What was kept so far; nothing of one that keeps nothing.
    pub fn held(self) -> Held {
        self.held.map(|held| held.into_inner().unwrap_or_else(PoisonError::into_inner)).unwrap_or_default()
    }

    /// Says what another one has kept.
    pub fn release(&self, held: Held) {
        for message in held.messages {
            match message {
                Message::Data(bytes) => drop(self.data(&bytes)),
                Message::Note(text) => self.note(&text),
            }
        }
    }

    /// How far things are: a line that the next one replaces, where somebody watches; an empty one
    /// takes it away.
    pub fn progress(&self, text: &str) {
        if self.watched {
            let _ = write!(std::io::stderr().lock(), "\r\x1b[K{text}");
        }
    }

    fn keep(&self, message: Message) -> Result<(), Message> {
        let Some(mut held) = self.kept() else { return Err(message) };
        held.messages.push(message);
        Ok(())
    }

    fn keep_problem(&self, problem: impl FnOnce() -> Value) {
        if let Some(mut held) = self.kept()
            && held.problems.len() < PROBLEM_LIMIT
        {
            held.problems.push(problem());
        }
    }

    fn kept(&self) -> Option<MutexGuard<'_, Held>> {
        self.held.as_ref().map(|held| held.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn note(&self, text: &str) {
        if let Err(Message::Note(text)) = self.keep(Message::Note(text.to_owned())) {
            write_error(&text);
        }
    }

    /// Writes data to standard output; `false` when that fails. A reader that has seen enough is no
    /// mistake, a full disk is.
    pub fn data(&self, bytes: &[u8]) -> bool {
        if self.held.is_some() {
            return self.keep(Message::Data(bytes.to_vec())).is_ok();
        }
        let mut out = std::io::stdout().lock();
        let Err(error) = out.write_all(bytes).and_then(|()| out.flush()) else { return true };
        if error.kind() != std::io::ErrorKind::BrokenPipe {
            write_error(&format!("error: cannot write to standard output: {error}"));
        }
        false
    }

    /// A line for people, unless they asked for silence.
    pub fn say(&self, text: &str) {
        if !self.quiet && self.format == Format::Human {
            self.note(text);
        }
    }

    /// What stands in the way, outside of any input file.
    pub fn error(&self, text: &str) {
        let problem = || serde_json::json!({ "severity": "error", "message": text });
        self.keep_problem(problem);
        match self.format {
            Format::Json => drop(self.data(format!("{}\n", problem()).as_bytes())),
            Format::Github => self.note(&render::github_error(text)),
            Format::Human => self.note(&format!("{}: {text}", self.red("error"))),
        }
    }

    /// Problems of a file.
    pub fn diagnostics(&self, source: &Source, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            self.keep_problem(|| render::json(source, diagnostic));
            match self.format {
                Format::Json => {
                    self.data(format!("{}\n", render::json(source, diagnostic)).as_bytes());
                }
                Format::Github => self.note(&render::github(source, diagnostic)),
                Format::Human if self.quiet && diagnostic.severity() != Severity::Error => {}
                Format::Human => self.note(&format!("{}\n", render::human(source, diagnostic, self.color))),
            }
        }
    }

    /// Weaker than the rest of a line.
    pub fn dim(&self, text: &str) -> String {
        if self.color { format!("\x1b[2m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// What goes, or what is wrong.
    pub fn red(&self, text: &str) -> String {
        if self.color { format!("\x1b[1;31m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// What comes.
    pub fn green(&self, text: &str) -> String {
        if self.color { format!("\x1b[32m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// Whether a change that was shown is wanted: agreed to beforehand, or asked for. `None`: nobody can answer.
    pub fn agreed(&self, yes: bool, question: &str) -> Option<bool> {
        if yes { Some(true) } else { self.ask(question) }
    }

    /// A question that is answered with yes or no; `None` where nobody is there to answer.
    fn ask(&self, question: &str) -> Option<bool> {
        let is_there = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        if !is_there || self.quiet || self.format != Format::Human {
            return None;
        }
        let _ = write!(std::io::stderr().lock(), "{question} [y/N] ");
        let mut answer = String::new();
        std::io::stdin().read_line(&mut answer).ok()?;
        Some(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
    }

    /// An empty screen, where messages go to one.
    pub fn clear(&self) {
        if self.format == Format::Human && std::io::stderr().is_terminal() {
            let _ = write!(std::io::stderr().lock(), "\x1b[2J\x1b[H");
        }
    }

    /// After a panic.
    pub fn bug() {
        write_error(
            "error: this is a bug in dossier, not in your file; nothing was written.\n\
             Please report it with the lines above and, if you can share it, the dossier.",
        );
    }
}

/// A closed standard error is no reason to stop.
fn write_error(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Columns of the terminal that standard output is, as far as lines of text are still easy to read; in a
/// file or a pipe always the same number.
fn width() -> usize {
    terminal_size::terminal_size_of(std::io::stdout()).map_or(80, |(width, _)| usize::from(width.0).clamp(20, 120))
}

/// `NO_COLOR` and `CLICOLOR_FORCE` as at <https://no-color.org> and <https://bixense.com/clicolors>.
#[allow(clippy::disallowed_methods, reason = "this is cli/")]
fn wants_color(is_terminal: bool) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    if set("NO_COLOR") {
        return false;
    }
    set("CLICOLOR_FORCE") || (is_terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb"))
}
