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

/// The outcomes of a run over several inputs.
#[derive(Debug, Default)]
pub struct Tally {
    fine: usize,
    failed: usize,
    /// The exit code of all that failed; none as soon as they differ.
    same: Option<Exit>,
}

impl Tally {
    /// Counts an outcome.
    pub fn add(&mut self, exit: Exit) {
        if exit == Exit::Fine {
            self.fine += 1;
            return;
        }
        self.same = if self.failed == 0 || self.same == Some(exit) { Some(exit) } else { None };
        self.failed += 1;
    }

    /// How many failed.
    pub fn failed(&self) -> usize {
        self.failed
    }

    /// The outcome of all: theirs when it is the same, else that some failed.
    pub fn exit(&self) -> Exit {
        match self.same {
            _ if self.failed == 0 => Exit::Fine,
            Some(exit) if self.fine == 0 => exit,
            _ => Exit::Some,
        }
    }
}

impl FromIterator<Exit> for Tally {
    fn from_iter<I: IntoIterator<Item = Exit>>(exits: I) -> Self {
        let mut tally = Self::default();
        exits.into_iter().for_each(|exit| tally.add(exit));
        tally
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
