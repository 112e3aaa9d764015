//! The record of a run over many dossiers: a JSON line for each, written as soon as it is done. It
//! is what a later run knows about what has not changed since.
#![allow(clippy::disallowed_methods, reason = "this is cli/")]

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fs::{File, TryLockError};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How every line begins; a file with other lines is somebody else's.
const HEAD: &str = "{\"input\":";
/// A line beyond this is none of ours.
const LINE_LIMIT: u64 = 1 << 20;
/// No output is larger.
const HASHED_LIMIT: u64 = 1 << 30;

/// What is known of a dossier that was built, or could not be.
#[derive(Debug, Serialize, Deserialize)]
pub struct Record {
    /// The path as it was given; what is no Unicode in it is replaced.
    pub input: String,
    /// The bytes of the path in hexadecimal, where `input` cannot hold it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input_hex: Option<String>,
    /// SHA-256 of the dossier; none for one that could not be read.
    pub sha256: Option<String>,
    /// The files that were read beside it.
    pub beside: Vec<Beside>,
    /// SHA-256 of everything else that decides what is made: version, options, templates.
    pub setting: String,
    /// The exit code that a run over this dossier alone would have had.
    pub exit: u8,
    /// What was written.
    pub outputs: Vec<Written>,
    /// Pages of the briefing, if one was made.
    pub pages: Option<u64>,
    /// Cards of the deck, if one was made.
    pub cards: Option<u64>,
    /// Sessions of the calendar, if one was made.
    pub sessions: Option<u64>,
    /// How long it took, from the first byte read to the last file in its place.
    pub milliseconds: f64,
    /// Errors, warnings and what else was said, as `--format json` says it.
    pub problems: Vec<Value>,
}

/// A file that was read beside a dossier.
#[derive(Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct Beside {
    /// Its path as the dossier names it.
    pub path: String,
    /// Its hash; none when it could not be read.
    pub sha256: Option<String>,
}

/// An output that was written.
#[derive(Debug, Serialize, Deserialize)]
pub struct Written {
    /// `briefing`, `deck` or `calendar`.
    pub output: String,
    /// Where it is.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its hash.
    pub sha256: String,
}

impl Record {
    /// Whether this is about that very path.
    fn is_about(&self, path: &Path) -> bool {
        let (input, hex) = name(path);
        self.input == input && self.input_hex == hex
    }

    /// Whether every output is there with the content it was written with.
    pub fn stands(&self) -> bool {
        !self.outputs.is_empty()
            && self.outputs.iter().all(|made| {
                let path = Path::new(&made.path);
                path.metadata().is_ok_and(|data| data.is_file() && data.len() == made.bytes)
                    && hash_of(path).is_ok_and(|hash| hash == made.sha256)
            })
    }
}

/// A path as a record holds it.
pub fn name(path: &Path) -> (String, Option<String>) {
    match path.to_str() {
        Some(text) => (text.to_owned(), None),
        None => (path.to_string_lossy().into_owned(), Some(hex(path.as_os_str().as_encoded_bytes()))),
    }
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// SHA-256 of some bytes, in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// SHA-256 of a file, in hexadecimal; the file is never in memory whole. A device has no end, and
/// what is larger than [`HASHED_LIMIT`] is nothing that this program reads or writes.
pub fn hash_of(path: &Path) -> io::Result<String> {
    let about = path.metadata()?;
    if !about.is_file() || about.len() > HASHED_LIMIT {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut digest = Sha256::new();
    let (mut file, mut part) = (File::open(path)?, vec![0; 64 * 1024]);
    loop {
        match file.read(&mut part)? {
            0 => return Ok(hex(&digest.finalize())),
            read => digest.update(part.get(..read).unwrap_or_default()),
        }
    }
}

/// A manifest that this run alone writes to.
pub struct Manifest {
    path: PathBuf,
    state: Mutex<State>,
}

struct State {
    file: File,
    /// Where the last record of each dossier begins, by the hash of its path: 16 bytes a dossier.
    earlier: Vec<(u64, u64)>,
    /// Whether a record may stand there that a later one has replaced.
    is_long: bool,
}

impl Manifest {
    /// Opens or makes a manifest. Half a line at its end is the trace of a run that was killed, and
    /// goes.
    pub fn open(path: &Path) -> io::Result<Self> {
        // Not to append: Windows does not shorten what was opened so.
        let file = File::options().read(true).write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(other("another run is writing it")),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(error),
        }
        if is_replaced(&file, path)? {
            return Err(other("another run has just finished it; try again"));
        }
        let Index { latest: earlier, is_long, end } = index(&file)?;
        if end < file.metadata()?.len() {
            file.set_len(end)?;
        }
        Ok(Self { path: path.to_owned(), state: Mutex::new(State { file, earlier, is_long }) })
    }

    /// What is known of a dossier.
    pub fn earlier(&self, path: &Path) -> Option<Record> {
        let mut state = self.state();
        let key = key(path);
        let place = state.earlier.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        let (_, offset) = *state.earlier.get(place)?;
        state.file.seek(SeekFrom::Start(offset)).ok()?;
        let mut line = String::new();
        BufReader::new(&state.file).take(LINE_LIMIT).read_line(&mut line).ok()?;
        drop(state);
        serde_json::from_str::<Record>(&line).ok().filter(|record| record.is_about(path))
    }

    /// Adds a record: a whole line in one go, so that a run that is killed leaves whole lines.
    pub fn add(&self, record: &Record) -> io::Result<()> {
        let mut line = serde_json::to_string(record)?;
        line.push('\n');
        let mut state = self.state();
        state.is_long = state.is_long || !state.earlier.is_empty();
        let before = state.file.seek(SeekFrom::End(0))?;
        state.file.write_all(line.as_bytes()).inspect_err(|_| {
            // Half a line in the middle would spoil what follows.
            let _ = state.file.set_len(before);
        })
    }

    /// Ends the record: synced, and with one line for each dossier.
    pub fn finish(self) -> io::Result<()> {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        if !state.is_long {
            return state.file.sync_all();
        }
        let now = index(&state.file)?;
        if now.is_long { shorten(state.file, now.latest, &self.path) } else { state.file.sync_all() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What stands in a manifest.
struct Index {
    /// Where the last record of each path begins, sorted by the key of the path.
    latest: Vec<(u64, u64)>,
    /// Whether there are others.
    is_long: bool,
    /// Where the last whole line ends.
    end: u64,
}

fn index(mut file: &File) -> io::Result<Index> {
    file.seek(SeekFrom::Start(0))?;
    let mut reader = BufReader::new(file);
    let (mut all, mut line, mut at) = (Vec::new(), Vec::new(), 0);
    loop {
        line.clear();
        let length = reader.by_ref().take(LINE_LIMIT).read_until(b'\n', &mut line)? as u64;
        if length == 0 {
            break;
        }
        let is_ours = line.starts_with(HEAD.as_bytes()) || HEAD.as_bytes().starts_with(&line);
        if !is_ours || (line.last() != Some(&b'\n') && length == LINE_LIMIT) {
            return Err(other("that is no manifest of dossier's; it is left as it is"));
        }
        if line.last() != Some(&b'\n') {
            break;
        }
        all.push((key_in(&line)?, at));
        at += length;
    }
    let before = all.len();
    // The last of each key is the one that counts.
    all.sort_unstable_by_key(|(key, at)| (*key, std::cmp::Reverse(*at)));
    all.dedup_by_key(|(key, _)| *key);
    Ok(Index { is_long: all.len() < before, latest: all, end: at })
}

/// Rewrites a manifest with the lines that count.
fn shorten(mut file: File, mut latest: Vec<(u64, u64)>, path: &Path) -> io::Result<()> {
    latest.sort_unstable_by_key(|(_, at)| *at);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let shorter = tempfile::Builder::new().prefix(".dossier-").tempfile_in(folder)?;
    shorter.as_file().set_permissions(file.metadata()?.permissions())?;
    file.seek(SeekFrom::Start(0))?;
    let (mut reader, mut writer) = (BufReader::new(&file), BufWriter::new(shorter.as_file()));
    let (mut line, mut at) = (Vec::new(), 0);
    let mut wanted = latest.iter().map(|(_, at)| *at).peekable();
    while wanted.peek().is_some() {
        line.clear();
        let length = reader.read_until(b'\n', &mut line)? as u64;
        if length == 0 {
            break;
        }
        if wanted.next_if_eq(&at).is_some() {
            writer.write_all(&line)?;
        }
        at += length;
    }
    writer.flush()?;
    drop(writer);
    shorter.as_file().sync_all()?;
    // It stays locked until another one stands in its place; Windows replaces no file that is open.
    let _locked = (!cfg!(windows)).then_some(file);
    shorter.persist(path).map_err(|error| error.error)?;
    Ok(())
}

fn key(path: &Path) -> u64 {
    key_of(&name(path))
}

fn key_in(line: &[u8]) -> io::Result<u64> {
    #[derive(Deserialize)]
    struct Input {
        input: String,
        input_hex: Option<String>,
    }
    let Input { input, input_hex } = serde_json::from_slice(line)?;
    Ok(key_of(&(input, input_hex)))
}

fn key_of(name: &(String, Option<String>)) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

/// Whether another run has put a shorter manifest in the place of the one that was opened.
#[cfg(unix)]
fn is_replaced(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let (opened, there) = (file.metadata()?, path.metadata()?);
    Ok((opened.dev(), opened.ino()) != (there.dev(), there.ino()))
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "as elsewhere")]
fn is_replaced(_: &File, _: &Path) -> io::Result<bool> {
    Ok(false)
}

fn other(message: &str) -> io::Error {
    io::Error::other(message)
}
