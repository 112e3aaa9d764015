//! Which dossiers a run is about: given as arguments or named in a list that may be too long to hold.
#![allow(clippy::disallowed_methods, reason = "this is cli/")]

use super::args::{BuildArgs, Shard};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Component, Path, PathBuf};

/// No system knows a longer path.
const PATH_LIMIT: u64 = 64 * 1024;
/// Names that collide are told up to this many.
const TOLD: usize = 10;

/// The dossiers of a run.
pub struct Files {
    origin: Origin,
    shard: Option<Shard>,
    keep_folders: bool,
    /// Dossiers that stand in the list more than once, and how often they are still to come.
    repeated: BTreeMap<PathBuf, bool>,
    /// How many there are to build.
    pub count: usize,
}

enum Origin {
    Given(Vec<PathBuf>),
    List { file: File, separator: u8 },
}

/// Why a list cannot be used.
pub enum Wrong {
    /// It cannot be read.
    Unreadable(io::Error),
    /// Dossiers whose outputs would have the same names, a line for each such name.
    SameName(Vec<String>),
}

impl From<io::Error> for Wrong {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error)
    }
}

impl Files {
    /// Opens the list and looks through all of it, the other shards' part too: two dossiers of one
    /// name must be found before anything is written. Holds eight bytes for each dossier meanwhile.
    pub fn new(args: &BuildArgs) -> Result<Self, Wrong> {
        let many = &args.many;
        let origin = match &many.files_from {
            None => Origin::Given(args.input.files.clone()),
            Some(list) => Origin::List { file: seekable(list)?, separator: if many.null { 0 } else { b'\n' } },
        };
        let mut files =
            Self { origin, shard: many.shard, keep_folders: many.keep_folders, repeated: BTreeMap::new(), count: 0 };
        files.look_through()?;
        Ok(files)
    }

    fn look_through(&mut self) -> Result<(), Wrong> {
        let (mut names, mut count) = (Vec::new(), 0);
        for path in self.paths()? {
            let path = path?;
            names.push(hashed(&self.place(&path)));
            count += usize::from(self.is_ours(&path));
        }
        names.sort_unstable();
        let twice: Vec<u64> =
            names.iter().zip(names.iter().skip(1)).filter(|(a, b)| a == b).map(|(name, _)| *name).collect();
        self.count = count;
        if twice.is_empty() {
            return Ok(());
        }
        // Hashes may agree by chance, and one path may stand there twice: look at the paths themselves.
        let mut places: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
        for path in self.paths()? {
            let path = path?;
            let place = self.place(&path);
            if twice.binary_search(&hashed(&place)).is_ok() {
                places.entry(place).or_default().push(path);
            }
        }
        self.judge(places)
    }

    fn judge(&mut self, places: BTreeMap<PathBuf, Vec<PathBuf>>) -> Result<(), Wrong> {
        let mut same = Vec::new();
        for (place, mut paths) in places {
            let all = paths.len();
            paths.sort();
            paths.dedup();
            match paths.as_slice() {
                [first, second, ..] => {
                    same.push(format!("{}: {} and {}", place.display(), first.display(), second.display()));
                }
                [one] if all > 1 => {
                    self.count -= if self.is_ours(one) { all - 1 } else { 0 };
                    self.repeated.insert(one.clone(), false);
                }
                _ => {}
            }
        }
        if same.is_empty() {
            return Ok(());
        }
        if same.len() > TOLD {
            let more = same.len() - TOLD;
            same.truncate(TOLD);
            same.push(format!("and {more} more"));
        }
        Err(Wrong::SameName(same))
    }

    /// Whether they come from a list.
    pub fn is_list(&self) -> bool {
        matches!(self.origin, Origin::List { .. })
    }

    /// The dossiers to build, each once.
    pub fn into_paths(mut self) -> io::Result<impl Iterator<Item = io::Result<PathBuf>> + Send> {
        let paths = self.paths()?;
        Ok(paths.filter(move |path| match path {
            Err(_) => true,
            Ok(path) => {
                self.is_ours(path) && self.repeated.get_mut(path).is_none_or(|seen| !std::mem::replace(seen, true))
            }
        }))
    }

    /// All paths from the first on.
    fn paths(&self) -> io::Result<Box<dyn Iterator<Item = io::Result<PathBuf>> + Send>> {
        match &self.origin {
            Origin::Given(paths) => Ok(Box::new(paths.clone().into_iter().map(Ok))),
            Origin::List { file, separator } => {
                let mut file = file.try_clone()?;
                file.seek(SeekFrom::Start(0))?;
                Ok(Box::new(Entries { reader: BufReader::new(file), separator: *separator, number: 0 }))
            }
        }
    }

    fn is_ours(&self, path: &Path) -> bool {
        self.shard.is_none_or(|shard| shard.holds(path))
    }

    /// Where the outputs of a dossier go below the output folder, without their endings.
    fn place(&self, path: &Path) -> PathBuf {
        let place = folder_below(path, self.keep_folders).join(path.file_stem().unwrap_or_default());
        // These systems do not tell `A` from `a`.
        if cfg!(any(windows, target_os = "macos")) {
            PathBuf::from(place.to_string_lossy().to_lowercase())
        } else {
            place
        }
    }
}

/// The folder of a dossier's outputs below the output folder. Nothing in the path leads out of it.
pub fn folder_below(path: &Path, keep_folders: bool) -> PathBuf {
    let parent = path.parent().filter(|_| keep_folders);
    let parts = parent.into_iter().flat_map(Path::components);
    parts.filter_map(|part| if let Component::Normal(name) = part { Some(name) } else { None }).collect()
}

impl Shard {
    /// Whether a path, as it stands in the list, belongs to this part: the first eight bytes of its
    /// SHA-256, as a number with the highest byte first, modulo the number of parts.
    fn holds(self, path: &Path) -> bool {
        let digest = Sha256::digest(path.as_os_str().as_encoded_bytes());
        let number = digest.iter().take(8).fold(0u64, |number, byte| number << 8 | u64::from(*byte));
        number % self.of == self.index - 1
    }
}

fn hashed(place: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    place.hash(&mut hasher);
    hasher.finish()
}

/// The list as a file that can be read twice: what comes through a pipe is laid down first.
fn seekable(list: &Path) -> io::Result<File> {
    if list == Path::new("-") {
        return laid_down(&mut io::stdin().lock());
    }
    let mut file = File::open(list)?;
    if file.metadata()?.is_file() { Ok(file) } else { laid_down(&mut file) }
}

fn laid_down(reader: &mut dyn Read) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    io::copy(reader, &mut file)?;
    Ok(file)
}

/// The entries of a list.
struct Entries {
    reader: BufReader<File>,
    separator: u8,
    number: usize,
}

impl Iterator for Entries {
    type Item = io::Result<PathBuf>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut entry = Vec::new();
            self.number += 1;
            match self.reader.by_ref().take(PATH_LIMIT).read_until(self.separator, &mut entry) {
                Err(error) => return Some(Err(error)),
                Ok(0) => return None,
                Ok(_) => {}
            }
            let is_whole = entry.pop_if(|last| *last == self.separator).is_some();
            if !is_whole && entry.len() as u64 == PATH_LIMIT {
                let message = format!("entry {} is longer than a path can be", self.number);
                return Some(Err(io::Error::new(io::ErrorKind::InvalidData, message)));
            }
            if self.separator == b'\n' {
                entry.pop_if(|last| *last == b'\r');
            }
            if !entry.is_empty() {
                return Some(path_of(entry, self.number));
            }
        }
    }
}

/// A path as its bytes stand in the list. `-` is a file of that name here.
fn path_of(entry: Vec<u8>, number: usize) -> io::Result<PathBuf> {
    let name = os_string(entry).ok_or_else(|| {
        io::Error::new(io::ErrorKind::InvalidData, format!("entry {number} is not UTF-8, as paths are here"))
    })?;
    Ok(if name == OsStr::new("-") { Path::new(".").join("-") } else { PathBuf::from(name) })
}

#[cfg(unix)]
#[allow(clippy::unnecessary_wraps, reason = "other systems cannot take any bytes")]
fn os_string(bytes: Vec<u8>) -> Option<OsString> {
    Some(std::os::unix::ffi::OsStringExt::from_vec(bytes))
}

#[cfg(not(unix))]
fn os_string(bytes: Vec<u8>) -> Option<OsString> {
    String::from_utf8(bytes).ok().map(OsString::from)
}
