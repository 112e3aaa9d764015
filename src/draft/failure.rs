//! Why what is imported does not become a dossier.

use crate::diagnostic::{Code, Diagnostic, Source, Span};

/// Why what is imported does not become a dossier.
#[derive(Debug)]
pub enum Failure {
    /// It is of another kind, or says nothing that a dossier holds.
    Refused(Source, Vec<Diagnostic>),
    /// Company or role are nowhere to be found; both can be given.
    Missing {
        /// The company is missing.
        company: bool,
        /// The role is missing.
        role: bool,
        /// What is imported.
        source: Source,
        /// What to say about it.
        diagnostics: Vec<Diagnostic>,
    },
    /// The proof has failed: our mistake, not the writer's.
    Bug(String),
}

/// Nobody says for which company, or for which role, the dossier is. `kind` is what messages call what is
/// imported, `label` what stands at the place where it would be said, made from `company` or `role`.
pub fn unnamed(
    (company, role): (bool, bool),
    source: &Source,
    kind: &str,
    place: &Span,
    label: impl Fn(&str) -> String,
) -> Failure {
    let problem = |what: &str, example: &str| {
        let message = format!("{kind} not say for which {what} you prepare");
        let label = label(what);
        Diagnostic::new(Code::NoJob, place.clone(), message, label)
            .help(format!("give it on the command line: --{what} \"{example}\""))
    };
    let company_problem = company.then(|| problem("company", "FinTech Innovators"));
    let role_problem = role.then(|| problem("role", "Senior Golang Developer"));
    let diagnostics = company_problem.into_iter().chain(role_problem).collect();
    Failure::Missing { company, role, source: source.clone(), diagnostics }
}
