//! The study plan: when, what, how long, and whether the time is enough.

use super::Composer;
use crate::dossier::When;
use crate::export::briefing::document::{BETWEEN, Bar, Block, Chip, Day, Level, Run, Text, Week, Weeks};
use crate::export::sessions;
use crate::plan::{Kind, Plan, Session};
use crate::theme::fill;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A longer plan shows its first weeks only: a briefing is carried, not archived.
const WEEKS: usize = 60;

impl Composer<'_> {
    /// The plan, if there is an interview to plan for: in sum, then day by day.
    pub fn plan(&mut self) {
        let Some(plan) = self.plan.filter(|plan| !plan.sessions.is_empty()) else { return };
        self.heading(Level::Section, vec![Run::plain(self.labels.parts.plan.clone())], None);
        self.blocks.push(Block::Paragraph(self.capacity(plan)));
        let most = plan.topics.iter().map(|topic| topic.planned.0).max().unwrap_or(0);
        if most > 0 {
            self.heading(Level::Topic, vec![Run::plain(self.labels.briefing.minutes_per_topic.clone())], None);
            self.blocks.push(Block::Bars(self.bars(plan, most)));
        }
        let weeks = self.weeks(plan);
        self.blocks.push(Block::Weeks(weeks));
    }

    fn bars(&self, plan: &Plan, most: u32) -> Vec<Bar> {
        let mut topics: Vec<_> = plan.topics.iter().filter(|topic| topic.planned.0 > 0).collect();
        topics.sort_by_key(|topic| std::cmp::Reverse(topic.planned));
        let bar = |topic: &&crate::plan::Topic| Bar {
            label: vec![Run::plain(topic.name.clone())],
            share: share(topic.planned.0, most),
            value: vec![Run::plain(self.labels.dates.minutes(topic.planned.0))],
        };
        topics.iter().map(bar).collect()
    }

    /// Whole weeks from the first session to the last round.
    fn weeks(&self, plan: &Plan) -> Weeks {
        let rounds = self.dossier.rounds.iter().map(|round| round.when.date());
        let days: BTreeSet<Date> = plan.sessions.iter().map(|session| session.start.date()).chain(rounds).collect();
        let (Some(first), Some(last)) = (days.first(), days.last()) else { return Weeks::default() };
        let monday = sessions::monday(*first);
        let mondays = std::iter::successors(Some(monday), |monday| monday.checked_add(7.days()).ok())
            .take_while(|monday| monday <= last);
        let week = |monday: Date| (0..7).map(|offset| monday.saturating_add(offset.days())).collect::<Vec<Date>>();
        let weeks: Vec<Vec<Date>> = mondays.map(week).collect();
        let any = |week: &Vec<Date>| week.iter().any(|date| days.contains(date));
        let mut rows = Vec::new();
        for weeks in weeks.chunk_by(|a, b| !any(a) && !any(b)) {
            rows.push(match weeks {
                [week] if any(week) => {
                    Week::Days(week.iter().map(|date| self.day(*date, plan, (*first, *last))).collect())
                }
                _ => Week::Empty(self.no_sessions(weeks)),
            });
        }
        rows.truncate(WEEKS);
        let names = (0..7).map(|day| vec![Run::plain(self.labels.dates.weekday_short(day))]).collect();
        Weeks { names, rows, legend: self.legend(), left_out: self.left_out(plan) }
    }

    /// `14 Dec – 3 Jan: no sessions`.
    fn no_sessions(&self, weeks: &[Vec<Date>]) -> Text {
        let (first, last) = (weeks.first().and_then(|week| week.first()), weeks.last().and_then(|week| week.last()));
        let [from, to] =
            [first, last].map(|date| date.map_or(String::new(), |date| self.labels.dates.day_month(*date)));
        vec![Run::plain(fill(&self.labels.briefing.no_sessions, &[("from", &from), ("to", &to)]))]
    }

    fn day(&self, date: Date, plan: &Plan, (first, last): (Date, Date)) -> Day {
        let off = self.dossier.study.days_off.iter().any(|(from, to)| (*from..=*to).contains(&date));
        let sessions = plan.sessions.iter().filter(|session| session.start.date() == date);
        let new_month = date.day() == 1 || date == first || date.weekday() == jiff::civil::Weekday::Monday;
        let label = if new_month { self.labels.dates.day_month(date) } else { date.day().to_string() };
        Day {
            label: vec![Run::plain(label)],
            note: off.then(|| vec![Run::plain(self.labels.briefing.day_off.clone())]),
            quiet: date < first || date > last,
            chips: sessions.map(|session| self.chip(session, plan)).collect(),
            event: self.event(date),
        }
    }

    fn chip(&self, session: &Session, plan: &Plan) -> (Chip, Text) {
        let chip = chip_of(&session.kind);
        let title = self.short_title(&session.kind, session.ordinal, plan);
        let strong = matches!(chip, Chip::Learn | Chip::Mock);
        let title = Run { strong, ..Run::plain(title) };
        (chip, vec![title, Run::plain(format!(" {}′", session.minutes.0))])
    }

    fn event(&self, date: Date) -> Option<(Text, Text)> {
        let round = self.dossier.rounds.iter().find(|round| round.when.date() == date)?;
        let name = round.name.clone().unwrap_or_else(|| self.labels.parts.interview.clone());
        let when = match round.when {
            When::At(at) => self.labels.dates.time(at.time()),
            When::Day(_) => String::new(),
        };
        Some((vec![Run::plain(name)], vec![Run::plain(when)]))
    }

    fn legend(&self) -> Vec<(Chip, Text)> {
        let labels = &self.labels.calendar;
        let all = [
            (Chip::Learn, &labels.category_learn),
            (Chip::Recall, &labels.category_review),
            (Chip::Prepare, &labels.category_other),
            (Chip::Mock, &labels.category_mock),
        ];
        all.map(|(chip, words)| (chip, vec![Run::plain(words.clone())])).to_vec()
    }

    /// What found no place and how long it would take, by what it is.
    fn left_out(&self, plan: &Plan) -> Option<(Text, Vec<(Text, Text)>)> {
        let mut facts: Vec<(Text, Text)> = Vec::new();
        for (chip, name) in self.legend() {
            let mut minutes: Vec<(String, u32)> = Vec::new();
            for cut in plan.cut.iter().filter(|cut| chip_of(&cut.kind) == chip) {
                let title = self.short_title(&cut.kind, 1, plan);
                match minutes.iter_mut().find(|(other, _)| *other == title) {
                    Some((_, minutes)) => *minutes += cut.minutes.0,
                    None => minutes.push((title, cut.minutes.0)),
                }
            }
            let mut text: Text = Vec::new();
            for (title, minutes) in minutes {
                let between = if text.is_empty() { "" } else { BETWEEN };
                text.push(Run::plain(format!("{between}{title}\u{a0}")));
                text.push(Run::soft(in_one(&self.labels.dates.minutes(minutes))));
            }
            if !text.is_empty() {
                facts.push((name, text));
            }
        }
        (!facts.is_empty()).then(|| (vec![Run::plain(self.labels.agenda.left_out.clone())], facts))
    }

    /// The topic alone where the look says what is done with it.
    fn short_title(&self, kind: &Kind, ordinal: u32, plan: &Plan) -> String {
        match kind {
            Kind::Learn(slug) | Kind::Review(slug) => sessions::topic_name(plan, slug).to_owned(),
            _ => sessions::kind(kind, ordinal, self.dossier, plan, self.labels),
        }
    }

    /// What is planned, what was free, and what found no place.
    fn capacity(&self, plan: &Plan) -> Text {
        let (labels, dates) = (&self.labels.briefing, &self.labels.dates);
        let (planned, free) = (dates.minutes(plan.capacity.planned.0), dates.minutes(plan.capacity.free.0));
        let mut text = vec![Run::plain(fill(&labels.capacity, &[("planned", &planned), ("free", &free)]))];
        let missing = plan.capacity.missing().0;
        if missing == 0 {
            text.push(Run::plain(format!(" {}", labels.nothing_cut)));
            return text;
        }
        text.push(Run::strong(format!(" {}", fill(&labels.shortfall, &[("missing", &dates.minutes(missing))]))));
        text
    }
}

/// How a session of a kind looks.
fn chip_of(kind: &Kind) -> Chip {
    match kind {
        Kind::Learn(_) => Chip::Learn,
        Kind::Review(_) => Chip::Recall,
        Kind::Mock => Chip::Mock,
        Kind::Company | Kind::Ask | Kind::LightReview => Chip::Prepare,
    }
}

/// A length of time that is not broken at the end of a line.
fn in_one(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

/// A part of the most, as a length between 0 and 1.
#[allow(clippy::cast_precision_loss, reason = "minutes are far below 2^24")]
fn share(minutes: u32, most: u32) -> f32 {
    minutes as f32 / most as f32
}
