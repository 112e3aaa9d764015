//! What the writer of a text that is not YAML most likely meant, in the words of somebody who only
//! wants to write a list of questions.

mod blank;
mod items;
mod level;
mod pairs;
mod text;

use super::page::{Line, Page, is_word, key};
use super::parse::{Failure, Why};
use super::{Kind, Node, Style};
use crate::diagnostic::{Code, Diagnostic, Edit, Span};
use blank::{is_wide, tabs, wide_spaces};
use items::{BULLETS, bullet, dash, first_item, list_in_text};
use level::{deeper_item, no_key, too_deep, wrong_level};
use pairs::{backslash, behind_quote, open_above, open_bracket, open_quote};
use text::{colon_in_key, colon_without_space, cut_at_colon, reserved_start};

/// A problem, and how to read on.
pub struct Mistake {
    /// What is said.
    pub problem: Diagnostic,
    /// Changes of the text after which it can be read again; nothing when that is hopeless.
    pub recovery: Vec<Edit>,
    /// Whether something is left out by them.
    pub cut: bool,
}

impl Mistake {
    /// The problem's own fix is how to read on.
    fn mended(problem: Diagnostic) -> Self {
        let recovery = problem.fix.as_ref().map(|fix| fix.edits.clone()).unwrap_or_default();
        Self { problem, recovery, cut: false }
    }

    /// Reads on without the lines it is about.
    pub fn leave_out(&mut self, text: &str) {
        let span = Page::of(text).around(self.problem.start());
        self.recovery = if span.is_empty() { Vec::new() } else { vec![Edit::new(span, "")] };
        self.cut = true;
    }

    fn without(problem: Diagnostic, span: Span) -> Self {
        let recovery = if span.is_empty() { Vec::new() } else { vec![Edit::new(span, "")] };
        Self { problem, recovery, cut: true }
    }
}

/// What to say of the place where the reading stopped.
pub fn mistakes(text: &str, failure: &Failure) -> Vec<Mistake> {
    let page = Page::of(text);
    match &failure.why {
        Why::Limit(problem) => return vec![Mistake::without(problem.clone(), page.around(failure.at))],
        Why::Second => return vec![second(failure.at, text.len())],
        _ => {}
    }
    let chat = chat(&page);
    if !chat.is_empty() {
        return chat;
    }
    let tabs = tabs(&page, failure.at);
    if !tabs.is_empty() {
        return tabs;
    }
    let index = page.index(failure.at);
    let spaces = wide_spaces(&page, failure.at);
    if !spaces.is_empty() {
        return spaces;
    }
    let line = page.line(index);
    let found = backslash(&page, failure)
        .or_else(|| open_quote(&page, failure))
        .or_else(|| open_bracket(&page, failure))
        .or_else(|| open_above(&page, index))
        .or_else(|| first_item(&page, index))
        .or_else(|| cut_at_colon(line))
        .or_else(|| colon_in_key(&page, index))
        .or_else(|| behind_quote(line))
        .or_else(|| reserved_start(line))
        .or_else(|| colon_without_space(&page, index))
        .or_else(|| wrong_level(&page, index, &failure.why))
        .or_else(|| deeper_item(&page, index, &failure.why))
        .or_else(|| too_deep(&page, index, &failure.why))
        .or_else(|| no_key(&page, index));
    let first = found.unwrap_or_else(|| unreadable(&page, failure));
    let alike = if is_of_a_line(&first) { alike(&page, &first) } else { Vec::new() };
    std::iter::once(first).chain(alike).collect()
}

/// Whether a mistake is told by its line alone, so that lines like it have it too.
fn is_of_a_line(mistake: &Mistake) -> bool {
    matches!(mistake.problem.code, Code::CutAtColon | Code::ReservedStart | Code::MissingSpace) && !mistake.cut
}

/// The lines below with such a mistake: one who writes lists by hand makes it in each, and a text is not
/// read again for every line. Only lines at the level of the first are looked at, and only as far as nothing
/// that stands further left can hold a text of several lines: they are lines of YAML for sure.
fn alike(page: &Page<'_>, first: &Mistake) -> Vec<Mistake> {
    let index = page.index(first.problem.start());
    let line = page.line(index);
    let is_item = |line: Line<'_>| line.body().starts_with(['-']) || line.body().starts_with(BULLETS);
    let below = page.lines().iter().copied().skip(index + 1).filter(|line| !line.is_blank() && !line.is_comment());
    below
        .take_while(|below| below.indent() >= line.indent() || opens_nothing(*below))
        .filter(|below| below.indent() == line.indent() && is_item(*below) == is_item(line))
        .filter_map(|line| {
            let reserved = || reserved_start(line).filter(|_| line.value().1.starts_with(['`', '@']));
            bullet(line).or_else(|| dash(line)).or_else(|| cut_at_colon(line)).or_else(reserved)
        })
        .collect()
}

/// Whether a line has no text that may go on in the lines below.
fn opens_nothing(line: Line<'_>) -> bool {
    let (_, content) = line.content();
    key(content)
        .is_some_and(|(_, value)| value.trim().is_empty() || value.trim_start().starts_with(char::is_alphanumeric))
}

/// What YAML reads without a word, but not as it was meant.
pub fn misread(text: &str, root: Option<&Node>) -> Vec<Mistake> {
    let mut found = Vec::new();
    if let Some(Node { kind: Kind::Map(pairs), .. }) = root
        && pairs.first().and_then(|(key, _)| key.scalar()).is_some_and(|(key, _)| key.contains(' '))
    {
        found.extend(chat(&Page::of(text)));
    }
    let mut open: Vec<&Node> = root.into_iter().collect();
    while let Some(node) = open.pop() {
        match &node.kind {
            Kind::Scalar(value, Style::Plain)
                if value.starts_with('-') && value.chars().nth(1).is_some_and(is_wide) =>
            {
                found.extend(wide_spaces(&Page::of(text), node.span.start));
            }
            Kind::Scalar(_, Style::Plain) => found.extend(list_in_text(text, node)),
            Kind::Scalar(..) => {}
            Kind::List(items) => open.extend(items.iter()),
            Kind::Map(pairs) => {
                let odd = pairs.iter().find(|(key, _)| key.scalar().is_some_and(|(key, _)| key.starts_with(is_wide)));
                found.extend(odd.map(|(key, _)| wide_spaces(&Page::of(text), key.span.start)).unwrap_or_default());
                open.extend(pairs.iter().map(|(_, value)| value));
            }
        }
    }
    found
}

/// One file, one dossier.
fn second(at: usize, end: usize) -> Mistake {
    let message = "a second dossier begins here: one file holds one";
    let problem = Diagnostic::new(Code::Syntax, at..at + 3, message, "`---` starts another document in YAML");
    Mistake::without(problem.help("put what follows into a file of its own, or delete the line"), at..end)
}

/// A dossier as it comes out of a chat: in a fence of backticks, with words before and after.
fn chat(page: &Page<'_>) -> Vec<Mistake> {
    let is_fence = |line: &Line<'_>| line.text.starts_with("```") || line.text.starts_with("~~~");
    let dossier = page.lines().iter().position(|line| line.text.starts_with("dossier:"));
    let start = dossier.and_then(|at| page.lines().get(at)).map_or(0, |line| line.start);
    let above = page.lines().iter().take(dossier.unwrap_or(0));
    let is_chat = |line: &&Line<'_>| {
        is_fence(line)
            || (line.indent() == 0 && !line.is_blank() && key(line.text).is_none_or(|(key, _)| key.contains(' ')))
    };
    let mut found = Vec::new();
    if let Some(first) = above.clone().filter(|line| !line.text.starts_with(['#', '%', '-'])).find(is_chat) {
        found.push((first.start..first.end(), 0..start, "not part of the dossier, which begins below"));
    }
    let below = page.lines().iter().find(|line| is_fence(line) && line.start >= start && dossier.is_some());
    if let Some(fence) = below {
        let goes_on = page
            .lines()
            .iter()
            .any(|line| line.start > fence.start && key(line.text).is_some_and(|(key, _)| is_word(key)));
        let end = if goes_on { fence.end() } else { page.len() };
        found.push((fence.start..fence.end(), fence.start..end, "not part of the dossier"));
    }
    found
        .into_iter()
        .map(|(place, all, label)| {
            let message = "the dossier stands inside a chat message or a code block";
            let problem = Diagnostic::new(Code::CodeFence, place, message, label);
            let help = "keep only the lines from `dossier: 1` to the end of the dossier, and delete the rest";
            Mistake::mended(problem.help(help).fix(vec![Edit::new(all, "")]))
        })
        .collect()
}

/// Nothing is known but that the reading stopped; the line is left out.
fn unreadable(page: &Page<'_>, failure: &Failure) -> Mistake {
    let message = match failure.why {
        Why::NoKey => "this line is neither `key: value` nor a list item with a dash",
        Why::Colon => "a colon stands here where no key can be",
        Why::Level => "this line is indented like none of the lines above it",
        Why::Quote => "the quotes of this text do not match",
        _ => "this line cannot be read as YAML",
    };
    let at = failure.at.min(page.len().saturating_sub(1));
    let problem = Diagnostic::new(Code::Syntax, at..at + 1, message, "the reading stopped here")
        .help("compare the spaces before this line with those of its neighbours, and look for a quote or a bracket that is not closed; if it is a text, put it in quotes");
    Mistake::without(problem, page.around(failure.at))
}
