//! What a briefing says: the dossier as blocks, in the order of the file.

mod front;
mod glance;
mod inline;
mod items;
mod study;

use super::document::{Block, Document, Level, Run};
use crate::dossier::{Dossier, Part, When};
use crate::plan::Plan;
use crate::theme::{Labels, fill};
use inline::{blocks, line, outline};
use jiff::Timestamp;

/// Composes the briefing as of `now`.
pub fn compose(dossier: &Dossier, plan: Option<&Plan>, labels: &Labels, now: Timestamp) -> Document {
    let mut composer = Composer { dossier, labels, plan, number: 0, blocks: Vec::new() };
    composer.front(now);
    composer.glance();
    composer.blocks.push(Block::Contents);
    composer.blocks.push(Block::PageBreak);
    for part in &dossier.parts {
        composer.part(part);
    }
    composer.plan();
    let job = &dossier.job;
    Document {
        title: title(dossier, labels),
        author: dossier.candidate.as_ref().and_then(|candidate| candidate.name.clone()),
        language: dossier.language.clone(),
        header: format!("{} · {}", job.company, job.role),
        footer: footer(dossier, labels),
        folio: labels.briefing.page.clone(),
        contents: labels.parts.contents.clone(),
        blocks: composer.blocks,
    }
}

fn title(dossier: &Dossier, labels: &Labels) -> String {
    let job = &dossier.job;
    let default = || fill(&labels.parts.title, &[("company", &job.company), ("role", &job.role)]);
    dossier.title.as_ref().map_or_else(default, crate::markup::Line::plain)
}

/// When the interview is, on every page.
fn footer(dossier: &Dossier, labels: &Labels) -> String {
    match dossier.rounds.iter().map(|round| round.when).min() {
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
    /// The last question's number.
    number: usize,
    blocks: Vec<Block>,
}

impl Composer<'_> {
    fn part(&mut self, part: &Part) {
        let parts = &self.labels.parts;
        match part {
            Part::Overview(markup) => self.section(&parts.overview, blocks(markup)),
            Part::Fit(tree) => self.section(&parts.fit, outline(tree)),
            Part::Highlights(tree) => self.section(&parts.highlights, outline(tree)),
            Part::Company(tree) => self.section(&parts.company, outline(tree)),
            Part::Advice(tree) => self.section(&parts.advice, outline(tree)),
            Part::Stories(stories) => self.stories(stories),
            Part::Questions(topics) => self.questions(topics),
            Part::Ask(topics) => self.asks(topics),
            Part::Concepts(topics) => self.concepts(topics),
            Part::Sections(sections) => {
                for (title, tree) in sections {
                    self.heading(Level::Section, line(title), None);
                    self.blocks.extend(outline(tree));
                }
            }
            Part::Closing(markup) => self.section(&parts.closing, blocks(markup)),
        }
    }

    fn section(&mut self, title: &str, blocks: Vec<Block>) {
        self.heading(Level::Section, vec![Run::plain(title)], None);
        self.blocks.extend(blocks);
    }

    fn heading(&mut self, level: Level, text: Vec<Run>, note: Option<Vec<Run>>) {
        self.blocks.push(Block::Heading { level, text, note });
    }
}
