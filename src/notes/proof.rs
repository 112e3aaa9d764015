//! The proof that no word of the notes is lost: the written file is read back with the program's own
//! reader, and every word of the notes is looked for.

use super::lines::FOLDS;
use crate::diagnostic::Span;
use crate::draft::{Draft, Pair, Said, Value};
use crate::yaml::{self, Kind, Node};

/// The words of a text: letters and digits of any script. Numbers of list items and boxes of tasks are
/// positions, not words.
pub fn words(text: &str) -> Vec<&str> {
    let unfolded =
        FOLDS.iter().fold(vec![text], |parts, sign| parts.iter().flat_map(|part| part.split(sign)).collect());
    unfolded
        .into_iter()
        .flat_map(str::split_whitespace)
        .filter(|token| !is_mark(token))
        .flat_map(|token| token.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect()
}

fn is_mark(token: &str) -> bool {
    let signs = |c: char| !c.is_alphanumeric() && !matches!(c, '.' | ')' | '[' | ']');
    let keycap = token.strip_suffix("\u{fe0f}\u{20e3}").is_some_and(|digit| matches!(digit.as_bytes(), [b'0'..=b'9']));
    let token = token.trim_matches(signs);
    let number = token
        .strip_suffix(['.', ')'])
        .is_some_and(|number| (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()));
    let letter = matches!(token.as_bytes(), [letter, b')'] if letter.is_ascii_lowercase());
    number || letter || keycap || matches!(token, "[x]" | "[X]")
}

/// Whether the file says what the draft says, and the draft all that the notes say, in their order.
/// `replaced` are words that the form says now, such as `Q:` in front of a question.
pub fn prove(notes: &str, draft: &Draft, replaced: &[Said], text: &str) -> Result<usize, String> {
    read_back(draft, text)?;
    let mut pieces: Vec<&Said> = draft.texts();
    pieces.extend(draft.comments());
    pieces.extend(replaced);
    covered(notes, 0..notes.len(), &pieces)
}

/// Whether the texts say every word of a stretch of the notes, each once: how many words these are.
pub fn covered(notes: &str, stretch: Span, pieces: &[&Said]) -> Result<usize, String> {
    let mut ranges = Vec::new();
    for said in pieces.iter().filter(|said| !said.from.is_empty()) {
        let there: Vec<&str> =
            said.from.iter().flat_map(|range| words(notes.get(range.clone()).unwrap_or_default())).collect();
        if words(&said.text) != there {
            return Err(format!("`{}` does not say the words it was made of", said.text));
        }
        ranges.extend(said.from.iter().cloned());
    }
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut count = 0;
    let mut at = stretch.start;
    for range in ranges {
        if range.start < at {
            return Err(format!("`{}` was placed twice", notes.get(range).unwrap_or_default()));
        }
        lost(notes.get(at..range.start))?;
        count += words(notes.get(range.clone()).unwrap_or_default()).len();
        at = range.end;
    }
    lost(notes.get(at..stretch.end))?;
    Ok(count)
}

fn lost(gap: Option<&str>) -> Result<(), String> {
    match words(gap.unwrap_or_default()).first() {
        None => Ok(()),
        Some(_) => Err(format!("`{}` was lost", gap.unwrap_or_default().trim())),
    }
}

/// Reads the text and compares it with the draft: every key, every value, every comment.
fn read_back(draft: &Draft, text: &str) -> Result<(), String> {
    let tree = yaml::read(text);
    if let Some(problem) = tree.diagnostics.first() {
        return Err(format!("what was written is not YAML: {}", problem.message));
    }
    let (mut wanted, mut found) = (Vec::new(), Vec::new());
    draft.pairs.iter().for_each(|pair| pair_scalars(pair, &mut wanted));
    tree.root.iter().for_each(|root| node_scalars(root, &mut found));
    if let Some((wanted, found)) = wanted.iter().zip(&found).find(|(wanted, found)| wanted != found) {
        return Err(format!("`{wanted}` was read back as `{found}`"));
    }
    if wanted.len() != found.len() {
        return Err("what was read back has another number of values".to_owned());
    }
    let comments: Vec<&str> =
        tree.comments.iter().flat_map(|span| words(text.get(span.clone()).unwrap_or_default())).collect();
    let said: Vec<&str> = draft.comments().into_iter().flat_map(|said| words(&said.text)).collect();
    if comments == said { Ok(()) } else { Err("a comment was not read back as it was written".to_owned()) }
}

fn pair_scalars(pair: &Pair, out: &mut Vec<String>) {
    out.push(pair.key.text.clone());
    value_scalars(&pair.value, out);
}

fn value_scalars(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::Text(said) => out.push(said.text.trim_end_matches('\n').to_owned()),
        Value::Bare(text, _) => out.push(text.clone()),
        Value::List { items, .. } => items.iter().for_each(|item| value_scalars(item, out)),
        Value::Map { pairs, .. } => pairs.iter().for_each(|pair| pair_scalars(pair, out)),
    }
}

fn node_scalars(node: &Node, out: &mut Vec<String>) {
    match &node.kind {
        Kind::Scalar(text, _) => out.push(text.trim_end_matches('\n').to_owned()),
        Kind::List(items) => items.iter().for_each(|item| node_scalars(item, out)),
        Kind::Map(pairs) => pairs.iter().for_each(|(key, value)| {
            node_scalars(key, out);
            node_scalars(value, out);
        }),
    }
}
