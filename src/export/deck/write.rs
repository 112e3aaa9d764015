//! A package into bytes: an `SQLite` collection of Anki's schema 11, built in memory, and the media,
//! in a ZIP file. The only file that writes either.
//!
//! Every Anki since 2.1 reads this schema and brings it up to date itself. The same package gives
//! the same bytes: keys of JSON are sorted, times come from the notes, dates in the ZIP are fixed.

use super::Error;
use super::html;
use super::kind::{Field, Part};
use super::look::REVISED;
use super::memory::Remembered;
use super::package::{COLLECTION, Deck, MEMORY, Package};
use super::preset::plain_preset;
use rusqlite::{Connection, Statement, params};
use serde_json::{Map, Value, json};
use sha1::{Digest, Sha1};
use std::io::{Cursor, Write};
use std::sync::OnceLock;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

const TABLES: &str = "
CREATE TABLE col(id integer primary key,crt integer not null,mod integer not null,scm integer not null,
    ver integer not null,dty integer not null,usn integer not null,ls integer not null,conf text not null,
    models text not null,decks text not null,dconf text not null,tags text not null);
CREATE TABLE notes(id integer primary key,guid text not null,mid integer not null,mod integer not null,
    usn integer not null,tags text not null,flds text not null,sfld integer not null,csum integer not null,
    flags integer not null,data text not null);
CREATE TABLE cards(id integer primary key,nid integer not null,did integer not null,ord integer not null,
    mod integer not null,usn integer not null,type integer not null,queue integer not null,due integer not null,
    ivl integer not null,factor integer not null,reps integer not null,lapses integer not null,left integer not null,
    odue integer not null,odid integer not null,flags integer not null,data text not null);
CREATE TABLE revlog(id integer primary key,cid integer not null,usn integer not null,ease integer not null,
    ivl integer not null,lastIvl integer not null,factor integer not null,time integer not null,type integer not null);
CREATE TABLE graves(usn integer not null,oid integer not null,type integer not null);";

/// Those of the notes are there from the start: the thread that fills them has the time.
const INDEXES_OF_NOTES: &str = "
CREATE INDEX ix_notes_usn on notes(usn);
CREATE INDEX ix_notes_csum on notes(csum);";

const INDEXES: &str = "
CREATE INDEX ix_cards_usn on cards(usn);
CREATE INDEX ix_revlog_usn on revlog(usn);
CREATE INDEX ix_cards_nid on cards(nid);
CREATE INDEX ix_cards_sched on cards(did,queue,due);
CREATE INDEX ix_revlog_cid on revlog(cid);";

/// How hard the collection is packed: 3 takes half as long again for the same size.
const LEVEL: i64 = 2;

/// A collection with its notes, as the package holds it.
pub struct Collection {
    database: Connection,
    notes: usize,
    cards: Vec<Card>,
    /// When the newest note has changed, in seconds.
    newest: i64,
}

/// A card; its place is known when all notes are.
struct Card {
    id: i64,
    note: i64,
    modified: i64,
    /// Which of the notes.
    number: usize,
    ordinal: u32,
    part: Part,
}

impl Collection {
    /// Of these notes.
    pub fn of(notes: impl IntoIterator<Item = Remembered>) -> Result<Self, Error> {
        let database = empty()?;
        let (mut cards, mut count, mut newest) = (Vec::new(), 0, REVISED);
        database.execute_batch("BEGIN")?;
        let mut statement = database.prepare("INSERT INTO notes VALUES(?,?,?,?,-1,?,?,?,?,0,'')")?;
        for note in notes {
            insert_note(&mut statement, &note)?;
            let card = |(ordinal, id): (u32, &i64)| Card {
                id: *id,
                note: note.id,
                modified: note.modified,
                number: count,
                ordinal,
                part: note.entry.kind.part(),
            };
            cards.extend((0..).zip(&note.cards).map(card));
            newest = newest.max(note.modified);
            count += 1;
        }
        drop(statement);
        Ok(Self { database, notes: count, cards, newest })
    }

    /// The bytes of the package.
    pub fn finish(mut self, package: &Package<'_>) -> Result<Vec<u8>, Error> {
        {
            let mut statement =
                self.database.prepare("INSERT INTO cards VALUES(?,?,?,?,?,-1,0,0,?,0,0,0,0,0,0,0,0,'')")?;
            for card in &self.cards {
                let deck = package.decks.get(deck_place(card.part)).map_or(1, |deck| deck.id);
                let place = package.places.get(card.number).copied().unwrap_or_default();
                statement.execute(params![card.id, card.note, deck, card.ordinal, card.modified, place])?;
            }
        }
        // They are written; what packs them needs the space.
        drop(std::mem::take(&mut self.cards));
        self.insert_settings(package)?;
        self.database.execute_batch("COMMIT")?;
        self.database.execute_batch(INDEXES)?;
        zipped(&self.database.serialize("main")?, &package.media)
    }

    fn insert_settings(&self, package: &Package<'_>) -> Result<(), Error> {
        let conf = json!({
            "activeDecks": [1], "addToCur": true, "collapseTime": 1200, "curDeck": 1, "curModel": null,
            "dueCounts": true, "estTimes": true, "newSpread": 0, "nextPos": self.notes + 1, "sched2021": true,
            "schedVer": 2, "sortBackwards": false, "sortType": "noteFld", "timeLim": 0,
            MEMORY: package.memory,
        });
        let models: Map<String, Value> =
            package.looks.iter().map(|look| (look.kind.id().to_string(), look.json())).collect();
        let texts = [conf, Value::Object(models), decks(package, self.newest), presets(package)];
        // Its own `to_string` goes through the formatter, piece by piece.
        let [conf, models, decks, presets] = texts.map(|value| serde_json::to_string(&value));
        let [conf, models, decks, presets] = [conf?, models?, decks?, presets?];
        self.database.execute(
            "INSERT INTO col VALUES(1,?,?,?,11,0,0,0,?,?,?,?,'{}')",
            params![REVISED, self.newest.saturating_mul(1000), REVISED * 1000, conf, models, decks, presets],
        )?;
        Ok(())
    }
}

fn zipped(collection: &[u8], media: &[(&str, &[u8])]) -> Result<Vec<u8>, Error> {
    let stored = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        // The same on every machine.
        .system(System::Unix)
        .unix_permissions(0o644)
        .compression_method(CompressionMethod::Stored);
    let packed = stored.compression_method(CompressionMethod::Deflated).compression_level(Some(LEVEL));
    let names: Map<String, Value> =
        media.iter().enumerate().map(|(number, (name, _))| (number.to_string(), json!(name))).collect();
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(collection.len() / 4)));
    zip.start_file(COLLECTION, packed)?;
    zip.write_all(collection)?;
    zip.start_file("media", stored)?;
    zip.write_all(Value::Object(names).to_string().as_bytes())?;
    for (number, (_, bytes)) in media.iter().enumerate() {
        zip.start_file(number.to_string(), stored)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// A database with our tables in one growing stretch of memory, which is the file already: taking
/// it out at the end costs no copy, as it would from `SQLite`'s usual memory, and there is no need to hold its pages
/// twice.
fn empty() -> Result<Connection, Error> {
    let tables = tables()?;
    let mut database = Connection::open_in_memory()?;
    database.deserialize_read_exact("main", tables, tables.len(), false)?;
    database.execute_batch("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=40;")?;
    Ok(database)
}

/// The bytes of a database with our tables and nothing in them, which every deck begins with.
fn tables() -> Result<&'static [u8], Error> {
    static TABLES_ONLY: OnceLock<Vec<u8>> = OnceLock::new();
    if let Some(tables) = TABLES_ONLY.get() {
        return Ok(tables);
    }
    let mut database = Connection::open_in_memory()?;
    // Notes are long for the usual pages, which would stand empty to an eighth.
    database.execute_batch("PRAGMA page_size=8192;")?;
    database.execute_batch(TABLES)?;
    database.execute_batch(INDEXES_OF_NOTES)?;
    let tables = database.serialize("main")?.to_vec();
    Ok(TABLES_ONLY.get_or_init(|| tables))
}

fn decks(package: &Package<'_>, modified: i64) -> Value {
    let preset = package.preset.as_ref().map_or(1, |preset| preset.id);
    let deck = |id: i64, name: &str, preset: i64| {
        json!({
            "id": id, "name": name, "desc": "", "conf": preset, "dyn": 0, "mod": modified, "usn": -1,
            "collapsed": false, "browserCollapsed": false, "extendNew": 0, "extendRev": 0, "lrnToday": [0, 0],
            "revToday": [0, 0], "newToday": [0, 0], "timeToday": [0, 0],
        })
    };
    let mut decks = Map::new();
    decks.insert("1".to_owned(), deck(1, "Default", 1));
    decks.extend(package.decks.iter().map(|Deck { id, name }| (id.to_string(), deck(*id, name, preset))));
    Value::Object(decks)
}

/// Preset 1 is the learner's own default and stays as it is.
fn presets(package: &Package<'_>) -> Value {
    let mut presets = Map::new();
    presets.insert("1".to_owned(), plain_preset(1, "Default"));
    presets.extend(package.preset.iter().map(|preset| (preset.id.to_string(), preset.json(REVISED))));
    Value::Object(presets)
}

fn insert_note(statement: &mut Statement<'_>, note: &Remembered) -> Result<(), Error> {
    let entry = &note.entry;
    let tags = if entry.tags.is_empty() { String::new() } else { format!(" {} ", entry.tags.join(" ")) };
    let front = html::stripped(entry.fields.get(Field::Front));
    statement.execute(params![
        note.id,
        note.guid,
        entry.kind.id(),
        note.modified,
        tags,
        entry.fields.joined(),
        front,
        checksum(&front),
    ])?;
    Ok(())
}

/// The root deck comes first.
fn deck_place(part: Part) -> usize {
    1 + part as usize
}

/// The first four bytes of the SHA-1 of the first field, by which Anki finds duplicates.
fn checksum(text: &str) -> u32 {
    let digest = Sha1::digest(text.as_bytes());
    digest.iter().take(4).fold(0, |sum, byte| sum << 8 | u32::from(*byte))
}
