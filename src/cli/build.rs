//! `dossier build`: the three outputs.

use super::args::{BuildArgs, DeckFormat, Format, LayoutArg, Output};
use super::clock::Clock;
use super::exit::Exit;
use super::fonts::{self, Fonts};
use super::images::{self, Images};
use super::input::{self, Input};
use super::interrupt::Interrupt;
use super::list::{Files, Wrong, folder_below};
use super::manifest::{self, Beside, Manifest};
use super::many::{self, STACK};
use super::output::{Planned, Writer};
use super::planning;
use super::setting::setting;
use super::terminal::{Terminal, counted, duration};
use crate::diagnostic::{Code, Diagnostic, has_errors};
use crate::export::picture::Pictures;
use crate::export::{briefing, calendar, deck};
use crate::plan::Plan;
use crate::theme::Themes;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

/// Builds all files.
pub fn build(args: &BuildArgs, terminal: &Terminal) -> Exit {
    let ready = Run::new(args, terminal).and_then(|run| {
        let files = files(args, terminal)?;
        let manifest = args.many.manifest.as_deref().map(|path| manifest(path, terminal)).transpose()?;
        Ok((run, files, manifest))
    });
    match ready {
        Ok((run, files, manifest)) => many::build(run, files, manifest, terminal),
        Err(exit) => exit,
    }
}

/// The dossiers of the run; what is wrong has been said.
fn files(args: &BuildArgs, terminal: &Terminal) -> Result<Files, Exit> {
    Files::new(args).map_err(|wrong| match wrong {
        Wrong::Unreadable(error) => {
            terminal.error(&format!("cannot read the list of dossiers: {}", input::why(&error)));
            Exit::System
        }
        Wrong::SameName(names) => {
            let names = names.join("\n  ");
            terminal.error(&format!(
                "some dossiers would be written under the same name; nothing was written\n  {names}\n\
                 build them into different folders, or with --keep-folders"
            ));
            Exit::Usage
        }
    })
}

fn manifest(path: &Path, terminal: &Terminal) -> Result<Manifest, Exit> {
    Manifest::open(path).map_err(|error| {
        terminal.error(&format!("cannot use the manifest {}: {}", path.display(), input::why(&error)));
        Exit::System
    })
}

/// What all files of a run share.
pub struct Run<'a> {
    /// The command line.
    pub args: &'a BuildArgs,
    /// SHA-256 of everything but the dossiers that decides what is made; empty when nothing is recorded.
    pub setting: String,
    /// Signals.
    pub interrupt: &'static Interrupt,
    /// How many threads a dossier may take.
    pub threads: usize,
    clock: Clock,
    themes: Themes,
    fonts: Fonts,
    outputs: Vec<Output>,
    /// Where everything is written.
    pub writer: Writer,
}

/// What became of a dossier.
pub struct Built {
    /// How it ended.
    pub exit: Exit,
    /// What was written.
    pub written: Vec<PathBuf>,
    /// The same with its facts, for the manifest.
    pub outputs: Vec<(manifest::Written, Value)>,
    /// What was read beside it.
    pub beside: Vec<Beside>,
}

impl Built {
    /// Nothing was written.
    pub fn nothing(exit: Exit) -> Self {
        Self { exit, written: Vec::new(), outputs: Vec::new(), beside: Vec::new() }
    }
}

/// A dossier whose outputs are made, in memory.
pub struct Unwritten {
    /// The dossier, as messages call it.
    name: String,
    files: Vec<Planned>,
    lines: Vec<Line>,
    remarks: Vec<String>,
    beside: Vec<Beside>,
}

/// What the last build remembers for this one.
struct Earlier {
    calendar: Option<Vec<u8>>,
    deck: Option<Vec<u8>>,
}

/// An output that was made, with what there is to say of it.
struct Made {
    output: Output,
    bytes: Vec<u8>,
    /// For people.
    summary: String,
    /// For programs.
    facts: Value,
    /// What to know or to do, a line each.
    remarks: Vec<String>,
}

impl<'a> Run<'a> {
    /// Reads what all files share; what is wrong has been said.
    pub fn new(args: &'a BuildArgs, terminal: &Terminal) -> Result<Self, Exit> {
        let usage = |message: &str| {
            terminal.error(message);
            Exit::Usage
        };
        let mut outputs = if args.only.is_empty() { Output::ALL.to_vec() } else { args.only.clone() };
        outputs.sort_unstable();
        outputs.dedup();
        let to_stdout = is_stdout(&args.output);
        if to_stdout && (outputs.len() != 1 || args.input.files.len() != 1) {
            return Err(usage(
                "standard output takes one output of one dossier: add --only briefing, deck or calendar",
            ));
        }
        if to_stdout && terminal.format == Format::Json {
            return Err(usage("--format json and the output cannot both go to standard output"));
        }
        if let Some(previous) = args.memory.previous.iter().find(|previous| !previous.is_file()) {
            terminal.error(&format!("there is no earlier export {}", previous.display()));
            return Err(Exit::System);
        }
        let (clock, themes) = input::setting(&args.input, terminal)?;
        let fonts = Fonts::new(&args.material).map_err(|message| {
            terminal.error(&message);
            Exit::System
        })?;
        let recorded = args.many.manifest.is_some();
        let setting = if recorded { setting(args, clock, &themes.templates, &fonts) } else { String::new() };
        Ok(Self {
            args,
            setting,
            interrupt: Interrupt::of_process(),
            threads: many::cores(),
            clock,
            themes,
            fonts,
            outputs,
            writer: Writer::default(),
        })
    }

    /// Builds one dossier.
    pub fn one(&self, file: &Path, terminal: &Terminal) -> Built {
        match self.made(file, terminal) {
            Ok(unwritten) => self.write(unwritten, terminal),
            Err(exit) => Built::nothing(exit),
        }
    }

    /// Makes all outputs of a dossier; why it cannot be built has been said.
    pub fn made(&self, file: &Path, terminal: &Terminal) -> Result<Unwritten, Exit> {
        let input = input::input(file, &self.themes, terminal)?;
        let mut diagnostics = input.diagnostics.clone();
        let Images { pictures, problems, beside } = images::images(&input, &self.args.material.images);
        diagnostics.extend(problems);
        if has_errors(&diagnostics) {
            terminal.diagnostics(&input.source, &diagnostics);
            return Err(Exit::Input);
        }
        let earlier = self.earlier(&input).map_err(|message| {
            terminal.error(&message);
            Exit::System
        })?;
        let made = self.make((&input, &pictures), &earlier, &mut diagnostics).map_err(|message| {
            terminal.error(&format!("{}: {message}", input.source.name));
            Exit::Bug
        })?;
        terminal.diagnostics(&input.source, &diagnostics);
        if has_errors(&diagnostics) {
            return Err(Exit::Input);
        }
        let mut written = made.iter().filter(|_| !is_stdout(&self.args.output));
        if let Some(message) = written.find_map(|made| self.read_and_written(&input, made.output)) {
            terminal.error(&message);
            return Err(Exit::Usage);
        }
        Ok(self.unwritten(input, made, beside))
    }

    fn make(
        &self,
        (input, pictures): (&Input, &Pictures),
        earlier: &Earlier,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Vec<Made>, String> {
        let now = self.clock.now(input.dossier.study_zone());
        let planned = planning::plan(input, now, earlier.calendar.as_deref(), &self.args.memory.missed)?;
        let plan = planned.plan;
        diagnostics.extend(planned.diagnostics);
        diagnostics.extend(planning::remarks(input, plan.as_ref(), now));
        let one = |output: Output| self.output(output, (input, pictures), plan.as_ref(), now, earlier);
        let mut made = Vec::with_capacity(self.outputs.len());
        for (output, said) in side_by_side(&self.outputs, self.threads, one)? {
            diagnostics.extend(said);
            made.extend(output);
        }
        Ok(made)
    }

    /// An output, and what there is to say about it; none when there is nothing to plan.
    fn output(
        &self,
        output: Output,
        (input, pictures): (&Input, &Pictures),
        plan: Option<&Plan>,
        now: Timestamp,
        earlier: &Earlier,
    ) -> Result<(Option<Made>, Vec<Diagnostic>), String> {
        let mut diagnostics = Vec::new();
        let made = match output {
            Output::Briefing => Some(self.briefing((input, pictures), plan, now, &mut diagnostics)?),
            Output::Deck => Some(self.deck((input, pictures), now, earlier.deck.as_deref(), &mut diagnostics)?),
            Output::Calendar => {
                let options = calendar::Options { now, previous: earlier.calendar.as_deref(), threads: self.threads };
                match plan {
                    Some(plan) => Some(calendar(input, plan, &options)?),
                    None => called_off(input, &options),
                }
            }
        };
        Ok((made, diagnostics))
    }

    fn earlier(&self, input: &Input) -> Result<Earlier, String> {
        let previous = |output: Output| {
            // The package remembers for the text form, too, which lies beside it and cannot tell what it was.
            let beside = || self.path(input, output).with_extension(output.extension());
            let there = (!is_stdout(&self.args.output)).then(beside);
            input::earlier_output(&self.args.memory, output, there.as_deref())
        };
        let deck = if self.outputs.contains(&Output::Deck) { previous(Output::Deck)? } else { None };
        // The briefing shows the plan too.
        Ok(Earlier { calendar: previous(Output::Calendar)?, deck })
    }

    fn path(&self, input: &Input, output: Output) -> PathBuf {
        let extension = match (output, self.args.deck_format) {
            (Output::Deck, DeckFormat::Csv) => "csv",
            _ => output.extension(),
        };
        // The other layouts stand beside the briefing, not in its place.
        let suffix = match (output, self.args.layout) {
            (Output::Briefing, LayoutArg::Cheatsheet) => "-cheatsheet",
            (Output::Briefing, LayoutArg::Cards) => "-cards",
            _ => "",
        };
        let mut name = input.stem.clone();
        name.push(format!("{suffix}.{extension}"));
        self.args.output.join(folder_below(&input.file, self.args.many.keep_folders)).join(name)
    }

    fn briefing(
        &self,
        (input, pictures): (&Input, &Pictures),
        plan: Option<&Plan>,
        now: Timestamp,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Made, String> {
        let args = self.args;
        let options = briefing::Options {
            now,
            paper: args.paper.map(Into::into),
            layout: args.layout.into(),
            notes: args.notes.into(),
            duplex: args.duplex.map(Into::into),
            pictures,
            fonts: &[],
            threads: self.threads,
        };
        let (found, problems) = self
            .fonts
            .find(&input.dossier.language, || briefing::trial(&input.dossier, plan, &input.theme, &options).missing);
        diagnostics.extend(problems);
        let options = briefing::Options { fonts: &found, ..options };
        let briefing =
            briefing::briefing(&input.dossier, plan, &input.theme, &options).map_err(|error| error.to_string())?;
        if briefing.overfull {
            diagnostics.push(too_long());
        } else if briefing.pages == 0 {
            let message = "there is no question, concept or story to make cards of";
            diagnostics.push(
                Diagnostic::new(Code::Empty, 0..0, message, "nothing for --layout cards")
                    .help("add `questions`, `concepts` or `stories`"),
            );
        }
        diagnostics.extend(images::shown_by_words(input, pictures));
        diagnostics.extend(fonts::missing(&input.source, &briefing.missing, &args.material));
        Ok(Made {
            output: Output::Briefing,
            bytes: briefing.bytes,
            summary: counted(briefing.pages, "page"),
            facts: json!({ "pages": briefing.pages }),
            remarks: Vec::new(),
        })
    }

    fn deck(
        &self,
        (input, pictures): (&Input, &Pictures),
        now: Timestamp,
        previous: Option<&[u8]>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Made, String> {
        let options = deck::Options {
            now,
            clock: self.clock.changes(now),
            days_left: input.dossier.days_left(now),
            previous,
            images: &|path| pictures.bytes(path).map(<[u8]>::to_vec),
        };
        let (bytes, report) = match self.args.deck_format {
            DeckFormat::Apkg => {
                let deck = deck::deck(&input.dossier, &input.theme, &options).map_err(|error| error.to_string())?;
                (deck.bytes, deck.report)
            }
            DeckFormat::Csv => {
                let (text, report) = deck::csv(&input.dossier, &input.theme, &options);
                (text.into_bytes(), report)
            }
        };
        diagnostics.extend(report.warnings.iter().map(about_deck));
        let changes = changes(&[(report.new, "new"), (report.changed, "changed"), (report.removed.len(), "removed")]);
        let facts = json!({
            "notes": report.notes, "cards": report.cards, "new": report.new, "changed": report.changed,
            "kept": report.kept, "removed": report.removed.len(), "search": report.search(),
        });
        // Changes are counted in notes, and one with several gaps gives several cards.
        let notes =
            if report.notes == report.cards { String::new() } else { format!(" of {}", counted(report.notes, "note")) };
        let summary = format!("{}{notes}{changes}", counted(report.cards, "card"));
        Ok(Made { output: Output::Deck, bytes, summary, facts, remarks: remarks(&report, self.args.deck_format) })
    }

    /// An output that would take the place of what it was made from.
    fn read_and_written(&self, input: &Input, output: Output) -> Option<String> {
        let path = self.path(input, output);
        let there = path.canonicalize().ok()?;
        let sources = input.sources(&self.args.material.images);
        let is_read = sources.iter().any(|source| source.canonicalize().is_ok_and(|source| source == there));
        let message =
            format!("{} would replace a file that it is made from; choose another folder with -o", path.display());
        is_read.then_some(message)
    }

    fn unwritten(&self, input: Input, made: Vec<Made>, images: Vec<Beside>) -> Unwritten {
        let mut files = Vec::with_capacity(made.len());
        let mut lines = Vec::with_capacity(made.len());
        let mut remarks = Vec::new();
        for made in made {
            let path = self.path(&input, made.output);
            let recorded = self.args.many.manifest.as_ref().map(|_| recorded(&path, &made));
            lines.push(Line {
                path: path.clone(),
                output: made.output,
                summary: made.summary,
                facts: made.facts,
                recorded,
            });
            remarks.extend(made.remarks);
            files.push(Planned { path, bytes: made.bytes });
        }
        Unwritten { beside: beside(&input, images), name: input.source.name, files, lines, remarks }
    }

    /// Writes what was made.
    pub fn write(&self, unwritten: Unwritten, terminal: &Terminal) -> Built {
        let Unwritten { name, files, lines, remarks, beside } = unwritten;
        if is_stdout(&self.args.output) {
            let sent = files.first().is_none_or(|file| terminal.data(&file.bytes));
            return Built::nothing(if sent { Exit::Fine } else { Exit::System });
        }
        if let Err((file, error)) = self.interrupt.after(|| self.writer.write_all(&files)) {
            terminal.error(&format!(
                "cannot write {}: {}; the files that were there are untouched",
                file.display(),
                input::why(&error)
            ));
            return Built::nothing(Exit::System);
        }
        report(&name, &lines, terminal);
        for remark in remarks {
            terminal.say(&format!("  {remark}"));
        }
        let written = lines.iter().map(|line| line.path.clone()).collect();
        let outputs = lines.into_iter().filter_map(|line| Some((line.recorded?, line.facts))).collect();
        Built { exit: Exit::Fine, written, outputs, beside }
    }
}

/// Makes outputs, the first of them, which takes longest, on this thread and the others beside it; in
/// their order.
fn side_by_side<T: Send>(
    outputs: &[Output],
    threads: usize,
    one: impl Fn(Output) -> Result<T, String> + Sync,
) -> Result<Vec<T>, String> {
    let all = |outputs: &[Output]| outputs.iter().map(|output| one(*output)).collect::<Result<Vec<T>, String>>();
    if threads < 2 || outputs.len() < 2 {
        return all(outputs);
    }
    let (first, rest) = outputs.split_at(1);
    thread::scope(|scope| {
        let rest_made = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || all(rest));
        let mut made = all(first)?;
        made.extend(match rest_made {
            Ok(rest) => rest.join().unwrap_or_else(|panic| resume_unwind(panic))?,
            Err(_) => all(rest)?,
        });
        Ok(made)
    })
}

/// A briefing that nobody would print.
pub fn too_long() -> Diagnostic {
    let message = "the briefing would have more than a thousand pages";
    Diagnostic::new(Code::TooLarge, 0..0, message, "too long to print")
        .help("write several dossiers, or leave the briefing out with --only deck,calendar")
}

/// What there is to say of an output that was written.
struct Line {
    path: PathBuf,
    output: Output,
    summary: String,
    facts: Value,
    recorded: Option<manifest::Written>,
}

fn recorded(path: &Path, made: &Made) -> manifest::Written {
    manifest::Written {
        output: made.output.name().to_owned(),
        path: path.to_string_lossy().into_owned(),
        bytes: made.bytes.len() as u64,
        sha256: manifest::hash(&made.bytes),
    }
}

/// The files that were read beside a dossier.
fn beside(input: &Input, images: Vec<Beside>) -> Vec<Beside> {
    let busy = input.dossier.study.busy.as_ref().map(|(path, _)| path.clone());
    let busy = busy.map(|path| Beside { path, sha256: input.busy.as_deref().map(manifest::hash) });
    busy.into_iter().chain(images).collect()
}

/// Whether what is made goes to standard output.
fn is_stdout(output: &Path) -> bool {
    output == Path::new("-")
}

/// What was written of a dossier, for people or for programs.
fn report(name: &str, lines: &[Line], terminal: &Terminal) {
    if terminal.format == Format::Json {
        let outputs: Vec<Value> = lines
            .iter()
            .map(|line| json!({ "output": line.output.name(), "path": line.path.display().to_string(), "facts": line.facts }))
            .collect();
        terminal.data(format!("{}\n", json!({ "file": name, "outputs": outputs })).as_bytes());
        return;
    }
    let width = lines.iter().map(|line| line.path.display().to_string().chars().count()).max().unwrap_or(0);
    for Line { path, output, summary, .. } in lines {
        let path = path.display().to_string();
        terminal.say(&format!("{path:width$}  {:8}  {summary}", terminal.dim(output.name())));
    }
}

fn calendar(input: &Input, plan: &Plan, options: &calendar::Options<'_>) -> Result<Made, String> {
    let calendar =
        calendar::calendar(&input.dossier, plan, &input.theme, options).map_err(|error| error.to_string())?;
    let (planned, free) = (duration(plan.capacity.planned), duration(plan.capacity.free));
    Ok(Made {
        output: Output::Calendar,
        summary: format!("{}; {planned} planned of {free} free", events(&calendar.report)),
        facts: json!({ "events": calendar.report, "capacity": plan.capacity }),
        bytes: calendar.bytes,
        remarks: Vec::new(),
    })
}

/// The calendar of a dossier whose interview was taken out, if the earlier one has to be called off.
fn called_off(input: &Input, options: &calendar::Options<'_>) -> Option<Made> {
    let calendar = calendar::called_off(&input.dossier, &input.theme, options)?;
    Some(Made {
        output: Output::Calendar,
        summary: events(&calendar.report),
        facts: json!({ "events": calendar.report }),
        bytes: calendar.bytes,
        remarks: Vec::new(),
    })
}

/// `50 sessions, 1 round (51 new)`
fn events(report: &calendar::Report) -> String {
    let changes = changes(&[(report.new, "new"), (report.moved, "moved"), (report.cancelled, "cancelled")]);
    format!("{}, {}{changes}", counted(report.sessions, "session"), counted(report.rounds, "round"))
}

/// What to know when the deck is imported.
fn remarks(report: &deck::Report, format: DeckFormat) -> Vec<String> {
    let mut remarks = Vec::new();
    for reworded in &report.reworded {
        remarks.push(format!("recognised in other words: “{}” is now “{}”", reworded.before, reworded.after));
    }
    if let Some(search) = report.search() {
        remarks.push(format!("no longer in the dossier, still in Anki; find them there with: {search}"));
    }
    if let Some(preset) = report.preset.as_ref().filter(|_| format == DeckFormat::Apkg) {
        remarks.push(format!(
            "when you import the deck, tick “Import any deck presets”: {} a day, no interval over {}",
            counted(preset.new_per_day, "new card"),
            counted(usize::try_from(preset.longest).unwrap_or_default(), "day"),
        ));
    }
    remarks
}

/// What went wrong with an earlier deck; images have been looked at before.
fn about_deck(warning: &deck::Warning) -> Diagnostic {
    let problem = Diagnostic::new(Code::EarlierDeck, 0..0, warning.to_string(), "about the deck");
    match warning {
        deck::Warning::Damaged | deck::Warning::Foreign | deck::Warning::Later | deck::Warning::OtherDossier(_) => {
            problem.help("if you have the deck that you imported last, give it with `--previous FILE`")
        }
        deck::Warning::NoImage(_) | deck::Warning::DeckRenamed { .. } => problem,
    }
}

/// ` (3 new, 1 moved)`, or nothing.
fn changes(counts: &[(usize, &str)]) -> String {
    let words: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if words.is_empty() { String::new() } else { format!(" ({})", words.join(", ")) }
}
