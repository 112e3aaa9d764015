//! What stands in the calendar: entries in words, with their identities, times and alarms.

use super::Error;
use super::text;
use crate::dossier::{Concept, Dossier, Question, Round, Topic, When};
use crate::export::{names, sessions};
use crate::plan::{Kind, Plan, Session, mock_questions};
use crate::theme::{Labels, Section, Style, Theme, fill};
use jiff::civil::Date;
use jiff::{SignedDuration, Zoned};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The root of all identities. It must never change: calendars out there hold what comes from it.
const NAMESPACE: Uuid = Uuid::from_u128(0x3d0b_64f1_8a52_5c0e_9d3a_71c4_2f9e_b806);

/// Characters of a title, which is what a phone shows of an event before it is opened.
const TITLE: usize = 60;

/// Items listed of a topic.
const LISTED: usize = 20;

/// Questions of an Ask session and of a mock interview at most.
const ASKED: usize = 12;

/// Minutes before a round at which its alarms ring: a day and an hour; without a time, at nine the
/// day before.
const ROUND_ALARMS: [i64; 2] = [60, 1440];
const DAY_ALARMS: [i64; 1] = [15 * 60];

/// An event in the making: no trace of a file format yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Identity in every client, for ever.
    pub uid: Uuid,
    /// What our own reader knows it by.
    pub mark: String,
    /// When.
    pub when: Time,
    /// Short enough for a phone.
    pub title: String,
    /// Plain text; may be empty.
    pub description: String,
    /// Names to filter by, without commas.
    pub categories: Vec<String>,
    /// Where.
    pub location: Option<String>,
    /// What to open.
    pub link: Option<String>,
    /// Minutes before the start.
    pub alarms: Vec<i64>,
}

/// When an entry is.
#[derive(Debug, Clone, PartialEq)]
pub enum Time {
    /// From, to.
    Span(Zoned, Zoned),
    /// All of a day.
    Day(Date),
}

impl Time {
    /// The instant it begins at; a day has none.
    pub fn start(&self) -> Option<&Zoned> {
        match self {
            Self::Span(start, _) => Some(start),
            Self::Day(_) => None,
        }
    }
}

/// The name clients show for the calendar.
pub fn name(dossier: &Dossier, labels: &Labels) -> String {
    text::one_line(&fill(&labels.calendar.name, &[("company", &dossier.job.company)]))
}

/// The identity of a session or round: no date and no title in it.
fn uid(dossier: &Dossier, kind: &str, topic: &str, ordinal: u32) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("{}\u{1f}{kind}\u{1f}{topic}\u{1f}{ordinal}", dossier.id).as_bytes())
}

/// The word for a kind of session in identities and marks, and the topic.
pub fn key(kind: &Kind) -> (&'static str, &str) {
    match kind {
        Kind::Learn(slug) => ("learn", slug),
        Kind::Review(slug) => ("review", slug),
        Kind::Company => ("company", ""),
        Kind::Ask => ("ask", ""),
        Kind::Mock => ("mock", ""),
        Kind::LightReview => ("light-review", ""),
    }
}

/// What entries are made from.
pub struct Words<'d> {
    dossier: &'d Dossier,
    plan: &'d Plan,
    labels: &'d Labels,
    /// What the briefing has.
    style: &'d Style,
    /// By slug: each session asks for its topic, so nothing is looked for one by one.
    topics: BTreeMap<&'d str, About<'d>>,
    /// What to do, and where the briefing has what is no topic: the same in thousands of sessions.
    frames: BTreeMap<Frame, [String; 2]>,
}

/// The word for a kind of session, whether it is the first of its kind on the topic, and its minutes.
type Frame = (&'static str, bool, u32);

fn frame(session: &Session) -> Frame {
    (key(&session.kind).0, session.ordinal == 1, session.minutes.0)
}

/// Everything under the name of a topic.
#[derive(Default)]
struct About<'d> {
    name: &'d str,
    questions: Vec<&'d Topic<Question>>,
    concepts: Vec<&'d Topic<Concept>>,
    has_story: bool,
    /// What every description of a session of it says: the same in words, where its cards and its section are.
    words: String,
}

impl About<'_> {
    /// The questions, concepts and story in words, each list a block.
    fn lists(&self, labels: &Labels) -> [String; 3] {
        let questions = self.questions.iter().flat_map(|topic| &topic.items);
        let questions = questions.map(|question| text::item(&question.question)).collect();
        let concepts = self.concepts.iter().flat_map(|topic| &topic.items);
        let concepts = concepts.map(|concept| text::item(&concept.concept)).collect();
        let words = &labels.calendar;
        let story = if self.has_story { words.story.clone() } else { String::new() };
        [list(&words.questions, questions, LISTED, labels), list(&words.concepts, concepts, LISTED, labels), story]
    }
}

fn topics<'d>(dossier: &'d Dossier, plan: &'d Plan) -> BTreeMap<&'d str, About<'d>> {
    let mut topics: BTreeMap<&str, About<'_>> = BTreeMap::new();
    for topic in &plan.topics {
        topics.entry(&topic.slug).or_default().name = &topic.name;
    }
    for topic in dossier.questions() {
        topics.entry(&topic.slug).or_default().questions.push(topic);
    }
    for topic in dossier.concepts() {
        topics.entry(&topic.slug).or_default().concepts.push(topic);
    }
    for story in dossier.stories() {
        topics.entry(&story.slug).or_default().has_story = true;
    }
    topics
}

impl<'d> Words<'d> {
    /// Everything that is the same for many sessions is looked up and worded once.
    pub fn new(dossier: &'d Dossier, plan: &'d Plan, theme: &'d Theme) -> Self {
        let topics = topics(dossier, plan);
        let (labels, style) = (&theme.labels, &theme.style);
        let mut words = Self { dossier, plan, labels, style, topics, frames: BTreeMap::new() };
        let deck = names::root_deck(dossier);
        let worded: Vec<String> = words.topics.iter().map(|(slug, about)| words.topic(slug, about, &deck)).collect();
        words.topics.values_mut().zip(worded).for_each(|(about, worded)| about.words = worded);
        let mut frames = BTreeMap::new();
        for session in &plan.sessions {
            frames.entry(frame(session)).or_insert_with(|| words.frame(session));
        }
        Self { frames, ..words }
    }

    /// A session.
    pub fn session(&self, session: &Session) -> Entry {
        let (kind, topic) = key(&session.kind);
        let end = session.start.saturating_add(SignedDuration::from_mins(i64::from(session.minutes.0)));
        let whole = text::one_line(&self.title(session, topic));
        let title = text::shortened(&whole, TITLE);
        let said = if title == whole { "" } else { whole.as_str() };
        Entry {
            uid: uid(self.dossier, kind, topic, session.ordinal),
            mark: format!("{kind} {topic} {}", session.ordinal),
            when: Time::Span(session.start.clone(), end),
            title,
            description: self.description(session, said),
            categories: vec![self.category(&session.kind)],
            location: None,
            link: None,
            alarms: self.dossier.study.reminders.iter().map(|minutes| i64::from(minutes.0)).collect(),
        }
    }

    /// What is done, by the name of the topic; by its slug when the plan does not know it.
    fn title(&self, session: &Session, slug: &str) -> String {
        let name = self.topics.get(slug).map(|about| about.name).filter(|name| !name.is_empty()).unwrap_or(slug);
        sessions::of_topic(&session.kind, session.ordinal, self.dossier, name, self.labels)
    }

    /// The rounds.
    pub fn rounds(&self) -> Result<Vec<Entry>, Error> {
        self.dossier.rounds.iter().zip(1..).map(|(round, ordinal)| self.round(round, ordinal)).collect()
    }

    fn round(&self, round: &Round, ordinal: u32) -> Result<Entry, Error> {
        let has_alarms = !self.dossier.study.reminders.is_empty();
        let when = time(round)?;
        let alarms: &[i64] = match when {
            Time::Span(..) => &ROUND_ALARMS,
            Time::Day(_) => &DAY_ALARMS,
        };
        Ok(Entry {
            uid: uid(self.dossier, "round", "", ordinal),
            mark: format!("round  {ordinal}"),
            when,
            title: text::one_line(&names::round(round, self.dossier, self.labels)),
            description: self.about_round(round),
            categories: vec![category(&self.labels.calendar.category_round)],
            location: round.location.as_deref().map(text::one_line),
            link: round.link.as_deref().map(text::address),
            alarms: if has_alarms { alarms.to_vec() } else { Vec::new() },
        })
    }

    fn about_round(&self, round: &Round) -> String {
        let (mut out, marks) = (Blocks::default(), &self.labels.marks);
        out.push(&marks.labelled(&self.dossier.job.company, &self.dossier.job.role));
        if !round.with.is_empty() {
            out.push(&marks.labelled(&self.labels.facts.with, &marks.row(&round.with)));
        }
        if let Some(link) = &round.link {
            out.push(link);
        }
        out.push(&round.notes.as_ref().map(text::passage).unwrap_or_default());
        out.finish()
    }

    fn category(&self, kind: &Kind) -> String {
        let labels = &self.labels.calendar;
        category(match kind {
            Kind::Learn(_) => &labels.category_learn,
            Kind::Review(_) => &labels.category_review,
            Kind::Mock => &labels.category_mock,
            Kind::Company | Kind::Ask | Kind::LightReview => &labels.category_other,
        })
    }

    /// `said` is the title where it had to be cut.
    fn description(&self, session: &Session, said: &str) -> String {
        let [above, below] =
            self.frames.get(&frame(session)).map_or(["", ""], |frame| frame.each_ref().map(String::as_str));
        let mut out = Blocks::default();
        out.push_clean(said);
        out.push_clean(above);
        match &session.kind {
            Kind::Learn(slug) | Kind::Review(slug) => {
                out.push_clean(self.topics.get(slug.as_str()).map_or("", |about| &about.words));
            }
            Kind::Mock => out.push(&self.mock(session)),
            Kind::Ask => {
                let asks = self.dossier.asks().flat_map(|topic| &topic.items).map(|ask| &ask.question);
                out.push(&list("", asks.map(text::item).collect(), ASKED, self.labels));
            }
            Kind::Company | Kind::LightReview => {}
        }
        out.push_clean(below);
        let reason = sessions::reason(session.reason, self.labels);
        out.push(&fill(&self.labels.calendar.why, &[("reason", &reason)]));
        out.finish()
    }

    fn frame(&self, session: &Session) -> [String; 2] {
        [text::clean(&self.steps(session).join("\n")), text::clean(&self.section(&session.kind))]
    }

    /// What to do, with the minutes of each part.
    fn steps(&self, session: &Session) -> Vec<String> {
        let labels = &self.labels.calendar;
        let parts: &[(u32, &String)] = match &session.kind {
            Kind::Learn(_) if session.ordinal == 1 => &[(25, &labels.recall), (50, &labels.work), (25, &labels.cards)],
            Kind::Learn(_) => &[(75, &labels.go_on), (25, &labels.cards)],
            Kind::Review(_) => &[(60, &labels.retell), (40, &labels.check)],
            Kind::Company => &[(70, &labels.company_read), (30, &labels.company_aim)],
            Kind::Ask => &[(50, &labels.ask_choose), (50, &labels.ask_say)],
            Kind::Mock => &[(10, &labels.mock_set), (70, &labels.mock_answer), (20, &labels.mock_mend)],
            Kind::LightReview => &[(80, &labels.light_skim), (20, &labels.light_stop)],
        };
        let shares: Vec<u32> = parts.iter().map(|(percent, _)| *percent).collect();
        let minutes = portions(session.minutes.0, &shares);
        let lines = parts.iter().zip(minutes).map(|((_, what), minutes)| {
            fill(&labels.part, &[("minutes", &self.labels.dates.minutes(minutes)), ("what", what)])
        });
        lines.collect()
    }

    /// The questions, concepts and story of a topic, and where its cards and its section are.
    fn topic(&self, slug: &str, about: &About<'_>, deck: &str) -> String {
        let mut out = Blocks::default();
        about.lists(self.labels).into_iter().for_each(|list| out.push(&list));
        out.push(&fill(&self.labels.calendar.in_anki, &[("deck", deck), ("tag", &names::topic_tag(slug))]));
        let parts = &self.labels.parts;
        let found = [
            (!about.questions.is_empty(), (Section::Questions, &parts.questions)),
            (!about.concepts.is_empty(), (Section::Concepts, &parts.concepts)),
            (about.has_story, (Section::Stories, &parts.stories)),
        ];
        out.push(&self.sections(found.into_iter().filter_map(|(found, section)| found.then_some(section))));
        out.finish()
    }

    fn mock(&self, session: &Session) -> String {
        let questions = mock_questions(self.dossier, self.plan, session);
        let questions = questions.into_iter().map(|question| text::item(&question.question)).collect();
        list(&self.labels.calendar.questions, questions, ASKED, self.labels)
    }

    /// Where the briefing has what is no topic.
    fn section(&self, kind: &Kind) -> String {
        let parts = &self.labels.parts;
        let questions = (Section::Questions, &parts.questions);
        self.sections(match kind {
            Kind::Learn(_) | Kind::Review(_) => vec![],
            Kind::Company => vec![(Section::Company, &parts.company)],
            Kind::Ask => vec![(Section::Ask, &parts.ask)],
            Kind::Mock => vec![questions],
            Kind::LightReview => {
                vec![(Section::Highlights, &parts.highlights), questions, (Section::Advice, &parts.advice)]
            }
        })
    }

    /// Sections that the dossier has and the theme shows: by name, for page numbers would change with every line added.
    fn sections<'l>(&self, sections: impl IntoIterator<Item = (Section, &'l String)>) -> String {
        let shown = sections.into_iter().filter(|(section, _)| self.style.shows(*section) && self.has(*section));
        let names: Vec<&str> = shown.map(|(_, name)| name.as_str()).collect();
        if names.is_empty() {
            return String::new();
        }
        fill(&self.labels.calendar.in_briefing, &[("section", &self.labels.marks.row(&names))])
    }

    fn has(&self, section: Section) -> bool {
        self.dossier.parts.iter().any(|part| names::section(part) == section)
    }
}

/// A heading and its items, if there are any.
fn list(heading: &str, items: Vec<String>, limit: usize, labels: &Labels) -> String {
    if items.is_empty() {
        return String::new();
    }
    let over = items.len().saturating_sub(limit);
    let shown = items.into_iter().take(limit).map(|item| format!("– {item}"));
    let more = (over > 0).then(|| fill(&labels.calendar.more, &[("n", &over.to_string())]));
    let heading = (!heading.is_empty()).then(|| heading.to_owned());
    heading.into_iter().chain(shown).chain(more).collect::<Vec<_>>().join("\n")
}

/// When a round is.
fn time(round: &Round) -> Result<Time, Error> {
    if let When::Day(date) = round.when {
        return Ok(Time::Day(date));
    }
    let start = round.start().ok_or_else(|| Error::Zone(round.time_zone.clone()))?;
    let end = start.saturating_add(SignedDuration::from_mins(i64::from(round.duration.0)));
    Ok(Time::Span(start, end))
}

/// Clean paragraphs with an empty line between them; empty ones do not count.
#[derive(Default)]
struct Blocks(String);

impl Blocks {
    fn push(&mut self, block: &str) {
        self.push_clean(&text::clean(block));
    }

    /// What is clean already.
    fn push_clean(&mut self, block: &str) {
        if !block.is_empty() {
            let gap = if self.0.is_empty() { "" } else { "\n\n" };
            self.0.extend([gap, block]);
        }
    }

    fn finish(self) -> String {
        self.0
    }
}

/// A category name: node-ical splits at commas even when they are escaped.
fn category(name: &str) -> String {
    text::one_line(&name.replace([',', ';'], " "))
}

/// Minutes shared out in steps of five where there are enough of them; the largest part takes what is
/// left over.
fn portions(total: u32, percents: &[u32]) -> Vec<u32> {
    let step = if total >= 20 { 5 } else { 1 };
    let mut parts: Vec<u32> =
        percents.iter().map(|percent| ((total * percent / 100 + step / 2) / step * step).max(step)).collect();
    let largest = percents.iter().enumerate().max_by_key(|(_, percent)| **percent).map_or(0, |(index, _)| index);
    let others: u32 = parts.iter().enumerate().filter(|(index, _)| *index != largest).map(|(_, part)| part).sum();
    if let Some(part) = parts.get_mut(largest) {
        *part = total.saturating_sub(others);
    }
    parts
}
