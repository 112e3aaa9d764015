//! Fonts for scripts that the program's own do not have: which there are, which are needed, and their bytes.
#![allow(clippy::disallowed_methods, reason = "this is cli/")]

use super::args::MaterialArgs;
use super::input::why;
use super::sfnt::{self, Head};
use crate::diagnostic::{Code, Diagnostic, Source};
use crate::export::briefing::{Found, Wanted};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::SystemTime;
use unicode_script::{Script, UnicodeScript};

/// More fonts for one script and one look are never needed.
const FONTS_OF_SCRIPT: usize = 4;
/// Folders in folders.
const DEPTH_LIMIT: usize = 12;
/// Of characters that no font has, so many are named.
const NAMED: usize = 12;

/// The fonts that a run may use. Files are listed at once, looked into when a dossier needs them, and read
/// whole only where their letters stand on a page.
pub struct Fonts {
    files: Vec<PathBuf>,
    /// How many of the files were named by the user: what is wrong with those is said.
    named: usize,
    index: OnceLock<Index>,
    loaded: Mutex<BTreeMap<PathBuf, Arc<Vec<u8>>>>,
}

#[derive(Default)]
struct Index {
    fonts: Vec<Candidate>,
    unusable: Vec<String>,
}

struct Candidate {
    path: PathBuf,
    head: Head,
}

impl Fonts {
    /// The font files of the folders of the user, each folder sorted by name, then those of the machine. An
    /// error is a folder that cannot be read or has no fonts.
    pub fn new(args: &MaterialArgs) -> Result<Self, String> {
        let mut files = Vec::new();
        for folder in &args.fonts {
            let found = below(folder, 0)
                .map_err(|error| format!("cannot read the fonts in {}: {}", folder.display(), why(&error)))?;
            if found.is_empty() {
                return Err(format!("there are no fonts (.ttf, .otf, .ttc) in {}", folder.display()));
            }
            files.extend(found);
        }
        let named = files.len();
        if args.system_fonts {
            files.extend(system_folders().iter().flat_map(|folder| below(folder, 0).unwrap_or_default()));
        }
        Ok(Self { files, named, index: OnceLock::new(), loaded: Mutex::default() })
    }

    /// Which files there are: their names, their sizes and when they were written. Their bytes may be gigabytes.
    pub fn stamps(&self) -> Vec<(&Path, Option<(u64, SystemTime)>)> {
        let stamp = |path: &PathBuf| path.metadata().and_then(|about| Ok((about.len(), about.modified()?))).ok();
        self.files.iter().map(|path| (path.as_path(), stamp(path))).collect()
    }

    /// Fonts that have what is wanted (asked only when there are fonts), as far as there are any, and what is to be said of unusable ones.
    pub fn find(&self, language: &str, wanted: impl FnOnce() -> BTreeSet<Wanted>) -> (Vec<Found>, Vec<Diagnostic>) {
        let wanted = if self.files.is_empty() { BTreeSet::new() } else { wanted() };
        if wanted.is_empty() {
            return Default::default();
        }
        let index = self.index.get_or_init(|| self.look_into());
        let problem = |message: &String| {
            Diagnostic::new(Code::FontUnusable, 0..0, message.clone(), "among the fonts of --fonts")
                .help("take another version of the font, or move the file away")
        };
        let mut problems: Vec<Diagnostic> = index.unusable.iter().map(problem).collect();
        let regions = regions(&wanted, language);
        let mut chosen: Vec<(usize, Wanted)> = Vec::new();
        for group in groups(&wanted) {
            index.choose(group, &regions, &mut chosen);
        }
        let mut found = Vec::new();
        for (number, look) in chosen {
            let Some(candidate) = index.fonts.get(number) else { continue };
            match self.load(&candidate.path) {
                Ok(data) => found.push(Found {
                    name: candidate.head.name.clone(),
                    data,
                    index: candidate.head.index,
                    serif: look.serif,
                    strong: look.strong,
                }),
                Err(error) => {
                    problems.push(problem(&format!(
                        "the font {} cannot be read: {}",
                        candidate.path.display(),
                        why(&error)
                    )));
                }
            }
        }
        (found, problems)
    }

    fn look_into(&self) -> Index {
        let mut index = Index::default();
        for (number, path) in self.files.iter().enumerate() {
            match sfnt::heads(path) {
                Ok(heads) => {
                    if let Some(head) = heads.iter().find(|head| head.restricted && number < self.named) {
                        index.unusable.push(format!(
                            "the licence of the font {} ({}) forbids to embed it",
                            head.family,
                            path.display()
                        ));
                    }
                    let usable = heads.into_iter().filter(|head| !head.restricted);
                    index.fonts.extend(usable.map(|head| Candidate { path: path.clone(), head }));
                }
                Err(error) if number < self.named => {
                    index.unusable.push(format!("the font {} cannot be used: {}", path.display(), why(&error)));
                }
                Err(_) => {}
            }
        }
        index
    }

    fn load(&self, path: &Path) -> io::Result<Arc<Vec<u8>>> {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(data) = loaded.get(path) {
            return Ok(Arc::clone(data));
        }
        let data = Arc::new(std::fs::read(path)?);
        loaded.insert(path.to_owned(), Arc::clone(&data));
        Ok(data)
    }
}

impl Index {
    /// The best fonts for characters of one script and one look, the one with most of them first.
    fn choose(&self, mut wanted: BTreeSet<Wanted>, regions: &[&str], chosen: &mut Vec<(usize, Wanted)>) {
        for _ in 0..FONTS_OF_SCRIPT {
            let Some(look) = wanted.first().copied() else { return };
            let known = |number: &usize| {
                chosen
                    .iter()
                    .any(|(known, with)| known == number && (with.serif, with.strong) == (look.serif, look.strong))
            };
            let ranked = (0..self.fonts.len()).filter(|number| !known(number)).filter_map(|number| {
                let head = &self.fonts.get(number)?.head;
                let has = wanted.iter().filter(|wanted| head.has(wanted.c)).count();
                (has > 0).then(|| (wanted.len() - has, unlikeness(head, look, regions), number))
            });
            let Some((_, _, number)) = ranked.min() else { return };
            let Some(candidate) = self.fonts.get(number) else { return };
            wanted.retain(|wanted| !candidate.head.has(wanted.c));
            if chosen.iter().all(|(known, _)| *known != number) {
                chosen.push((number, look));
            }
        }
    }
}

/// Words in the names of families that are not for running text, or not in a style that everybody reads.
const ODD_STYLES: [&str; 7] = ["UI", "MONO", "DISPLAY", "LOOPED", "RASHI", "NASTALIQ", "URDU"];

/// How far a font is from what is wanted, what matters most first.
fn unlikeness(head: &Head, look: Wanted, regions: &[&str]) -> [u16; 6] {
    let family = head.family.to_uppercase();
    let words: Vec<&str> = family.split_whitespace().collect();
    let region = words.iter().find(|word| ALL_REGIONS.iter().flat_map(|(_, names)| *names).any(|name| name == *word));
    let other_region = match region {
        _ if regions.is_empty() => 0,
        Some(region) => {
            if regions.contains(region) {
                0
            } else {
                2
            }
        }
        None => 1,
    };
    let odd = head.odd || words.iter().any(|word| ODD_STYLES.contains(word));
    let made_for_it = family.contains(&script(look.c).full_name().to_uppercase());
    let weight = head.weight.abs_diff(if look.strong { 650 } else { 400 });
    [
        u16::from(odd),
        other_region,
        u16::from(!made_for_it),
        u16::from(weight > 150),
        u16::from(head.serif != look.serif),
        weight,
    ]
}

/// Where Chinese characters have their own forms, and how families are called that have them.
const ALL_REGIONS: [(&str, &[&str]); 5] =
    [("JP", &["JP", "J"]), ("KR", &["KR", "K"]), ("SC", &["SC", "CN"]), ("TC", &["TC", "TW"]), ("HK", &["HK"])];

/// The forms of Chinese characters that a language wants; of a language that has none, by the other letters.
fn regions(wanted: &BTreeSet<Wanted>, language: &str) -> Vec<&'static str> {
    let has = |scripts: &[Script]| wanted.iter().any(|wanted| scripts.contains(&wanted.c.script()));
    if !has(&[Script::Han, Script::Hiragana, Script::Katakana, Script::Hangul, Script::Bopomofo]) {
        return Vec::new();
    }
    let language = language.to_ascii_lowercase();
    let region = match language.split('-').next().unwrap_or_default() {
        "ja" => "JP",
        "ko" => "KR",
        "zh" | "yue" if language.contains("-hk") => "HK",
        "zh" if language.contains("hant") || language.contains("-tw") => "TC",
        "yue" => "HK",
        "zh" => "SC",
        _ if has(&[Script::Hangul]) => "KR",
        _ if has(&[Script::Hiragana, Script::Katakana]) => "JP",
        _ => "SC",
    };
    ALL_REGIONS.iter().find(|(name, _)| *name == region).map(|(_, names)| names.to_vec()).unwrap_or_default()
}

/// What is wanted by script and look.
fn groups(wanted: &BTreeSet<Wanted>) -> impl Iterator<Item = BTreeSet<Wanted>> {
    let scripts = scripts(wanted.iter().map(|wanted| wanted.c));
    let mut groups: BTreeMap<(&str, bool, bool), BTreeSet<Wanted>> = BTreeMap::new();
    for wanted in wanted {
        let key = (script_among(wanted.c, &scripts).full_name(), wanted.strong, wanted.serif);
        groups.entry(key).or_default().insert(*wanted);
    }
    groups.into_values()
}

fn scripts(characters: impl Iterator<Item = char>) -> BTreeSet<&'static str> {
    characters.map(script).filter(|script| !is_neutral(*script)).map(Script::full_name).collect()
}

fn is_neutral(script: Script) -> bool {
    matches!(script, Script::Common | Script::Inherited | Script::Unknown)
}

/// The script of a character; of signs that several scripts share, the one that is there.
fn script_among(c: char, there: &BTreeSet<&str>) -> Script {
    let own = script(c);
    let shared = || c.script_extension().iter().find(|script| there.contains(script.full_name()));
    if is_neutral(own) { shared().unwrap_or(own) } else { own }
}

/// The script of a character; those that Japanese mixes, and their full-width signs, are one.
fn script(c: char) -> Script {
    match c.script() {
        Script::Hiragana | Script::Katakana | Script::Bopomofo => Script::Han,
        Script::Common if matches!(c, '\u{3000}'..='\u{303f}' | '\u{30a0}'..='\u{30ff}' | '\u{ff00}'..='\u{ffef}') => {
            Script::Han
        }
        script => script,
    }
}

/// A warning for each script with characters that no font has.
pub fn missing(source: &Source, characters: &[char], args: &MaterialArgs) -> Vec<Diagnostic> {
    let there = scripts(characters.iter().copied());
    let mut by_script: BTreeMap<&str, Vec<char>> = BTreeMap::new();
    for c in characters {
        by_script.entry(script_among(*c, &there).full_name()).or_default().push(*c);
    }
    let mut warnings: Vec<Diagnostic> =
        by_script.into_iter().map(|(script, characters)| of_script(source, script, characters, args)).collect();
    warnings.sort_by_key(Diagnostic::start);
    warnings
}

fn of_script(source: &Source, script: &str, mut characters: Vec<char>, args: &MaterialArgs) -> Diagnostic {
    characters.sort_by_key(|c| source.text.find(*c).unwrap_or(usize::MAX));
    let first = characters.first().copied().unwrap_or_default();
    let span = source.text.find(first).map_or(0..0, |at| at..at + first.len_utf8());
    let named: Vec<String> =
        characters.iter().take(NAMED).map(|c| format!("`{c}` (U+{:04X})", u32::from(*c))).collect();
    let more = characters.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let letters = match script {
        "Common" | "Inherited" | "Unknown" => "character".to_owned(),
        script => format!("{} character", script.replace('_', " ")),
    };
    let plural = if characters.len() == 1 { "" } else { "s" };
    let message = format!("no font has the {letters}{plural} {}{more}: shown as empty boxes", named.join(", "));
    let package = if ["Han", "Hangul"].contains(&script) { "fonts-noto-cjk" } else { "fonts-noto-core" };
    let help = if args.system_fonts {
        format!("install a font that has them, in Debian the package {package}")
    } else {
        format!("add --system-fonts, or --fonts DIR with a font that has them (Noto; in Debian the package {package})")
    };
    Diagnostic::new(Code::MissingGlyph, span, message, "the first of them").help(help)
}

/// The font files of a folder and of those in it, sorted.
fn below(folder: &Path, depth: usize) -> io::Result<Vec<PathBuf>> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    let mut files = Vec::new();
    for path in entries {
        if path.is_dir() {
            if depth < DEPTH_LIMIT {
                files.extend(below(&path, depth + 1).unwrap_or_default());
            }
        } else if is_font(&path) {
            files.push(path);
        }
    }
    Ok(files)
}

/// Whether a file has the name of a font.
pub fn is_font(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    ending.is_some_and(|ending| ["ttf", "otf", "ttc", "otc"].contains(&ending.as_str()))
}

/// Where systems keep their fonts.
fn system_folders() -> Vec<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let home = variable("HOME");
    let in_home = |path: &str| home.as_ref().map(|home| home.join(path));
    let given = |path: &str| Some(PathBuf::from(path));
    let folders = if cfg!(windows) {
        vec![
            variable("SystemRoot").map(|root| root.join("Fonts")),
            variable("LOCALAPPDATA").map(|data| data.join("Microsoft/Windows/Fonts")),
        ]
    } else if cfg!(target_os = "macos") {
        vec![in_home("Library/Fonts"), given("/Library/Fonts"), given("/System/Library/Fonts")]
    } else {
        let data = variable("XDG_DATA_HOME").map(|data| data.join("fonts")).or_else(|| in_home(".local/share/fonts"));
        vec![data, in_home(".fonts"), given("/usr/local/share/fonts"), given("/usr/share/fonts")]
    };
    folders.into_iter().flatten().collect()
}
