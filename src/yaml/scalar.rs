//! What a single value means to YAML, and how a text is written so that it means itself.

/// Typographic quotes of several languages: opening and closing.
pub const QUOTES: [(char, char); 8] =
    [('“', '”'), ('„', '“'), ('”', '”'), ('«', '»'), ('»', '«'), ('„', '”'), ('‘', '’'), ('‚', '‘')];

/// Whether a plain scalar is a number by the core schema of YAML 1.2.
pub fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok() && text.contains(|c: char| c.is_ascii_digit())
}

/// Whether a plain scalar is a boolean by the core schema of YAML 1.2.
pub fn is_boolean(text: &str) -> bool {
    matches!(text, "true" | "True" | "TRUE" | "false" | "False" | "FALSE")
}

/// Characters that a reader of YAML might take for a line end or not show.
pub fn needs_escape(c: char) -> bool {
    c != '\n' && c != '\t' && (c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}'))
}

/// A text as a plain value where nothing in it means something else to YAML, else in quotes. `in_flow`: between brackets.
pub fn plain_or_quoted(text: &str, in_flow: bool) -> String {
    if is_plain(text, in_flow) { text.to_owned() } else { quoted(text) }
}

fn is_plain(text: &str, in_flow: bool) -> bool {
    let special = |c: char| c == '\t' || c == '\n' || needs_escape(c);
    let starts = |c: char| "-?:,[]{}#&*!|>'\"%@`~".contains(c);
    let dashed = text.starts_with("---") || text.starts_with("...");
    let first_is_fine = match text.chars().next() {
        None => false,
        Some(c) => !starts(c) && !c.is_whitespace(),
    };
    // A word that other readers of YAML take for yes, no or nothing.
    let taken = matches!(
        text.to_ascii_lowercase().as_str(),
        "yes" | "no" | "on" | "off" | "y" | "n" | "true" | "false" | "null" | "none"
    );
    first_is_fine
        && !dashed
        && !taken
        && !text.ends_with(|c: char| c == ':' || c.is_whitespace())
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains(special)
        && !is_number(text)
        && !is_boolean(text)
        && !(in_flow && text.contains([',', '[', ']', '{', '}', ':']))
}

/// A text in double quotes, ready to be pasted into YAML.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if needs_escape(c) => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
