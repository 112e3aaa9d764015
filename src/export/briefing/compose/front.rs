//! Page one: the job, the interview, the facts.

use super::Composer;
use super::inline::{blocks, line};
use crate::dossier::{FactKind, Round};
use crate::export::briefing::document::{BETWEEN, Block, Level, Run, Text};
use crate::export::names;
use jiff::Timestamp;

impl Composer<'_> {
    /// Title block, interview and facts, as of `now`.
    pub fn front(&mut self, now: Timestamp) {
        let job = &self.dossier.job;
        self.blocks.push(Block::Title {
            kicker: vec![Run::plain(self.labels.parts.prep.to_uppercase())],
            title: vec![Run::plain(job.company.clone())],
            subtitle: vec![Run::plain(job.role.clone())],
        });
        let facts = brief(self.facts(now).into_iter());
        match self.dossier.next_round(now) {
            Some(round) => {
                let (texts, later) = (self.banner(round), self.rounds_after(round));
                self.blocks.push(Block::Banner { texts, later, facts });
            }
            None => self.blocks.push(Block::Facts(facts)),
        }
    }

    /// Everything about the interview and the job that page one has no room for.
    pub fn details(&mut self, now: Timestamp) {
        let facts = self.facts(now);
        let dossier = self.dossier;
        let more =
            dossier.rounds.iter().any(|round| !round.with.is_empty() || round.link.is_some() || round.notes.is_some());
        let shown = dossier.next_round(now).map_or(0, |next| 1 + self.rounds_after(next).len());
        if !more && shown == dossier.rounds.len() && brief(facts.clone().into_iter()).len() == facts.len() {
            return;
        }
        self.section(&self.labels.parts.interview, Vec::new());
        self.blocks.push(Block::Facts(facts));
        for round in &dossier.rounds {
            if dossier.rounds.len() > 1 {
                let title = format!("{} – {}", self.round_name(round), names::round_date(round, self.labels));
                self.heading(Level::Topic, vec![Run::plain(title)], None);
            }
            self.round_facts(round);
        }
    }

    /// The rounds after one, a line each; those that page one has room for.
    fn rounds_after(&self, next: &Round) -> Vec<Text> {
        const ROUNDS: usize = 4;
        let mut later: Vec<&Round> =
            self.dossier.rounds.iter().filter(|round| round.begins() > next.begins()).collect();
        later.sort_by_key(|round| round.begins());
        let line = |round: &Round| {
            vec![Run::plain([self.round_name(round), names::round_date(round, self.labels)].join(BETWEEN))]
        };
        later.into_iter().take(ROUNDS).map(line).collect()
    }

    fn round_name(&self, round: &Round) -> String {
        round.name.clone().unwrap_or_else(|| self.labels.parts.interview.clone())
    }

    fn banner(&self, round: &Round) -> [Text; 3] {
        let headline = names::round_date(round, self.labels);
        let detail = self.where_and_how_long(round);
        let name = self.round_name(round);
        [vec![Run::plain(name.to_uppercase())], vec![Run::plain(headline)], vec![Run::plain(detail)]]
    }

    /// Zone, length, place.
    fn where_and_how_long(&self, round: &Round) -> String {
        let dates = &self.labels.dates;
        let zone = round.start().map(|start| dates.zone(&start));
        let parts = zone.into_iter().chain([dates.minutes(round.duration.0)]).chain(round.location.clone());
        parts.collect::<Vec<_>>().join(BETWEEN)
    }

    fn round_facts(&mut self, round: &Round) {
        let labels = &self.labels.facts;
        let mut facts: Vec<(Text, Text)> = Vec::new();
        if self.dossier.rounds.len() > 1 {
            facts.push((vec![Run::plain(labels.place.clone())], vec![Run::plain(self.where_and_how_long(round))]));
        }
        if !round.with.is_empty() {
            facts.push((vec![Run::plain(labels.with.clone())], vec![Run::plain(self.labels.marks.row(&round.with))]));
        }
        facts.extend(round.link.as_ref().map(|link| (vec![Run::plain(labels.link.clone())], linked(link))));
        let notes = round.notes.as_ref();
        facts.extend(
            notes.and_then(|notes| notes.as_words()).map(|notes| (vec![Run::plain(labels.notes.clone())], line(notes))),
        );
        if !facts.is_empty() {
            self.blocks.push(Block::Facts(facts));
        }
        if let Some(notes) = notes.filter(|notes| notes.as_words().is_none()) {
            self.blocks.push(Block::Labelled(vec![(vec![Run::plain(labels.notes.clone())], blocks(notes))]));
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
                add(&labels.candidate, vec![Run::plain(self.labels.marks.row(&about))]);
            }
        }
        facts
    }
}

/// The first facts that are short: what fits beside the interview on page one.
fn brief(facts: impl Iterator<Item = (Text, Text)>) -> Vec<(Text, Text)> {
    const FACTS: usize = 5;
    const LETTERS: usize = 60;
    let letters = |text: &Text| text.iter().map(|run| run.text.chars().count()).sum::<usize>();
    facts.filter(|(label, text)| letters(label) <= LETTERS / 3 && letters(text) <= LETTERS).take(FACTS).collect()
}

fn linked(link: &str) -> Text {
    vec![Run { text: link.to_owned(), link: Some(link.to_owned()), ..Run::default() }]
}
