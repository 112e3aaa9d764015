//! Page one: the job, the interview, the facts.

use super::Composer;
use super::inline::{blocks, line};
use crate::dossier::{FactKind, Round, When};
use crate::export::briefing::document::{Block, Run, Text};
use jiff::{Timestamp, Zoned};

impl Composer<'_> {
    /// Title block, interview and facts, as of `now`.
    pub fn front(&mut self, now: Timestamp) {
        let job = &self.dossier.job;
        self.blocks.push(Block::Title {
            kicker: vec![Run::plain(self.labels.parts.prep.to_uppercase())],
            title: vec![Run::plain(job.company.clone())],
            subtitle: vec![Run::plain(job.role.clone())],
        });
        let mut facts = self.facts(now);
        let dossier = self.dossier;
        // The facts stand beside the first round; without one they stand alone.
        for round in &dossier.rounds {
            let texts = self.banner(round);
            self.blocks.push(Block::Banner { texts, facts: std::mem::take(&mut facts) });
            self.round_facts(round);
        }
        if !facts.is_empty() {
            self.blocks.push(Block::Facts(facts));
        }
    }

    fn banner(&self, round: &Round) -> [Text; 3] {
        let dates = &self.labels.dates;
        let date = dates.long(round.when.date());
        let headline = match round.when {
            When::Day(_) => date,
            When::At(at) => dates.date_at_time(&date, &dates.time(at.time())),
        };
        let mut detail = vec![dates.minutes(round.duration.0)];
        detail.extend(round.location.clone());
        if let Some(start) = zoned(round) {
            detail.insert(0, dates.zone(&start));
        }
        let name = round.name.as_deref().unwrap_or(&self.labels.parts.interview);
        [vec![Run::plain(name.to_uppercase())], vec![Run::plain(headline)], vec![Run::plain(detail.join(" · "))]]
    }

    fn round_facts(&mut self, round: &Round) {
        let labels = &self.labels.facts;
        let mut facts: Vec<(Text, Text)> = Vec::new();
        if !round.with.is_empty() {
            facts.push((vec![Run::plain(labels.with.clone())], vec![Run::plain(round.with.join(", "))]));
        }
        facts.extend(round.link.as_ref().map(|link| (vec![Run::plain(labels.link.clone())], linked(link))));
        let notes = round.notes.as_ref();
        facts.extend(
            notes.and_then(|notes| notes.as_line()).map(|notes| (vec![Run::plain(labels.notes.clone())], line(notes))),
        );
        if !facts.is_empty() {
            self.blocks.push(Block::Facts(facts));
        }
        if let Some(notes) = notes.filter(|notes| notes.as_line().is_none()) {
            self.blocks.extend(blocks(notes));
        }
    }

    fn facts(&self, now: Timestamp) -> Vec<(Text, Text)> {
        let labels = &self.labels.facts;
        let mut facts: Vec<(Text, Text)> = Vec::new();
        let mut add = |label: &str, text: Text| facts.push((vec![Run::plain(label)], text));
        if let Some(days) = self.dossier.days_left(now) {
            add(&labels.time_left, vec![Run::strong(self.labels.dates.days_left(days))]);
        }
        for fact in &self.dossier.job.facts {
            let label = match &fact.kind {
                FactKind::Location => &labels.location,
                FactKind::Arrangement => &labels.arrangement,
                FactKind::Compensation => &labels.compensation,
                FactKind::Team => &labels.team,
                FactKind::Own(label) => label,
            };
            add(label, line(&fact.text));
        }
        if let Some(link) = &self.dossier.job.link {
            add(&labels.link, linked(link));
        }
        if let Some(candidate) = &self.dossier.candidate {
            let about: Vec<String> = [&candidate.name, &candidate.location].into_iter().flatten().cloned().collect();
            if !about.is_empty() {
                add(&labels.candidate, vec![Run::plain(about.join(", "))]);
            }
        }
        facts
    }
}

fn linked(link: &str) -> Text {
    vec![Run { text: link.to_owned(), link: Some(link.to_owned()), ..Run::default() }]
}

fn zoned(round: &Round) -> Option<Zoned> {
    match round.when {
        When::At(at) => at.in_tz(&round.time_zone).ok(),
        When::Day(_) => None,
    }
}
