//! `dossier watch`: builds again whenever the dossier, or what belongs to it, is saved.
#![allow(clippy::disallowed_methods, reason = "this is cli/")]

use super::args::WatchArgs;
use super::build::Run;
use super::exit::Exit;
use super::interrupt::Interrupt;
use super::terminal::Terminal;
use crate::dossier;
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant, SystemTime};

/// How long nothing must happen before a save is taken for complete: editors write in several steps.
const QUIET: Duration = Duration::from_millis(10);
/// Somebody who writes without a pause is not waited for any longer.
const LONGEST: Duration = Duration::from_millis(200);
/// How often it is asked whether somebody wants this to end.
const HEARTBEAT: Duration = Duration::from_millis(100);

/// Builds, and builds again, until Ctrl-C.
pub fn watch(args: &WatchArgs, terminal: &Terminal) -> Exit {
    if args.build.many.files_from.is_some() || args.build.output == Path::new("-") || has_stdin(args) {
        terminal.error("watch needs files by their names, and a folder to write to");
        return Exit::Usage;
    }
    let (sender, receiver) = channel();
    let system = notify::recommended_watcher(move |event| drop(sender.send(event)));
    let mut watched = match system.and_then(|system| Watched::new(system, args)) {
        Ok(watched) => watched,
        Err(error) => {
            terminal.error(&format!("cannot watch the folder of the dossier: {}", words(&error)));
            return Exit::System;
        }
    };
    let interrupt = Interrupt::of_process();
    interrupt.hold();
    let mut is_opened = !args.open;
    loop {
        terminal.clear();
        let start = Instant::now();
        let briefing = match build(args, terminal) {
            Ok(briefing) => briefing,
            Err(Exit::Usage) => return Exit::Usage,
            Err(_) => None,
        };
        let took = start.elapsed();
        if let Some(briefing) = briefing.filter(|_| !is_opened) {
            is_opened = true;
            if let Err(error) = opener::open(&briefing) {
                terminal.error(&format!("cannot open {}: {error}", briefing.display()));
            }
        }
        if let Err(error) = watched.follow(args) {
            terminal.error(&format!("cannot watch everything that belongs to the dossier: {}", words(&error)));
        }
        terminal.say(&terminal.dim(&format!(
            "\n{} ms; watching {}: save and it is built again, Ctrl-C ends",
            took.as_millis(),
            watched.summary()
        )));
        if !watched.wait(&receiver, interrupt) {
            return Exit::Fine;
        }
    }
}

fn has_stdin(args: &WatchArgs) -> bool {
    args.build.input.files.iter().any(|file| file == Path::new("-"))
}

/// Builds all files; the briefing of the first that went well.
fn build(args: &WatchArgs, terminal: &Terminal) -> Result<Option<PathBuf>, Exit> {
    let run = Run::new(&args.build, terminal)?;
    let built = args.build.input.files.iter().map(|file| run.one(file, terminal));
    let written: Vec<PathBuf> = built.flat_map(|built| built.written).collect();
    Ok(written.into_iter().find(|path| path.extension().is_some_and(|extension| extension == "pdf")))
}

/// Size and time of a file: when they change, it was saved.
type Stamp = Option<(u64, Option<SystemTime>)>;

/// The files in question, and the folders that tell about them. Folders are watched, not files:
/// many editors put a new file in the place of the old one.
struct Watched {
    system: RecommendedWatcher,
    folders: BTreeSet<PathBuf>,
    templates: Option<PathBuf>,
    files: BTreeMap<PathBuf, Stamp>,
}

impl Watched {
    fn new(system: RecommendedWatcher, args: &WatchArgs) -> notify::Result<Self> {
        let templates = args.build.input.templates.as_ref().and_then(|folder| folder.canonicalize().ok());
        let mut watched = Self { system, folders: BTreeSet::new(), templates, files: BTreeMap::new() };
        if let Some(templates) = &watched.templates {
            watched.system.watch(templates, RecursiveMode::Recursive)?;
        }
        watched.follow(args)?;
        // A folder may come later, but not that of the dossier.
        if watched.folders.is_empty() { Err(notify::Error::path_not_found()) } else { Ok(watched) }
    }

    /// Watches what the dossiers name now. The stamps are those of before the build where they are
    /// known: a save while it ran is not lost.
    fn follow(&mut self, args: &WatchArgs) -> notify::Result<()> {
        let mut files = BTreeMap::new();
        for file in &args.build.input.files {
            let (mut paths, is_whole) = belonging(file);
            if !is_whole {
                // What a broken dossier named before is most likely what it will name again.
                paths.extend(self.files.keys().cloned());
            }
            for path in paths {
                let known = self.files.get(&path).copied();
                files.insert(path.clone(), known.unwrap_or_else(|| stamp(&path)));
            }
        }
        let folders: BTreeSet<PathBuf> = files.keys().filter_map(|path| path.parent().map(Path::to_owned)).collect();
        for folder in folders.difference(&self.folders) {
            // What is not there yet is named by the dossier only.
            if folder.is_dir() {
                self.system.watch(folder, RecursiveMode::NonRecursive)?;
            }
        }
        for folder in self.folders.difference(&folders) {
            let _ = self.system.unwatch(folder);
        }
        self.folders = folders.into_iter().filter(|folder| folder.is_dir()).collect();
        self.files = files;
        Ok(())
    }

    /// Waits for a save; `false` when it is time to end.
    fn wait(&mut self, events: &Receiver<notify::Result<Event>>, interrupt: &Interrupt) -> bool {
        while !interrupt.came() {
            let is_template = match events.recv_timeout(HEARTBEAT) {
                Ok(event) => self.is_template(&event),
                Err(RecvTimeoutError::Timeout) => false,
                Err(RecvTimeoutError::Disconnected) => return false,
            };
            if !is_template && !self.has_changed() {
                continue;
            }
            let start = Instant::now();
            while start.elapsed() < LONGEST && events.recv_timeout(QUIET).is_ok() {}
            for (path, known) in &mut self.files {
                *known = stamp(path);
            }
            return true;
        }
        false
    }

    fn has_changed(&self) -> bool {
        self.files.iter().any(|(path, known)| stamp(path) != *known)
    }

    /// Whether something was written in the folder of the templates.
    fn is_template(&self, event: &notify::Result<Event>) -> bool {
        let (Ok(event), Some(templates)) = (event, &self.templates) else { return false };
        let is_written = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
            EventKind::Access(_) => false,
            _ => true,
        };
        is_written && event.paths.iter().any(|path| path.starts_with(templates))
    }

    fn summary(&self) -> String {
        let count = self.files.len();
        let files = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
        if self.templates.is_some() { format!("{files} and the templates") } else { files }
    }
}

fn stamp(path: &Path) -> Stamp {
    std::fs::metadata(path).ok().map(|data| (data.len(), data.modified().ok()))
}

/// The dossier, its images and its busy calendar; and whether it could be read.
fn belonging(file: &Path) -> (Vec<PathBuf>, bool) {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let mut paths = vec![folder.join(file.file_name().unwrap_or_default())];
    let bytes = std::fs::read(file).unwrap_or_default();
    let Some(dossier) = dossier::read("", bytes).dossier else { return (paths, false) };
    paths.extend(dossier.images().into_iter().map(|image| folder.join(image)));
    paths.extend(dossier.study.busy.iter().map(|(busy, _)| folder.join(busy)));
    (paths, true)
}

/// The error without the name of its type.
fn words(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::Generic(text) => text.clone(),
        notify::ErrorKind::Io(error) => error.to_string(),
        notify::ErrorKind::PathNotFound => "it is not there".to_owned(),
        notify::ErrorKind::MaxFilesWatch => "the system watches as many files as it can already".to_owned(),
        kind => format!("{kind:?}"),
    }
}
