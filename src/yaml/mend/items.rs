//! List items without their dash, or with another sign in its place.

use super::Mistake;
use crate::diagnostic::{Code, Diagnostic, Edit};
use crate::yaml::Node;
use crate::yaml::page::{Line, Page};
use crate::yaml::shortened;

/// Signs that people and programs put before the items of a list.
pub(super) const BULLETS: [char; 11] = ['*', '•', '–', '—', '·', '◦', '‣', '▪', '●', '\u{f0b7}', '\u{f0a7}'];

/// The line with a wrong sign of an item, or the first of those above it that have one: all of them are one list.
pub(super) fn first_item(page: &Page<'_>, index: usize) -> Option<Mistake> {
    let wrong = |line: Line<'_>| bullet(line).or_else(|| dash(line));
    let line = page.siblings(index).map(|(_, line)| line).find(|line| wrong(*line).is_some())?;
    let above = page.all_above(page.index(line.start));
    let above = above.take_while(|above| above.indent() == line.indent() && wrong(*above).is_some());
    wrong(above.last().unwrap_or(line))
}

/// `• item`, `–item`, `* item`; `*item` without a second asterisk, which would be emphasis.
pub(super) fn bullet(line: Line<'_>) -> Option<Mistake> {
    let body = line.body();
    let sign = body.chars().next().filter(|c| BULLETS.contains(c))?;
    let rest = body.get(sign.len_utf8()..)?;
    let text = rest.trim_start();
    let is_glued = rest.starts_with(|c: char| c.is_uppercase()) && (sign != '*' || !rest.contains('*'));
    if text.len() == rest.len() && !is_glued {
        return None;
    }
    let start = line.start + line.indent();
    let span = start..start + sign.len_utf8();
    // A sign of a font of symbols is seen in that font alone.
    let shown = if ('\u{e000}'..='\u{f8ff}').contains(&sign) { "this sign".to_owned() } else { format!("`{sign}`") };
    let message = format!("a list item starts with a dash, not with {shown}");
    let problem = Diagnostic::new(Code::MissingSpace, span, message, "not the sign of a list in YAML");
    let help = format!("write the hyphen of the keyboard and a space: - {}", shortened(text));
    let all = start..start + body.len() - text.len();
    Some(Mistake::mended(problem.help(help).fix(vec![Edit::new(all, "- ")])))
}

/// `-item`.
pub(super) fn dash(line: Line<'_>) -> Option<Mistake> {
    let rest = line.body().strip_prefix('-')?;
    if !rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '\'' | '`' | '*' | '“')) {
        return None;
    }
    let at = line.start + line.indent();
    let message = "a dash needs a space behind it to start a list item";
    let problem = Diagnostic::new(Code::MissingSpace, at..at + 1, message, "no space behind it")
        .help(format!("write: - {}", shortened(rest)))
        .fix(vec![Edit::new(at + 1..at + 1, " ")]);
    Some(Mistake::mended(problem))
}

/// A plain text whose lines start like list items.
pub(super) fn list_in_text(text: &str, node: &Node) -> Vec<Mistake> {
    let before = text.get(..node.span.start).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
    let Some(source) = text.get(node.span.clone()) else { return Vec::new() };
    let is_own_line = before.trim().is_empty() && before.len() < node.span.start;
    if !is_own_line && !source.contains('\n') {
        return Vec::new();
    }
    let is_list = is_own_line && source.starts_with(BULLETS);
    let mut at = node.span.start;
    let mut found = Vec::new();
    for (index, part) in source.split_inclusive('\n').enumerate() {
        let line = Line::new(part.trim_end(), at);
        at += part.len();
        if index == 0 && !is_own_line {
            continue;
        }
        found.extend(dash(line).or_else(|| bullet(line).filter(|_| is_list)));
        if index > 0 && line.body().starts_with("- ") {
            let start = line.start + line.indent();
            let message = "this dash does not start a list item: the line belongs to the text above it";
            let problem = Diagnostic::new(Code::DashInText, start..line.end(), message, "indented deeper than the item above")
                .help("put the dash exactly below the dash of the item above; if it is part of the text, put the text in a block after `|`");
            found.push(Mistake { problem, recovery: Vec::new(), cut: false });
        }
    }
    found
}
