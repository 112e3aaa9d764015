//! Optimal line breaks: of all ways to break a paragraph, the one with the least total demerits
//! (Knuth and Plass, “Breaking paragraphs into lines”, Software: Practice and Experience 11, 1981).

use std::ops::Range;

/// A piece of a paragraph as the line breaker sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Item {
    /// Something that is never broken.
    Box {
        /// Its width.
        width: f32,
        /// How far it may stand out of the line where it begins one, and where it ends one.
        hang: (f32, f32),
    },
    /// A space of a natural width; a line may break here and the space is dropped.
    Glue(f32),
    /// A place where a line may break.
    Penalty {
        /// What is added to the line when it breaks here: the hyphen.
        width: f32,
        /// How bad that is.
        cost: f32,
        /// Whether a hyphen shows.
        hyphen: bool,
    },
    /// The line ends here.
    Forced,
}

/// How lines are to be filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// Both edges even.
    Justified,
    /// Ragged, with the spaces as they are.
    Ragged,
    /// Ragged, and the last line counts like the others: headings, whose last word does not stand alone.
    Balanced,
}

/// How far a space may grow and shrink, as parts of its width.
const STRETCH: f32 = 0.5;
const SHRINK: f32 = 0.28;
/// The same for ragged lines: so little that nobody sees it, for the sake of a last short word.
const RAGGED_SHRINK: f32 = 0.12;
/// Two hyphens in a row; more of them; a hyphen in the last line but one.
const DOUBLE_HYPHEN: f64 = 3000.0;
const HYPHEN_LADDER: f64 = 1e8;
const FINAL_HYPHEN: f64 = 40_000.0;
/// A line much looser than its neighbour.
const UNEVEN: f64 = 10_000.0;
/// A last line that is hardly there, as a part of the width, and what it costs.
const RUNT: [(Fill, f32, f64); 2] = [(Fill::Justified, 0.12, 60000.0), (Fill::Ragged, 0.3, 3000.0)];
/// A line that does not fit is worse than any line that does.
const OVERFULL: f32 = 1e9;
/// Rounding of widths.
const SLACK: f32 = 0.02;

/// The items at which lines end; the last is `items.len()`.
pub fn break_lines(items: &[Item], width: f32, fill: Fill) -> Vec<usize> {
    let breaker = Breaker::new(items, width, fill);
    breaker.run()
}

/// A place where a line can end, and the best way to get there with a line of this kind.
#[derive(Debug, Clone, Copy)]
struct Node {
    /// Index of the item; `items.len()` at the end.
    item: usize,
    /// Total demerits up to here.
    demerits: f64,
    /// The node before.
    previous: usize,
    line: Kind,
}

/// A place where a line can end: what a line from there on measures is the same by whichever way it
/// was reached.
struct Stop {
    /// The first item of the next line.
    start: usize,
    /// The ways to get there.
    nodes: Range<usize>,
}

/// A line, whatever line comes before it.
struct Measure {
    /// Its own demerits.
    demerits: f64,
    /// The width of what is in it.
    natural: f32,
    looseness: u8,
    hyphen: bool,
    /// Whether the paragraph, or a part of it, ends with it.
    last: bool,
}

/// What of a line matters for the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Kind {
    /// Hyphens at the ends of lines in a row, counted up to 3.
    hyphens: u8,
    /// From tight to very loose.
    looseness: u8,
}

impl Node {
    /// Whether no line that follows can make up for what the other one to the same item costs more.
    fn beats(&self, other: &Self) -> bool {
        let worst = if self.line.looseness == other.line.looseness { 0.0 } else { UNEVEN };
        self.line.hyphens <= other.line.hyphens && self.demerits + worst < other.demerits
    }
}

/// As many kinds of lines as there are.
const KINDS: usize = 16;

impl Kind {
    fn index(self) -> usize {
        usize::from(self.hyphens * 4 + self.looseness)
    }
}

struct Breaker<'a> {
    items: &'a [Item],
    width: f32,
    fill: Fill,
    /// Width of boxes, of glue, up to each item.
    boxes: Vec<f32>,
    glue: Vec<f32>,
}

impl<'a> Breaker<'a> {
    fn new(items: &'a [Item], width: f32, fill: Fill) -> Self {
        let sums = || {
            let mut sums = Vec::with_capacity(items.len() + 1);
            sums.push(0.0);
            sums
        };
        let (mut boxes, mut glue) = (sums(), sums());
        let (mut box_sum, mut glue_sum) = (0.0, 0.0);
        for item in items {
            match item {
                Item::Box { width, .. } => box_sum += width,
                Item::Glue(width) => glue_sum += width,
                Item::Penalty { .. } | Item::Forced => {}
            }
            boxes.push(box_sum);
            glue.push(glue_sum);
        }
        Self { items, width, fill, boxes, glue }
    }

    fn run(&self) -> Vec<usize> {
        let mut nodes = vec![Node { item: usize::MAX, demerits: 0.0, previous: 0, line: Kind::default() }];
        let mut stops = vec![Stop { start: self.start(0), nodes: 0..1 }];
        // Before `first` no line can start any more: it would be too long, or a forced break lies
        // between.
        let mut first = 0;
        for item in 0..=self.items.len() {
            if !self.is_break(item) {
                continue;
            }
            while first + 1 < stops.len() && stops.get(first).is_some_and(|stop| self.hopeless(stop.start, item)) {
                first += 1;
            }
            let mut best: [Option<Node>; KINDS] = [None; KINDS];
            for stop in stops.iter().skip(first) {
                let measure = self.measure(stop.start, item);
                for (previous, node) in stop.nodes.clone().zip(nodes.iter().skip(stop.nodes.start)) {
                    let (demerits, line) = self.line(node, &measure);
                    let slot = &mut best[line.index()];
                    if slot.is_none_or(|best| demerits < best.demerits) {
                        *slot = Some(Node { item, demerits, previous, line });
                    }
                }
            }
            let before = nodes.len();
            nodes.extend(best.iter().flatten().filter(|node| !best.iter().flatten().any(|other| other.beats(node))));
            stops.push(Stop { start: self.start(item + 1), nodes: before..nodes.len() });
            if matches!(self.items.get(item), Some(Item::Forced)) {
                first = stops.len() - 1;
            }
        }
        trace(&nodes)
    }

    fn is_break(&self, item: usize) -> bool {
        match self.items.get(item) {
            Some(Item::Glue(_)) => item > 0 && !matches!(self.items.get(item - 1), Some(Item::Forced)),
            Some(Item::Penalty { .. } | Item::Forced) | None => true,
            Some(Item::Box { .. }) => false,
        }
    }

    /// The first box from an item on: glue that starts a line is dropped.
    fn start(&self, mut item: usize) -> usize {
        while matches!(self.items.get(item), Some(Item::Glue(_))) {
            item += 1;
        }
        item
    }

    /// Whether a line from one item to another would be too long without any space in it.
    fn hopeless(&self, start: usize, item: usize) -> bool {
        let from = start.min(item);
        sum(&self.boxes, from, item) - self.hang(from, item) > self.width + SLACK
    }

    /// How far a line stands out on both sides together.
    fn hang(&self, from: usize, item: usize) -> f32 {
        let of = |index: usize, side: fn((f32, f32)) -> f32| match self.items.get(index) {
            Some(Item::Box { hang, .. }) => side(*hang),
            _ => 0.0,
        };
        of(from, |hang| hang.0) + item.checked_sub(1).map_or(0.0, |last| of(last, |hang| hang.1))
    }

    fn measure(&self, start: usize, item: usize) -> Measure {
        let from = start.min(item);
        let last = matches!(self.items.get(item), None | Some(Item::Forced));
        let (extra, cost, hyphen) = match self.items.get(item) {
            Some(Item::Penalty { width, cost, hyphen }) => (*width, *cost, *hyphen),
            Some(Item::Box { .. } | Item::Glue(_) | Item::Forced) | None => (0.0, 0.0, false),
        };
        let boxes = sum(&self.boxes, from, item) + extra - self.hang(from, item);
        let glue = sum(&self.glue, from, item);
        Measure {
            demerits: f64::from(1.0 + self.badness(boxes, glue, last) + cost).powi(2),
            natural: boxes + glue,
            looseness: self.looseness(boxes, glue, last),
            hyphen,
            last,
        }
    }

    /// The demerits of the best way to the end of a line over a node, and what the line is like.
    fn line(&self, node: &Node, measure: &Measure) -> (f64, Kind) {
        let hyphens = if measure.hyphen { (node.line.hyphens + 1).min(3) } else { 0 };
        let line = Kind { hyphens, looseness: measure.looseness };
        let mut demerits = node.demerits + measure.demerits;
        demerits += [0.0, 0.0, DOUBLE_HYPHEN, HYPHEN_LADDER][usize::from(hyphens)];
        if node.item != usize::MAX && line.looseness.abs_diff(node.line.looseness) > 1 {
            demerits += UNEVEN;
        }
        if measure.last && node.line.hyphens > 0 {
            demerits += FINAL_HYPHEN;
        }
        if measure.last && node.item != usize::MAX {
            demerits += self.runt(measure.natural);
        }
        (demerits, line)
    }

    /// What a very short last line costs: the more, the shorter.
    fn runt(&self, natural: f32) -> f64 {
        let of_fill = RUNT.iter().find(|(fill, ..)| *fill == self.fill);
        of_fill.map_or(0.0, |(_, part, cost)| cost * f64::from(1.0 - natural / (self.width * part)).max(0.0))
    }

    /// From 0, tight, over 1, as it should be, to 3, very loose.
    fn looseness(&self, boxes: f32, glue: f32, last: bool) -> u8 {
        let missing = self.width - boxes - glue;
        if self.fill != Fill::Justified || glue <= 0.0 || (last && missing > 0.0) {
            return 1;
        }
        let ratio = missing / (glue * if missing < 0.0 { SHRINK } else { STRETCH });
        if ratio < -0.5 {
            0
        } else if ratio <= 0.5 {
            1
        } else if ratio <= 1.0 {
            2
        } else {
            3
        }
    }

    fn badness(&self, boxes: f32, glue: f32, last: bool) -> f32 {
        let missing = self.width - boxes - glue;
        match self.fill {
            Fill::Justified if missing < -SLACK => {
                let room = glue * SHRINK;
                if room > 0.0 && -missing <= room + SLACK {
                    100.0 * (missing / room).abs().powi(3)
                } else {
                    OVERFULL - missing
                }
            }
            Fill::Ragged | Fill::Balanced if missing < -SLACK - glue * RAGGED_SHRINK => OVERFULL - missing,
            Fill::Justified | Fill::Ragged if last => 0.0,
            Fill::Justified if glue > 0.0 => 100.0 * (missing / (glue * STRETCH)).powi(3).min(1e5),
            Fill::Justified => 100.0 * (missing / (self.width * 0.05)).powi(3).min(1e5),
            Fill::Ragged | Fill::Balanced => 100.0 * (missing.max(0.0) / (self.width * 0.3)).powi(3),
        }
    }
}

fn sum(prefix: &[f32], from: usize, to: usize) -> f32 {
    let at = |index: usize| prefix.get(index).copied().unwrap_or_default();
    at(to) - at(from)
}

/// The breaks on the best way to the end.
fn trace(nodes: &[Node]) -> Vec<usize> {
    let end = nodes.last().map_or(0, |node| node.item);
    let ends = nodes.iter().enumerate().filter(|(_, node)| node.item == end);
    let mut at = ends.min_by(|a, b| a.1.demerits.total_cmp(&b.1.demerits)).map_or(0, |(index, _)| index);
    let mut breaks = Vec::new();
    while at > 0 {
        let Some(node) = nodes.get(at) else { break };
        breaks.push(node.item);
        at = node.previous;
    }
    breaks.reverse();
    breaks
}
