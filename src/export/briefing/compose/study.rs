//! The study plan: when, what, how long, and whether the time is enough.

use super::Composer;
use crate::export::briefing::document::{Block, Level, Run, Table, Text};
use crate::export::sessions;
use crate::plan::{Plan, Session};
use crate::theme::fill;

impl Composer<'_> {
    /// The plan, if there is an interview to plan for.
    pub fn plan(&mut self) {
        let Some(plan) = self.plan.filter(|plan| !plan.sessions.is_empty()) else { return };
        self.heading(Level::Section, vec![Run::plain(self.labels.parts.plan.clone())], None);
        self.blocks.push(Block::Paragraph(self.capacity(plan)));
        let labels = &self.labels.briefing;
        let head = [&labels.day, &labels.time, &labels.session, &labels.minutes];
        let mut table = Table { head: head.map(|label| vec![Run::plain(label.clone())]).to_vec(), rows: Vec::new() };
        let mut day = None;
        for session in &plan.sessions {
            let date = session.start.date();
            table.rows.push(self.session(session, plan, day != Some(date)));
            day = Some(date);
        }
        self.blocks.push(Block::Table(table));
    }

    fn session(&self, session: &Session, plan: &Plan, new_day: bool) -> Vec<Text> {
        let dates = &self.labels.dates;
        let day = if new_day { vec![Run::plain(dates.weekday_day(session.start.date()))] } else { Vec::new() };
        let title = sessions::title(session, self.dossier, plan, self.labels);
        vec![
            day,
            vec![Run::plain(dates.time(session.start.time()))],
            vec![Run::plain(title)],
            vec![Run::plain(session.minutes.0.to_string())],
        ]
    }

    /// What is planned, what was free, and what found no place.
    fn capacity(&self, plan: &Plan) -> Text {
        let (labels, dates) = (&self.labels.briefing, &self.labels.dates);
        let (planned, free) = (dates.minutes(plan.capacity.planned.0), dates.minutes(plan.capacity.free.0));
        let mut text = vec![Run::plain(fill(&labels.capacity, &[("planned", &planned), ("free", &free)]))];
        let missing: u32 = plan.cut.iter().map(|cut| cut.minutes.0).sum();
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
