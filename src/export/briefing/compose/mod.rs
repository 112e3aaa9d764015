//! What a briefing says: the dossier as blocks, in the order of the file.

mod cue;
mod front;
mod glance;
mod inline;
mod items;
mod study;

use super::document::{Block, Card, Document, Level, Note, PictureSize, Run};
use super::{Layout, Notes, Options};
use crate::dossier::{Dossier, Part, When};
use crate::export::names;
use crate::export::picture::Pictures;
use crate::plan::Plan;
use crate::theme::{Labels, Section, Theme};
use inline::{blocks, line, outline};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Composes the briefing as of `now`.
pub fn compose(dossier: &Dossier, plan: Option<&Plan>, theme: &Theme, options: &Options<'_>) -> Document {
    let labels = &theme.labels;
    let mut composer = Composer { dossier, labels, plan, notes: options.notes, number: 0, blocks: Vec::new() };
    match options.layout {
        Layout::Briefing => composer.briefing(options.now, &theme.style.sections),
        Layout::Cheatsheet => composer.cheatsheet(options.now),
        Layout::Cards => {}
    }
    let job = &dossier.job;
    Document {
        title: names::title(dossier, labels),
        author: dossier.candidate.as_ref().and_then(|candidate| candidate.name.clone()),
        language: dossier.language.clone(),
        header: format!("{} · {}", job.company, job.role),
        footer: footer(dossier, labels, options.now),
        folio: labels.briefing.page.clone(),
        contents: labels.parts.contents.clone(),
        pictures: pictures(options.pictures),
        blocks: composer.blocks,
    }
}

/// Cue cards of all questions, concepts and stories, in the order of the file.
pub fn cards(dossier: &Dossier, labels: &Labels, options: &Options<'_>) -> Vec<Card> {
    let mut composer = Composer { dossier, labels, plan: None, notes: options.notes, number: 0, blocks: Vec::new() };
    composer.cards()
}

/// Those that pages can show.
fn pictures(pictures: &Pictures) -> BTreeMap<String, PictureSize> {
    let sized = |(path, number): (&str, usize)| {
        let (width, height) = pictures.get(number)?.size()?;
        Some((path.to_owned(), PictureSize { number, width, height }))
    };
    pictures.paths().filter_map(sized).collect()
}

/// When the interview is, on every page.
fn footer(dossier: &Dossier, labels: &Labels, now: Timestamp) -> String {
    match dossier.next_round(now).map(|round| round.when) {
        Some(When::Day(date)) => labels.dates.short(date),
        Some(When::At(at)) => labels.dates.date_at_time(&labels.dates.short(at.date()), &labels.dates.time(at.time())),
        None => String::new(),
    }
}

/// Blocks in the making.
struct Composer<'a> {
    dossier: &'a Dossier,
    labels: &'a Labels,
    plan: Option<&'a Plan>,
    notes: Notes,
    /// The last question's number.
    number: usize,
    blocks: Vec<Block>,
}

impl Composer<'_> {
    fn briefing(&mut self, now: Timestamp, sections: &[Section]) {
        self.front(now);
        for section in sections {
            self.briefing_section(*section, sections, now);
            let opens = |section: &Section| matches!(section, Section::Glance | Section::Contents);
            let last_of_page_one = sections.iter().rfind(|section| opens(section));
            let torn_off = self.blocks.iter().any(|block| matches!(block, Block::Glance(_)));
            if torn_off && last_of_page_one == Some(section) {
                self.blocks.push(Block::PageBreak);
            }
        }
    }

    fn briefing_section(&mut self, section: Section, sections: &[Section], now: Timestamp) {
        let numbered = sections.contains(&Section::Questions) || sections.contains(&Section::Rest);
        match section {
            Section::Glance => self.glance(numbered),
            Section::Contents => self.blocks.push(Block::Contents),
            Section::Interview => self.details(now),
            Section::Plan => self.plan(),
            _ => {
                let dossier = self.dossier;
                for part in &dossier.parts {
                    let own = names::section(part);
                    if own == section || (section == Section::Rest && !sections.contains(&own)) {
                        self.part(part);
                    }
                }
            }
        }
    }

    fn cheatsheet(&mut self, now: Timestamp) {
        self.front(now);
        self.glance(true);
    }

    fn part(&mut self, part: &Part) {
        let parts = &self.labels.parts;
        match part {
            Part::Overview(markup) => self.section(&parts.overview, blocks(markup)),
            Part::Fit(tree) => self.section(&parts.fit, outline(tree, &self.labels.marks)),
            Part::Highlights(tree) => self.section(&parts.highlights, outline(tree, &self.labels.marks)),
            Part::Company(tree) => self.section(&parts.company, outline(tree, &self.labels.marks)),
            Part::Advice(tree) => self.section(&parts.advice, outline(tree, &self.labels.marks)),
            Part::Stories(stories) => self.stories(stories),
            Part::Questions(topics) => self.questions(topics),
            Part::Ask(topics) => self.asks(topics),
            Part::Concepts(topics) => self.concepts(topics),
            Part::Sections(sections) => {
                for (title, tree) in sections {
                    self.heading(Level::Section, line(title), None);
                    self.blocks.extend(outline(tree, &self.labels.marks));
                }
            }
            Part::Closing(markup) => self.section(&parts.closing, blocks(markup)),
        }
    }

    fn section(&mut self, title: &str, blocks: Vec<Block>) {
        self.heading(Level::Section, vec![Run::plain(title)], None);
        self.blocks.extend(blocks);
    }

    fn heading(&mut self, level: Level, text: Vec<Run>, note: Option<Note>) {
        self.blocks.push(Block::Heading { level, text, note });
    }
}
