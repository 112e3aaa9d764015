//! What a briefing says, block by block, before anything has a place on a page.

use crate::export::names;
use crate::markup::Align;
use std::collections::BTreeMap;

/// A composed briefing.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The title of the file, shown in the window bar.
    pub title: String,
    /// Who made it out; the candidate, if known.
    pub author: Option<String>,
    /// BCP 47 tag.
    pub language: String,
    /// Above every page but the first, on the left; the running section stands on the right.
    pub header: String,
    /// Below every page, on the left.
    pub footer: String,
    /// Page of pages, with `{page}` and `{pages}` to be filled in.
    pub folio: String,
    /// The title of the table of contents.
    pub contents: String,
    /// The pictures that pages can show, by the paths that figures give.
    pub pictures: BTreeMap<String, PictureSize>,
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
}

impl Document {
    /// Whether its language is written from right to left.
    pub fn right_to_left(&self) -> bool {
        names::right_to_left(&self.language)
    }
}

/// A picture as the layout needs to know it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PictureSize {
    /// Its number among the pictures of the dossier.
    pub number: usize,
    /// Its width on paper, where there is room for it, in points.
    pub width: f32,
    /// Its height.
    pub height: f32,
}

/// A run of text in one look.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[allow(clippy::struct_excessive_bools, reason = "marks of Markdown, any of which may meet any other")]
pub struct Run {
    /// The words.
    pub text: String,
    /// Heavier.
    pub strong: bool,
    /// Slanted.
    pub emphasis: bool,
    /// In the fixed-width face.
    pub code: bool,
    /// In the soft colour.
    pub soft: bool,
    /// In the accent colour.
    pub accent: bool,
    /// Where it leads.
    pub link: Option<String>,
}

impl Run {
    /// Words without any mark.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Heavier words.
    pub fn strong(text: impl Into<String>) -> Self {
        Self { text: text.into(), strong: true, ..Self::default() }
    }

    /// Words in the soft colour.
    pub fn soft(text: impl Into<String>) -> Self {
        Self { text: text.into(), soft: true, ..Self::default() }
    }
}

/// Between texts in a row; it never begins a line.
pub const BETWEEN: &str = "\u{a0}· ";

/// A text of one paragraph.
pub type Text = Vec<Run>;

/// A remark at the end of a heading.
#[derive(Debug, Clone)]
pub enum Note {
    /// In words.
    Words(Text),
    /// What the dots of a scale mean: 1 … 5 of them, and how to say that.
    Scale(u8, String),
}

/// How high a heading stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A part of the dossier.
    Section,
    /// A topic or a label in a part.
    Topic,
    /// A label below that.
    Label,
}

/// A block of a briefing.
#[derive(Debug, Clone)]
pub enum Block {
    /// The head of page one: a line above, the company, the role.
    Title {
        /// Small, above.
        kicker: Text,
        /// Large.
        title: Text,
        /// Below.
        subtitle: Text,
    },
    /// The box with the interview.
    Banner {
        /// What it is, in small letters; day and time; zone, length and place.
        texts: [Text; 3],
        /// The interviews after it, a line each.
        later: Vec<Text>,
        /// What stands beside it.
        facts: Vec<(Text, Text)>,
    },
    /// Label and text, in two columns.
    Facts(Vec<(Text, Text)>),
    /// The same with more than a text each.
    Labelled(Vec<(Text, Vec<Block>)>),
    /// A heading.
    Heading {
        /// How high it stands.
        level: Level,
        /// The words.
        text: Text,
        /// A remark at the other end of the line.
        note: Option<Note>,
    },
    /// Running text.
    Paragraph(Text),
    /// A remark in small type.
    Note(Text),
    /// A list.
    List(Vec<Item>),
    /// A picture; by its alternative text where pages cannot show it.
    Figure {
        /// Its path, as the dossier gives it.
        path: String,
        /// What it shows, in words; empty for decoration.
        alt: String,
        /// What stands below it.
        caption: Text,
    },
    /// A block of code.
    Code {
        /// Its language, empty when unknown.
        language: String,
        /// Its lines.
        text: String,
    },
    /// Blocks set apart by a rule at their side: quotations and answers.
    Aside(Vec<Block>),
    /// A table.
    Table(Table),
    /// A numbered question with what belongs to it.
    Question {
        /// Counted through the briefing; `None` for one that is named alone.
        number: Option<usize>,
        /// The question.
        text: Text,
        /// How much it matters, when that is not as usual; heavier when it matters much.
        priority: Option<Run>,
        /// 1 … 5, and how to say that.
        confidence: Option<(u8, String)>,
        /// Answer, hints, or room to write.
        body: Vec<Block>,
    },
    /// The page that can be torn off: small texts in two columns, as many of each as there is room
    /// for on the page.
    Glance(Vec<Cell>),
    /// A name with boxes to tick beside it.
    Ticks {
        /// The topic.
        name: Text,
        /// What can be ticked.
        items: Vec<Text>,
    },
    /// A calendar.
    Weeks(Weeks),
    /// A name, a bar and its value, for each.
    Bars(Vec<Bar>),
    /// Ruled lines to write on.
    Lines(usize),
    /// A thematic break.
    Rule,
    /// Where the table of contents stands, if the briefing is long enough for one.
    Contents,
    /// What follows starts on a new page.
    PageBreak,
}

/// A part of the page that can be torn off. Items are in order of weight: the last ones go first
/// when room is short.
#[derive(Debug, Clone)]
pub struct Cell {
    /// What it is about.
    pub title: Text,
    /// A remark at the other end of the line.
    pub note: Option<Note>,
    /// One block each.
    pub items: Vec<Block>,
    /// Whether the items, paragraphs all of them, stand in one row with points between them.
    pub joined: bool,
}

/// A calendar of whole weeks.
#[derive(Debug, Clone, Default)]
pub struct Weeks {
    /// The names of the days.
    pub names: Vec<Text>,
    /// The weeks from the first to the last.
    pub rows: Vec<Week>,
    /// What the looks of the sessions mean.
    pub legend: Vec<(Chip, Text)>,
    /// What found no place in it, by what it is, below a title.
    pub left_out: Option<(Text, Vec<(Text, Text)>)>,
}

/// A row of a calendar.
#[derive(Debug, Clone)]
pub enum Week {
    /// Seven days.
    Days(Vec<Day>),
    /// Weeks in which nothing is planned, in words.
    Empty(Text),
}

/// A day of a calendar.
#[derive(Debug, Clone, Default)]
pub struct Day {
    /// Its number, with the month where a month begins.
    pub label: Text,
    /// A word at the other end of that line: a day off.
    pub note: Option<Text>,
    /// Whether it lies outside of the plan.
    pub quiet: bool,
    /// What is planned.
    pub chips: Vec<(Chip, Text)>,
    /// The day itself: what stands on it in large letters.
    pub event: Option<(Text, Text)>,
}

/// How a session looks; each can be told from the others on a grey printout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chip {
    /// Something new: tinted, a bar at its side.
    Learn,
    /// From memory: only an outline.
    Recall,
    /// Something to prepare: tinted.
    Prepare,
    /// A mock interview: dark.
    Mock,
}

/// A cue card.
#[derive(Debug, Clone)]
pub struct Card {
    /// Small, above.
    pub topic: Text,
    /// What is asked.
    pub front: Text,
    /// 1 … 5, and how to say that.
    pub confidence: Option<(u8, String)>,
    /// Hints, and what is to be said.
    pub back: Vec<Block>,
    /// Whether there is room to write below that: the answer is yet to be found.
    pub to_write: bool,
}

/// A bar of a chart.
#[derive(Debug, Clone)]
pub struct Bar {
    /// What it stands for.
    pub label: Text,
    /// From 0 to 1.
    pub share: f32,
    /// Its value in words.
    pub value: Text,
}

/// An item of a list.
#[derive(Debug, Clone)]
pub struct Item {
    /// What stands in front of it.
    pub marker: Marker,
    /// Its content.
    pub blocks: Vec<Block>,
}

/// What stands in front of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Marker {
    /// A dash.
    Bullet,
    /// A number, with its point.
    Number(String),
    /// An empty box to tick.
    Checkbox,
}

/// A table with a head that is repeated on every page it goes over.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// How its columns stand; those that are missing stand by what is in them.
    pub columns: Vec<Align>,
    /// The head.
    pub head: Vec<Text>,
    /// The rows; as many cells as the head.
    pub rows: Vec<Vec<Text>>,
}
