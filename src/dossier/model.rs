//! What a dossier is once it has been checked: a `Dossier` in hand is valid.

use crate::diagnostic::Span;
use crate::markup::{Line, Markup};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use std::collections::BTreeMap;

/// One interview, everything about it.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// Identity across exports; card and event ids derive from it.
    pub id: String,
    /// The title as written; without one the exporters say "Interview prep: …" in the language.
    pub title: Option<Line>,
    /// BCP 47 tag.
    pub language: String,
    /// The job.
    pub job: Job,
    /// Who is going.
    pub candidate: Option<Candidate>,
    /// The rounds, in the order of the file; empty when no date is known yet.
    pub rounds: Vec<Round>,
    /// The parts with content, in the order of the file.
    pub parts: Vec<Part>,
    /// How and when to study.
    pub study: Study,
    /// Where the top-level keys stand, for advice about what is below them.
    pub places: BTreeMap<&'static str, Span>,
}

/// The job that is applied for.
#[derive(Debug, Clone)]
pub struct Job {
    /// The company.
    pub company: String,
    /// The role.
    pub role: String,
    /// Known facts in the order of the file, the standard ones by their key.
    pub facts: Vec<Fact>,
    /// The advertisement or the company's page.
    pub link: Option<String>,
}

/// A line of the facts box.
#[derive(Debug, Clone)]
pub struct Fact {
    /// What it is about.
    pub kind: FactKind,
    /// The fact.
    pub text: Line,
}

/// The label of a fact: one the program knows and translates, or the writer's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactKind {
    /// `location`
    Location,
    /// `arrangement`
    Arrangement,
    /// `compensation`
    Compensation,
    /// `team`
    Team,
    /// From `facts`.
    Own(String),
}

/// The person with the interview.
#[derive(Debug, Clone, Default)]
pub struct Candidate {
    /// Their name.
    pub name: Option<String>,
    /// Where they are.
    pub location: Option<String>,
}

/// One round of interviews.
#[derive(Debug, Clone)]
pub struct Round {
    /// What it is called; without a name it is "Interview".
    pub name: Option<String>,
    /// The day, and the time if it is known.
    pub when: When,
    /// IANA name, known to the time zone database.
    pub time_zone: String,
    /// How long it takes.
    pub duration: Minutes,
    /// A place, or "video call".
    pub location: Option<String>,
    /// Where to join.
    pub link: Option<String>,
    /// The people on the other side.
    pub with: Vec<String>,
    /// Anything else.
    pub notes: Option<Markup>,
}

impl Round {
    /// When it starts, by the clock of its place; `None` where only the day is known.
    pub fn start(&self) -> Option<Zoned> {
        match self.when {
            When::At(at) => at.in_tz(&self.time_zone).ok(),
            When::Day(_) => None,
        }
    }

    /// The instant that it is known to start at or after.
    pub fn begins(&self) -> Option<Timestamp> {
        let start = self.start().or_else(|| self.when.date().in_tz(&self.time_zone).ok());
        start.map(|start| start.timestamp())
    }

    /// Days from `now` to its own, by the calendar of its place; negative when it is over.
    fn days_left(&self, now: Timestamp) -> Option<i32> {
        let today = now.to_zoned(TimeZone::get(&self.time_zone).ok()?).date();
        Some((self.when.date() - today).get_days())
    }
}

/// A day, or a day and a time that exists on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The time is not known.
    Day(Date),
    /// Local time in the round's zone.
    At(DateTime),
}

impl When {
    /// The day.
    pub fn date(self) -> Date {
        match self {
            Self::Day(date) => date,
            Self::At(at) => at.date(),
        }
    }
}

/// A length of time in whole minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, serde::Serialize)]
#[serde(transparent)]
pub struct Minutes(pub u32);

/// A part of the dossier, in the writer's order.
#[derive(Debug, Clone)]
pub enum Part {
    /// What it is all about.
    Overview(Markup),
    /// Why the job fits.
    Fit(Outline),
    /// What to show.
    Highlights(Outline),
    /// About the company.
    Company(Outline),
    /// STAR answers.
    Stories(Vec<Story>),
    /// What they will ask.
    Questions(Vec<Topic<Question>>),
    /// What to ask them.
    Ask(Vec<Topic<Question>>),
    /// What to know.
    Concepts(Vec<Topic<Concept>>),
    /// How to go about it.
    Advice(Outline),
    /// Everything else, each with its title.
    Sections(Vec<(Line, Outline)>),
    /// The last word.
    Closing(Markup),
}

impl Part {
    /// The names that `study.topics` may use: topics of questions and concepts, titles of stories.
    pub fn topics(&self) -> Vec<&str> {
        match self {
            Self::Questions(topics) => topics.iter().map(|topic| topic.name.as_str()).collect(),
            Self::Concepts(topics) => topics.iter().map(|topic| topic.name.as_str()).collect(),
            Self::Stories(stories) => stories.iter().map(|story| story.title.as_str()).collect(),
            Self::Overview(_)
            | Self::Fit(_)
            | Self::Highlights(_)
            | Self::Company(_)
            | Self::Ask(_)
            | Self::Advice(_)
            | Self::Sections(_)
            | Self::Closing(_) => Vec::new(),
        }
    }
}

/// Text, or a list of outlines, or labelled outlines; at most four levels.
#[derive(Debug, Clone)]
pub enum Outline {
    /// Markdown.
    Text(Markup),
    /// Items without labels.
    List(Vec<Outline>),
    /// Items with labels.
    Labelled(Vec<(Line, Outline)>),
}

/// A named group of items, in the order of the file.
#[derive(Debug, Clone)]
pub struct Topic<T> {
    /// The name as written.
    pub name: String,
    /// Its identity in tags, ids and `study.topics`.
    pub slug: String,
    /// The items.
    pub items: Vec<T>,
}

/// A question, theirs or ours.
#[derive(Debug, Clone)]
pub struct Question {
    /// Identity within the dossier.
    pub id: String,
    /// The question.
    pub question: Line,
    /// The answer, if one is written.
    pub answer: Option<Markup>,
    /// To be revealed one by one.
    pub hints: Vec<Line>,
    /// What else belongs to it.
    pub about: About,
}

/// Something to know.
#[derive(Debug, Clone)]
pub struct Concept {
    /// Identity within the dossier.
    pub id: String,
    /// Its name.
    pub concept: Line,
    /// What it means.
    pub explanation: Option<Markup>,
    /// An example.
    pub example: Option<Markup>,
    /// What else belongs to it.
    pub about: About,
}

/// What questions and concepts share.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// 1 unsure … 5 sure.
    pub confidence: Option<Confidence>,
    /// How much it matters.
    pub priority: Option<Priority>,
    /// Free tags.
    pub tags: Vec<String>,
    /// Where to read more.
    pub links: Vec<String>,
}

/// A story to tell, by situation, task, action, result, or freely.
#[derive(Debug, Clone)]
pub struct Story {
    /// Identity within the dossier.
    pub id: String,
    /// Its title as written.
    pub title: String,
    /// The title as `study.topics` and tags know it.
    pub slug: String,
    /// The story.
    pub body: StoryBody,
}

/// How a story is told.
#[derive(Debug, Clone)]
pub enum StoryBody {
    /// In four parts, any of which may still be missing.
    Star(Box<Star>),
    /// Freely.
    Free(Markup),
}

/// The four parts of a STAR answer.
#[derive(Debug, Clone, Default)]
pub struct Star {
    /// What was going on.
    pub situation: Option<Markup>,
    /// What was yours to do.
    pub task: Option<Markup>,
    /// What you did.
    pub action: Option<Markup>,
    /// What came of it.
    pub result: Option<Markup>,
}

/// 1 unsure … 5 sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Confidence(u8);

impl Confidence {
    /// Where nothing is said.
    pub const DEFAULT: Self = Self(3);

    /// `None` outside 1 … 5.
    pub fn new(level: u8) -> Option<Self> {
        (1..=5).contains(&level).then_some(Self(level))
    }

    /// 1 … 5.
    pub fn level(self) -> u8 {
        self.0
    }
}

/// How much something matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    /// Nice to have.
    Low,
    /// Where nothing is said.
    #[default]
    Normal,
    /// Must be ready.
    High,
}

impl Priority {
    /// The word of the format.
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
        }
    }

    /// How much it counts in planning and ordering.
    pub fn weight(self) -> u32 {
        match self {
            Self::Low => 1,
            Self::Normal => 2,
            Self::High => 3,
        }
    }
}

/// How and when to study.
#[derive(Debug, Clone)]
pub struct Study {
    /// The first day; by default the day of the build.
    pub starts: Option<Date>,
    /// IANA name; by default the first interview's.
    pub time_zone: Option<String>,
    /// Free hours, Monday first.
    pub hours: [Vec<Hours>; 7],
    /// First and last day of each break, both included.
    pub days_off: Vec<(Date, Date)>,
    /// A calendar file whose events are kept free, relative to the dossier, and its place in it.
    pub busy: Option<(String, Span)>,
    /// The length of a session.
    pub session: Minutes,
    /// The most that is planned for a day.
    pub max_per_day: Minutes,
    /// How long before a session the alarms ring.
    pub reminders: Vec<Minutes>,
    /// How many mock interviews; by default what the days left allow.
    pub mock_interviews: Option<u8>,
    /// What the learner says of single topics, by slug.
    pub topics: BTreeMap<String, TopicSettings>,
}

/// From one time of the day to a later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hours {
    /// When it starts.
    pub from: Time,
    /// When it ends; after `from`.
    pub to: Time,
}

/// What the learner says of a topic.
#[derive(Debug, Clone, Copy, Default)]
pub struct TopicSettings {
    /// How sure they are.
    pub confidence: Option<Confidence>,
    /// How much it matters.
    pub priority: Option<Priority>,
    /// How long it takes to learn.
    pub estimate: Option<Minutes>,
}

impl Dossier {
    /// All topics of questions.
    pub fn questions(&self) -> impl Iterator<Item = &Topic<Question>> {
        self.parts.iter().flat_map(|part| match part {
            Part::Questions(topics) => topics.as_slice(),
            _ => &[],
        })
    }

    /// All topics of questions to ask them.
    pub fn asks(&self) -> impl Iterator<Item = &Topic<Question>> {
        self.parts.iter().flat_map(|part| match part {
            Part::Ask(topics) => topics.as_slice(),
            _ => &[],
        })
    }

    /// All topics of concepts.
    pub fn concepts(&self) -> impl Iterator<Item = &Topic<Concept>> {
        self.parts.iter().flat_map(|part| match part {
            Part::Concepts(topics) => topics.as_slice(),
            _ => &[],
        })
    }

    /// All stories.
    pub fn stories(&self) -> impl Iterator<Item = &Story> {
        self.parts.iter().flat_map(|part| match part {
            Part::Stories(stories) => stories.as_slice(),
            _ => &[],
        })
    }

    /// What is said of an item of a topic: by the item itself, else under `study.topics`, else the
    /// middle.
    pub fn standing(&self, topic: &str, about: &About) -> (Confidence, Priority) {
        let settings = self.study.topics.get(topic).copied().unwrap_or_default();
        (
            about.confidence.or(settings.confidence).unwrap_or(Confidence::DEFAULT),
            about.priority.or(settings.priority).unwrap_or_default(),
        )
    }

    /// The round that comes next as of `now`, which a round is until its day ends where it is held; the last one when
    /// all are over; `None` when there is none.
    pub fn next_round(&self, now: Timestamp) -> Option<&Round> {
        let ahead = self.rounds.iter().filter(|round| round.days_left(now).is_some_and(|days| days >= 0));
        ahead.min_by_key(|round| round.begins()).or_else(|| self.rounds.iter().max_by_key(|round| round.begins()))
    }

    /// Days from `now` to the next round, by the calendar of its place; `None` when all are past.
    pub fn days_left(&self, now: Timestamp) -> Option<i32> {
        self.next_round(now)?.days_left(now).filter(|days| *days >= 0)
    }

    /// The zone the plan lives in: the study's own, else the first interview's, else UTC.
    pub fn study_zone(&self) -> &str {
        let first = self.rounds.first().map(|round| round.time_zone.as_str());
        self.study.time_zone.as_deref().or(first).unwrap_or("UTC")
    }
}
