//! Any bytes in the place of the earlier deck: as the package itself, and as the collection in one.
#![no_main]

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use prep_dossier::dossier::{self, Dossier};
use prep_dossier::export::deck::{self, Options};
use prep_dossier::theme::{Templates, Theme};
use std::io::{Cursor, Write};
use std::sync::LazyLock;
use zip::write::SimpleFileOptions;

static DOSSIER: LazyLock<Dossier> = LazyLock::new(|| {
    let text = include_bytes!("../../dossiers/good/everything.yaml");
    dossier::read("everything.yaml", text).dossier.expect("valid")
});
static THEME: LazyLock<Theme> = LazyLock::new(|| Theme::load(Templates::default(), "en").expect("templates").0);

fuzz_target!(|bytes: &[u8]| {
    let is_package = bytes.starts_with(b"PK");
    let package = if is_package { bytes.to_vec() } else { packed(bytes) };
    let options = Options { previous: Some(&package), ..Options::at(Timestamp::UNIX_EPOCH) };
    deck::csv(&DOSSIER, &THEME, &options);
});

fn packed(collection: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("collection.anki2", stored).expect("a file");
    zip.write_all(collection).expect("bytes");
    zip.finish().expect("a package").into_inner()
}
