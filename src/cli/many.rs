//! Many dossiers in one run: several at a time, none in the way of the others, each recorded.
#![allow(clippy::disallowed_methods, reason = "this is cli/")]

use super::build::{Built, Run, Unwritten};
use super::exit::{Exit, Tally};
use super::input::why;
use super::list::Files;
use super::manifest::{self, Manifest, Record};
use super::terminal::{Held, Terminal};
use std::collections::BTreeMap;
use std::io;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, SyncSender};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// A dossier is laid out by functions that call themselves, some levels deep.
pub const STACK: usize = 8 << 20;
/// Twice this may stay with the program between two dossiers, in bytes: the most that glibc goes by is 32 MB.
const KEPT: usize = 16 << 20;
/// How many dossiers are written at once for each that is made.
const WRITERS: usize = 2;
/// How often the line that tells how far things are is written anew.
const BLINK: Duration = Duration::from_millis(100);

/// What became of one dossier.
enum Done {
    Built(Held),
    Failed(Exit, Held),
    Unchanged,
}

/// Builds all files; several at a time where there are several.
pub fn build(mut run: Run<'_>, files: Files, manifest: Option<Manifest>, terminal: &Terminal) -> Exit {
    let hushed = files.is_list();
    let jobs = jobs(&run, files.count);
    run.threads = (cores() / jobs).max(1);
    if jobs == 1 && !hushed && manifest.is_none() {
        return in_turn(&run, files, terminal);
    }
    run.writer.one_at_a_time = files.count > 1;
    run.interrupt.hold();
    keep_memory();
    let crew = Crew { run: &run, manifest: manifest.as_ref(), broken: Mutex::default(), terminal, hushed };
    let progress = Mutex::new(Progress::new(terminal, files.count));
    let read = files.into_paths().and_then(|paths| {
        let stages = Stages { make: &|path| crew.made(path), write: &|made| crew.written(made) };
        each(paths, jobs, &|| crew.is_over(), &stages, &|done| locked(&progress).add(done))
    });
    let progress = progress.into_inner().unwrap_or_else(PoisonError::into_inner);
    terminal.progress("");
    let mut trouble: Option<String> =
        read.err().map(|error| format!("cannot read the list of dossiers: {}", why(&error)));
    trouble = trouble.or(crew.broken.into_inner().unwrap_or_else(PoisonError::into_inner));
    if let Some(manifest) = manifest {
        trouble =
            trouble.or(manifest.finish().err().map(|error| format!("cannot write the manifest: {}", why(&error))));
    }
    if run.interrupt.came() {
        trouble = trouble.or(Some("stopped; the same command goes on from here".to_owned()));
    }
    if hushed {
        terminal.say(&progress.summary());
    }
    match trouble {
        None => progress.tally.exit(),
        Some(trouble) => {
            terminal.error(&trouble);
            Exit::System
        }
    }
}

/// From now on memory that is freed stays with the program, for the next dossier. The allocator of Linux (glibc) takes the
/// largest block that was freed as the measure of what is worth giving back at once; without this each dossier gets
/// its memory from the system anew, page by page.
fn keep_memory() {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(KEPT)));
}

/// As many as there are cores, and never more than dossiers.
fn jobs(run: &Run<'_>, count: usize) -> usize {
    run.args.many.jobs.map_or_else(cores, NonZeroUsize::get).min(count).max(1)
}

/// How many threads run at once.
pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZeroUsize::get)
}

/// One after the other, talking at once: one dossier, or several with `--jobs 1`.
fn in_turn(run: &Run<'_>, files: Files, terminal: &Terminal) -> Exit {
    let mut tally = Tally::default();
    for path in files.into_paths().into_iter().flatten().flatten() {
        tally.add(run.one(&path, terminal).exit);
    }
    tally.exit()
}

/// What happens to each path. Making keeps the cores busy, writing waits for the disk: so they have threads of their own.
struct Stages<'a, M, T> {
    /// What was made, or what came of it already.
    make: &'a (dyn Fn(PathBuf) -> Result<M, T> + Sync),
    write: &'a (dyn Fn(M) -> T + Sync),
}

/// Takes each path through both stages, several at a time; what came of it is handed on in the order of
/// the paths. An error ends the reading of paths, `is_over` too; what was begun is finished.
fn each<M: Send, T: Send>(
    paths: impl Iterator<Item = io::Result<PathBuf>> + Send,
    jobs: usize,
    is_over: &(dyn Fn() -> bool + Sync),
    stages: &Stages<'_, M, T>,
    done: &(dyn Fn(T) + Sync),
) -> io::Result<()> {
    let paths = Mutex::new(paths.enumerate());
    let failed: Mutex<Option<io::Error>> = Mutex::default();
    let finished = Mutex::new(Finished { next: 0, waiting: BTreeMap::new() });
    let finish = |number, result| locked(&finished).add(number, result, done);
    // Where the disk is slow, who has made one waits until somebody writes it: three for each job are in memory at most.
    let (to_write, unwritten) = mpsc::sync_channel(0);
    let unwritten = Mutex::new(unwritten);
    let make = |to_write: SyncSender<(usize, M)>| {
        while !is_over() && locked(&failed).is_none() {
            let Some((number, path)) = locked(&paths).next() else { break };
            match path.map(stages.make) {
                // Somebody writes as long as somebody makes.
                Ok(Ok(made)) => drop(to_write.send((number, made))),
                Ok(Err(result)) => finish(number, result),
                Err(error) => *locked(&failed) = Some(error),
            }
        }
    };
    let write = || {
        let next = || locked(&unwritten).recv().ok();
        std::iter::from_fn(next).for_each(|(number, made)| finish(number, (stages.write)(made)));
    };
    thread::scope(|scope| {
        for started in 0..jobs {
            let to_write = to_write.clone();
            let maker = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || make(to_write));
            // Those that could be started do all of it.
            if let Some(error) = maker.err().filter(|_| started == 0) {
                *locked(&failed) = Some(error);
                break;
            }
        }
        drop(to_write);
        for _ in 1..WRITERS * jobs {
            // One that does not start is no loss: this thread goes on until all is written.
            drop(thread::Builder::new().spawn_scoped(scope, write));
        }
        write();
    });
    failed.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
}

/// Results that wait for those before them.
struct Finished<T> {
    next: usize,
    waiting: BTreeMap<usize, T>,
}

impl<T> Finished<T> {
    fn add(&mut self, number: usize, result: T, done: &dyn Fn(T)) {
        self.waiting.insert(number, result);
        while let Some(result) = self.waiting.remove(&self.next) {
            done(result);
            self.next += 1;
        }
    }
}

/// A dossier that is being built.
struct Begun {
    path: PathBuf,
    sha256: Option<String>,
    /// How long it was worked on.
    took: Duration,
    terminal: Terminal,
}

impl Begun {
    /// What comes of some work on it; a bug costs only this one.
    fn caught<R>(&self, work: impl FnOnce() -> Result<R, Exit>) -> Result<R, Exit> {
        catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
            self.terminal.error(&format!("{}: this is a bug in dossier", self.path.display()));
            Err(Exit::Bug)
        })
    }
}

/// A dossier that waits to be written.
struct Waiting {
    begun: Begun,
    unwritten: Unwritten,
}

/// What the workers share.
struct Crew<'a> {
    run: &'a Run<'a>,
    manifest: Option<&'a Manifest>,
    /// Why the manifest cannot go on; then nothing else does.
    broken: Mutex<Option<String>>,
    terminal: &'a Terminal,
    hushed: bool,
}

impl Crew<'_> {
    fn is_over(&self) -> bool {
        self.run.interrupt.came() || locked(&self.broken).is_some()
    }

    fn made(&self, path: PathBuf) -> Result<Waiting, Done> {
        let started = Instant::now();
        // Read before the build: if the file changes meanwhile, the next run builds it again.
        let sha256 = self.manifest.and_then(|_| manifest::hash_of(&path).ok());
        if self.is_unchanged(&path, sha256.as_deref()) {
            return Err(Done::Unchanged);
        }
        let mut begun = Begun { terminal: self.terminal.holding(self.hushed), path, sha256, took: Duration::ZERO };
        let made = begun.caught(|| self.run.made(&begun.path, &begun.terminal));
        begun.took = started.elapsed();
        match made {
            Ok(unwritten) => Ok(Waiting { begun, unwritten }),
            Err(exit) => Err(self.recorded(begun, Built::nothing(exit))),
        }
    }

    fn written(&self, Waiting { mut begun, unwritten }: Waiting) -> Done {
        let started = Instant::now();
        let built = begun.caught(|| Ok(self.run.write(unwritten, &begun.terminal)));
        begun.took += started.elapsed();
        self.recorded(begun, built.unwrap_or_else(Built::nothing))
    }

    fn recorded(&self, begun: Begun, built: Built) -> Done {
        let Begun { path, sha256, took, terminal } = begun;
        let (exit, mut held) = (built.exit, terminal.held());
        if let Some(manifest) = self.manifest {
            let problems = std::mem::take(&mut held.problems);
            let record = self.record(&path, sha256, built, took, problems);
            if let Err(error) = manifest.add(&record) {
                *locked(&self.broken) = Some(format!("cannot write the manifest: {}", why(&error)));
            }
        }
        if exit == Exit::Fine { Done::Built(held) } else { Done::Failed(exit, held) }
    }

    /// Whether the last build of this dossier was good, all that went into it is the same, and what
    /// came out of it is still there. The day counts only where it was asked for: a plan that is made
    /// again on a later day keeps what it has promised.
    fn is_unchanged(&self, path: &Path, sha256: Option<&str>) -> bool {
        let Some(earlier) = self.manifest.filter(|_| !self.run.args.many.rebuild).and_then(|all| all.earlier(path))
        else {
            return false;
        };
        earlier.exit == Exit::Fine as u8
            && sha256.is_some()
            && earlier.sha256.as_deref() == sha256
            && earlier.setting == self.run.setting
            && earlier.beside.iter().all(|beside| {
                let there = path.parent().map(|folder| folder.join(&beside.path));
                there.and_then(|there| manifest::hash_of(&there).ok()) == beside.sha256
            })
            && earlier.stands()
    }

    fn record(
        &self,
        path: &Path,
        sha256: Option<String>,
        built: Built,
        took: Duration,
        problems: Vec<serde_json::Value>,
    ) -> Record {
        let (input, input_hex) = manifest::name(path);
        let count = |output: &str, pointer: &str| {
            built.outputs.iter().find(|(made, _)| made.output == output)?.1.pointer(pointer)?.as_u64()
        };
        Record {
            pages: count("briefing", "/pages"),
            cards: count("deck", "/cards"),
            sessions: count("calendar", "/events/sessions"),
            input,
            input_hex,
            sha256,
            beside: built.beside,
            setting: self.run.setting.clone(),
            exit: built.exit as u8,
            outputs: built.outputs.into_iter().map(|(made, _)| made).collect(),
            milliseconds: (took.as_secs_f64() * 1e4).round() / 10.0,
            problems,
        }
    }
}

/// How far things are.
struct Progress<'a> {
    terminal: &'a Terminal,
    count: usize,
    started: Instant,
    shown: Instant,
    built: usize,
    unchanged: usize,
    tally: Tally,
}

impl<'a> Progress<'a> {
    fn new(terminal: &'a Terminal, count: usize) -> Self {
        let now = Instant::now();
        Self { terminal, count, started: now, shown: now, built: 0, unchanged: 0, tally: Tally::default() }
    }

    fn add(&mut self, done: Done) {
        let (exit, held) = match done {
            Done::Unchanged => (Exit::Fine, None),
            Done::Built(held) => (Exit::Fine, Some(held)),
            Done::Failed(exit, held) => (exit, Some(held)),
        };
        self.tally.add(exit);
        self.unchanged += usize::from(held.is_none());
        self.built += usize::from(held.is_some() && exit == Exit::Fine);
        if let Some(held) = held.filter(|held| !held.is_empty()) {
            self.terminal.progress("");
            self.terminal.release(held);
        }
        if self.shown.elapsed() >= BLINK {
            self.shown = Instant::now();
            let done = self.built + self.unchanged + self.tally.failed();
            self.terminal.progress(&format!("{done} of {}: {}", self.count, self.counts()));
        }
    }

    /// `12 built, 3 unchanged, 1 failed`.
    fn counts(&self) -> String {
        format!("{} built, {} unchanged, {} failed", self.built, self.unchanged, self.tally.failed())
    }

    fn summary(&self) -> String {
        let left = self.count.saturating_sub(self.built + self.unchanged + self.tally.failed());
        let left = if left == 0 { String::new() } else { format!(", {left} left") };
        format!("{}{left}, in {:.1} s", self.counts(), self.started.elapsed().as_secs_f64())
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
