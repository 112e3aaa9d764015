//! An earlier package into memory. Nothing in it is trusted: what cannot be read, or is somebody
//! else's, is named and left alone.

use super::kind::Kind;
use super::memory::{Earlier, EarlierNote, Look};
use super::package::{COLLECTION, MEMORY, MEMORY_FORMAT, Memory};
use super::write::split;
use rusqlite::{Connection, Row};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// A collection beyond this is no earlier export of ours.
const SIZE_LIMIT: u64 = 512 << 20;

/// Why an earlier file tells nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// Not a package, or a damaged one.
    Damaged(String),
    /// A package of another program, or of another version of this one.
    Foreign,
    /// A package of another dossier.
    OtherDossier(String),
}

/// Reads the package that an earlier build of this dossier has written.
pub fn read(bytes: &[u8], dossier: &str) -> Result<Earlier, Unreadable> {
    let collection = unzipped(bytes)?;
    let mut database = Connection::open_in_memory().map_err(damaged)?;
    let length = collection.len();
    database.deserialize_read_exact("main", Cursor::new(collection), length, true).map_err(damaged)?;
    database.execute_batch("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;").map_err(damaged)?;
    let memory = memory(&database)?;
    if memory.dossier != dossier {
        return Err(Unreadable::OtherDossier(memory.dossier));
    }
    let notes = notes(&database, &memory)?;
    Ok(Earlier { looks: looks(&database)?, root: memory.root, notes, gone: memory.gone })
}

fn damaged(error: impl std::fmt::Display) -> Unreadable {
    Unreadable::Damaged(error.to_string())
}

fn unzipped(bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let file = match zip.by_name(COLLECTION) {
        Ok(file) => file,
        Err(zip::result::ZipError::FileNotFound) => return Err(Unreadable::Foreign),
        Err(error) => return Err(damaged(error)),
    };
    let mut collection = Vec::new();
    file.take(SIZE_LIMIT + 1).read_to_end(&mut collection).map_err(damaged)?;
    if collection.len() as u64 > SIZE_LIMIT { Err(Unreadable::Foreign) } else { Ok(collection) }
}

fn memory(database: &Connection) -> Result<Memory, Unreadable> {
    let conf = column(database, "conf")?;
    let memory = conf.get(MEMORY).cloned().ok_or(Unreadable::Foreign)?;
    let memory: Memory = serde_json::from_value(memory).map_err(|_| Unreadable::Foreign)?;
    if memory.format == MEMORY_FORMAT { Ok(memory) } else { Err(Unreadable::Foreign) }
}

fn looks(database: &Connection) -> Result<Vec<Look>, Unreadable> {
    let models = column(database, "models")?;
    Ok(models.as_object().into_iter().flat_map(|models| models.values()).filter_map(Look::from_json).collect())
}

fn column(database: &Connection, name: &str) -> Result<Value, Unreadable> {
    let text: String = database.query_row(&format!("SELECT {name} FROM col"), [], |row| row.get(0)).map_err(damaged)?;
    serde_json::from_str(&text).map_err(damaged)
}

fn notes(database: &Connection, memory: &Memory) -> Result<Vec<EarlierNote>, Unreadable> {
    let mut cards = cards(database)?;
    let mut statement =
        database.prepare("SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY id").map_err(damaged)?;
    let rows = statement.query_map([], |row| Ok(note(row, memory))).map_err(damaged)?;
    let mut notes = Vec::new();
    for row in rows {
        let mut note = row.map_err(damaged)?.map_err(damaged)?.ok_or(Unreadable::Foreign)?;
        note.cards = cards.remove(&note.id).unwrap_or_default();
        notes.push(note);
    }
    Ok(notes)
}

fn note(row: &Row<'_>, memory: &Memory) -> rusqlite::Result<Option<EarlierNote>> {
    let (guid, tags, fields): (String, String, String) = (row.get(1)?, row.get(4)?, row.get(5)?);
    let (Some(kind), Some(fields)) = (Kind::from_id(row.get(2)?), split(&fields)) else { return Ok(None) };
    let sent = super::entry::field(&fields, super::kind::Field::Item);
    let item = memory.renamed.get(&guid).map_or(sent, String::as_str).to_owned();
    let tags = tags.split_whitespace().map(str::to_owned).collect();
    Ok(Some(EarlierNote { item, guid, id: row.get(0)?, modified: row.get(3)?, kind, tags, fields, cards: Vec::new() }))
}

/// The cards of each note, by their ordinals.
fn cards(database: &Connection) -> Result<BTreeMap<i64, Vec<(u32, i64)>>, Unreadable> {
    let mut statement = database.prepare("SELECT nid, ord, id FROM cards ORDER BY nid, ord").map_err(damaged)?;
    let rows = statement
        .query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, u32>(1)?, row.get::<_, i64>(2)?)))
        .map_err(damaged)?;
    let mut cards: BTreeMap<i64, Vec<(u32, i64)>> = BTreeMap::new();
    for row in rows {
        let (note, ordinal, id) = row.map_err(damaged)?;
        cards.entry(note).or_default().push((ordinal, id));
    }
    Ok(cards)
}
