//! Lines at a level where they mean nothing, or lack what would make them a key.

use super::Mistake;
use crate::diagnostic::{Code, Diagnostic, Edit, Span};
use crate::yaml::page::{Line, Page, is_word, key};
use crate::yaml::parse::Why;
use crate::yaml::{quoted, shortened};

/// Keys of a card that stand below its text.
const BELOW_TEXT: &str = "answer|hints|hint|explanation|example|confidence|priority|tags|links|id|antwort|antwoord|svar|respuesta|resposta|tipp";

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

/// A line that stands at a level that is not open.
pub(super) fn wrong_level(page: &Page<'_>, index: usize, why: &Why) -> Option<Mistake> {
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

/// A list item that stands deeper than an item above that is a text: YAML takes its dash for a part of that text, and
/// stops at a colon in it.
pub(super) fn deeper_item(page: &Page<'_>, index: usize, why: &Why) -> Option<Mistake> {
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

/// A key or a sentence with `: ` that stands deeper than the text above it.
pub(super) fn too_deep(page: &Page<'_>, index: usize, why: &Why) -> Option<Mistake> {
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
pub(super) fn no_key(page: &Page<'_>, index: usize) -> Option<Mistake> {
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
