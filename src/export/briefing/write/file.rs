//! Objects into the bytes of a file (ISO 32000-1, 7.5): streams packed side by side, everything else in
//! object streams. lopdf's own way writes each object four times and packs one stream after the other.

use super::syntax;
use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};
use sha1::{Digest, Sha1};
use std::sync::Mutex;
use std::thread;

/// How many objects share an object stream: a reader unpacks all of them to get one.
const SHARED: usize = 100;
/// How many streams are packed at once; more threads cost more than they gain.
const PACKERS: usize = 4;
/// How hard streams are packed: 6 takes half as long again and saves three parts in a hundred.
const LEVEL: u32 = 4;

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

/// The bytes of a document, with streams packed on so many threads.
pub fn bytes(document: Document, threads: usize) -> Vec<u8> {
    let mut next = document.max_id + 1;
    let mut places = vec![Place::Free; usize::try_from(next).unwrap_or_default()];
    let (mut streams, mut shared) = (Vec::new(), Shared::default());
    for ((id, _), object) in document.objects {
        match object {
            Object::Stream(stream) => streams.push((id, stream)),
            object => {
                set(&mut places, id, Place::In(next, shared.offsets.len()));
                shared.add(id, &object);
                if shared.offsets.len() == SHARED {
                    streams.push((next, std::mem::take(&mut shared).stream()));
                    next += 1;
                }
            }
        }
    }
    if !shared.offsets.is_empty() {
        streams.push((next, shared.stream()));
        next += 1;
    }
    pack_all(streams.iter_mut().map(|(_, stream)| stream), threads);
    let mut out = b"%PDF-1.7\n%\xc3\xa2\xc3\xa3\xc3\x8f\xc3\x93\n".to_vec();
    for (id, stream) in streams {
        set(&mut places, id, Place::At(out.len()));
        indirect(&mut out, id, stream);
    }
    let start = out.len();
    set(&mut places, next, Place::At(start));
    let identifier = identifier(&out);
    indirect(&mut out, next, table(&places, &document.trailer, identifier));
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

/// An object stream in the making (7.5.7).
#[derive(Default)]
struct Shared {
    offsets: Vec<(u32, usize)>,
    objects: Vec<u8>,
}

impl Shared {
    fn add(&mut self, id: u32, object: &Object) {
        self.offsets.push((id, self.objects.len()));
        syntax::object(&mut self.objects, object);
        self.objects.push(b'\n');
    }

    fn stream(self) -> Stream {
        let mut content: Vec<u8> =
            self.offsets.iter().flat_map(|(id, offset)| format!("{id} {offset} ").into_bytes()).collect();
        let first = integer(content.len());
        content.extend(self.objects);
        Stream::new(dictionary! { "Type" => "ObjStm", "N" => integer(self.offsets.len()), "First" => first }, content)
    }
}

/// Packs streams on several threads. How many does not show in the bytes.
fn pack_all<'s>(streams: impl Iterator<Item = &'s mut Stream> + Send, threads: usize) {
    let streams = Mutex::new(streams);
    let next = || streams.lock().ok().and_then(|mut streams| streams.next());
    let work = || {
        let mut packer = Packer::new();
        std::iter::from_fn(next).for_each(|stream| packer.pack(stream));
    };
    thread::scope(|scope| {
        for _ in 1..threads.min(PACKERS) {
            // One that does not start is no loss: this thread goes on until all is packed.
            drop(thread::Builder::new().spawn_scoped(scope, work));
        }
        work();
    });
}

/// Packs one stream after the other in the same memory, of which a third of a megabyte is needed.
struct Packer(Compress);

impl Packer {
    fn new() -> Self {
        Self(Compress::new(Compression::new(LEVEL), true))
    }

    /// Packs a stream that may be packed, unless it would grow.
    fn pack(&mut self, stream: &mut Stream) {
        if !stream.allows_compression || stream.dict.has(b"Filter") {
            return;
        }
        self.0.reset();
        let mut packed = Vec::with_capacity(stream.content.len());
        let status = self.0.compress_vec(&stream.content, &mut packed, FlushCompress::Finish);
        if matches!(status, Ok(Status::StreamEnd)) {
            packed.shrink_to_fit();
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(packed);
        }
    }
}

/// The cross-reference stream (7.5.8), which is the trailer too.
fn table(places: &[Place], trailer: &Dictionary, identifier: Object) -> Stream {
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
    Packer::new().pack(&mut stream);
    stream
}

/// A digest of the file: the same content has the same one.
fn identifier(file: &[u8]) -> Object {
    Object::String(Sha1::digest(file).iter().copied().take(16).collect(), StringFormat::Hexadecimal)
}

fn integer(value: usize) -> Object {
    Object::Integer(i64::try_from(value).unwrap_or_default())
}
