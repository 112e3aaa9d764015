//! Any bytes are a dossier or get a message that can be shown in all three forms.
#![no_main]

use libfuzzer_sys::fuzz_target;
use prep_dossier::diagnostic::render;
use prep_dossier::dossier;

fuzz_target!(|bytes: &[u8]| {
    let reading = dossier::read("dossier.yaml", bytes);
    assert!(reading.dossier.is_some() || !reading.diagnostics.is_empty());
    for problem in &reading.diagnostics {
        render::human(&reading.source, problem, true);
        render::json(&reading.source, problem);
        render::github(&reading.source, problem);
    }
});
