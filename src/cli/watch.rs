//! `dossier watch`: builds again whenever the dossier, or what belongs to it, is saved.
#![allow(clippy::disallowed_methods, reason = "this is cli/")]

use super::args::{BuildArgs, WatchArgs};
use super::build::Run;
use super::exit::Exit;
use super::fonts::is_font;
use super::input::{beside, folder};
use super::interrupt::Interrupt;
use super::terminal::{Terminal, counted};
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

/// A folder that is watched with all in it.
struct Tree {
    folder: PathBuf,
    holds: Material,
}

/// What a whole folder is watched for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Material {
    Templates,
    Fonts,
}

impl Tree {
    fn of(args: &WatchArgs) -> Vec<Self> {
        let BuildArgs { input, material, .. } = &args.build;
        let templates = input.templates.iter().map(|folder| (folder, Material::Templates));
        let fonts = material.fonts.iter().map(|folder| (folder, Material::Fonts));
        let there = templates.chain(fonts).filter_map(|(folder, holds)| Some((folder.canonicalize().ok()?, holds)));
        there.map(|(folder, holds)| Self { folder, holds }).collect()
    }

    /// Whether a file of this folder changes what is built.
    fn has(&self, path: &Path) -> bool {
        path.starts_with(&self.folder) && (self.holds == Material::Templates || is_font(path))
    }
}

/// The files in question, and the folders that tell about them. Folders are watched, not files:
/// many editors put a new file in the place of the old one.
struct Watched {
    system: RecommendedWatcher,
    folders: BTreeSet<PathBuf>,
    trees: Vec<Tree>,
    files: BTreeMap<PathBuf, Stamp>,
}

impl Watched {
    fn new(system: RecommendedWatcher, args: &WatchArgs) -> notify::Result<Self> {
        // A folder may come later, but not that of the dossier.
        if !args.build.input.files.iter().any(|file| folder(file).is_dir()) {
            return Err(notify::Error::path_not_found());
        }
        let mut watched = Self { system, folders: BTreeSet::new(), trees: Tree::of(args), files: BTreeMap::new() };
        for tree in &watched.trees {
            watched.system.watch(&tree.folder, RecursiveMode::Recursive)?;
        }
        watched.follow(args)?;
        Ok(watched)
    }

    /// Watches what the dossiers name now. The stamps are those of before the build where they are
    /// known: a save while it ran is not lost.
    fn follow(&mut self, args: &WatchArgs) -> notify::Result<()> {
        let mut files = BTreeMap::new();
        for file in &args.build.input.files {
            let (mut paths, is_whole) = belonging(file, &args.build.material.images);
            if !is_whole {
                // What a broken dossier named before is most likely what it will name again.
                paths.extend(self.files.keys().cloned());
            }
            for path in paths {
                let known = self.files.get(&path).copied();
                files.insert(path.clone(), known.unwrap_or_else(|| stamp(&path)));
            }
        }
        // What is not there yet is named by the dossier only, and a whole folder that is watched tells of those in it.
        let is_to_watch =
            |folder: &&Path| folder.is_dir() && !self.trees.iter().any(|tree| folder.starts_with(&tree.folder));
        let folders = files.keys().filter_map(|path| path.parent()).filter(is_to_watch);
        let folders: BTreeSet<PathBuf> = folders.map(Path::to_owned).collect();
        for folder in folders.difference(&self.folders) {
            self.system.watch(folder, RecursiveMode::NonRecursive)?;
        }
        for folder in self.folders.difference(&folders) {
            let _ = self.system.unwatch(folder);
        }
        self.folders = folders;
        self.files = files;
        Ok(())
    }

    /// Waits for a save; `false` when it is time to end.
    fn wait(&mut self, events: &Receiver<notify::Result<Event>>, interrupt: &Interrupt) -> bool {
        while !interrupt.came() {
            let is_material = match events.recv_timeout(HEARTBEAT) {
                Ok(event) => self.is_material(&event),
                Err(RecvTimeoutError::Timeout) => false,
                Err(RecvTimeoutError::Disconnected) => return false,
            };
            if !is_material && !self.has_changed() {
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

    /// Whether something was written in the folders of the templates and the fonts.
    fn is_material(&self, event: &notify::Result<Event>) -> bool {
        let Ok(event) = event else { return false };
        let is_written = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
            EventKind::Access(_) => false,
            _ => true,
        };
        is_written && event.paths.iter().any(|path| self.trees.iter().any(|tree| tree.has(path)))
    }

    fn summary(&self) -> String {
        let files = counted(self.files.values().flatten().count(), "file");
        let has = |material| self.trees.iter().any(|tree| tree.holds == material);
        match (has(Material::Templates), has(Material::Fonts)) {
            (false, false) => files,
            (true, false) => format!("{files} and the templates"),
            (false, true) => format!("{files} and the fonts"),
            (true, true) => format!("{files}, the templates and the fonts"),
        }
    }
}

fn stamp(path: &Path) -> Stamp {
    std::fs::metadata(path).ok().map(|data| (data.len(), data.modified().ok()))
}

/// The dossier and what belongs to it; and whether it could be read. `others` are the folders that images may come from.
fn belonging(file: &Path, others: &[PathBuf]) -> (Vec<PathBuf>, bool) {
    let folder = whole(&folder(file));
    let others: Vec<PathBuf> = others.iter().map(|folder| whole(folder)).collect();
    let mut paths = vec![folder.join(file.file_name().unwrap_or_default())];
    let bytes = std::fs::read(file).unwrap_or_default();
    let Some(dossier) = dossier::read("", bytes).dossier else { return (paths, false) };
    paths.extend(beside(&dossier, &folder, &others));
    (paths, true)
}

/// The path from the root of the system, links followed, as events name it.
fn whole(folder: &Path) -> PathBuf {
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
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
