//! The command line as it is typed. What it means is decided by the commands.

use crate::draft::{self, Value};
use crate::export::briefing::{Duplex, Layout, Notes};
use crate::theme::{Paper, ThemeName};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

const EXIT_CODES: &str = "\
Exit codes:
  0  all is well
  1  a bug in this program
  2  the command line is wrong
  3  the input is wrong (trying again changes nothing)
  4  a file or the system stood in the way (it may go well another time)
  5  some of many inputs failed";

/// What a build is, without the program's name.
pub const LONG_VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    "\ncommit: ",
    env!("DOSSIER_COMMIT"),
    "\ntarget: ",
    env!("DOSSIER_TARGET"),
    "\ncompiler: ",
    env!("DOSSIER_RUSTC"),
    "\ndossier format: 1",
);

/// One YAML dossier about a job interview becomes a briefing (PDF), an Anki deck and a study calendar.
#[derive(Debug, Parser)]
#[command(name = "dossier", version, long_version = LONG_VERSION, after_help = EXIT_CODES, max_term_width = 100, args_conflicts_with_subcommands = true, arg_required_else_help = true)]
pub struct Cli {
    /// What to do; without a command the files are built.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Arguments of a build without the word `build`.
    #[command(flatten)]
    pub build: BuildArgs,
    /// How to talk.
    #[command(flatten)]
    pub terminal: TerminalArgs,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make briefing, deck and calendar (a bare FILE means build)
    Build(BuildArgs),
    /// Say everything a build would complain of, and what could be better
    Check(CheckArgs),
    /// Show the study plan
    Plan(PlanArgs),
    /// Make a dossier of notes in Markdown, as assistants and people write them, or of a résumé
    Import(ImportArgs),
    /// Write a dossier in another format
    Export(ExportArgs),
    /// Write a dossier to start from
    Init(InitArgs),
    /// Build again on each save
    Watch(WatchArgs),
    /// Say more about a message, with an example; without a code, list them all
    Explain {
        /// The code that stands in the message, such as E0103
        code: Option<String>,
    },
    /// Print the JSON Schema of the dossier format, for editors
    Schema,
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
    /// Print the version, and what this program was built from
    Version,
}

/// Arguments that every command understands.
#[derive(Debug, Args)]
#[command(next_help_heading = "Messages")]
pub struct TerminalArgs {
    /// When to use colour
    #[arg(long, value_enum, default_value_t = When::Auto, global = true)]
    pub color: When,
    /// How to write messages and results
    #[arg(long, value_enum, default_value_t = Format::Human, global = true)]
    pub format: Format,
    /// Say only what is wrong
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

/// The words of a command line with the command before the options that every command understands:
/// `dossier --quiet check FILE` means `dossier check --quiet FILE`, not a build of the file `check`.
pub fn command_first(mut words: Vec<OsString>) -> Vec<OsString> {
    let name = |word: Option<&OsString>| word.and_then(|word| word.to_str()).unwrap_or_default().to_owned();
    let mut at = 1;
    loop {
        at += match name(words.get(at)).as_str() {
            "-q" | "--quiet" => 1,
            "--color" | "--format" => 2,
            word if word.starts_with("--color=") || word.starts_with("--format=") => 1,
            _ => break,
        };
    }
    let word = name(words.get(at));
    if at > 1 && (word == "help" || Cli::command().find_subcommand(&word).is_some()) {
        words.get_mut(1..=at).unwrap_or_default().rotate_right(1);
    }
    words
}

/// When to do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How to write messages and results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Human,
    /// One JSON object a line, on standard output
    Json,
    /// For GitHub: annotations beside the lines
    Github,
}

/// Where a dossier and its templates come from.
#[derive(Debug, Args)]
pub struct InputArgs {
    /// Dossiers to read; - is standard input
    #[arg(value_name = "FILE", required = true, value_hint = clap::ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// The day to plan from, instead of today
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub today: Option<Date>,
    /// A folder with files that replace built-in templates of the same name
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub templates: Option<PathBuf>,
    /// The look of the briefing, instead of the one that the templates name
    #[arg(long, value_enum)]
    pub theme: Option<ThemeArg>,
}

/// The look of the briefing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ThemeArg {
    /// A book: serif, justified, headings above the text
    Book,
    /// A modern report: sans serif, ragged, headings in a column beside the text
    Modern,
}

impl From<ThemeArg> for ThemeName {
    fn from(theme: ThemeArg) -> Self {
        match theme {
            ThemeArg::Book => Self::Book,
            ThemeArg::Modern => Self::Modern,
        }
    }
}

/// What else may be read.
#[derive(Debug, Args)]
pub struct MaterialArgs {
    /// Another folder that images may lie in, besides the dossier's own
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub images: Vec<PathBuf>,
    /// A folder with fonts for scripts that the program's own fonts do not have
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub fonts: Vec<PathBuf>,
    /// Set such scripts with the fonts of this machine
    #[arg(long)]
    pub system_fonts: bool,
}

/// Arguments of `build`.
#[derive(Debug, Args)]
#[command(mut_arg("files", |files| files.required(false).required_unless_present("files_from")))]
pub struct BuildArgs {
    /// The dossiers.
    #[command(flatten)]
    pub input: InputArgs,
    /// What else may be read.
    #[command(flatten)]
    pub material: MaterialArgs,
    /// The folder for the outputs; - is standard output, for exactly one of them
    #[arg(short, long, value_name = "DIR", default_value = "output", value_hint = clap::ValueHint::DirPath)]
    pub output: PathBuf,
    /// Make only these
    #[arg(long, value_enum, value_delimiter = ',', value_name = "OUTPUT")]
    pub only: Vec<Output>,
    /// The paper of the briefing, instead of the theme's
    #[arg(long, value_enum)]
    pub paper: Option<PaperArg>,
    /// What the PDF is
    #[arg(long, value_enum, default_value_t = LayoutArg::Briefing)]
    pub layout: LayoutArg,
    /// What stands where there is no answer yet
    #[arg(long, value_enum, default_value_t = NotesArg::Lines)]
    pub notes: NotesArg,
    /// Print on both sides, turned over this edge
    #[arg(long, value_enum, value_name = "EDGE")]
    pub duplex: Option<DuplexArg>,
    /// The form of the deck
    #[arg(long, value_enum, default_value_t = DeckFormat::Apkg)]
    pub deck_format: DeckFormat,
    /// What there was before.
    #[command(flatten)]
    pub memory: MemoryArgs,
    /// Many at once.
    #[command(flatten)]
    pub many: ManyArgs,
}

/// What many dossiers at once need.
#[derive(Debug, Args)]
#[command(next_help_heading = "Many dossiers")]
pub struct ManyArgs {
    /// A list of dossiers to build, a path on each line; - is standard input
    #[arg(long, value_name = "LIST", conflicts_with = "files", value_hint = clap::ValueHint::FilePath)]
    pub files_from: Option<PathBuf>,
    /// The paths in the list end with a zero byte, as `find -print0` writes them
    #[arg(short = '0', long, requires = "files_from")]
    pub null: bool,
    /// How many to build at the same time; one for each core if it is not said
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Build only the I-th of N parts of the list, divided by a hash of each path as it stands there
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub shard: Option<Shard>,
    /// Record each dossier as a line of JSON, and leave those alone that have not changed since
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub manifest: Option<PathBuf>,
    /// Build those that have not changed, too
    #[arg(long, requires = "manifest")]
    pub rebuild: bool,
    /// Keep the folders that the dossiers lie in below the output folder
    #[arg(long)]
    pub keep_folders: bool,
}

/// A part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Which, from 1.
    pub index: u64,
    /// Of how many.
    pub of: u64,
}

/// A file that holds a memory; another one would be passed over without a word.
fn earlier_export(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    let remembers = [Output::Deck, Output::Calendar]
        .iter()
        .any(|output| path.extension().is_some_and(|it| it == output.extension()));
    if remembers { Ok(path) } else { Err("an earlier export is a deck (.apkg) or a calendar (.ics)".to_owned()) }
}

/// `2/8`.
fn shard(text: &str) -> Result<Shard, String> {
    let numbers = text.split_once('/').and_then(|(index, of)| Some((index.parse().ok()?, of.parse().ok()?)));
    match numbers {
        Some((index, of)) if index >= 1 && index <= of => Ok(Shard { index, of }),
        _ => Err("a part is written like 2/8: the second of eight".to_owned()),
    }
}

/// What there was before, and what became of it.
#[derive(Debug, Args)]
pub struct MemoryArgs {
    /// An earlier deck (.apkg) or calendar (.ics) to go on from, instead of the one in the folder of the outputs
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, value_parser = earlier_export)]
    pub previous: Vec<PathBuf>,
    /// Forget the earlier deck and calendar
    #[arg(long, conflicts_with = "previous")]
    pub fresh: bool,
    /// Days whose sessions did not happen: they go back into the plan
    #[arg(long, value_name = "DATE[..DATE]", value_parser = days)]
    pub missed: Vec<(Date, Date)>,
}

/// A day.
fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| format!("`{text}` is not a date; write it as year-month-day, such as 2026-12-05"))
}

/// A day, or the first and the last of several.
fn days(text: &str) -> Result<(Date, Date), String> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let (first, last) = (day(first)?, day(last)?);
    if first <= last { Ok((first, last)) } else { Err("the days end before they begin".to_owned()) }
}

/// The form of the deck.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DeckFormat {
    /// An Anki package
    Apkg,
    /// Anki's text import format
    Csv,
}

/// What the PDF is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LayoutArg {
    /// Everything
    Briefing,
    /// One page
    Cheatsheet,
    /// Cue cards to print and cut
    Cards,
}

impl From<LayoutArg> for Layout {
    fn from(layout: LayoutArg) -> Self {
        match layout {
            LayoutArg::Briefing => Self::Briefing,
            LayoutArg::Cheatsheet => Self::Cheatsheet,
            LayoutArg::Cards => Self::Cards,
        }
    }
}

/// What stands where there is no answer yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NotesArg {
    /// Nothing
    None,
    /// Ruled lines to write on
    Lines,
}

impl From<NotesArg> for Notes {
    fn from(notes: NotesArg) -> Self {
        match notes {
            NotesArg::None => Self::None,
            NotesArg::Lines => Self::Lines,
        }
    }
}

/// The edge over which sheets are turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DuplexArg {
    /// Like a book: the inner margin changes sides
    Long,
    /// Like a pad
    Short,
}

impl From<DuplexArg> for Duplex {
    fn from(duplex: DuplexArg) -> Self {
        match duplex {
            DuplexArg::Long => Self::LongEdge,
            DuplexArg::Short => Self::ShortEdge,
        }
    }
}

/// The three outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Output {
    /// The PDF
    Briefing,
    /// The Anki package
    Deck,
    /// The iCalendar file
    Calendar,
}

impl Output {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Briefing, Self::Deck, Self::Calendar];

    /// The ending of its file name, and of the earlier export that it goes on from.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Briefing => "pdf",
            Self::Deck => "apkg",
            Self::Calendar => "ics",
        }
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Briefing => "briefing",
            Self::Deck => "deck",
            Self::Calendar => "calendar",
        }
    }
}

/// Sheets of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PaperArg {
    /// 210 × 297 mm
    A4,
    /// 8.5 × 11 inches
    Letter,
}

impl From<PaperArg> for Paper {
    fn from(paper: PaperArg) -> Self {
        match paper {
            PaperArg::A4 => Self::A4,
            PaperArg::Letter => Self::Letter,
        }
    }
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The dossiers.
    #[command(flatten)]
    pub input: InputArgs,
    /// What else may be read.
    #[command(flatten)]
    pub material: MaterialArgs,
    /// Let warnings and advice count as errors
    #[arg(long)]
    pub strict: bool,
    /// Mend what can only have been meant in one way: show the changes, ask, and write them
    #[arg(long)]
    pub fix: bool,
    /// Do not ask before mending
    #[arg(short, long, requires = "fix")]
    pub yes: bool,
}

/// Arguments of `plan`.
#[derive(Debug, Args)]
pub struct PlanArgs {
    /// The dossiers.
    #[command(flatten)]
    pub input: InputArgs,
    /// The folder of the outputs, where the earlier calendar lies
    #[arg(short, long, value_name = "DIR", default_value = "output", value_hint = clap::ValueHint::DirPath)]
    pub output: PathBuf,
    /// What there was before.
    #[command(flatten)]
    pub memory: MemoryArgs,
}

/// Arguments of `watch`.
#[derive(Debug, Args)]
pub struct WatchArgs {
    /// What is built.
    #[command(flatten)]
    pub build: BuildArgs,
    /// Open the briefing once it is there, in the program for PDF files
    #[arg(long)]
    pub open: bool,
}

/// How much of the format a new dossier shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Size {
    /// The job, the interview and a few questions
    Small,
    /// One of everything that most people need
    Medium,
    /// Every key
    Full,
}

/// Arguments of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The file to write; - is standard output
    #[arg(value_name = "FILE", default_value = "dossier.yaml", value_hint = clap::ValueHint::FilePath)]
    pub file: PathBuf,
    /// How much of the format to show
    #[arg(long, value_enum, default_value_t = Size::Medium)]
    pub size: Size,
    /// Print a text for an assistant instead, so that it writes a dossier in this format
    #[arg(long, conflicts_with_all = ["file", "size", "force"])]
    pub prompt: bool,
    /// Replace a file that is there
    #[arg(long)]
    pub force: bool,
    /// The day to count from, instead of today
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub today: Option<Date>,
}

/// Arguments of `import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The notes in Markdown, or a résumé as JSON Resume; - is standard input
    #[arg(value_name = "NOTES", value_hint = clap::ValueHint::FilePath)]
    pub notes: PathBuf,
    /// Add the résumé to this dossier, whose comments and layout stay: its highlights, and who is going
    #[arg(long, value_name = "DOSSIER", value_hint = clap::ValueHint::FilePath,
        conflicts_with_all = ["output", "company", "role", "interview", "study_hours", "force"])]
    pub into: Option<PathBuf>,
    /// Add it without asking, as scripts do
    #[arg(short, long, requires = "into")]
    pub yes: bool,
    /// The dossier to write; - is standard output [default: beside the notes, ending in .yaml]
    #[arg(short, long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// The company, if the notes do not say it
    #[arg(long, value_name = "NAME")]
    pub company: Option<String>,
    /// The role, if the notes do not say it
    #[arg(long, value_name = "NAME")]
    pub role: Option<String>,
    /// When the interview is: "2026-12-15 14:00 Europe/Amsterdam"
    #[arg(long, value_name = "WHEN", value_parser = draft::interview)]
    pub interview: Option<Value>,
    /// When there is time to study: "weekdays 18:30-20:30, sat 10:00-12:00"
    #[arg(long, value_name = "HOURS", value_parser = draft::hours)]
    pub study_hours: Option<Value>,
    /// Replace a file that is there
    #[arg(long)]
    pub force: bool,
    /// Go on and build the dossier
    #[arg(long)]
    pub build: bool,
    /// The day from which a date without a year is counted and the dossier built, instead of today
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub today: Option<Date>,
}

/// Arguments of `export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The dossier; - is standard input
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub file: PathBuf,
    /// The format
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub to: ExportFormat,
    /// The file to write; - is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-", value_hint = clap::ValueHint::FilePath)]
    pub output: PathBuf,
    /// Replace a file that is there
    #[arg(long)]
    pub force: bool,
}

/// What a dossier can be exported to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Notes to read and to share, which `dossier import` makes the same dossier of
    Markdown,
    /// Every key in its long form, by the JSON Schema; `dossier build` reads it too
    Json,
}
