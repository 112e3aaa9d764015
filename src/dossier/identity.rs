//! Identities: what stays the same when texts are reworded, moved or translated.

use std::collections::HashMap;

/// How much of a text goes into an identity made from it.
const LENGTH: usize = 60;

/// A name as it appears in tags, file names and ids: letters and digits of any script in lower
/// case, everything else a single hyphen.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut take = |c: char| {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') && !matches!(c, '\'' | '’') {
            out.push('-');
        }
    };
    for c in text.chars() {
        // Most are, and the tables of Unicode take their time.
        if c.is_ascii() {
            take(c.to_ascii_lowercase());
        } else {
            c.to_lowercase().for_each(&mut take);
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// Gives items without an `id` of their own an identity made from kind and text. It does not
/// hold the topic, so an item keeps it when it moves.
#[derive(Debug, Default)]
pub struct Identities {
    used: HashMap<String, u32>,
}

impl Identities {
    /// The identity of an item of a kind (`question`, `ask`, …) with this text.
    pub fn of_text(&mut self, kind: &str, text: &str) -> String {
        let slug = slug(text);
        let short: String = slug.chars().take(LENGTH).collect();
        let mut identity = if short.len() == slug.len() && !slug.is_empty() {
            format!("{kind}:{slug}")
        } else {
            // The rest of a long text, or a text of nothing but signs, counts as well.
            format!("{kind}:{short}-{:08x}", checksum(text))
        };
        let count = self.used.entry(identity.clone()).or_default();
        *count += 1;
        if *count > 1 {
            identity.push_str(&format!("-{count}"));
        }
        // Thousands of them stay.
        identity.shrink_to_fit();
        identity
    }

    /// The identity of an item with an `id`.
    pub fn of_id(id: &str) -> String {
        format!("id:{id}")
    }
}

/// FNV-1a: short, and the same for ever.
fn checksum(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
