//! The edge: arguments, files, clock, terminal, exit codes. Everything else is a function from
//! values to values.

mod args;
mod build;
mod check;
mod clock;
mod difference;
mod exit;
mod explain;
mod export;
mod fix;
mod fonts;
mod images;
mod import;
mod init;
mod input;
mod interrupt;
mod list;
mod manifest;
mod many;
mod output;
mod plan;
mod planning;
mod reference;
mod setting;
mod sfnt;
mod terminal;
mod watch;

pub use args::Cli;
pub use exit::Exit;

use args::Command;
use clap::Parser;
use std::process::ExitCode;
use terminal::Terminal;

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    report_panics();
    let done =
        std::panic::catch_unwind(|| match Cli::try_parse_from(args::command_first(std::env::args_os().collect())) {
            Ok(cli) => dispatch(cli),
            Err(error) => {
                // Help and version go to standard output, mistakes to standard error.
                let _ = error.print();
                if error.use_stderr() { Exit::Usage } else { Exit::Fine }
            }
        });
    done.unwrap_or(Exit::Bug).into()
}

fn dispatch(cli: Cli) -> Exit {
    let terminal = Terminal::new(&cli.terminal);
    match cli.command.unwrap_or(Command::Build(cli.build)) {
        Command::Build(args) => build::build(&args, &terminal),
        Command::Check(args) => check::check(&args, &terminal),
        Command::Plan(args) => plan::plan(&args, &terminal),
        Command::Import(args) => import::import(&args, &terminal),
        Command::Export(args) => export::export(&args, &terminal),
        Command::Init(args) => init::init(&args, &terminal),
        Command::Watch(args) => watch::watch(&args, &terminal),
        Command::Explain { code } => explain::explain(code.as_deref(), &terminal),
        Command::Schema => reference::schema(&terminal),
        Command::Completions { shell } => reference::completions(shell, &terminal),
        Command::Man => reference::man(&terminal),
        Command::Version => reference::version(&terminal),
    }
}

/// A panic is a bug in this program, and says so.
fn report_panics() {
    let default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        default(panic);
        Terminal::bug();
    }));
}
