//! What changes in a file, as lines to look at.

use super::terminal::Terminal;
use similar::{ChangeTag, TextDiff};
use std::path::Path;

/// The changed lines with a line of their surroundings.
pub fn difference(file: &Path, old: &str, new: &str, terminal: &Terminal) -> String {
    let difference = TextDiff::from_lines(old, new);
    let mut out = format!("{}\n", file.display());
    for (index, group) in difference.grouped_ops(1).iter().enumerate() {
        if index > 0 {
            out.push_str(&terminal.dim("     ⋯\n"));
        }
        for change in group.iter().flat_map(|op| difference.iter_changes(op)) {
            let number = change.old_index().or(change.new_index()).map_or(0, |index| index + 1);
            let line = change.value().trim_end_matches(['\n', '\r']);
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
