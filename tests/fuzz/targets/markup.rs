//! Any text is Markdown.
#![no_main]

use libfuzzer_sys::fuzz_target;
use prep_dossier::markup;

fuzz_target!(|text: &str| {
    let blocks = markup::parse(text);
    blocks.images();
    markup::parse_line(text).plain();
});
