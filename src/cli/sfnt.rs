//! The tables of a font file that tell what it is, without the rest of it (ISO 14496-22).
#![allow(clippy::disallowed_methods, reason = "this is cli/")]

use read_fonts::tables::name::NameId;
use read_fonts::types::Tag;
use read_fonts::{FontData, FontRead, TableProvider};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// The tables that are read.
const READ: [&[u8; 4]; 5] = [b"OS/2", b"cmap", b"head", b"name", b"post"];
/// A table of these that is larger is no such table.
const TABLE_LIMIT: u32 = 8 << 20;
/// A collection has fewer fonts.
const FONTS_LIMIT: u32 = 256;
/// Licence bits (OS/2, `fsType`): no embedding at all, no subsets, only bitmaps.
const RESTRICTED: u16 = 0x0002;
const NO_SUBSETS: u16 = 0x0100;
const ONLY_BITMAPS: u16 = 0x0200;

/// A font of a file.
#[derive(Debug)]
pub struct Head {
    /// Its place in a collection.
    pub index: u32,
    /// Its family, as people know it.
    pub family: String,
    /// Its name, as PDF wants it.
    pub name: String,
    /// From 1 to 1000; 400 is regular, 700 is bold.
    pub weight: u16,
    /// Slanted, narrow, wide, or with all letters of one width.
    pub odd: bool,
    /// With serifs.
    pub serif: bool,
    /// Its licence forbids to embed it, or to embed only what is used.
    pub restricted: bool,
    cmap: Vec<u8>,
}

impl Head {
    /// Whether it has a character.
    pub fn has(&self, c: char) -> bool {
        let cmap = read_fonts::tables::cmap::Cmap::read(FontData::new(&self.cmap));
        cmap.ok().and_then(|cmap| cmap.map_codepoint(c)).is_some_and(|glyph| glyph.to_u32() != 0)
    }
}

/// The fonts of a file, one after the other.
pub fn heads(path: &Path) -> io::Result<Vec<Head>> {
    let mut file = File::open(path)?;
    let mut start = [0; 12];
    file.read_exact(&mut start)?;
    if !start.starts_with(b"ttcf") {
        return Ok(vec![head(&mut file, 0, 0)?]);
    }
    let count = word(&start, 8);
    if count > FONTS_LIMIT {
        return Err(damaged("it says that it has too many fonts"));
    }
    let mut offsets = vec![0; 4 * usize::try_from(count).unwrap_or_default()];
    file.read_exact(&mut offsets)?;
    (0..count).zip(offsets.chunks_exact(4)).map(|(index, offset)| head(&mut file, word(offset, 0), index)).collect()
}

fn damaged(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(|bytes| bytes.first_chunk::<4>()).map_or(0, |word| u32::from_be_bytes(*word))
}

/// Tables by their names.
struct Tables(BTreeMap<[u8; 4], Vec<u8>>);

impl<'a> TableProvider<'a> for &'a Tables {
    fn data_for_tag(&self, tag: Tag) -> Option<FontData<'a>> {
        self.0.get(&tag.to_be_bytes()).map(|bytes| FontData::new(bytes))
    }
}

fn head(file: &mut File, offset: u32, index: u32) -> io::Result<Head> {
    file.seek(SeekFrom::Start(u64::from(offset)))?;
    let mut start = [0; 12];
    file.read_exact(&mut start)?;
    let magic = start.first_chunk::<4>().copied().unwrap_or_default();
    if ![*b"\0\x01\0\0", *b"OTTO", *b"true"].contains(&magic) {
        return Err(damaged("it is no TrueType or OpenType font"));
    }
    let count = usize::from(u16::from_be_bytes([start[4], start[5]]));
    let mut records = vec![0; 16 * count];
    file.read_exact(&mut records)?;
    let mut tables = Tables(BTreeMap::new());
    let mut outlines = false;
    for record in records.chunks_exact(16) {
        let Some(tag) = record.first_chunk::<4>() else { continue };
        outlines |= tag == b"glyf" || tag == b"CFF ";
        let length = word(record, 12);
        if READ.contains(&tag) && length <= TABLE_LIMIT {
            let mut table = vec![0; usize::try_from(length).unwrap_or_default()];
            file.seek(SeekFrom::Start(u64::from(word(record, 8))))?;
            file.read_exact(&mut table)?;
            tables.0.insert(*tag, table);
        }
    }
    if !outlines {
        return Err(damaged("it has no outlines"));
    }
    describe(&tables, index).ok_or_else(|| damaged("a table of it cannot be read"))
}

fn describe(tables: &Tables, index: u32) -> Option<Head> {
    let provider = tables;
    let (os2, post) = ((&provider).os2().ok(), (&provider).post().ok());
    (&provider).cmap().ok()?;
    (&provider).head().ok()?;
    let family = text(tables, NameId::TYPOGRAPHIC_FAMILY_NAME).or_else(|| text(tables, NameId::FAMILY_NAME))?;
    let name = text(tables, NameId::POSTSCRIPT_NAME).unwrap_or_else(|| family.clone());
    let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(63).collect();
    let (weight, width) = os2.as_ref().map_or((400, 5), |os2| (os2.us_weight_class(), os2.us_width_class()));
    let slanted = post.as_ref().is_some_and(|post| post.italic_angle().to_f64() != 0.0);
    let rights = os2.as_ref().map_or(0, read_fonts::tables::os2::Os2::fs_type);
    let panose = os2.as_ref().map(|os2| os2.panose_10().to_vec()).unwrap_or_default();
    Some(Head {
        index,
        serif: is_serif(&family, &panose),
        name: if name.is_empty() { "Font".to_owned() } else { name },
        family,
        weight,
        odd: slanted || width != 5 || post.is_some_and(|post| post.is_fixed_pitch() != 0),
        restricted: rights & 0x000f == RESTRICTED || rights & (NO_SUBSETS | ONLY_BITMAPS) != 0,
        cmap: tables.0.get(b"cmap")?.clone(),
    })
}

/// A name in English where there is one.
fn text(tables: &Tables, id: NameId) -> Option<String> {
    let provider = tables;
    let names = (&provider).name().ok()?;
    let mut records: Vec<_> = names.name_record().iter().filter(|record| record.name_id() == id).collect();
    records.sort_by_key(|record| (record.language_id() != 0x409, record.platform_id(), record.language_id()));
    let decoded = records.iter().filter_map(|record| record.string(names.string_data()).ok());
    decoded.map(|name| name.chars().collect::<String>()).find(|name| !name.trim().is_empty())
}

/// By its name where that says so, else by its PANOSE number.
fn is_serif(family: &str, panose: &[u8]) -> bool {
    let family = family.to_lowercase();
    let is = |words: &[&str]| words.iter().any(|word| family.contains(word));
    if is(&["sans", "gothic", "kufi"]) {
        return false;
    }
    is(&["serif", "mincho", "myeongjo", "batang", "song", "ming", "naskh", "roman"])
        || matches!(panose, [2, 2..=10, ..])
}
