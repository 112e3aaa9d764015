//! An earlier package into memory. Nothing in it is trusted: what cannot be read, or is somebody
//! else's, is named and left alone.

use super::fields::Fields;
use super::kind::{Field, Kind};
use super::memory::{Earlier, EarlierNote, Look};
use super::package::{COLLECTION, MEMORY, MEMORY_FORMAT, Memory};
use rusqlite::{Connection, Row};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use zip::ZipArchive;

/// A collection beyond this is no earlier export of ours.
const SIZE_LIMIT: u64 = 512 << 20;
/// Nor does one of ours pack so well; a bomb does.
const PACKED_LIMIT: u64 = 500;
/// Times and ids beyond this are no moments, in seconds or milliseconds.
const MOMENT_LIMIT: i64 = 1 << 50;

/// Why an earlier file tells nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// Not a package, or a damaged one. What exactly is wrong with it helps nobody.
    Damaged,
    /// A package of another program.
    Foreign,
    /// A package of a later version of this program, which remembers in another way.
    Later,
    /// A package of another dossier.
    OtherDossier(String),
}

/// Reads the package that an earlier build of this dossier has written.
pub fn read(bytes: &[u8], dossier: &str) -> Result<Earlier, Unreadable> {
    let mut database = Connection::open_in_memory().map_err(damaged)?;
    load(&mut database, bytes)?;
    database.execute_batch("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;").map_err(damaged)?;
    only_tables(&database)?;
    let memory = memory(&database)?;
    if memory.dossier != dossier {
        return Err(Unreadable::OtherDossier(memory.dossier));
    }
    let notes = notes(&database, &memory)?;
    Ok(Earlier { looks: looks(&database)?, root: memory.root, notes, gone: memory.gone })
}

fn damaged<E>(_: E) -> Unreadable {
    Unreadable::Damaged
}

/// The collection straight from the ZIP file into the database, so that it is in memory once.
fn load(database: &mut Connection, bytes: &[u8]) -> Result<(), Unreadable> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let file = match zip.by_name(COLLECTION) {
        Ok(file) => file,
        Err(zip::result::ZipError::FileNotFound) => return Err(Unreadable::Foreign),
        Err(error) => return Err(damaged(error)),
    };
    let size = usize::try_from(file.size()).map_err(damaged)?;
    if file.size() > SIZE_LIMIT || file.size() / PACKED_LIMIT > file.compressed_size() {
        return Err(Unreadable::Foreign);
    }
    database.deserialize_read_exact("main", file, size, true).map_err(damaged)
}

/// A view under the name of a table could keep us busy for ever; ours has none.
fn only_tables(database: &Connection) -> Result<(), Unreadable> {
    let others =
        "SELECT count(*) FROM sqlite_master WHERE type NOT IN ('table', 'index') OR (type = 'table' AND rootpage = 0)";
    let others: i64 = database.query_row(others, [], |row| row.get(0)).map_err(damaged)?;
    if others == 0 { Ok(()) } else { Err(Unreadable::Foreign) }
}

fn memory(database: &Connection) -> Result<Memory, Unreadable> {
    let conf = column(database, "conf")?;
    let memory = conf.get(MEMORY).cloned().ok_or(Unreadable::Foreign)?;
    if memory.get("format").and_then(Value::as_u64).is_some_and(|format| format > u64::from(MEMORY_FORMAT)) {
        return Err(Unreadable::Later);
    }
    let memory: Memory = serde_json::from_value(memory).map_err(|_| Unreadable::Foreign)?;
    let sound = memory.gone.iter().all(|gone| is_moment(gone.id) && is_moment(gone.modified));
    if sound && memory.format == MEMORY_FORMAT { Ok(memory) } else { Err(Unreadable::Foreign) }
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
    let (mut notes, mut guids) = (Vec::new(), BTreeSet::new());
    for row in rows {
        let mut note = row.map_err(damaged)?.map_err(damaged)?.ok_or(Unreadable::Foreign)?;
        // Ours never wrote these; a guid that stood twice would go on standing twice.
        if !is_moment(note.id) || !is_moment(note.modified) || !guids.insert(note.guid.clone()) {
            return Err(Unreadable::Foreign);
        }
        note.cards = cards.remove(&note.id).unwrap_or_default();
        notes.push(note);
    }
    Ok(notes)
}

fn note(row: &Row<'_>, memory: &Memory) -> rusqlite::Result<Option<EarlierNote>> {
    let (guid, tags, fields): (String, String, String) = (row.get(1)?, row.get(4)?, row.get(5)?);
    let (Some(kind), Some(fields)) = (Kind::from_id(row.get(2)?), Fields::read(fields)) else { return Ok(None) };
    let sent = fields.get(Field::Item);
    let item = memory.renamed.get(&guid).map_or(sent, String::as_str).to_owned();
    let tags = tags.split_whitespace().map(str::to_owned).collect();
    Ok(Some(EarlierNote { item, guid, id: row.get(0)?, modified: row.get(3)?, kind, tags, fields, cards: Vec::new() }))
}

fn is_moment(number: i64) -> bool {
    (1..MOMENT_LIMIT).contains(&number)
}

/// The cards of each note: ordinals and ids.
fn cards(database: &Connection) -> Result<BTreeMap<i64, Vec<(u32, i64)>>, Unreadable> {
    let mut statement = database.prepare("SELECT nid, ord, id FROM cards").map_err(damaged)?;
    let rows = statement
        .query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, u32>(1)?, row.get::<_, i64>(2)?)))
        .map_err(damaged)?;
    let mut cards: BTreeMap<i64, Vec<(u32, i64)>> = BTreeMap::new();
    for row in rows {
        let (note, ordinal, id) = row.map_err(damaged)?;
        if !is_moment(id) {
            return Err(Unreadable::Foreign);
        }
        cards.entry(note).or_default().push((ordinal, id));
    }
    Ok(cards)
}
