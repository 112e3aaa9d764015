//! What the writer of a text that is not YAML most likely meant, in the words of somebody who only
//! wants to write a list of questions.

use super::page::{Line, Page, is_word, key};
use super::parse::{Failure, Why};
use super::{Kind, Node, Style, quoted, shortened};
use crate::diagnostic::{Code, Diagnostic, Edit, Span};

/// Of lines that are indented with tabs, so many are shown: an editor indents all of them alike.
const TABS_SHOWN: usize = 2;
/// Characters that YAML keeps for itself at the start of a plain text.
const RESERVED: [char; 9] = ['`', '@', '%', '*', '&', '!', ',', '>', '|'];
/// Signs that people and programs put before the items of a list.
const BULLETS: [char; 11] = ['*', '•', '–', '—', '·', '◦', '‣', '▪', '●', '\u{f0b7}', '\u{f0a7}'];
/// Spaces that YAML takes for letters: out of Word, from web pages, and of full width.
const WIDE_SPACES: [char; 4] = ['\u{a0}', '\u{202f}', '\u{2007}', '\u{3000}'];
/// Keys of a card that stand below its text.
const BELOW_TEXT: &str = "answer|hints|hint|explanation|example|confidence|priority|tags|links|id|antwort|antwoord|svar|respuesta|resposta|tipp";

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

/// A plain text whose lines start like list items.
fn list_in_text(text: &str, node: &Node) -> Vec<Mistake> {
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

/// All lines that are indented by tabs, when one of them is to blame.
fn tabs(page: &Page<'_>, at: usize) -> Vec<Mistake> {
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

fn is_wide(c: char) -> bool {
    WIDE_SPACES.contains(&c)
}

/// All lines that have such a space before them, or behind their dash or their key, when one of them is to blame.
fn wide_spaces(page: &Page<'_>, at: usize) -> Vec<Mistake> {
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

/// `"C:\Users"`.
fn backslash(page: &Page<'_>, failure: &Failure) -> Option<Mistake> {
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
fn open_quote(page: &Page<'_>, failure: &Failure) -> Option<Mistake> {
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

/// A bracket that is still open where the next key begins.
fn open_bracket(page: &Page<'_>, failure: &Failure) -> Option<Mistake> {
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
fn open_above(page: &Page<'_>, index: usize) -> Option<Mistake> {
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

/// The line with a wrong sign of an item, or the first of those above it that have one: all of them are one list.
fn first_item(page: &Page<'_>, index: usize) -> Option<Mistake> {
    let wrong = |line: Line<'_>| bullet(line).or_else(|| dash(line));
    let line = page.siblings(index).map(|(_, line)| line).find(|line| wrong(*line).is_some())?;
    let above = page.all_above(page.index(line.start));
    let above = above.take_while(|above| above.indent() == line.indent() && wrong(*above).is_some());
    wrong(above.last().unwrap_or(line))
}

/// `• item`, `–item`, `* item`; `*item` without a second asterisk, which would be emphasis.
fn bullet(line: Line<'_>) -> Option<Mistake> {
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
fn dash(line: Line<'_>) -> Option<Mistake> {
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

/// A mistake that quotes round a text mend.
fn in_quotes(code: Code, span: Span, mark: Span, words: (&str, &str), replacement: &str, line: &str) -> Mistake {
    let problem = Diagnostic::new(code, mark, words.0, words.1)
        .help(format!("put the whole text in quotes: {line}"))
        .fix(vec![Edit::new(span, replacement)]);
    Mistake::mended(problem)
}

/// `key: some text: with a colon` and `- text: text: text`.
fn cut_at_colon(line: Line<'_>) -> Option<Mistake> {
    let (start, content) = line.content();
    let (key, value) = content.split_once(": ")?;
    let value_is_plain = !value.trim_start().starts_with(['"', '\'', '|', '>', '[', '{']);
    if !value_is_plain || !value.contains(": ") || key.starts_with(['"', '\'', '[', '{']) {
        return None;
    }
    // `question: …` is a key of the format; `Behaviour: …` in a list is how people write a sentence.
    let (lead, text) = if line.is_item() && !is_word(key) { ("", content) } else { (key, value.trim_start()) };
    let span = line.start + start + content.len() - text.len()..line.start + start + content.len();
    let replacement = quoted(without_typographic(text));
    let whole = if lead.is_empty() { format!("- {replacement}") } else { format!("{lead}: {replacement}") };
    let words = ("a `: ` inside a text starts a new key in YAML", "holds a `: `");
    Some(in_quotes(Code::CutAtColon, span.clone(), span, words, &replacement, &whole))
}

/// Without typographic quotes round the whole: straight ones take their place.
fn without_typographic(text: &str) -> &str {
    let quotes = [('“', '”'), ('„', '“'), ('«', '»'), ('‘', '’')];
    let inner = |(open, close): (char, char)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        // The sign that closes is an apostrophe too.
        (!inner.contains(open) && (close == '’' || !inner.contains(close))).then_some(inner)
    };
    quotes.into_iter().find_map(inner).unwrap_or(text)
}

/// `Name: more of it:` above what stands under it.
fn colon_in_key(page: &Page<'_>, index: usize) -> Option<Mistake> {
    let line = page.line(index);
    let (start, content) = line.content();
    let name = content.strip_suffix(':')?;
    let goes_on = page.below(index).is_some_and(|(_, below)| below.indent() > line.indent() || below.is_item());
    if !name.contains(": ") || name.starts_with(['"', '\'', '[', '{']) || !goes_on {
        return None;
    }
    let span = line.start + start..line.start + start + name.len();
    let replacement = quoted(name);
    let words = ("a `: ` inside a name ends the name in YAML", "holds a `: `");
    let whole = format!("{replacement}:");
    Some(in_quotes(Code::CutAtColon, span.clone(), span, words, &replacement, &whole))
}

/// `- "Why" us?`: the quotes belong to the text.
fn behind_quote(line: Line<'_>) -> Option<Mistake> {
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
    mistake.problem.fix = mistake.problem.fix.map(|fix| crate::diagnostic::Fix { safe: is_clear, ..fix });
    Some(mistake)
}

/// `- *word* …`, `` key: `code` … ``, `- @name`, `- [Link](…) …`.
fn reserved_start(line: Line<'_>) -> Option<Mistake> {
    let (start, value, lead) = line.value();
    let first = value.chars().next()?;
    let is_text = match first {
        '>' | '|' => value.get(1..)?.starts_with(' ') && value.contains(char::is_alphabetic),
        '[' | '{' => goes_on_behind_bracket(value),
        first => RESERVED.contains(&first),
    };
    if !is_text {
        return None;
    }
    let at = line.start + start;
    let sign = if first == '`' { "a backtick".to_owned() } else { format!("`{first}`") };
    let message = format!("a text cannot start with {sign} in YAML");
    let replacement = quoted(value);
    let whole = format!("{lead}{replacement}");
    let words = (message.as_str(), "reserved by YAML");
    Some(in_quotes(Code::ReservedStart, at..at + value.len(), at..at + first.len_utf8(), words, &replacement, &whole))
}

/// Whether a text only begins like a list in brackets.
fn goes_on_behind_bracket(value: &str) -> bool {
    let mut depth = 0usize;
    for (at, c) in value.char_indices() {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            let rest = value.get(at + c.len_utf8()..).unwrap_or_default();
            let is_text = rest.starts_with(|c: char| c.is_alphanumeric() || c == '(')
                || rest.strip_prefix(' ').is_some_and(|rest| {
                    rest.trim_start()
                        .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '(' | '[' | '"' | '/' | '&'))
                });
            return is_text;
        }
    }
    false
}

/// `key:value`, here or in the line above that was read as one with this.
fn colon_without_space(page: &Page<'_>, index: usize) -> Option<Mistake> {
    page.siblings(index).find_map(|(_, line)| {
        let (start, content) = line.content();
        let (name, value) = content.split_once(':')?;
        if !is_word(name) || value.starts_with([' ', '/', ':']) || value.is_empty() {
            return None;
        }
        let at = line.start + start + name.len();
        let message = format!("the colon behind `{name}` needs a space behind it");
        let problem = Diagnostic::new(Code::MissingSpace, at..at + 1, message, "no space behind it")
            .help(format!("write: {name}: {}", shortened(value)))
            .fix(vec![Edit::new(at + 1..at + 1, " ")]);
        Some(Mistake::mended(problem))
    })
}

/// A line that stands at a level that is not open.
fn wrong_level(page: &Page<'_>, index: usize, why: &Why) -> Option<Mistake> {
    if !matches!(why, Why::Level | Why::Other) {
        return None;
    }
    let line = page.line(index);
    let below = below_key(page, index);
    let is_list = below.is_some();
    let (target, other, is_safe) = match below {
        Some(level) => level,
        None if line.is_item() => item_level(page, index)?,
        None => key_level(page, index)?,
    };
    let here = line.indent();
    if target == here {
        return None;
    }
    let block: Vec<Line<'_>> = match line.is_item() {
        true if is_list => page.list(index, target).collect(),
        true => page.children(index).collect(),
        false => page.with_siblings(index, target).collect(),
    };
    let edits: Vec<Edit> = block
        .into_iter()
        .filter(|line| !line.is_blank())
        .map(|line| match target.checked_sub(here) {
            Some(more) => Edit::new(line.start..line.start, " ".repeat(more)),
            None => Edit::new(line.start..line.start + (here - target), ""),
        })
        .collect();
    let at = line.start + here;
    let side = if target > here { "left" } else { "right" };
    let by = target.abs_diff(here);
    let what = if line.is_item() {
        "this list item".to_owned()
    } else {
        key(line.content().1).map_or_else(|| "this line".to_owned(), |(key, _)| format!("`{}`", shortened(key)))
    };
    let message = format!("{what} stands {} too far {side}", spaces(by));
    let label = "it belongs exactly below the line marked above";
    let problem = Diagnostic::new(Code::Indentation, at..line.end(), message, label)
        .also(other.clone(), "below the start of this")
        .help(spaces_before(target));
    Some(Mistake::mended(if is_safe { problem.fix(edits) } else { problem.suggest(edits) }))
}

fn spaces(count: usize) -> String {
    if count == 1 { "1 space".to_owned() } else { format!("{count} spaces") }
}

fn spaces_before(count: usize) -> String {
    match count {
        0 => "delete the spaces before it: it starts at the very left".to_owned(),
        1 => "put one space before it".to_owned(),
        count => format!("put {count} spaces before it"),
    }
}

/// Where the first dash of a list belongs that stands further left than the key right above it, which waits for it.
fn below_key(page: &Page<'_>, index: usize) -> Option<(usize, Span, bool)> {
    let line = page.line(index);
    let (_, above) = page.above(index).filter(|_| line.is_item())?;
    let waits = !above.is_item() && key(above.body()).is_some_and(|(_, value)| value.trim().is_empty());
    let at = above.start + above.indent();
    (waits && above.indent() > line.indent()).then(|| (above.indent() + page.unit(), at..above.end(), true))
}

/// Where a dash belongs: below the nearest dash above.
fn item_level(page: &Page<'_>, index: usize) -> Option<(usize, Span, bool)> {
    let here = page.line(index).indent();
    let mut above = page.all_above(index).take(200).filter(|line| line.is_item());
    let nearest = above.clone().find(|line| line.indent().abs_diff(here) == 1).or_else(|| above.next())?;
    let at = nearest.start + nearest.indent();
    Some((nearest.indent(), at..at + 1, nearest.indent().abs_diff(here) == 1))
}

/// Where a key belongs: below the first key of the item above, or below a key that stands one further.
fn key_level(page: &Page<'_>, index: usize) -> Option<(usize, Span, bool)> {
    let line = page.line(index);
    let here = line.indent();
    let (word, _) = key(line.body())?;
    let item = page.all_above(index).take(200).find(|line| line.indent() <= here && !line.is_comment());
    if let Some(item) = item.filter(|item| item.is_item()) {
        let (column, content) = item.content();
        if key(content).is_some() && is_word(word) && here < column {
            let at = item.start + column;
            return Some((column, at..item.end(), true));
        }
    }
    let near = |level: Option<usize>| {
        let mut above = page.all_above(index).take(200).filter(|above| !above.is_item() && key(above.body()).is_some());
        above.find(|above| Some(above.indent()) == level)
    };
    let (left, right) = (near(here.checked_sub(1)), near(Some(here + 1)));
    let line = left.or(right)?;
    let at = line.start + line.indent();
    // Between two levels it is anybody's guess.
    Some((line.indent(), at..line.end(), left.is_none() || right.is_none()))
}

/// A list item that stands deeper than an item above that is a text: YAML takes its dash for a part of that text, and
/// stops at a colon in it.
fn deeper_item(page: &Page<'_>, index: usize, why: &Why) -> Option<Mistake> {
    if !matches!(why, Why::Colon) {
        return None;
    }
    let here = page.line(index).indent();
    let nearest = page.all_above(index).take(200).find(|line| line.is_item() && line.indent() <= here)?;
    let at = page.index(nearest.start);
    let outer = page.all_above(at).take(200).find(|line| line.indent() < nearest.indent())?;
    let (_, content) = outer.content();
    if !outer.is_item() || key(content).is_some() || content.is_empty() {
        return None;
    }
    let by = nearest.indent() - outer.indent();
    let start = nearest.start + nearest.indent();
    let message = format!("this list item stands {} too far right", spaces(by));
    let problem =
        Diagnostic::new(Code::Indentation, start..nearest.end(), message, "its dash belongs below the one above")
            .also(outer.start + outer.indent()..outer.end(), "below the start of this")
            .help(spaces_before(outer.indent()));
    let lines = page.children(at).filter(|line| !line.is_blank());
    let edits = lines.map(|line| Edit::new(line.start..line.start + by, "")).collect();
    Some(Mistake::mended(problem.suggest(edits)))
}

/// `Topic:` above its list, further right than the topic before it.
fn topic_too_deep(page: &Page<'_>, index: usize) -> Option<Mistake> {
    let line = page.line(index);
    let is_topic = |line: &Line<'_>| !line.is_item() && line.body().ends_with(':') && key(line.body()).is_some();
    let (_, below) = page.below(index)?;
    let before = page.all_above(index).take(200).find(|above| is_topic(above) && above.indent() < line.indent())?;
    if !is_topic(&line) || !below.is_item() || below.indent() < line.indent() {
        return None;
    }
    let by = line.indent() - before.indent();
    let at = line.start + line.indent();
    let message = format!("`{}` stands {} too far right", shortened(line.body().trim_end_matches(':')), spaces(by));
    let problem = Diagnostic::new(Code::Indentation, at..line.end(), message, "belongs exactly below the one above")
        .also(before.start + before.indent()..before.end(), "below the start of this")
        .help(spaces_before(before.indent()));
    let edits = vec![Edit::new(line.start..line.start + by, "")];
    Some(Mistake::mended(if by == 1 { problem.fix(edits) } else { problem.suggest(edits) }))
}

/// `answer: …` below `- What is it?`: the question lacks its key.
fn unnamed(page: &Page<'_>, above: Line<'_>, word: &str) -> Option<Mistake> {
    let (column, text) = above.content();
    let known = BELOW_TEXT.split('|').any(|known| known == word.to_lowercase());
    if !known || !above.is_item() || key(text).is_some_and(|(name, _)| is_word(name)) {
        return None;
    }
    let topmost = |line: &Line<'_>| line.indent() == 0 && !line.is_comment() && !line.is_item();
    let part = page.all_above(page.index(above.start)).find(topmost)?;
    let name = if part.text.starts_with("concepts:") { "concept" } else { "question" };
    let at = above.start + column;
    let value = if text.contains(": ") { quoted(text) } else { text.to_owned() };
    let message = format!("`{word}` stands below a text that has no `{name}:` in front");
    let problem = Diagnostic::new(Code::MissingKey, at..at + text.len(), message, format!("this is the {name}"))
        .help(format!("write: - {name}: {value}"))
        .fix(vec![Edit::new(at..at + text.len(), format!("{name}: {value}"))]);
    Some(Mistake::mended(problem))
}

/// A key or a sentence with `: ` that stands deeper than the text above it.
fn too_deep(page: &Page<'_>, index: usize, why: &Why) -> Option<Mistake> {
    if !matches!(why, Why::Colon | Why::NoKey) {
        return None;
    }
    let line = page.line(index);
    let (word, _) = key(line.body())?;
    let above = page.all_above(index).take(200).find(|above| above.indent() < line.indent() || above.is_item())?;
    let (column, content) = above.content();
    if let Some(mistake) = unnamed(page, above, word).filter(|_| line.indent() == column) {
        return Some(mistake);
    }
    let (value, above_has_key) = match key(content) {
        Some((_, value)) => (value.trim(), true),
        None => (content, false),
    };
    if value.is_empty() || value.starts_with(['"', '\'', '|', '>', '[', '{', '#']) {
        return None;
    }
    if is_word(word) && above_has_key && line.indent() > column {
        let at = line.start + line.indent();
        let edits = page.with_siblings(index, column).filter(|line| !line.is_blank());
        let edits = edits.map(|each| Edit::new(each.start..each.start + line.indent() - column, "")).collect();
        let message = format!("`{word}` stands {} too far right", spaces(line.indent() - column));
        let problem =
            Diagnostic::new(Code::Indentation, at..line.end(), message, "belongs exactly below the key above")
                .also(above.start + column..above.end(), "below the start of this")
                .help(spaces_before(column));
        // One space is a slip of the hand.
        let is_slip = line.indent() - column == 1;
        return Some(Mistake::mended(if is_slip { problem.fix(edits) } else { problem.suggest(edits) }));
    }
    if let Some(mistake) = topic_too_deep(page, index) {
        return Some(mistake);
    }
    // The text goes on over several lines, and one of them holds a colon.
    let start = above.start + column + content.len() - value.len();
    let indent = " ".repeat(line.indent());
    let colon = line.start + line.indent() + word.len();
    let problem = Diagnostic::new(
        Code::CutAtColon,
        colon..colon + 1,
        "a `: ` inside a text starts a new key in YAML",
        "this colon",
    )
    .help("put `>-` where the text begins and the text itself on the lines below it, indented")
    .fix(vec![Edit::new(start..start, format!(">-\n{indent}"))]);
    Some(Mistake::mended(problem))
}

/// A line that is neither a key nor an item: it lacks its colon, or belongs to the text above.
fn no_key(page: &Page<'_>, index: usize) -> Option<Mistake> {
    page.siblings(index).find_map(|(index, line)| {
        let (start, content) = line.content();
        if content.is_empty()
            || line.is_item()
            || key(content).is_some()
            || content.starts_with(['"', '\'', '[', '{', '#', '&', '*'])
        {
            return None;
        }
        let first = content.split(' ').next().unwrap_or_default();
        let is_label = content.len() <= 40
            && content.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '&' | '/'));
        let place = line.start + start..line.start + start + content.len();
        let above = page.above(index).map(|(_, above)| above);
        let is_below_text = above.is_some_and(|above| {
            let text = key(above.content().1).map_or(above.content().1, |(_, value)| value.trim());
            let is_text = !text.is_empty() && !text.starts_with(['[', '{', '"', '\'', '#']);
            above.indent() == line.indent() && !above.is_comment() && is_text
        });
        let has_children = page.below(index).is_some_and(|(_, next)| next.indent() > line.indent());
        if is_below_text && !has_children {
            let message = "this line belongs to the text above it, but is not indented";
            let problem =
                Diagnostic::new(Code::Indentation, place, message, "neither a key with a colon nor a list item")
                    .help("put two spaces more before it, so that it stands deeper than the key of the text");
            let edits = vec![Edit::new(line.start..line.start, "  ")];
            return Some(Mistake::mended(if is_word(first) { problem.suggest(edits) } else { problem.fix(edits) }));
        }
        let message = format!("there is no colon behind `{}`", shortened(if has_children { content } else { first }));
        let problem = Diagnostic::new(Code::MissingColon, place, message, "a key needs a colon");
        if has_children && !is_label {
            return None;
        }
        if has_children {
            let at = line.start + start + content.len();
            return Some(Mistake::mended(problem.help(format!("write: {content}:")).fix(vec![Edit::new(at..at, ":")])));
        }
        if !is_word(first) || first.len() == content.len() {
            return None;
        }
        let at = line.start + start + first.len();
        let help = format!("write: {first}:{}", content.get(first.len()..).unwrap_or_default());
        Some(Mistake::mended(problem.help(help).suggest(vec![Edit::new(at..at, ":")])))
    })
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
