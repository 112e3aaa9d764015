//! The order in which new cards come: what matters and is not sure yet first, topics taking turns.

use super::kind::{Kind, Part};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};

/// The parts of a turn: divisible by every weight that priority and confidence give.
const TURN: u64 = 360_360;

/// What a note brings to the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn<'d> {
    /// Its kind.
    pub kind: Kind,
    /// The topic that takes its turn.
    pub stream: &'d str,
    /// How much it wants to be studied.
    pub weight: u32,
}

/// The place of each note among the new ones, from 1.
///
/// Every deck is in study order, and so are all of them together for who studies the whole.
pub fn places(notes: &[Turn<'_>]) -> Vec<u32> {
    let mut all: Vec<(u64, usize)> = Vec::with_capacity(notes.len());
    for part in Part::ALL {
        let order = part_order(notes, part);
        let count = order.len().max(1) as u64;
        // Spread evenly: the middle note of a deck comes in the middle of the whole.
        all.extend(order.into_iter().zip(0u64..).map(|(note, place)| ((2 * place + 1) * (1 << 32) / count, note)));
    }
    all.sort_by_key(|(at, _)| *at);
    let mut places = vec![0; notes.len()];
    for ((_, note), place) in all.into_iter().zip(1..) {
        if let Some(slot) = places.get_mut(note) {
            *slot = place;
        }
    }
    places
}

/// The notes of a topic that are still to come, the next one in front.
struct Stream {
    notes: VecDeque<usize>,
    taken: u64,
}

/// Topics with more weight get their turn more often, the same topic not twice in a row as long as
/// there is another.
fn part_order(notes: &[Turn<'_>], part: Part) -> Vec<usize> {
    let mut streams = streams(notes, part);
    let mut turns: BinaryHeap<Reverse<(u64, usize)>> = (0..streams.len())
        .filter_map(|stream| Some(Reverse((next_turn(notes, streams.get(stream)?)?, stream))))
        .collect();
    let mut order = Vec::new();
    let mut last = None;
    while let Some(turn) = turns.pop() {
        let turn = match (last == Some(turn.0.1)).then(|| turns.pop()).flatten() {
            Some(other) => {
                turns.push(turn);
                other
            }
            None => turn,
        };
        let Reverse((_, stream)) = turn;
        last = Some(stream);
        let Some(current) = streams.get_mut(stream) else { continue };
        order.extend(current.notes.pop_front());
        current.taken += 1;
        turns.extend(next_turn(notes, current).map(|at| Reverse((at, stream))));
    }
    order
}

fn next_turn(notes: &[Turn<'_>], stream: &Stream) -> Option<u64> {
    let weight = u64::from(notes.get(*stream.notes.front()?)?.weight.max(1));
    Some((stream.taken + 1) * TURN / weight)
}

/// The topics of a deck in the order of the file, the weightiest note of each in front; the
/// overview of a topic comes before what it overlooks.
fn streams(notes: &[Turn<'_>], part: Part) -> Vec<Stream> {
    let mut streams: Vec<Stream> = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for (place, note) in notes.iter().enumerate().filter(|(_, note)| note.kind.part() == part) {
        let stream = *known.entry(note.stream).or_insert(streams.len());
        match streams.get_mut(stream) {
            Some(stream) => stream.notes.push_back(place),
            None => streams.push(Stream { notes: VecDeque::from([place]), taken: 0 }),
        }
    }
    for stream in &mut streams {
        let urgency = |place: &usize| notes.get(*place).map(|note| (note.kind != Kind::Topic, Reverse(note.weight)));
        stream.notes.make_contiguous().sort_by_key(urgency);
    }
    streams
}
