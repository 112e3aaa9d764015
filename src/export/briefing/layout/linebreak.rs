//! Optimal line breaks: of all ways to break a paragraph, the one with the least total demerits
//! (Knuth and Plass, “Breaking paragraphs into lines”, Software: Practice and Experience 11, 1981).

/// A piece of a paragraph as the line breaker sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Item {
    /// Something of a width that is never broken.
    Box(f32),
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
}

/// How far a space may grow and shrink, as parts of its width.
const STRETCH: f32 = 0.5;
const SHRINK: f32 = 0.28;
/// Two hyphens in a row; a hyphen in the last line but one.
const DOUBLE_HYPHEN: f64 = 3000.0;
const FINAL_HYPHEN: f64 = 2500.0;
/// A line that does not fit is worse than any line that does.
const OVERFULL: f32 = 1e9;
/// Rounding of widths.
const SLACK: f32 = 0.02;

/// The items at which lines end; the last is `items.len()`.
pub fn break_lines(items: &[Item], width: f32, fill: Fill) -> Vec<usize> {
    let breaker = Breaker::new(items, width, fill);
    breaker.run()
}

/// A place where a line can end, and the best way to get there.
#[derive(Debug, Clone, Copy)]
struct Node {
    /// Index of the item; `items.len()` at the end.
    item: usize,
    /// Total demerits up to here.
    demerits: f64,
    /// The node before.
    previous: usize,
    hyphen: bool,
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
        let (mut boxes, mut glue) = (vec![0.0], vec![0.0]);
        let (mut box_sum, mut glue_sum) = (0.0, 0.0);
        for item in items {
            match item {
                Item::Box(width) => box_sum += width,
                Item::Glue(width) => glue_sum += width,
                Item::Penalty { .. } | Item::Forced => {}
            }
            boxes.push(box_sum);
            glue.push(glue_sum);
        }
        Self { items, width, fill, boxes, glue }
    }

    fn run(&self) -> Vec<usize> {
        let mut nodes = vec![Node { item: usize::MAX, demerits: 0.0, previous: 0, hyphen: false }];
        // Before `first` no line can start any more: it would be far too long, or a forced break
        // lies between.
        let mut first = 0;
        for item in 0..=self.items.len() {
            if !self.is_break(item) {
                continue;
            }
            while first + 1 < nodes.len() && self.hopeless(nodes.get(first), item) {
                first += 1;
            }
            let best = (first..nodes.len()).filter_map(|index| Some((self.total(nodes.get(index)?, item), index)));
            let Some((demerits, previous)) = best.min_by(|a, b| a.0.total_cmp(&b.0)) else { continue };
            let hyphen = matches!(self.items.get(item), Some(Item::Penalty { hyphen: true, .. }));
            nodes.push(Node { item, demerits, previous, hyphen });
            if matches!(self.items.get(item), Some(Item::Forced)) {
                first = nodes.len() - 1;
            }
        }
        trace(&nodes)
    }

    fn is_break(&self, item: usize) -> bool {
        match self.items.get(item) {
            Some(Item::Glue(_)) => item > 0 && !matches!(self.items.get(item - 1), Some(Item::Forced)),
            Some(Item::Penalty { .. } | Item::Forced) | None => true,
            Some(Item::Box(_)) => false,
        }
    }

    /// The first box after a break: glue that starts a line is dropped.
    fn start(&self, node: &Node) -> usize {
        let mut at = if node.item == usize::MAX { 0 } else { node.item + 1 };
        while matches!(self.items.get(at), Some(Item::Glue(_))) {
            at += 1;
        }
        at
    }

    /// Whether a line from this node to the item could not even be squeezed into twice the width.
    fn hopeless(&self, node: Option<&Node>, item: usize) -> bool {
        node.is_some_and(|node| {
            let from = self.start(node).min(item);
            sum(&self.boxes, from, item) > 2.0 * self.width
        })
    }

    fn total(&self, node: &Node, item: usize) -> f64 {
        let from = self.start(node).min(item);
        let last = matches!(self.items.get(item), None | Some(Item::Forced));
        let (extra, cost, hyphen) = match self.items.get(item) {
            Some(Item::Penalty { width, cost, hyphen }) => (*width, *cost, *hyphen),
            Some(Item::Box(_) | Item::Glue(_) | Item::Forced) | None => (0.0, 0.0, false),
        };
        let natural = sum(&self.boxes, from, item) + extra;
        let badness = self.badness(natural, sum(&self.glue, from, item), last);
        let mut demerits = f64::from(1.0 + badness + cost).powi(2);
        if hyphen && node.hyphen {
            demerits += DOUBLE_HYPHEN;
        }
        if last && node.hyphen {
            demerits += FINAL_HYPHEN;
        }
        node.demerits + demerits
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
            Fill::Ragged if missing < -SLACK => OVERFULL - missing,
            _ if last => 0.0,
            Fill::Justified if glue > 0.0 => 100.0 * (missing / (glue * STRETCH)).powi(3).min(1e5),
            Fill::Justified => 100.0 * (missing / (self.width * 0.05)).powi(3).min(1e5),
            Fill::Ragged => 100.0 * (missing / (self.width * 0.3)).powi(3),
        }
    }
}

fn sum(prefix: &[f32], from: usize, to: usize) -> f32 {
    let at = |index: usize| prefix.get(index).copied().unwrap_or_default();
    at(to) - at(from)
}

fn trace(nodes: &[Node]) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut at = nodes.len() - 1;
    while at > 0 {
        let Some(node) = nodes.get(at) else { break };
        breaks.push(node.item);
        at = node.previous;
    }
    breaks.reverse();
    breaks
}
