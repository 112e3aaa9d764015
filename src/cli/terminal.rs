//! Talking: data on standard output, everything else on standard error, colour where it is wanted.

use super::args::{Format, TerminalArgs, When};
use crate::diagnostic::{Diagnostic, Severity, Source, render};
use crate::export::agenda::Screen;
use std::io::{IsTerminal, Write};

/// How this run talks.
pub struct Terminal {
    /// The form of messages and results.
    pub format: Format,
    /// Whether messages are coloured.
    pub color: bool,
    /// What standard output can show.
    pub screen: Screen,
    quiet: bool,
}

impl Terminal {
    /// By the arguments, the environment and what standard output and standard error are.
    pub fn new(args: &TerminalArgs) -> Self {
        let color = |is_terminal: bool| match args.color {
            When::Always => true,
            When::Never => false,
            When::Auto => wants_color(is_terminal),
        };
        let screen = Screen { width: width(), color: color(std::io::stdout().is_terminal()) };
        Self { format: args.format, color: color(std::io::stderr().is_terminal()), screen, quiet: args.quiet }
    }

    /// Writes data to standard output; `false` when that fails. A reader that has seen enough is no
    /// mistake, a full disk is.
    #[allow(clippy::unused_self, reason = "talking goes through the terminal")]
    pub fn data(&self, bytes: &[u8]) -> bool {
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
            write_error(text);
        }
    }

    /// What stands in the way, outside of any input file.
    pub fn error(&self, text: &str) {
        match self.format {
            Format::Json => {
                let line = serde_json::json!({ "severity": "error", "message": text });
                self.data(format!("{line}\n").as_bytes());
            }
            Format::Github => write_error(&format!("::error::{}", text.replace('%', "%25").replace('\n', "%0A"))),
            Format::Human => write_error(&format!("{}: {text}", self.red("error"))),
        }
    }

    /// Problems of a file.
    pub fn diagnostics(&self, source: &Source, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            match self.format {
                Format::Json => {
                    self.data(format!("{}\n", render::json(source, diagnostic)).as_bytes());
                }
                Format::Github => write_error(&render::github(source, diagnostic)),
                Format::Human if self.quiet && diagnostic.severity() != Severity::Error => {}
                Format::Human => write_error(&format!("{}\n", render::human(source, diagnostic, self.color))),
            }
        }
    }

    /// Weaker than the rest of a line.
    pub fn dim(&self, text: &str) -> String {
        if self.color { format!("\x1b[2m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn red(&self, text: &str) -> String {
        if self.color { format!("\x1b[1;31m{text}\x1b[0m") } else { text.to_owned() }
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
