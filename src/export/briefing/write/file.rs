//! Objects into the bytes of a file (ISO 32000-1, 7.5): streams packed side by side, everything else in
//! object streams. lopdf's own way writes each object four times and packs one stream after the other.

use super::syntax;
use libdeflater::{CompressionLvl, Compressor};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use sha1::{Digest, Sha1};
use std::sync::Mutex;
use std::thread;

/// How many objects share an object stream: a reader unpacks all of them, some sixteen kilobytes, to get one.
const SHARED: usize = 250;
/// How many streams are packed at once; more threads cost more than they gain.
const PACKERS: usize = 4;
/// How hard streams are packed: 6 takes a third longer and saves three parts in a hundred.
const LEVEL: i32 = 4;

/// Where an object is.
#[derive(Clone, Copy)]
enum Place {
    /// Nowhere.
    Free,
    /// From this byte on.
    At(usize),
    /// In an object stream, as the so manieth.
    In(u32, usize),
}

/// Objects that are text already.
#[derive(Default)]
pub struct Written {
    text: Vec<u8>,
    /// Their numbers, and where they begin.
    starts: Vec<(u32, usize)>,
}

impl Written {
    /// Begins an object: what is added to this is its text.
    pub fn object(&mut self, (id, _): ObjectId) -> &mut Vec<u8> {
        self.starts.push((id, self.text.len()));
        &mut self.text
    }

    fn objects(&self) -> impl Iterator<Item = (u32, &[u8])> {
        let ends = self.starts.iter().skip(1).map(|(_, start)| *start).chain([self.text.len()]);
        self.starts.iter().zip(ends).map(|((id, start), end)| (*id, self.text.get(*start..end).unwrap_or_default()))
    }
}

/// The bytes of a document, to which further objects belong, with streams packed on so many threads.
pub fn bytes(document: Document, mut written: Written, threads: usize) -> Vec<u8> {
    let mut next = document.max_id + 1;
    let mut places = vec![Place::Free; usize::try_from(next).unwrap_or_default()];
    let mut streams = Vec::new();
    for ((id, generation), object) in document.objects {
        match object {
            Object::Stream(stream) => streams.push((id, stream)),
            object => syntax::object(written.object((id, generation)), &object),
        }
    }
    let objects: Vec<(u32, &[u8])> = written.objects().collect();
    for objects in objects.chunks(SHARED) {
        for (place, (id, _)) in objects.iter().enumerate() {
            set(&mut places, *id, Place::In(next, place));
        }
        streams.push((next, shared(objects)));
        next += 1;
    }
    drop(objects);
    let mut packer = Packer::new();
    pack_all(streams.iter_mut().map(|(_, stream)| stream), &mut packer, threads);
    let mut out = b"%PDF-1.7\n%\xc3\xa2\xc3\xa3\xc3\x8f\xc3\x93\n".to_vec();
    for (id, stream) in streams {
        set(&mut places, id, Place::At(out.len()));
        indirect(&mut out, id, stream);
    }
    let start = out.len();
    set(&mut places, next, Place::At(start));
    let identifier = identifier(&out);
    indirect(&mut out, next, table(&places, &document.trailer, identifier, &mut packer));
    out.extend(format!("startxref\n{start}\n%%EOF\n").into_bytes());
    out
}

fn set(places: &mut Vec<Place>, id: u32, place: Place) {
    let id = usize::try_from(id).unwrap_or_default();
    places.resize(places.len().max(id + 1), Place::Free);
    if let Some(slot) = places.get_mut(id) {
        *slot = place;
    }
}

fn indirect(out: &mut Vec<u8>, id: u32, stream: Stream) {
    out.extend(format!("{id} 0 obj\n").into_bytes());
    syntax::object(out, &Object::Stream(stream));
    out.extend(b"\nendobj\n");
}

/// An object stream (7.5.7).
fn shared(objects: &[(u32, &[u8])]) -> Stream {
    let (mut content, mut offset) = (Vec::new(), 0);
    for (id, text) in objects {
        for number in [*id, offset] {
            syntax::whole(&mut content, number);
            content.push(b' ');
        }
        offset += u32::try_from(text.len() + 1).unwrap_or_default();
    }
    let first = integer(content.len());
    for (_, text) in objects {
        content.extend_from_slice(text);
        content.push(b'\n');
    }
    Stream::new(dictionary! { "Type" => "ObjStm", "N" => integer(objects.len()), "First" => first }, content)
}

/// Packs streams on several threads, this one with its own packer. How many does not show in the bytes.
fn pack_all<'s>(streams: impl Iterator<Item = &'s mut Stream> + Send, packer: &mut Packer, threads: usize) {
    let streams = Mutex::new(streams);
    let next = || streams.lock().ok().and_then(|mut streams| streams.next());
    let work = |packer: &mut Packer| std::iter::from_fn(next).for_each(|stream| packer.pack(stream));
    thread::scope(|scope| {
        for _ in 1..threads.min(PACKERS) {
            // One that does not start is no loss: this thread goes on until all is packed.
            drop(thread::Builder::new().spawn_scoped(scope, || work(&mut Packer::new())));
        }
        work(packer);
    });
}

/// Packs one stream after the other in the same memory, of which two thirds of a megabyte are needed.
struct Packer(Compressor);

impl Packer {
    fn new() -> Self {
        Self(Compressor::new(CompressionLvl::new(LEVEL).unwrap_or_default()))
    }

    /// Packs a stream that may be packed, unless it would grow.
    fn pack(&mut self, stream: &mut Stream) {
        if !stream.allows_compression || stream.dict.has(b"Filter") {
            return;
        }
        let mut packed = vec![0; stream.content.len()];
        if let Ok(length) = self.0.zlib_compress(&stream.content, &mut packed) {
            packed.truncate(length);
            packed.shrink_to_fit();
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(packed);
        }
    }
}

/// The cross-reference stream (7.5.8), which is the trailer too.
fn table(places: &[Place], trailer: &Dictionary, identifier: Object, packer: &mut Packer) -> Stream {
    let mut content = Vec::with_capacity(places.len() * 7);
    for place in places {
        let (kind, first, second) = match place {
            // What is free comes in a row that ends where it began.
            Place::Free => (0, 0, u16::MAX),
            Place::At(offset) => (1, u32::try_from(*offset).unwrap_or_default(), 0),
            Place::In(stream, place) => (2, *stream, u16::try_from(*place).unwrap_or_default()),
        };
        content.push(kind);
        content.extend(first.to_be_bytes());
        content.extend(second.to_be_bytes());
    }
    let mut dictionary = dictionary! {
        "Type" => "XRef",
        "Size" => integer(places.len()),
        "W" => vec![1.into(), 4.into(), 2.into()],
        "ID" => vec![identifier.clone(), identifier],
    };
    for key in ["Root", "Info"] {
        if let Ok(value) = trailer.get(key.as_bytes()) {
            dictionary.set(key, value.clone());
        }
    }
    let mut stream = Stream::new(dictionary, content);
    packer.pack(&mut stream);
    stream
}

/// A digest of the file: the same content has the same one.
fn identifier(file: &[u8]) -> Object {
    Object::String(Sha1::digest(file).iter().copied().take(16).collect(), StringFormat::Hexadecimal)
}

fn integer(value: usize) -> Object {
    Object::Integer(i64::try_from(value).unwrap_or_default())
}
