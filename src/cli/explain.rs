//! `dossier explain`: what a code means, at length.

use super::args::Format;
use super::exit::Exit;
use super::terminal::Terminal;
use crate::diagnostic::explain::{explain as explanation, find};
use crate::diagnostic::{Code, nearest};
use serde_json::{Value, json};

/// Explains a code, or lists all of them.
pub fn explain(code: Option<&str>, terminal: &Terminal) -> Exit {
    let codes: Vec<Code> = match code {
        None => Code::ALL.to_vec(),
        Some(name) => match find(name) {
            Some(code) => vec![code],
            None => {
                let known = nearest(name, Code::ALL.iter().map(|code| code.id()));
                let guess = known.map_or_else(|| ";".to_owned(), |known| format!("; did you mean {known}?"));
                terminal.error(&format!("there is no code `{name}`{guess} `dossier explain` lists them all"));
                return Exit::Usage;
            }
        },
    };
    let text: String = match (terminal.format, code) {
        (Format::Json, _) => codes.iter().map(|code| format!("{}\n", as_json(*code))).collect(),
        (_, None) => {
            codes.iter().map(|code| format!("{}  {}\n", bold(code.id(), terminal), explanation(*code).title)).collect()
        }
        (_, Some(_)) => codes.iter().map(|code| page(*code, terminal)).collect(),
    };
    if terminal.data(text.as_bytes()) { Exit::Fine } else { Exit::System }
}

fn as_json(code: Code) -> Value {
    let it = explanation(code);
    json!({
        "code": code.id(), "severity": code.severity().word(), "title": it.title, "text": it.text,
        "before": it.example.map(|(before, _)| before), "after": it.example.map(|(_, after)| after),
    })
}

fn page(code: Code, terminal: &Terminal) -> String {
    let it = explanation(code);
    let title = format!("{}[{}]: {}", code.severity().word(), code.id(), it.title);
    let mut page = format!("{}\n\n{}\n", bold(&title, terminal), it.text);
    if let Some((before, after)) = it.example {
        for (word, text) in [("Before", before), ("After", after)] {
            let lines: String = text.lines().map(|line| format!("    {line}\n")).collect();
            page.push_str(&format!("\n{}\n\n{lines}", bold(word, terminal)));
        }
    }
    page
}

/// Stronger than the rest, where standard output can show that.
fn bold(text: &str, terminal: &Terminal) -> String {
    if terminal.screen.color { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
}
