//! What changes in a file, as lines to look at.

use super::terminal::Terminal;
use similar::{Algorithm, ChangeTag, DiffOp, capture_diff_slices, group_diff_ops};
use std::path::Path;

/// The changed lines with a line of their surroundings.
pub fn difference(file: &Path, old: &str, new: &str, terminal: &Terminal) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let mut out = format!("{}\n", file.display());
    for (index, group) in group_diff_ops(operations(&old, &new), 1).iter().enumerate() {
        if index > 0 {
            out.push_str(&terminal.dim("     ⋯\n"));
        }
        for change in group.iter().flat_map(|op| op.iter_changes(&old, &new)) {
            let number = change.old_index().or(change.new_index()).map_or(0, |index| index + 1);
            let line = change.value();
            out.push_str(&match change.tag() {
                ChangeTag::Delete => terminal.red(&format!("{number:5} - {line}")),
                ChangeTag::Insert => terminal.green(&format!("      + {line}")),
                ChangeTag::Equal => terminal.dim(&format!("{number:5}   {line}")),
            });
            out.push('\n');
        }
    }
    out
}

/// What became of which lines. As many lines as before are taken one by one: so most changes are, and to look
/// for the shortest way between two long files that have no line in common would take the square of their length.
fn operations(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    if old.len() != new.len() {
        return capture_diff_slices(Algorithm::Patience, old, new);
    }
    let mut out: Vec<DiffOp> = Vec::new();
    let mut at = 0;
    while at < old.len() {
        let is_same = |at: usize| old.get(at) == new.get(at);
        let len = (at..old.len()).take_while(|next| is_same(*next) == is_same(at)).count();
        out.push(if is_same(at) {
            DiffOp::Equal { old_index: at, new_index: at, len }
        } else {
            DiffOp::Replace { old_index: at, old_len: len, new_index: at, new_len: len }
        });
        at += len;
    }
    out
}
