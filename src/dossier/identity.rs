//! Identities: what stays the same when texts are reworded, moved or translated.

use std::collections::HashMap;

/// How much of a text goes into an identity made from it.
const LENGTH: usize = 60;

/// A name as it appears in tags, file names and ids: letters and digits of any script in lower
/// case, everything else a single hyphen.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parted = false;
    let mut take = |c: char| {
        if c.is_alphanumeric() {
            if std::mem::take(&mut parted) {
                out.push('-');
            }
            out.push(c);
        } else if !out.is_empty() && !matches!(c, '\'' | '’') {
            parted = true;
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
    out
}

/// Gives items without an `id` of their own an identity made from kind and text. It does not
/// hold the topic, so an item keeps it when it moves.
#[derive(Debug, Default)]
pub struct Identities {
    /// How often each was asked for, by its sum: the texts of thousands take megabytes.
    used: HashMap<u64, u32>,
}

impl Identities {
    /// The identity of an item of a kind (`question`, `ask`, …) with this text.
    pub fn of_text(&mut self, kind: &str, text: &str) -> String {
        let slug = slug(text);
        let short = slug.char_indices().nth(LENGTH).and_then(|(end, _)| slug.get(..end)).unwrap_or(&slug);
        let base = if short.len() == slug.len() && !slug.is_empty() {
            [kind, ":", &slug].concat()
        } else {
            // The rest of a long text, or a text of nothing but signs, counts as well.
            [kind, ":", short, &format!("-{:08x}", checksum(text))].concat()
        };
        self.free(base)
    }

    /// The identity itself, or with the first number behind it that is not taken.
    fn free(&mut self, base: String) -> String {
        loop {
            let count = self.used.entry(sum(&base)).or_default();
            *count += 1;
            if *count == 1 {
                return base;
            }
            let numbered = format!("{base}-{count}");
            if self.used.insert(sum(&numbered), 1).is_none() {
                return numbered;
            }
        }
    }

    /// The identity of an item with an `id`.
    pub fn of_id(id: &str) -> String {
        format!("id:{id}")
    }
}

/// FNV-1a of 64 bits: two texts of a dossier do not have the same.
pub fn sum(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// FNV-1a: short, and the same for ever.
fn checksum(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
