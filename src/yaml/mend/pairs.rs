//! Quotes and brackets that are not closed, or closed too early.

use super::Mistake;
use super::text::in_quotes;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix, Span};
use crate::yaml::page::{Line, Page, is_word, key};
use crate::yaml::parse::{Failure, Why};
use crate::yaml::{quoted, shortened};

/// `"C:\Users"`.
pub(super) fn backslash(page: &Page<'_>, failure: &Failure) -> Option<Mistake> {
    if !matches!(failure.why, Why::Escape) {
        return None;
    }
    let line = page.line(page.index(failure.at));
    let open = line.start + line.text.find('"')?;
    let close = line.start + line.text.rfind('"').filter(|close| line.start + close > open)?;
    let inside = page.text(&(open + 1..close));
    let first = open + 1 + inside.find('\\')?;
    let problem = Diagnostic::new(
        Code::Backslash,
        first..first + 2,
        "a backslash inside \"…\" has a meaning of its own in YAML",
        "no such sign",
    )
    .help(format!("write every backslash twice: \"{}\"", inside.replace('\\', "\\\\")))
    .suggest(vec![Edit::new(open + 1..close, inside.replace('\\', "\\\\"))]);
    Some(Mistake::mended(problem))
}

/// A quote that is opened and closed lines further down, by the next quote that happens to come.
pub(super) fn open_quote(page: &Page<'_>, failure: &Failure) -> Option<Mistake> {
    let runs_on = |span: &&Span| {
        let mut lines = page.text(span).lines().skip(1);
        lines.any(|line| line.trim_start().starts_with("- ") || key(line.trim()).is_some_and(|(key, _)| is_word(key)))
    };
    let is_open =
        matches!(failure.why, Why::Quote) && page.text(&(failure.at..failure.at + 1)).starts_with(['"', '\'']);
    let start = failure
        .quoted
        .as_ref()
        .filter(runs_on)
        .map(|span| span.start)
        .or(is_open.then_some(failure.at))
        .or_else(|| opened_above(page, failure))?;
    let index = page.index(start);
    let line = page.line(index);
    let quote = page.text(&(start..start + 1));
    let end = line.start + line.text.trim_end().len();
    let inside = page.text(&(start + 1..end));
    let next = page.below(index).map(|(_, line)| line);
    let ends_here = next.is_none_or(|next| next.body().starts_with("- ") || key(next.body()).is_some());
    let problem = Diagnostic::new(Code::UnclosedQuote, start..end, "a quote is opened and not closed", "never closed");
    if ends_here && !inside.contains(quote) && !inside.ends_with('\\') {
        let help = format!("close it at the end of the text: {quote}{inside}{quote}");
        return Some(Mistake::mended(problem.help(help).fix(vec![Edit::new(end..end, quote)])));
    }
    let problem = problem.help(
        "close it where the text ends; inside '…' write '' for an apostrophe, inside \"…\" write \\\" for a quote",
    );
    Some(Mistake::without(problem, page.block(index)))
}

/// `- "Why" us?`: the quotes belong to the text.
pub(super) fn behind_quote(line: Line<'_>) -> Option<Mistake> {
    let (start, value, lead) = line.value();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let close = value.get(1..)?.find(quote)? + 1;
    let rest = value.get(close + 1..)?;
    if rest.trim().is_empty() || rest.trim_start().starts_with(['#', ',', ']', '}', ':']) {
        return None;
    }
    let span = line.start + start..line.start + start + value.len();
    let words = ("the text goes on behind the closing quote", "only a part of it is in quotes");
    let inner =
        value.get(1..).and_then(|inner| inner.strip_suffix(quote)).filter(|_| value.matches(quote).count() != 2);
    let inner = inner.map(|inner| inner.replace("\\\"", "\"").replace("''", "'"));
    let replacement = quoted(inner.as_deref().unwrap_or(value));
    let whole = format!("{lead}{replacement}");
    let mut mistake = in_quotes(Code::UnclosedQuote, span.clone(), span, words, &replacement, &whole);
    // `'Don't` may lack its quote at the end, or have one too many at the start.
    let is_clear = inner.is_some() || rest.starts_with(' ');
    mistake.problem.fix = mistake.problem.fix.map(|fix| Fix { safe: is_clear, ..fix });
    Some(mistake)
}

/// A bracket that is still open where the next key begins.
pub(super) fn open_bracket(page: &Page<'_>, failure: &Failure) -> Option<Mistake> {
    // At the end of the file it is the bracket itself at which the reading stops.
    let is_bracket = page.text(&(failure.at..failure.at + 1)).starts_with(['[', '{']);
    let open = failure.bracket.or(is_bracket.then_some(failure.at))?;
    let (first, stopped) = (page.index(open), page.index(failure.at));
    let says_nothing = |line: &Line<'_>| line.is_blank() || line.is_comment();
    let goes_on = page.lines().iter().skip(stopped + 1).any(|line| !says_nothing(line));
    let at_end = failure.at >= page.len() || (stopped == first && !goes_on);
    if stopped <= first && !at_end {
        return open_text(page, first);
    }
    let above = if at_end { page.lines() } else { page.lines().get(..stopped)? };
    let last = above.iter().rposition(|line| !says_nothing(line))?;
    let line = page.line(last);
    if last < first {
        return None;
    }
    let end = line.start + line.text.trim_end().len();
    let missing = closers(page.text(&(open..end)))?;
    let bracket = page.text(&(open..open + 1));
    let message = format!("the bracket `{bracket}` is opened and not closed");
    let shown = page.line(first);
    let problem = Diagnostic::new(Code::UnclosedBracket, open..shown.end(), message, "opened here")
        .help(format!("close it where the list ends: {}{missing}", shortened(page.text(&(open..end)))));
    let edits = vec![Edit::new(end..end, missing)];
    let next = page.line(stopped);
    let ends_here = !at_end && last == first && next.indent() <= shown.indent() && key(next.content().1).is_some();
    Some(Mistake::mended(if ends_here { problem.fix(edits) } else { problem.suggest(edits) }))
}

/// An item inside a bracket that an item above it opens: a list of texts, one of which begins with a bracket.
pub(super) fn open_above(page: &Page<'_>, index: usize) -> Option<Mistake> {
    let line = page.line(index);
    let mut above = page.all_above(index).take(50).take_while(|above| above.indent() >= line.indent());
    let opens = |above: &Line<'_>| {
        let (column, value, _) = above.value();
        let is_open = || closers(page.text(&(above.start + column..line.start))).is_some();
        above.is_item() && above.indent() == line.indent() && value.starts_with(['[', '{']) && is_open()
    };
    let open = above.find(opens).filter(|_| line.is_item())?;
    open_text(page, page.index(open.start))
}

/// The quote in a line above that is closed by the first quote of this line.
fn opened_above(page: &Page<'_>, failure: &Failure) -> Option<usize> {
    let index = page.index(failure.at);
    let quote =
        page.text(&(failure.at.checked_sub(1)?..failure.at)).chars().next().filter(|c| matches!(c, '"' | '\''))?;
    if !matches!(failure.why, Why::Quote) || behind_quote(page.line(index)).is_some() {
        return None;
    }
    let mut above = page.all_above(index).take(50).map(|line| (line, line.value()));
    let (line, (column, ..)) =
        above.find(|(_, (_, value, _))| value.starts_with(quote) && value.matches(quote).count() == 1)?;
    Some(line.start + column)
}

/// `- [What is it?`: a bracket in a line of a list that is not closed in it; the lines below are items again.
fn open_text(page: &Page<'_>, index: usize) -> Option<Mistake> {
    let line = page.line(index);
    let (start, value, lead) = line.value();
    let missing = closers(value).filter(|_| value.starts_with(['[', '{']))?;
    let goes_on = page.below(index).is_some_and(|(_, below)| below.indent() > line.indent() && !line.is_item());
    if goes_on {
        return None;
    }
    let at = line.start + start;
    let message = format!("the bracket `{}` is opened and not closed", value.get(..1)?);
    let replacement = quoted(value);
    let problem = Diagnostic::new(Code::UnclosedBracket, at..at + value.len(), message, "opened here")
        .help(format!(
            "if it is a text, put it in quotes: {lead}{replacement}; if it is a list, close it: {value}{missing}"
        ))
        .suggest(vec![Edit::new(at..at + value.len(), replacement)]);
    Some(Mistake::mended(problem))
}

/// The brackets that are missing at the end of a text.
fn closers(text: &str) -> Option<String> {
    let mut open = Vec::new();
    for c in text.chars() {
        match c {
            '[' => open.push(']'),
            '{' => open.push('}'),
            ']' | '}' => drop(open.pop()),
            _ => {}
        }
    }
    (!open.is_empty() && open.len() < 20).then(|| open.into_iter().rev().collect())
}
