//! What the cards say: a dossier into notes. Knows neither HTML nor Anki's database.

use super::kind::Kind;
use super::order::Turn;
use super::scaffold::Sources;
use super::{mark, outline};
use crate::dossier::{About, Concept, Dossier, Outline, Part, Priority, Question, Star, Story, StoryBody, Topic, slug};
use crate::export::names;
use crate::markup::{Block, Inline, Line, Link, Markup};
use crate::plan;
use crate::theme::{Labels, fill};
use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::BTreeMap;

/// How the tags start that say how the learner stands.
pub const CONFIDENCE: &str = "confidence::";
/// See [`CONFIDENCE`].
pub const PRIORITY: &str = "priority::";

/// What a note says.
pub struct Note<'d> {
    /// Its kind.
    pub kind: Kind,
    /// Its identity within the dossier, never shown.
    pub key: Cow<'d, str>,
    /// What is asked for.
    pub front: Cow<'d, Line>,
    /// The answer; empty when none is written.
    pub back: Cow<'d, Markup>,
    /// What to do.
    pub cue: Line,
    /// Labels and texts, to be opened one by one.
    pub hints: Vec<(String, Markup)>,
    /// What helps as long as there is no answer; it speaks of other items too, which are looked up when it is read.
    pub scaffold: LazyCell<Markup, Box<dyn FnOnce() -> Markup + 'd>>,
    /// Examples and links.
    pub more: Markup,
    /// The topic as the card shows it.
    pub topic: &'d str,
    /// The small line at the end.
    pub footer: String,
    /// Tags, safe ones.
    pub tags: Vec<String>,
    /// The beginnings of tags that say what is said of the whole topic.
    pub lent: Vec<&'static str>,
    /// The topic as the study order takes turns with it.
    pub stream: &'d str,
    /// How much it wants to be studied.
    pub weight: u32,
}

impl<'d> Note<'d> {
    /// How many cards it gives.
    pub fn cards(&self) -> usize {
        if self.kind == Kind::Cloze { mark::count(&self.back) } else { 1 }
    }

    /// What it brings to the study order.
    pub fn turn(&self) -> Turn<'d> {
        Turn { kind: self.kind, stream: self.stream, weight: self.weight }
    }
}

/// Composes the notes of a dossier.
pub struct Composer<'d> {
    dossier: &'d Dossier,
    labels: &'d Labels,
    /// Made when the first card without an answer asks for it.
    sources: LazyCell<Sources<'d>, Box<dyn FnOnce() -> Sources<'d> + 'd>>,
}

impl<'d> Composer<'d> {
    /// Has read nothing yet.
    pub fn new(dossier: &'d Dossier, labels: &'d Labels) -> Self {
        Self { dossier, labels, sources: LazyCell::new(Box::new(|| Sources::new(dossier, labels))) }
    }

    /// Calls `take` with every note, in the order of the file.
    pub fn each_note<'n>(&'n self, take: &mut dyn FnMut(Note<'n>)) {
        for topic in self.dossier.questions() {
            topic.items.iter().for_each(|item| take(self.question(topic, item)));
        }
        for topic in self.dossier.concepts() {
            self.topic(topic).into_iter().for_each(&mut *take);
            topic.items.iter().for_each(|item| take(self.concept(topic, item)));
            topic.items.iter().filter_map(|item| self.cloze(topic, item)).for_each(&mut *take);
        }
        self.dossier.stories().for_each(|story| take(self.story(story)));
        for topic in self.dossier.asks() {
            topic.items.iter().for_each(|item| take(self.ask(topic, item)));
        }
        self.facts().into_iter().for_each(take);
    }

    fn question<'n>(&'n self, topic: &'d Topic<Question>, item: &'d Question) -> Note<'n> {
        let mut note = note(Kind::Question, &item.id, Cow::Borrowed(&item.question), &topic.name);
        self.stand(&mut note, &topic.slug, &item.about);
        note.hints = self.hints(&item.hints);
        note.more = self.links(&item.about);
        if let Some(answer) = &item.answer {
            note.back = Cow::Borrowed(answer);
        } else {
            note.scaffold = LazyCell::new(Box::new(|| self.sources.for_question(topic, item)));
            self.ask_for_answer(&mut note);
        }
        note
    }

    fn ask<'n>(&'n self, topic: &'d Topic<Question>, item: &'d Question) -> Note<'n> {
        let mut note = note(Kind::Ask, &item.id, Cow::Borrowed(&item.question), &topic.name);
        self.stand(&mut note, &topic.slug, &item.about);
        note.cue = Line::text(fill(&self.labels.deck.you_ask, &[("words", &opening(&item.question.plain()))]));
        note.hints = self.hints(&item.hints);
        note.more = self.links(&item.about);
        match &item.answer {
            Some(answer) => note.back = Cow::Borrowed(answer),
            None => note.scaffold = LazyCell::new(Box::new(|| self.sources.for_ask(topic, item))),
        }
        note
    }

    fn concept<'n>(&'n self, topic: &'d Topic<Concept>, item: &'d Concept) -> Note<'n> {
        let mut note = note(Kind::Concept, &item.id, Cow::Borrowed(&item.concept), &topic.name);
        self.stand(&mut note, &topic.slug, &item.about);
        note.cue = Line::text(&self.labels.deck.explain_aloud);
        note.more = self.example_and_links(item);
        if let Some(explanation) = &item.explanation {
            note.back = Cow::Borrowed(explanation);
        } else {
            note.scaffold = LazyCell::new(Box::new(|| self.sources.for_concept(topic, item)));
            self.ask_for_answer(&mut note);
        }
        note
    }

    /// A second note for a concept whose explanation marks words: the marked words are left out.
    fn cloze<'n>(&'n self, topic: &'d Topic<Concept>, item: &'d Concept) -> Option<Note<'n>> {
        let explanation = item.explanation.as_ref().filter(|text| mark::count(text) > 0)?;
        let mut note = note(Kind::Cloze, format!("{}:cloze", item.id), Cow::Borrowed(&item.concept), &topic.name);
        self.stand(&mut note, &topic.slug, &item.about);
        note.back = Cow::Borrowed(explanation);
        note.more = self.example_and_links(item);
        Some(note)
    }

    /// The topic as a whole. It lists its concepts, so it is the one note that changes with them.
    fn topic<'n>(&'n self, topic: &'d Topic<Concept>) -> Option<Note<'n>> {
        if topic.items.len() < 2 {
            return None;
        }
        let key = format!("topic:{}", topic.slug);
        let mut note = note(Kind::Topic, key, Cow::Owned(Line::text(&topic.name)), &self.labels.parts.concepts);
        self.stand(&mut note, &topic.slug, &About::default());
        let count = topic.items.len().to_string();
        note.cue = Line::text(fill(&self.labels.deck.name_the_parts, &[("n", &count)]));
        note.back = Cow::Owned(bullets(topic.items.iter().map(|item| item.concept.clone().into())));
        Some(note)
    }

    /// One card for a story: in the interview it is told in one go. Its parts can be opened one by
    /// one by who gets stuck.
    fn story<'n>(&'n self, story: &'d Story) -> Note<'n> {
        let topic = &self.labels.parts.stories;
        let mut note = note(Kind::Story, &story.id, Cow::Owned(Line::text(&story.title)), topic);
        self.stand(&mut note, &story.slug, &About::default());
        note.cue = Line::text(&self.labels.deck.tell_it);
        match &story.body {
            StoryBody::Free(text) => note.back = Cow::Borrowed(text),
            StoryBody::Star(star) => {
                note.hints = self.star(star);
                note.back =
                    Cow::Owned(Markup(note.hints.iter().flat_map(|(label, text)| under(label, text)).collect()));
            }
        }
        note
    }

    fn star(&self, star: &Star) -> Vec<(String, Markup)> {
        let (names, prompts) = (&self.labels.star, &self.labels.deck);
        let part = |name: &String, text: &Option<Markup>, prompt: &String| {
            let missing = || Line(vec![Inline::Emphasis(Line::text(fill(&prompts.not_written, &[("what", prompt)])))]);
            (name.clone(), text.clone().unwrap_or_else(|| missing().into()))
        };
        vec![
            part(&names.situation, &star.situation, &prompts.star_situation),
            part(&names.task, &star.task, &prompts.star_task),
            part(&names.action, &star.action, &prompts.star_action),
            part(&names.result, &star.result, &prompts.star_result),
        ]
    }

    /// What the dossier says about the company under labels; a text without a label asks nothing.
    fn facts(&self) -> Vec<Note<'_>> {
        let mut used: BTreeMap<String, u32> = BTreeMap::new();
        let outlines = self.dossier.parts.iter().filter_map(|part| match part {
            Part::Company(outline) => Some(outline),
            _ => None,
        });
        let facts = outlines.flat_map(outline::facts);
        facts
            .map(|(label, value)| {
                let times = used.entry(slug(&label.plain())).or_default();
                *times += 1;
                self.fact(label, value, *times)
            })
            .collect()
    }

    fn fact<'n>(&'n self, label: Line, value: &Outline, times: u32) -> Note<'n> {
        let name = slug(&label.plain());
        let key = if times == 1 { format!("company:{name}") } else { format!("company:{name}-{times}") };
        let mut note = note(Kind::Fact, key, Cow::Owned(label), &self.labels.parts.company);
        self.stand(&mut note, "", &About::default());
        note.back = Cow::Owned(outline::markup(value));
        note
    }

    /// How much the note matters and how sure the learner is: tags, order and, if it matters a
    /// lot, a word on the card.
    fn stand<'n>(&self, note: &mut Note<'n>, slug: &'n str, about: &About) {
        let (confidence, priority) = self.dossier.standing(slug, about);
        note.stream = slug;
        note.weight = plan::rank((confidence, priority));
        if !slug.is_empty() {
            note.tags.push(names::topic_tag(slug));
        }
        note.tags.push(format!("{CONFIDENCE}{}", confidence.level()));
        note.tags.push([PRIORITY, priority.word()].concat());
        note.lent.extend(about.confidence.is_none().then_some(CONFIDENCE));
        note.lent.extend(about.priority.is_none().then_some(PRIORITY));
        note.tags.extend(about.tags.iter().filter_map(|tag| safe_tag(tag)));
        if priority == Priority::High {
            note.footer.clone_from(&self.labels.deck.important);
        }
    }

    fn ask_for_answer(&self, note: &mut Note<'_>) {
        if !note.footer.is_empty() {
            note.footer.push_str(" · ");
        }
        note.footer.push_str(&self.labels.deck.add_answer);
    }

    fn hints(&self, hints: &[Line]) -> Vec<(String, Markup)> {
        let of = hints.len().to_string();
        let label = |place: usize| fill(&self.labels.deck.hint, &[("n", &(place + 1).to_string()), ("of", &of)]);
        hints.iter().enumerate().map(|(place, hint)| (label(place), hint.clone().into())).collect()
    }

    fn example_and_links(&self, item: &'d Concept) -> Markup {
        let mut blocks = Vec::new();
        if let Some(example) = &item.example {
            blocks.extend(under(&self.labels.deck.example, example));
        }
        blocks.extend(self.links(&item.about).0);
        Markup(blocks)
    }

    fn links(&self, about: &About) -> Markup {
        if about.links.is_empty() {
            return Markup::default();
        }
        let link = |url: &String| Line(vec![Inline::Link(Box::new(Link { url: url.clone(), text: Line::text(url) }))]);
        let list = bullets(about.links.iter().map(|url| link(url).into()));
        Markup(under(&self.labels.deck.links, &list))
    }
}

fn note<'d>(kind: Kind, key: impl Into<Cow<'d, str>>, front: Cow<'d, Line>, topic: &'d str) -> Note<'d> {
    Note {
        kind,
        key: key.into(),
        front,
        back: Cow::Owned(Markup::default()),
        cue: Line::default(),
        hints: Vec::new(),
        scaffold: LazyCell::new(Box::new(Markup::default)),
        more: Markup::default(),
        topic,
        footer: String::new(),
        tags: Vec::new(),
        lent: Vec::new(),
        stream: "",
        weight: 0,
    }
}

/// A text under a heading of its own.
pub fn under(heading: &str, text: &Markup) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(Line::text(heading))];
    blocks.extend(text.0.iter().cloned());
    blocks
}

/// A list without numbers.
pub fn bullets(items: impl Iterator<Item = Markup>) -> Markup {
    Markup(vec![Block::List { start: None, items: items.collect() }])
}

/// The first words of a question, enough to be asked for the rest: two fifths of it.
fn opening(question: &str) -> String {
    let words: Vec<&str> = question.split_whitespace().collect();
    let few = match words.as_slice() {
        // A script without spaces, or a very short question.
        [] | [_] | [_, _] => {
            let count = question.chars().count();
            question.chars().take((count * 2 / 5).max(1)).collect()
        }
        words => words.iter().take((words.len() * 2 / 5).max(1)).copied().collect::<Vec<_>>().join(" "),
    };
    format!("{few} …")
}

/// A tag of the writer's as Anki can hold it: one word.
fn safe_tag(tag: &str) -> Option<String> {
    let words = tag.split(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '\\' | ',' | '\u{3000}'));
    let joined = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    let levels: Vec<&str> = joined.split("::").filter(|level| !level.is_empty()).collect();
    (!levels.is_empty()).then(|| levels.join("::"))
}
