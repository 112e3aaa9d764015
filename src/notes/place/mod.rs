//! Where each section goes. `whole` makes the draft of it.

mod whole;

use crate::dossier::is_language;
use crate::draft::{Given, Pair, Said, Value};
use crate::notes::Undecided;
use crate::notes::blocks::{Block, placed, unbold};
use crate::notes::cards::{Deck, Topics};
use crate::notes::facts::{self, Job};
use crate::notes::fence;
use crate::notes::frame::Frame;
use crate::notes::front::Front;
use crate::notes::headings::Section;
use crate::notes::lines::{Line, is_rule, verbatim};
use crate::notes::outline::{self, together};
use crate::notes::stories::Stories;
use crate::notes::words::{self, Kind, Meaning};
use std::collections::BTreeSet;

/// What is collected while the sections are gone through.
pub struct Placed<'g> {
    language: &'static str,
    given: &'g Given,
    job: Job,
    head: Vec<Said>,
    overview: Vec<Said>,
    closing: Vec<Said>,
    /// The parts in the order they are met.
    parts: Vec<Part>,
    interview: Option<Value>,
    undecided: Option<Undecided>,
    ids: BTreeSet<String>,
    /// Keys that the notes hold in the format itself.
    written: Vec<Pair>,
    replaced: Vec<Said>,
    unplaced: Vec<String>,
    /// A table of contents, which the briefing has of its own.
    contents: Vec<Said>,
}

/// A key of the format with what goes into it.
struct Part {
    kind: Kind,
    above: Vec<Said>,
    contents: Vec<Content>,
}

/// What one section says.
struct Content {
    title: Said,
    /// Words that only lead over to it.
    leads: Vec<Said>,
    /// When it is all there is under a key.
    alone: Value,
    /// When it stands below its title: one level less.
    below: Value,
}

impl Content {
    fn new(value: Value) -> Self {
        Self { title: Said::default(), leads: Vec::new(), alone: value.clone(), below: value }
    }
}

impl<'g> Placed<'g> {
    /// Nothing yet.
    pub fn new(language: &'static str, given: &'g Given) -> Self {
        Self {
            language,
            given,
            job: Job::default(),
            head: Vec::new(),
            overview: Vec::new(),
            closing: Vec::new(),
            parts: Vec::new(),
            interview: None,
            undecided: None,
            ids: BTreeSet::new(),
            written: Vec::new(),
            replaced: Vec::new(),
            unplaced: Vec::new(),
            contents: Vec::new(),
        }
    }

    /// What stands round the dossier.
    pub fn frame(&mut self, frame: &Frame<'_>) {
        self.replaced.extend(frame.fence.iter().cloned());
        self.closing.extend(frame.closing.clone());
        self.front(&frame.front);
    }

    /// What stands above the Markdown: facts, the title, the language.
    fn front(&mut self, front: &Front) {
        let (mut facts, mut title) = (Vec::new(), None);
        for (key, value) in &front.pairs {
            match words::normal(&key.text).as_str() {
                "title" | "titel" | "titre" | "título" | "titulo" | "제목" | "タイトル" if title.is_none() => {
                    title = Some((key, value));
                }
                "language" | "lang" | "sprache" | "langue" | "idioma"
                    if is_language(&value.text) && self.written.is_empty() =>
                {
                    self.written.push(Pair::new("language", Value::bare(&value.text)));
                    self.replaced.extend([key.clone(), value.clone()]);
                }
                _ => facts.push((key.clone(), value.clone())),
            }
        }
        self.job.facts(facts);
        if let Some((key, value)) = title {
            let both = matches!(facts::title(&value.text), (Some(_), Some(_)));
            if both || words::prepares(&value.text) {
                self.named(&value.text);
            }
            if self.job.role.is_none() && words::is_role(&value.text) {
                self.job.role = Some(value.clone());
            } else {
                self.head.push(value.clone());
            }
            self.replaced.push(key.clone());
        }
        self.replaced.extend(front.names.iter().cloned());
        self.overview.extend(front.rest.iter().cloned());
    }

    /// The title names company and role.
    pub fn title(&mut self, title: Option<&Section<'_, '_>>) {
        let Some(title) = title else { return };
        self.named(title.title.text);
        self.head.push(title.title.said());
    }

    fn named(&mut self, title: &str) {
        let (company, role) = facts::title(title);
        self.job.company = self.job.company.take().or(company.map(Said::new));
        self.job.role = self.job.role.take().or(role.map(Said::new));
    }

    /// What stands before the first section: facts, a title that is no heading, words about the job.
    pub fn preamble(&mut self, stretches: Vec<&[Line<'_>]>) {
        for lines in stretches {
            let first = lines.iter().position(|line| !line.is_blank()).unwrap_or(0);
            let line = lines.get(first);
            let title = line.filter(|line| {
                self.job.company.is_none()
                    && words::prepares(line.text)
                    && line.text.chars().count() <= 120
                    && !line.code
                    && !line.text.ends_with(['.', '?'])
            });
            let rest = match title {
                Some(line) => {
                    self.named(line.text);
                    let text = unbold(line.text).unwrap_or(line.text);
                    self.head.push(line.piece().part(text).said());
                    lines.get(first + 1..).unwrap_or_default()
                }
                None => lines,
            };
            let rest = self.job.take(rest, facts::is_box(rest));
            self.overview.extend(rest);
        }
    }

    /// Where neither title nor facts name both: a sentence that has company and role in bold.
    pub fn spoken(&mut self, frame: &Frame<'_>) {
        if self.job.company.is_some() && self.job.role.is_some() {
            return;
        }
        let said = frame.before.iter().chain(&self.overview);
        if let Some((company, role)) = said.flat_map(|said| said.text.lines()).find_map(facts::spoken) {
            self.job.company.get_or_insert_with(|| Said::new(company));
            self.job.role.get_or_insert_with(|| Said::new(role));
        }
    }

    /// The company, as far as it is known.
    pub fn company(&self) -> Option<Said> {
        self.given.company.clone().map(Said::new).or_else(|| self.job.company.clone())
    }

    /// The role, as far as it is known.
    pub fn role(&self) -> Option<Said> {
        self.given.role.clone().map(Said::new).or_else(|| self.job.role.clone())
    }

    /// Takes a section; `above` holds the titles of those it stands in.
    pub fn section(&mut self, section: &Section<'_, '_>, above: &mut Vec<Said>) {
        if let Some((pairs, words)) = fence::pairs(section) {
            above.push(section.title.said());
            self.replaced.push(words);
            for pair in pairs {
                self.written(pair, above);
            }
            self.head.append(above);
            return;
        }
        let meaning = words::section(section.title.text);
        let inner = |sub: &Section<'_, '_>| words::section(sub.title.text).is_some_and(|meaning| meaning.strong);
        match meaning {
            None if section.subs.iter().any(inner) => {
                if section.title.text.is_empty() {
                    self.overview.extend(verbatim(section.own));
                } else if section.own.iter().any(|line| !line.is_blank()) {
                    self.outline(Kind::Sections, section.title.said(), section.own, above);
                } else {
                    above.push(section.title.said());
                }
                section.subs.iter().for_each(|sub| self.section(sub, above));
            }
            None if is_contents(section) => {
                self.contents.push(section.title.said());
                self.contents.extend(verbatim(section.all));
            }
            None if facts::is_box(section.own) && facts::names_job(section.own) => {
                self.about_job(Kind::Job, section.title.said(), section.own, section, above);
            }
            None if self.company().is_some_and(|company| words::is_about(section.title.text, &company.text)) => {
                self.meant(Kind::Company, section, above);
            }
            None if self.company().is_some_and(|company| words::is_why(section.title.text, &company.text)) => {
                self.meant(Kind::Fit, section, above);
            }
            None => self.other(section, above),
            Some(Meaning { kind: Kind::Interview, .. }) if section.subs.iter().any(is_of_dossier) => {
                self.over_all(section, above);
            }
            Some(meaning) => self.meant(meaning.kind, section, above),
        }
        // What a title without anything below it says must not be lost.
        self.head.append(above);
    }

    /// A section about the interview that holds the parts of a dossier: what it says itself, and each of these.
    fn over_all(&mut self, section: &Section<'_, '_>, above: &mut Vec<Said>) {
        let Section { title, level, own, .. } = *section;
        self.meant(Kind::Interview, &Section { title, level, own, all: own, subs: Vec::new() }, above);
        section.subs.iter().for_each(|sub| self.section(sub, above));
    }

    /// A key that the notes hold in the format itself.
    fn written(&mut self, pair: Pair, above: &mut Vec<Said>) {
        let Some(kind) = Kind::PARTS.into_iter().find(|kind| kind.key() == pair.key.text) else {
            if let (None, Some(job)) = (&self.job.company, Some(&pair.value).filter(|_| pair.key.text == "job")) {
                self.job.company = job.get("company").and_then(Value::as_text).map(Said::new);
                self.job.role = job.get("role").and_then(Value::as_text).map(Said::new);
            }
            // The block says it for sure; what stands above the notes is kept as their words are.
            self.written.retain(|known| known.key.text != "language" || pair.key.text != "language");
            self.written.push(pair);
            return;
        };
        match (kind, pair.value) {
            (Kind::Overview, Value::Text(said)) => {
                self.part(kind, above);
                self.overview.push(said);
            }
            (Kind::Closing, Value::Text(said)) => {
                self.part(kind, above);
                self.closing.push(said);
            }
            (Kind::Sections, Value::Map { pairs, .. }) => {
                for pair in pairs {
                    self.put(kind, Content { title: pair.key, ..Content::new(pair.value) }, above);
                }
            }
            (kind, value) => self.put(kind, Content::new(value), above),
        }
    }

    /// A section that means one of ours; sections inside it that mean another one go there.
    fn meant(&mut self, kind: Kind, section: &Section<'_, '_>, above: &mut Vec<Said>) {
        let switches = |sub: &Section<'_, '_>| {
            matches!(kind, Kind::Questions | Kind::Ask | Kind::Concepts | Kind::Stories)
                && words::section(sub.title.text).is_some_and(|meaning| {
                    let other = matches!(meaning.kind, Kind::Questions | Kind::Ask | Kind::Stories | Kind::Concepts);
                    meaning.strong && meaning.kind != kind && other
                })
        };
        let at = section.subs.iter().position(switches).unwrap_or(section.subs.len());
        if at < section.subs.len() {
            // Each part by itself: their lines are apart.
            let (stay, go): (Vec<_>, Vec<_>) = section.subs.iter().partition(|sub| !switches(sub));
            self.take(kind, section.title.said(), section.own, &stay, section, above);
            for sub in go {
                self.section(sub, above);
            }
            return;
        }
        let all: Vec<&Section<'_, '_>> = section.subs.iter().collect();
        self.take(kind, section.title.said(), section.own, &all, section, above);
    }

    fn take(
        &mut self,
        kind: Kind,
        title: Said,
        own: &[Line<'_>],
        subs: &[&Section<'_, '_>],
        section: &Section<'_, '_>,
        above: &mut Vec<Said>,
    ) {
        let empty = section.all.iter().all(Line::is_blank);
        if empty {
            above.push(title);
            return;
        }
        match kind {
            Kind::Questions | Kind::Ask => self.cards(kind, Deck::Question, section, subs, above),
            Kind::Concepts => self.cards(kind, Deck::Concept, section, subs, above),
            Kind::Stories => self.stories(section, subs, above),
            Kind::Overview | Kind::Job => self.about_job(kind, title, own, section, above),
            Kind::Closing => {
                let text = verbatim(section.all);
                self.closing.splice(0..0, text);
                self.part(Kind::Closing, above).push(title);
            }
            Kind::Interview => self.about_interview(title, own, section, above),
            Kind::Fit | Kind::Highlights | Kind::Company | Kind::Advice => {
                let mut leads = Vec::new();
                let alone = outline::section(section, 1, &mut leads);
                let below = outline::section(section, 2, &mut Vec::new());
                match (alone, below) {
                    (Some(alone), Some(below)) => self.put(kind, Content { title, leads, alone, below }, above),
                    _ => titles(section, above),
                }
            }
            Kind::Sections if own.iter().all(Line::is_blank) && !subs.is_empty() => {
                self.part(kind, above).push(title);
                for sub in subs {
                    self.sections_entry(sub, above);
                }
            }
            Kind::Study | Kind::Sections | Kind::File => self.other(section, above),
        }
    }

    /// Questions or concepts.
    fn cards(
        &mut self,
        kind: Kind,
        deck: Deck,
        section: &Section<'_, '_>,
        subs: &[&Section<'_, '_>],
        above: &mut Vec<Said>,
    ) {
        let title = section.title.said();
        let general = words::general(self.language).to_owned();
        let loose = placed(section.own).iter().any(|(_, block)| !matches!(block, Block::Paragraph(_)))
            || subs.iter().any(|sub| words::is_asked(sub.title.text));
        let known = self.parts.iter().any(|part| part.kind == kind);
        // A second section of the kind is a topic of its own, as is one that says more than its kind.
        let own_name = loose && (known || !words::section(&title.text).is_some_and(|meaning| meaning.strong));
        let mut topics = Topics::new(deck, &general, &mut self.ids);
        let name = own_name.then(|| title.clone());
        topics.section(section.own, subs, name.as_ref());
        let value = topics.finish();
        let (mut leads, mut replaced) = (std::mem::take(&mut topics.leads), std::mem::take(&mut topics.replaced));
        drop(topics);
        if value.is_empty() && subs.len() == section.subs.len() && has_text(section) {
            return self.other(section, above);
        }
        self.replaced.append(&mut replaced);
        let named =
            own_name && matches!(&value, Value::Map { pairs, .. } if pairs.iter().any(|pair| pair.key == title));
        if value.is_empty() {
            above.push(title);
            above.append(&mut leads);
            return;
        }
        let comments = self.part(kind, above);
        comments.extend((!named).then(|| title.clone()));
        comments.append(&mut leads);
        self.put(kind, Content::new(value), above);
    }

    fn stories(&mut self, section: &Section<'_, '_>, subs: &[&Section<'_, '_>], above: &mut Vec<Said>) {
        let title = section.title.said();
        let mut stories = Stories::default();
        stories.section(section, subs);
        let value = stories.finish();
        if value.is_empty() && subs.len() == section.subs.len() && has_text(section) {
            return self.other(section, above);
        }
        self.replaced.append(&mut stories.replaced);
        if value.is_empty() {
            above.append(&mut stories.leads);
            return;
        }
        let named = matches!(&value, Value::Map { pairs, .. } if pairs.iter().any(|pair| pair.key == title));
        let comments = self.part(Kind::Stories, above);
        comments.extend((!named).then(|| title.clone()));
        comments.append(&mut stories.leads);
        self.put(Kind::Stories, Content::new(value), above);
    }

    /// The rounds; or facts, when those of the job stand among them, or the day stands elsewhere.
    fn about_interview(&mut self, title: Said, own: &[Line<'_>], section: &Section<'_, '_>, above: &mut Vec<Said>) {
        let is_box = section.subs.is_empty() && facts::is_box(own);
        if is_box && facts::names_job(own) {
            return self.about_job(Kind::Job, title, own, section, above);
        }
        // What is given takes the place of what the notes say, which stays as they say it.
        if self.given.interview.is_some() {
            return self.other(section, above);
        }
        let mut replaced = Vec::new();
        match facts::rounds(section, (self.language, self.given.today), &mut replaced) {
            Ok(value) if self.interview.is_none() && self.job.round.is_empty() => {
                self.interview = Some(value);
                self.replaced.append(&mut replaced);
                self.part(Kind::Interview, above).push(title);
            }
            Ok(_) => self.other(section, above),
            Err(None) if is_box && !self.job.round.is_empty() => {
                self.about_job(Kind::Job, title, own, section, above);
            }
            Err(undecided) => {
                self.undecided = self.undecided.take().or(undecided);
                self.other(section, above);
            }
        }
    }

    /// Facts go into the box, the rest is about the job.
    fn about_job(
        &mut self,
        kind: Kind,
        title: Said,
        own: &[Line<'_>],
        section: &Section<'_, '_>,
        above: &mut Vec<Said>,
    ) {
        let mut rest = self.job.take(own, kind == Kind::Job);
        for sub in &section.subs {
            let is_box = words::section(sub.title.text).is_some_and(|meaning| meaning.kind == Kind::Job);
            let text = if is_box { together(self.job.take(sub.all, true)) } else { Said::default() };
            if is_box {
                rest.push(sub.title.said());
                rest.extend((!text.text.is_empty()).then_some(text));
            } else {
                let below = verbatim(sub.all);
                let heading = sub.title.said();
                rest.extend(
                    (!heading.text.is_empty()).then(|| Said { text: format!("### {}", heading.text), ..heading }),
                );
                rest.extend(below);
            }
        }
        let key = if rest.is_empty() { Kind::Job } else { Kind::Overview };
        self.part(key, above).push(title);
        self.overview.append(&mut rest);
    }

    /// A section that means nothing to us.
    fn other(&mut self, section: &Section<'_, '_>, above: &mut Vec<Said>) {
        self.sections_entry(section, above);
        // They stand together, where the last of them was.
        if let Some(at) = self.parts.iter().position(|part| part.kind == Kind::Sections) {
            let part = self.parts.remove(at);
            self.parts.push(part);
        }
    }

    fn sections_entry(&mut self, section: &Section<'_, '_>, above: &mut Vec<Said>) {
        let title = section.title.said();
        let mut leads = Vec::new();
        let value = outline::section(section, 1, &mut leads);
        match value {
            Some(value) if !title.text.is_empty() => {
                self.unplaced.push(title.text.clone());
                self.put(Kind::Sections, Content { title, leads, ..Content::new(value) }, above);
            }
            Some(_) => self.overview.extend(verbatim(section.all)),
            None => titles(section, above),
        }
    }

    fn outline(&mut self, kind: Kind, title: Said, lines: &[Line<'_>], above: &mut Vec<Said>) {
        let mut leads = Vec::new();
        // A rule alone says nothing, but the title does.
        let Some(value) = outline::lines(lines, 1, &mut leads) else { return above.push(title) };
        self.unplaced.push(title.text.clone());
        self.put(kind, Content { title, leads, ..Content::new(value) }, above);
    }

    /// The comments above a part, which begins here if it has not yet.
    fn part(&mut self, kind: Kind, above: &mut Vec<Said>) -> &mut Vec<Said> {
        let at = self.parts.iter().position(|part| part.kind == kind).unwrap_or_else(|| {
            self.parts.push(Part { kind, above: Vec::new(), contents: Vec::new() });
            self.parts.len() - 1
        });
        let comments = &mut self.parts[at].above;
        comments.append(above);
        comments
    }

    fn put(&mut self, kind: Kind, content: Content, above: &mut Vec<Said>) {
        self.part(kind, above);
        if let Some(part) = self.parts.iter_mut().find(|part| part.kind == kind) {
            part.contents.push(content);
        }
    }
}

/// Whether a section is a part of a dossier by its heading, and not about the interview or the job.
fn is_of_dossier(section: &Section<'_, '_>) -> bool {
    let of_dossier = [
        Kind::Fit,
        Kind::Highlights,
        Kind::Company,
        Kind::Stories,
        Kind::Questions,
        Kind::Ask,
        Kind::Concepts,
        Kind::Advice,
    ];
    words::section(section.title.text).is_some_and(|meaning| meaning.strong && of_dossier.contains(&meaning.kind))
}

/// Whether a section is nothing but links to the others.
fn is_contents(section: &Section<'_, '_>) -> bool {
    let lines = || section.all.iter().filter(|line| !line.is_blank() && !is_rule(line.text));
    section.subs.is_empty() && lines().count() > 1 && lines().all(|line| line.text.contains("](#"))
}

/// Whether there is more in a section than titles.
fn has_text(section: &Section<'_, '_>) -> bool {
    section.own.iter().any(|line| line.code || !(line.is_blank() || is_rule(line.text)))
        || section.subs.iter().any(has_text)
}

/// The titles of a section without a text.
fn titles(section: &Section<'_, '_>, out: &mut Vec<Said>) {
    out.extend((!section.title.text.is_empty()).then(|| section.title.said()));
    section.subs.iter().for_each(|sub| titles(sub, out));
}
