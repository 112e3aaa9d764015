//! Any bytes are notes with every word in the dossier, or are refused; and what was made of them goes there and back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use prep_dossier::diagnostic::render;
use prep_dossier::draft::{Failure, Given, checked};
use prep_dossier::{dossier, notes};

fuzz_target!(|bytes: &[u8]| {
    let given = Given { company: Some("ACME".to_owned()), role: Some("Engineer".to_owned()), ..Given::default() };
    match notes::import("notes.md", bytes, &given) {
        Ok(imported) => {
            let reading = dossier::read("notes.yaml", imported.yaml.as_bytes());
            let pairs = checked(&reading).expect("a dossier");
            let again = notes::import("again.md", notes::markdown(&pairs).as_bytes(), &Given::default());
            assert!(again.is_ok(), "{}", imported.yaml);
        }
        Err(Failure::Refused(source, problems) | Failure::Missing { source, diagnostics: problems, .. }) => {
            assert!(!problems.is_empty());
            problems.iter().for_each(|problem| drop(render::human(&source, problem, true)));
        }
        Err(Failure::Bug(message)) => panic!("{message}"),
    }
});
