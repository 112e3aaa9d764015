//! Mending what can only have been meant in one way.

use super::{Reading, read};
use crate::diagnostic::{Diagnostic, Edit, Severity, applied};
use std::collections::BTreeSet;

/// A mended text can show mistakes that an earlier one hid; so often it is looked at again.
const ROUNDS: usize = 20;
/// So many changes are tried one by one when all together do harm.
const TRIED: usize = 30;

/// A text, mended as far as that is sure.
#[derive(Debug)]
pub struct Mended {
    /// The text.
    pub text: String,
    /// The problems that are gone.
    pub gone: Vec<Diagnostic>,
    /// What is to be said about the text as it is now.
    pub left: Reading,
}

/// Applies every safe fix to the text of a dossier, and those of what comes to light then. A change
/// after which no less is wrong is not made.
pub fn mended(name: &str, text: &str) -> Mended {
    let mut text = text.to_owned();
    let mut left = read(name, text.as_bytes());
    let mut gone = Vec::new();
    for _ in 0..ROUNDS {
        let fixes: Vec<Diagnostic> = left.diagnostics.iter().filter(|problem| is_safe(problem)).cloned().collect();
        let Some((better, made)) = round(name, &text, &left, fixes) else { break };
        left = read(name, better.as_bytes());
        text = better;
        gone.extend(made);
    }
    Mended { text, gone, left }
}

fn is_safe(problem: &Diagnostic) -> bool {
    problem.fix.as_ref().is_some_and(|fix| fix.safe)
}

/// The text with all fixes, or with those that do no harm; `None` when none is left.
fn round(name: &str, text: &str, before: &Reading, fixes: Vec<Diagnostic>) -> Option<(String, Vec<Diagnostic>)> {
    if fixes.is_empty() {
        return None;
    }
    let (all, made) = with(text, &fixes);
    if weight(&read(name, all.as_bytes())) < weight(before) {
        return Some((all, made));
    }
    let (mut good, mut best): (Vec<Diagnostic>, _) = (Vec::new(), weight(before));
    for fix in fixes.into_iter().take(TRIED) {
        let tried: Vec<Diagnostic> = good.iter().cloned().chain([fix]).collect();
        let (changed, made) = with(text, &tried);
        let now = weight(&read(name, changed.as_bytes()));
        if made.len() == tried.len() && now < best {
            (good, best) = (tried, now);
        }
    }
    let (changed, made) = with(text, &good);
    (changed != text).then_some((changed, made))
}

/// How many errors and how many warnings there are.
fn weight(reading: &Reading) -> (usize, usize) {
    let of = |severity| reading.diagnostics.iter().filter(|problem| problem.severity() == severity).count();
    (of(Severity::Error), of(Severity::Warning))
}

/// The text with the fixes that do not get into each other's way, and these.
fn with(text: &str, fixes: &[Diagnostic]) -> (String, Vec<Diagnostic>) {
    let mut edits: Vec<Edit> = Vec::new();
    let mut made = Vec::new();
    let mut taken: BTreeSet<(usize, usize)> = BTreeSet::new();
    for problem in fixes {
        let own = problem.fix.iter().flat_map(|fix| &fix.edits);
        // Of those that do not overlap, only the last one that starts before the end of another can reach into it.
        let overlaps = |edit: &Edit| {
            let before = taken.range(..(edit.span.end, 0)).next_back();
            before.is_some_and(|(_, end)| edit.span.start < *end) || taken.contains(&(edit.span.start, edit.span.end))
        };
        if own.clone().any(overlaps) {
            continue;
        }
        taken.extend(own.clone().map(|edit| (edit.span.start, edit.span.end)));
        edits.extend(own.cloned());
        made.push(problem.clone());
    }
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    (applied(text, &edits), made)
}
