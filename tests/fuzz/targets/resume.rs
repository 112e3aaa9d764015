//! Any bytes are a résumé that becomes a dossier and is added to one, or are refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use prep_dossier::diagnostic::render;
use prep_dossier::draft::{Failure, Given};
use prep_dossier::{dossier, resume};

const DOSSIER: &str = include_str!("../../dossiers/good/everything.yaml");

fuzz_target!(|bytes: &[u8]| {
    let given = Given { company: Some("ACME".to_owned()), role: Some("Engineer".to_owned()), ..Given::default() };
    match resume::import("resume.json", bytes, &given) {
        Ok(imported) => {
            let reading = dossier::read("resume.yaml", imported.yaml.as_bytes());
            assert!(reading.dossier.is_some(), "{}", imported.yaml);
        }
        Err(Failure::Refused(source, problems) | Failure::Missing { source, diagnostics: problems, .. }) => {
            problems.iter().for_each(|problem| drop(render::human(&source, problem, true)));
        }
        Err(Failure::Bug(message)) => panic!("{message}"),
    }
    let Ok(resume) = resume::read("resume.json", bytes) else { return };
    if let Ok(resume::Added { text: changed, .. }) = resume::add(resume, DOSSIER) {
        assert!(dossier::read("everything.yaml", changed.as_bytes()).dossier.is_some(), "{changed}");
    }
});
