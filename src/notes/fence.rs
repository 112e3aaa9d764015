//! What Markdown cannot tell apart stands in notes as the format itself, in a block of code that begins with
//! ```` ```yaml dossier ````.

use super::headings::Section;
use super::lines::{fence_of, stretch, trimmed};
use crate::diagnostic::{Code, Severity};
use crate::dossier;
use crate::dossier::keys::DOSSIER;
use crate::draft::{self, Pair, Said};
use crate::yaml::{self, Kind};

/// What follows the fence.
pub const INFO: &str = "yaml dossier";

/// The keys in a section that is nothing but such a block, and the words of that block.
pub fn pairs(section: &Section<'_, '_>) -> Option<(Vec<Pair>, Said)> {
    let lines = trimmed(section.all);
    let (first, last) = (lines.first()?, lines.last()?);
    let (sign, count, info) = fence_of(first.text)?;
    let closed = matches!(fence_of(last.text), Some((c, n, "")) if c == sign && n == count);
    if info != INFO || !closed || lines.len() < 3 || !lines.iter().all(|line| line.code) {
        return None;
    }
    let inner: String = lines.get(1..lines.len() - 1)?.iter().map(|line| line.raw().to_owned() + "\n").collect();
    let pairs = read(&inner)?;
    let all = stretch(lines)?.said();
    Some((pairs, all))
}

/// The keys of a text in the format, when the reader has nothing against them.
fn read(text: &str) -> Option<Vec<Pair>> {
    let tree = yaml::read(text);
    let root = tree.root.filter(|_| tree.diagnostics.is_empty())?;
    let Kind::Map(pairs) = &root.kind else { return None };
    let known =
        |key: &str| key.starts_with("x-") || DOSSIER.keys.iter().any(|known| known.name == key && key != "dossier");
    if pairs.is_empty() || !pairs.iter().all(|(key, _)| key.scalar().is_some_and(|(key, _)| known(key))) {
        return None;
    }
    let has_job = pairs.iter().any(|(key, _)| key.scalar().is_some_and(|(key, _)| key == "job"));
    let job = if has_job { "" } else { "job: {company: A, role: B}\n" };
    let reading = dossier::read("notes", format!("dossier: 1\n{job}{text}").as_bytes());
    // Topics may stand elsewhere in the notes.
    let wrong = reading
        .diagnostics
        .iter()
        .any(|problem| problem.severity() == Severity::Error && problem.code != Code::UnknownTopic);
    (!wrong).then(|| draft::as_written(&root))
}

/// Keys as such a block.
pub fn block(pairs: &[&Pair]) -> String {
    let inner: String = pairs.iter().map(|pair| draft::block(pair, 0)).collect();
    let mut ticks = 3;
    while inner.contains(&"`".repeat(ticks)) {
        ticks += 1;
    }
    let fence = "`".repeat(ticks);
    format!("{fence}{INFO}\n{inner}{fence}\n")
}
