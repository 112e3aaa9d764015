//! Exit codes: frozen, documented, and a type.

use std::process::ExitCode;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Fine = 0,
    /// A bug in this program.
    Bug = 1,
    /// The command line is wrong.
    Usage = 2,
    /// The input is wrong: trying again changes nothing.
    Input = 3,
    /// A file or the system stood in the way: it may go well another time.
    System = 4,
    /// Some of many inputs failed.
    Some = 5,
}

impl Exit {
    /// The outcome of a run over several inputs.
    pub fn of_all(exits: &[Self]) -> Self {
        let failed: Vec<Self> = exits.iter().copied().filter(|exit| *exit != Self::Fine).collect();
        match failed.first() {
            None => Self::Fine,
            Some(first) if failed.len() == exits.len() && failed.iter().all(|exit| exit == first) => *first,
            Some(_) => Self::Some,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
