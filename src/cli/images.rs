//! Reading the images of a dossier: only files in its folder, or in the folders that were allowed.
#![allow(clippy::disallowed_methods, reason = "this is cli/")]

use super::input::{Input, is_remote, why};
use super::manifest::{self, Beside};
use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::export::picture::{BYTES_LIMIT, Flaw, Picture, Pictures};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// The images of a dossier together: all of them are in memory at once, and again in the briefing and in the deck.
const TOGETHER_LIMIT: u64 = 100 << 20;

/// The images of a dossier.
#[derive(Default)]
pub struct Images {
    /// Those that can be shown.
    pub pictures: Pictures,
    /// What is wrong with the others.
    pub problems: Vec<Diagnostic>,
    /// The files that were read.
    pub beside: Vec<Beside>,
}

/// Reads all images of a dossier. `others` are the folders that were allowed.
pub fn images(input: &Input, others: &[PathBuf]) -> Images {
    let (mut images, mut seen) = (Images::default(), BTreeSet::new());
    let mut left = TOGETHER_LIMIT;
    for path in input.dossier.images().into_iter().filter(|path| seen.insert(*path)) {
        let span = place(&input.source.text, path);
        match read(path, &input.folder, others, left) {
            Ok((bytes, beside)) => {
                left -= bytes.len() as u64;
                images.beside.push(Beside { path: beside, sha256: Some(manifest::hash(&bytes)) });
                let flaw = images.pictures.add(path, bytes).err();
                images.problems.extend(flaw.map(|flaw| unusable(path, &flaw, span)));
            }
            Err(refusal) => images.problems.push(refusal.diagnostic(path, span)),
        }
    }
    images
}

/// What the briefing has to say of them: formats that it cannot show.
pub fn shown_by_words(input: &Input, pictures: &Pictures) -> Vec<Diagnostic> {
    let words = |(path, number): (&str, usize)| {
        let Some(Picture::OnCardsOnly(format)) = pictures.get(number) else { return None };
        let message = format!("the briefing shows the image `{path}` by its alternative text");
        let label = format!("{} is for cards only", format.name());
        let problem = Diagnostic::new(Code::ImageAsText, place(&input.source.text, path), message, label);
        Some(problem.help("save it as PNG, JPEG or SVG to have it in the briefing too"))
    };
    pictures.paths().filter_map(words).collect()
}

/// Where the dossier names an image first.
fn place(source: &str, path: &str) -> Span {
    let in_brackets = |open: &str| source.find(&format!("{open}{path}")).map(|at| at + open.len());
    let at = in_brackets("](").or_else(|| in_brackets("](<")).or_else(|| source.find(path));
    at.map_or(0..0, |at| at..at + path.len())
}

fn unusable(path: &str, flaw: &Flaw, span: Span) -> Diagnostic {
    let message = format!("the image `{path}` {flaw}");
    match flaw {
        Flaw::TooLarge(_) => Diagnostic::new(Code::ImageTooLarge, span, message, "too large")
            .help("make it smaller: 2000 pixels fill the width of a page"),
        Flaw::Unsupported(_, way_out) => {
            Diagnostic::new(Code::ImageFormat, span, message, "cannot be shown").help(*way_out)
        }
        Flaw::Unknown => Diagnostic::new(Code::ImageFormat, span, message, "told by its first bytes")
            .help("save it as PNG, JPEG or SVG; another ending of the name is not enough"),
        Flaw::Damaged(..) => Diagnostic::new(Code::ImageFormat, span, message, "cannot be shown")
            .help("open it in another program and save it again, or fetch it anew"),
    }
}

/// Why a file was not read.
enum Refusal {
    Missing { similar: Option<String> },
    Remote,
    Outside,
    NoFile,
    TooLarge(u64),
    TooMany,
    Unreadable(std::io::Error),
}

impl Refusal {
    fn diagnostic(self, path: &str, span: Span) -> Diagnostic {
        const ALLOW: &str = "copy it there, or allow its folder with --images DIR";
        let new = |message: String, label: &str| Diagnostic::new(Code::ImageFile, span.clone(), message, label);
        match self {
            Self::Missing { similar } => {
                let problem = new(format!("there is no image `{path}`"), "looked for beside the dossier");
                match similar {
                    Some(similar) => problem.help(format!("is `{similar}` meant?")),
                    None => problem.help("mend the path, or leave the image out"),
                }
            }
            Self::Remote => {
                new(format!("the image `{path}` is not on this machine"), "nothing is fetched from the network")
                    .help("save it beside the dossier and name that file")
            }
            Self::Outside => {
                new(format!("the image `{path}` lies outside of the dossier's folder"), "not read").help(ALLOW)
            }
            Self::NoFile => {
                new(format!("the image `{path}` is not a file"), "a folder or a device").help("mend the path")
            }
            Self::TooLarge(size) => {
                let (has, most) = (size >> 20, BYTES_LIMIT >> 20);
                let message = format!("the image `{path}` has {has} MB; an image can have {most} MB");
                Diagnostic::new(Code::ImageTooLarge, span, message, "too large")
                    .help("make it smaller: 2000 pixels fill the width of a page")
            }
            Self::TooMany => {
                let message = format!("the images have more than {} MB together", TOGETHER_LIMIT >> 20);
                Diagnostic::new(Code::ImageTooLarge, span, message, "too large with those before it")
                    .help("make them smaller: 2000 pixels fill the width of a page")
            }
            Self::Unreadable(error) => new(format!("the image `{path}` cannot be read: {}", why(&error)), "here")
                .help("mend the rights of the file"),
        }
    }
}

/// The bytes of an image, and its path from the dossier's folder. Links are followed first: what counts
/// is where a file really lies.
fn read(path: &str, folder: &Path, others: &[PathBuf], left: u64) -> Result<(Vec<u8>, String), Refusal> {
    if is_elsewhere(path) {
        return Err(Refusal::Remote);
    }
    // A path from the root of the system says nothing about the dossier's folder.
    let own = (!Path::new(path).is_absolute()).then_some(folder);
    let roots: Vec<&Path> = own.into_iter().chain(others.iter().map(PathBuf::as_path)).collect();
    let (file, beside) = find(path, folder, others)?;
    let lies_in = |root: &&Path| root.canonicalize().is_ok_and(|root| file.starts_with(root));
    if !roots.iter().any(lies_in) {
        return Err(Refusal::Outside);
    }
    let about = file.metadata().map_err(Refusal::Unreadable)?;
    if !about.is_file() {
        return Err(Refusal::NoFile);
    }
    if about.len() > BYTES_LIMIT {
        return Err(Refusal::TooLarge(about.len()));
    }
    if about.len() > left {
        return Err(Refusal::TooMany);
    }
    let mut bytes = Vec::new();
    File::open(&file)
        .and_then(|file| file.take(BYTES_LIMIT.min(left)).read_to_end(&mut bytes))
        .map_err(Refusal::Unreadable)?;
    Ok((bytes, beside))
}

/// The file that a path leads to, from the dossier's folder first, and how it is named from there.
/// Editors write spaces as `%20`.
fn find(path: &str, folder: &Path, others: &[PathBuf]) -> Result<(PathBuf, String), Refusal> {
    for (root, spelling) in places(path, folder, others) {
        if let Some(file) = existing(&root.join(&spelling))? {
            let beside = if root == folder { spelling } else { file.to_string_lossy().into_owned() };
            return Ok((file, beside));
        }
    }
    Err(Refusal::Missing { similar: similar(path, folder) })
}

/// Where an image is looked for, in this order: a folder, and a path from there.
fn places<'p>(path: &str, folder: &'p Path, others: &'p [PathBuf]) -> Vec<(&'p Path, String)> {
    let plain = unescaped(path);
    let spellings = std::iter::once(path).chain((plain != path).then_some(plain.as_str()));
    let roots = || std::iter::once(folder).chain(others.iter().map(PathBuf::as_path));
    spellings.flat_map(|spelling| roots().map(|root| (root, spelling.to_owned()))).collect()
}

/// The files that an image may come from, whether they are there or not.
pub fn candidates(path: &str, folder: &Path, others: &[PathBuf]) -> Vec<PathBuf> {
    if is_elsewhere(path) {
        return Vec::new();
    }
    places(path, folder, others).into_iter().map(|(root, path)| root.join(path)).collect()
}

/// Whether a path leads off this machine in one of its spellings.
fn is_elsewhere(path: &str) -> bool {
    is_remote(path) || is_remote(&unescaped(path))
}

fn existing(path: &Path) -> Result<Option<PathBuf>, Refusal> {
    match path.canonicalize() {
        Ok(file) => Ok(Some(file)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(Refusal::Unreadable(error)),
    }
}

/// `%20` and the like as the characters they stand for.
fn unescaped(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let digits = tail.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

/// A file beside the missing one whose name is nearly the same.
fn similar(path: &str, folder: &Path) -> Option<String> {
    let path = Path::new(path);
    if path.is_absolute() || path.components().any(|part| part == std::path::Component::ParentDir) {
        return None;
    }
    let parent = path.parent().unwrap_or(Path::new(""));
    let entries = std::fs::read_dir(folder.join(parent)).ok()?;
    let mut names: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let found = nearest(&path.file_name()?.to_string_lossy(), names.iter().map(String::as_str))?;
    Some(parent.join(found).to_string_lossy().into_owned())
}
