//! `dossier plan`: the study plan in the terminal.

use super::args::PlanArgs;
use super::exit::Exit;
use super::terminal::Terminal;

/// Shows the plan of each file.
pub fn plan(_args: &PlanArgs, _terminal: &Terminal) -> Exit {
    Exit::Fine
}
