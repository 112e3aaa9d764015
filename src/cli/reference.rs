//! What the program knows about itself: the schema, completions, the manual page.

use super::args::{Cli, LONG_VERSION};
use super::exit::Exit;
use super::terminal::Terminal;
use crate::dossier::schema;
use clap::CommandFactory;

/// The JSON Schema of the format.
pub fn schema(terminal: &Terminal) -> Exit {
    match serde_json::to_string_pretty(&schema::schema()) {
        Ok(schema) => printed(terminal, format!("{schema}\n").as_bytes()),
        Err(_) => Exit::Bug,
    }
}

/// Completions for a shell.
pub fn completions(shell: clap_complete::Shell, terminal: &Terminal) -> Exit {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "dossier", &mut out);
    printed(terminal, &out)
}

/// What this program is and was built from. Nothing in it tells when or where.
pub fn version(terminal: &Terminal) -> Exit {
    printed(terminal, format!("dossier {LONG_VERSION}\n").as_bytes())
}

/// The manual page.
pub fn man(terminal: &Terminal) -> Exit {
    let mut out = Vec::new();
    match clap_mangen::Man::new(Cli::command()).render(&mut out) {
        Ok(()) => printed(terminal, &out),
        Err(_) => Exit::Bug,
    }
}

fn printed(terminal: &Terminal, bytes: &[u8]) -> Exit {
    if terminal.data(bytes) { Exit::Fine } else { Exit::System }
}
