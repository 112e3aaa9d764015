//! The study plan: when, what, how long, and whether the time is enough.

use super::Composer;
use crate::dossier::When;
use crate::export::briefing::document::{Bar, Block, Chip, Day, Level, Run, Text, Weeks};
use crate::export::sessions;
use crate::plan::{Kind, Plan, Session};
use crate::theme::fill;
use jiff::ToSpan;
use jiff::civil::Date;

/// A longer plan shows its first weeks only: a briefing is carried, not archived.
const WEEKS: usize = 60;

impl Composer<'_> {
    /// The plan, if there is an interview to plan for.
    pub fn plan(&mut self) {
        let Some(plan) = self.plan.filter(|plan| !plan.sessions.is_empty()) else { return };
        self.heading(Level::Section, vec![Run::plain(self.labels.parts.plan.clone())], None);
        self.blocks.push(Block::Paragraph(self.capacity(plan)));
        let weeks = self.weeks(plan);
        self.blocks.push(Block::Weeks(weeks));
        let most = plan.topics.iter().map(|topic| topic.planned.0).max().unwrap_or(0);
        if most > 0 {
            self.heading(Level::Topic, vec![Run::plain(self.labels.briefing.minutes_per_topic.clone())], None);
            self.blocks.push(Block::Bars(self.bars(plan, most)));
        }
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
        let days: Vec<Date> = plan.sessions.iter().map(|session| session.start.date()).chain(rounds).collect();
        let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else { return Weeks::default() };
        let monday = first.saturating_sub(i64::from(first.weekday().to_monday_zero_offset()).days());
        let mut weeks = Vec::new();
        let mut start = monday;
        while start <= *last && weeks.len() < WEEKS {
            let week: Vec<Day> =
                (0..7).map(|offset| self.day(start.saturating_add(offset.days()), plan, (*first, *last))).collect();
            weeks.push(week);
            start = start.saturating_add(7.days());
        }
        let names = (0..7).map(|day| vec![Run::plain(self.labels.dates.weekday_short(day))]).collect();
        Weeks { names, rows: weeks, legend: self.legend() }
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
        let (chip, title) = match &session.kind {
            Kind::Learn(slug) => (Chip::Learn, Run::strong(sessions::topic_name(plan, slug))),
            Kind::Review(slug) => (Chip::Recall, Run::plain(sessions::topic_name(plan, slug))),
            Kind::Mock => (Chip::Mock, Run::strong(sessions::title(session, self.dossier, plan, self.labels))),
            Kind::Company | Kind::Ask | Kind::LightReview => {
                (Chip::Prepare, Run::plain(sessions::title(session, self.dossier, plan, self.labels)))
            }
        };
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
        let names: Vec<String> =
            plan.cut.iter().map(|cut| sessions::kind(&cut.kind, 1, self.dossier, plan, self.labels)).collect();
        text.push(Run::strong(format!(" {}", fill(&labels.shortfall, &[("missing", &dates.minutes(missing))]))));
        text.push(Run::plain(format!(" {}", fill(&labels.cut, &[("items", &names.join(", "))]))));
        text
    }
}

/// A part of the most, as a length between 0 and 1.
#[allow(clippy::cast_precision_loss, reason = "minutes are far below 2^24")]
fn share(minutes: u32, most: u32) -> f32 {
    minutes as f32 / most as f32
}
