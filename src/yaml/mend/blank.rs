//! Tabs and other signs where YAML wants spaces.

use super::Mistake;
use super::items::BULLETS;
use crate::diagnostic::{Code, Diagnostic, Edit, Span};
use crate::yaml::page::{Page, is_word};

/// Of lines that are indented with tabs, so many are shown: an editor indents all of them alike.
const TABS_SHOWN: usize = 2;

/// Spaces that YAML takes for letters: out of Word, from web pages, and of full width.
const WIDE_SPACES: [char; 4] = ['\u{a0}', '\u{202f}', '\u{2007}', '\u{3000}'];

/// The first lines that have something else where spaces belong, one by one, and the others together.
fn no_spaces(edits: &[Edit], one: &str, more: &str, help: &str) -> Vec<Mistake> {
    let told = |message: String, edits: Vec<Edit>| {
        let span = edits.first().map_or(0..0, |edit| edit.span.clone());
        let problem = Diagnostic::new(Code::Tab, span, message, "YAML allows only spaces here");
        Mistake::mended(problem.help(help).fix(edits))
    };
    let few = if edits.len() <= TABS_SHOWN + 1 { edits.len() } else { TABS_SHOWN };
    let (shown, rest) = edits.split_at(few);
    let shown = shown.iter().map(|edit| told(one.to_owned(), vec![edit.clone()]));
    let rest = (!rest.is_empty()).then(|| told(format!("{} {more}", rest.len()), rest.to_vec()));
    shown.chain(rest).collect()
}

/// All lines that are indented by tabs, when one of them is to blame.
pub(super) fn tabs(page: &Page<'_>, at: usize) -> Vec<Mistake> {
    let tabbed: Vec<Span> = page
        .lines()
        .iter()
        .filter(|line| !line.text.trim().is_empty())
        .filter_map(|line| {
            let lead = line.text.len() - line.text.trim_start_matches([' ', '\t']).len();
            let blank = line.text.get(..lead).unwrap_or_default();
            // Behind spaces a tab may be part of a text, unless the reading stopped at it.
            let is_here = blank.contains('\t') && (line.start..=line.end()).contains(&at);
            (blank.starts_with('\t') || is_here).then_some(line.start..line.start + lead)
        })
        .collect();
    // Tabs are legal inside a block text: they are only to blame when the error is at or after one.
    if !tabbed.iter().any(|tab| tab.start <= at + 1) {
        return Vec::new();
    }
    let width = " ".repeat(page.unit());
    let edits: Vec<Edit> =
        tabbed.into_iter().map(|tab| Edit::new(tab.clone(), page.text(&tab).replace('\t', &width))).collect();
    let help = "put spaces in the place of the tabs; most editors can do it for the whole file: “Convert indentation to spaces”";
    no_spaces(&edits, "this line is indented with a tab", "more lines are indented with tabs", help)
}

pub(super) fn is_wide(c: char) -> bool {
    WIDE_SPACES.contains(&c)
}

/// All lines that have such a space before them, or behind their dash or their key, when one of them is to blame.
pub(super) fn wide_spaces(page: &Page<'_>, at: usize) -> Vec<Mistake> {
    let mut edits = Vec::new();
    for line in page.lines().iter().filter(|line| line.text.contains(is_wide) && !line.is_blank()) {
        let blank = |c: char| c == ' ' || c == '\t' || is_wide(c);
        let before = line.text.len() - line.text.trim_start_matches(blank).len();
        let rest = line.text.get(before..).unwrap_or_default();
        let sign = rest.chars().next().filter(|c| *c == '-' || BULLETS.contains(c)).map_or(0, char::len_utf8);
        let behind_sign = rest.get(sign..).unwrap_or_default();
        let gap = if sign > 0 { behind_sign.len() - behind_sign.trim_start_matches(blank).len() } else { 0 };
        let content = behind_sign.get(gap..).unwrap_or_default();
        let name = content.find(':').filter(|at| content.get(..*at).is_some_and(is_word)).map(|at| at + 1);
        let value = name.and_then(|name| content.get(name..)).unwrap_or_default();
        let start = line.start + before + sign;
        let places = [
            (line.start, before, true),
            (start, gap, false),
            (start + gap + name.unwrap_or_default(), value.len() - value.trim_start_matches(blank).len(), false),
        ];
        for (start, length, is_indent) in places {
            let span = start..start + length;
            let blanks = page.text(&span);
            let width = blanks.chars().map(|c| if c == '\u{3000}' { 2 } else { 1 }).sum();
            let spaces = " ".repeat(if is_indent { width } else { 1 });
            edits.extend(blanks.contains(is_wide).then(|| Edit::new(span, spaces)));
        }
    }
    if !edits.iter().any(|edit| edit.span.start <= at + 1) {
        return Vec::new();
    }
    let help =
        "type it again with the space bar: Word, web pages and some keyboards write spaces that YAML takes for letters";
    no_spaces(&edits, "this looks like a space and is none to YAML", "more places have such a space", help)
}
