//! Writing files: all of them or none, and never half of one.
//!
//! Everything is made whole and synced in a hidden folder beside its place, the *stage*, and then
//! renamed. A process that is killed leaves its stage behind; the next one that writes into the same
//! folder takes it away, for nobody holds its lock any more.
#![allow(clippy::disallowed_methods, reason = "this is cli/")]

use super::exit::Exit;
use super::input::why;
use super::terminal::Terminal;
use std::fs::File;
use std::io::{self, Write};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use tempfile::TempDir;

/// How the name of a stage begins.
const STAGE: &str = ".dossier-";
/// The file in a stage that is locked as long as its process lives.
const LOCK: &str = "lock";
/// How often a stage is made anew that somebody took for an abandoned one before it was locked.
const TRIES: usize = 8;

/// A file to be written.
pub struct Planned {
    /// Where. A link that stands there is replaced, what it points to is left alone.
    pub path: PathBuf,
    /// What.
    pub bytes: Vec<u8>,
}

/// What went wrong, and with which file.
pub type Failure = (PathBuf, io::Error);

/// Writes one file; what went wrong has been said.
pub fn write(path: &Path, text: impl Into<String>, terminal: &Terminal) -> Result<(), Exit> {
    let planned = Planned { path: path.to_owned(), bytes: text.into().into_bytes() };
    Writer::default().write_all(&[planned]).map_err(|(_, error)| {
        terminal.error(&format!("cannot write {}: {}", path.display(), why(&error)));
        Exit::System
    })
}

/// Writes the files of a run.
#[derive(Debug, Default)]
pub struct Writer {
    /// The stage that was used last. Most runs write into one folder only.
    last: Mutex<Option<Arc<Stage>>>,
    /// Whether the files of a dossier wait for the disk one after the other, since others are written meanwhile.
    pub one_at_a_time: bool,
}

impl Writer {
    /// Writes all files or none: only when all are whole are they renamed, and a rename that fails
    /// takes the earlier ones back. A process that is killed between two renames leaves some of the
    /// files new and the others as they were, each of them whole.
    pub fn write_all(&self, files: &[Planned]) -> Result<(), Failure> {
        let ready = self.prepare_all(files)?;
        let mut done: Vec<Replaced> = Vec::with_capacity(files.len());
        for ready in ready {
            let path = ready.path.clone();
            match ready.replace() {
                Ok(replaced) => done.push(replaced),
                Err(error) => {
                    done.into_iter().rev().for_each(Replaced::undo);
                    return Err((path, error));
                }
            }
        }
        Ok(())
    }

    /// Side by side, unless others are written meanwhile: what takes time is waiting for the disk.
    fn prepare_all(&self, files: &[Planned]) -> Result<Vec<Ready>, Failure> {
        let mut near: Option<Arc<Stage>> = None;
        let mut staged = Vec::with_capacity(files.len());
        for file in files {
            let folder = folder_of(&file.path);
            let stage = match near.filter(|stage| stage.beside == folder) {
                Some(stage) => stage,
                None => self.stage(folder).map_err(|error| (file.path.clone(), error))?,
            };
            near = Some(Arc::clone(&stage));
            staged.push((file, stage));
        }
        let prepare =
            |(file, stage): &(&Planned, Arc<Stage>)| prepare(file, stage).map_err(|error| (file.path.clone(), error));
        if self.one_at_a_time {
            return staged.iter().map(prepare).collect();
        }
        thread::scope(|scope| {
            let started = staged
                .iter()
                .skip(1)
                .map(|file| (file, thread::Builder::new().spawn_scoped(scope, move || prepare(file))));
            let started: Vec<_> = started.collect();
            let mut ready = staged.first().map(prepare).transpose()?.into_iter().collect::<Vec<Ready>>();
            for (file, waiting) in started {
                ready.push(match waiting {
                    Ok(waiting) => waiting.join().unwrap_or_else(|panic| resume_unwind(panic))?,
                    Err(_) => prepare(file)?,
                });
            }
            Ok(ready)
        })
    }

    fn stage(&self, folder: &Path) -> io::Result<Arc<Stage>> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(stage) = last.as_ref().filter(|stage| stage.beside == folder) {
            return Ok(Arc::clone(stage));
        }
        let stage = Arc::new(Stage::new(folder)?);
        let before = last.replace(Arc::clone(&stage));
        drop(last);
        drop(before);
        Ok(stage)
    }
}

/// Writes a file into a stage, whole and synced.
fn prepare(file: &Planned, stage: &Arc<Stage>) -> io::Result<Ready> {
    let there = file.path.symlink_metadata().ok();
    if let Some(there) = &there {
        let kind = there.file_type();
        if kind.is_dir() {
            return Err(io::Error::other("there is a folder of that name"));
        }
        if !kind.is_file() && !kind.is_symlink() {
            return Err(io::Error::other("that is a device or a pipe, not a file"));
        }
    }
    let staged = Staged { path: stage.name("new"), stage: Arc::clone(stage) };
    let mut new = File::create_new(&staged.path)?;
    if let Some(there) = there.filter(std::fs::Metadata::is_file) {
        new.set_permissions(there.permissions())?;
    }
    new.write_all(&file.bytes)?;
    new.sync_all()?;
    Ok(Ready { staged, path: file.path.clone() })
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A hidden folder for files that are not whole yet; it goes with its last user.
#[derive(Debug)]
struct Stage {
    beside: PathBuf,
    folder: TempDir,
    lock: Option<File>,
    next: AtomicUsize,
}

impl Stage {
    fn new(beside: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(beside)?;
        take_away_abandoned(beside);
        let mut tries = 0;
        loop {
            tries += 1;
            let folder = tempfile::Builder::new().prefix(STAGE).tempdir_in(beside)?;
            let path = folder.path().join(LOCK);
            match File::create(&path).and_then(|lock| locked(lock, &path)) {
                Ok(lock) => {
                    return Ok(Self { beside: beside.to_owned(), folder, lock: Some(lock), next: AtomicUsize::new(0) });
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound && tries < TRIES => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// A new name in the stage.
    fn name(&self, kind: &str) -> PathBuf {
        self.folder.path().join(format!("{}.{kind}", self.next.fetch_add(1, Ordering::Relaxed)))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // What could not be removed waits for the next process.
        self.folder.disable_cleanup(!empty(self.folder.path(), self.lock.take()));
    }
}

/// Locks the new stage; not found when another process has taken it away before. Where files cannot
/// be locked nobody takes anything away.
fn locked(lock: File, path: &Path) -> io::Result<File> {
    match lock.lock() {
        Err(error) if error.kind() != io::ErrorKind::Unsupported => return Err(error),
        _ => {}
    }
    path.symlink_metadata()?;
    Ok(lock)
}

/// Takes away the stages of processes that are gone. What cannot be taken away does no harm.
fn take_away_abandoned(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let is_stage = entry.file_name().as_encoded_bytes().starts_with(STAGE.as_bytes());
        if is_stage && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            take_away(&entry.path());
        }
    }
}

fn take_away(stage: &Path) {
    // Without a lock it is quite new, or nearly gone: only an empty folder goes.
    if let Ok(lock) = File::open(stage.join(LOCK)) {
        if lock.try_lock().is_err() {
            return;
        }
        empty(stage, Some(lock));
    }
    let _ = std::fs::remove_dir(stage);
}

/// Removes what lies in a stage, the lock last and only when nothing else is left: a process that is killed while
/// it does so, or may not remove a file that is open elsewhere, leaves a stage that is still known for an abandoned one.
/// The lock is held until then: who waits for it finds it gone. Windows removes it once nobody has it open.
fn empty(stage: &Path, lock: Option<File>) -> bool {
    let entries = std::fs::read_dir(stage).into_iter().flatten().flatten();
    let others = entries.filter(|entry| entry.file_name() != LOCK);
    let is_empty = others.filter(|entry| std::fs::remove_file(entry.path()).is_err()).count() == 0;
    if is_empty {
        let _ = std::fs::remove_file(stage.join(LOCK));
    }
    drop(lock);
    is_empty
}

/// A file in a stage; it goes with this value unless it was renamed.
struct Staged {
    path: PathBuf,
    stage: Arc<Stage>,
}

impl Drop for Staged {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// A whole file that waits for its place.
struct Ready {
    staged: Staged,
    path: PathBuf,
}

impl Ready {
    fn replace(self) -> io::Result<Replaced> {
        let existed = self.path.symlink_metadata().is_ok();
        // A second name for what is about to be replaced, where the file system can do that.
        let aside = Staged { path: self.staged.stage.name("old"), stage: Arc::clone(&self.staged.stage) };
        let earlier = existed.then(|| std::fs::hard_link(&self.path, &aside.path).ok().map(|()| aside)).flatten();
        std::fs::rename(&self.staged.path, &self.path)?;
        Ok(Replaced { path: self.path, earlier, existed })
    }
}

/// A file in its place, and the one that was there.
struct Replaced {
    path: PathBuf,
    earlier: Option<Staged>,
    existed: bool,
}

impl Replaced {
    fn undo(self) {
        let _ = match &self.earlier {
            Some(earlier) => std::fs::rename(&earlier.path, &self.path),
            None if !self.existed => std::fs::remove_file(&self.path),
            None => Ok(()),
        };
    }
}
