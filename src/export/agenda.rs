//! The plan as a screen of text: weeks with their sessions, minutes per topic as bars, what time there
//! is and what is left out. Pure; the edge knows how wide the screen is and whether it has colours.

use super::{names, sessions};
use crate::dossier::{Dossier, Round, When};
use crate::plan::{Kind, Plan, Session};
use crate::theme::{Labels, fill};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The screen to write for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// Columns.
    pub width: usize,
    /// Whether there may be colours.
    pub color: bool,
}

/// Parts of a block character: an eighth, two eighths, …
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// Less room than this is no use to a bar.
const LEAST_BAR: usize = 4;

/// What a piece of a line is about; how it looks follows from that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ink {
    Plain,
    Strong,
    Dim,
    Learn,
    Review,
    Mock,
    Other,
    Round,
    Lack,
}

impl Ink {
    /// The parameters of the terminal's "select graphic rendition".
    fn code(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Strong => Some("1"),
            Self::Dim => Some("2"),
            Self::Learn => Some("36"),
            Self::Review => Some("32"),
            Self::Mock => Some("35"),
            Self::Other => Some("34"),
            Self::Round => Some("1;33"),
            Self::Lack => Some("1;31"),
        }
    }

    /// The mark of a kind, so that it shows without colours.
    fn mark(self) -> &'static str {
        match self {
            Self::Learn => "●",
            Self::Review => "○",
            Self::Mock => "◆",
            Self::Round => "★",
            Self::Plain | Self::Strong | Self::Dim | Self::Other | Self::Lack => "·",
        }
    }
}

/// The screen of a plan, as of `now`.
pub fn agenda(dossier: &Dossier, plan: &Plan, labels: &Labels, now: Timestamp, screen: Screen) -> String {
    let zone = TimeZone::get(&plan.time_zone).unwrap_or(TimeZone::UTC);
    let mut page = Page { dossier, plan, labels, now, zone, screen, out: String::new() };
    page.header();
    page.weeks();
    if plan.topics.iter().any(|topic| topic.planned.0 > 0) {
        page.topics();
    }
    if plan.capacity.free.0 + plan.capacity.needed.0 > 0 {
        page.capacity();
        page.cut();
    }
    page.out
}

struct Page<'p> {
    dossier: &'p Dossier,
    plan: &'p Plan,
    labels: &'p Labels,
    now: Timestamp,
    zone: TimeZone,
    screen: Screen,
    out: String,
}

/// A line of a week.
struct Row {
    date: Date,
    /// Rounds without a time come first on their day.
    at: Option<Zoned>,
    minutes: u32,
    ink: Ink,
    title: String,
    past: bool,
}

impl Page<'_> {
    fn header(&mut self) {
        self.line(&[(Ink::Strong, one_line(&names::title(self.dossier, self.labels)))]);
        let Some(round) = self.dossier.next_round(self.now) else { return };
        let dates = &self.labels.dates;
        let mut facts = vec![when(round, self.labels)];
        facts.extend(self.dossier.days_left(self.now).map(|days| dates.days_left(days)));
        self.line(&[(Ink::Round, facts.join(" · "))]);
    }

    fn weeks(&mut self) {
        let rows = self.rows();
        let Some(first) = rows.first().map(|row| sessions::monday(row.date)) else { return };
        let columns = Columns::of(&rows, self.labels);
        let mut next = first;
        for week in rows.chunk_by(|a, b| sessions::monday(a.date) == sessions::monday(b.date)) {
            next = self.week(week, (first, next));
            let mut day = None;
            for row in week {
                self.row(row, day != Some(row.date), columns);
                day = Some(row.date);
            }
        }
    }

    /// The heading of a week: which one, from when to when, how many minutes; before it, that nothing is planned
    /// where weeks since `next` are left out. The week that follows.
    fn week(&mut self, rows: &[Row], (first, next): (Date, Date)) -> Date {
        let Some(start) = rows.first().map(|row| sessions::monday(row.date)) else { return next };
        self.out.push('\n');
        if next < start {
            self.no_sessions(next, start.saturating_sub(1.days()));
            self.out.push('\n');
        }
        let dates = &self.labels.dates;
        let number = (start - first).get_days() / 7 + 1;
        let week = fill(&self.labels.agenda.week, &[("n", &number.to_string())]);
        let days = format!("{} – {}", dates.day_month(start), dates.day_month(start.saturating_add(6.days())));
        let minutes: u32 = rows.iter().filter(|row| row.ink != Ink::Round).map(|row| row.minutes).sum();
        self.line(&[(Ink::Strong, week), (Ink::Dim, format!("  {days}  {}", dates.minutes(minutes)))]);
        start.saturating_add(7.days())
    }

    fn no_sessions(&mut self, from: Date, to: Date) {
        let dates = &self.labels.dates;
        let (from, to) = (dates.day_month(from), dates.day_month(to));
        let text = fill(&self.labels.briefing.no_sessions, &[("from", &from), ("to", &to)]);
        self.line(&[(Ink::Dim, text)]);
    }

    fn row(&mut self, row: &Row, new_day: bool, columns: Columns) {
        let dates = &self.labels.dates;
        let day = if new_day { dates.weekday_day(row.date) } else { String::new() };
        let (time, minutes) = (row.time(self.labels), row.length(self.labels));
        let ink = if row.past { Ink::Dim } else { row.ink };
        let text = if row.past { Ink::Dim } else { Ink::Plain };
        let title = if row.ink == Ink::Round { ink } else { text };
        self.line(&[
            (text, format!("  {}  {}", left(&day, columns.day), right(&time, columns.time))),
            (Ink::Dim, format!("  {}  ", right(&minutes, columns.minutes))),
            (ink, format!("{} ", row.ink.mark())),
            (title, row.title.clone()),
        ]);
    }

    /// Sessions and rounds by their start, in the zone of the plan; no round that was over when it began.
    fn rows(&self) -> Vec<Row> {
        let sessions = self.plan.sessions.iter().map(|session| self.session(session));
        let rounds = self.dossier.rounds.iter().filter_map(|round| self.round(round));
        let mut rows: Vec<Row> = sessions.chain(rounds).filter(|row| row.date >= self.plan.from).collect();
        rows.sort_by_key(|row| (row.date, row.at.as_ref().map(Zoned::timestamp)));
        rows
    }

    fn session(&self, session: &Session) -> Row {
        Row {
            date: session.start.date(),
            at: Some(session.start.clone()),
            minutes: session.minutes.0,
            ink: ink(&session.kind),
            title: one_line(&sessions::title(session, self.dossier, self.plan, self.labels)),
            past: session.start.timestamp() < self.now,
        }
    }

    fn round(&self, round: &Round) -> Option<Row> {
        let at = match round.when {
            When::At(_) => Some(round.start()?.with_time_zone(self.zone.clone())),
            When::Day(_) => None,
        };
        let title = names::round(round, self.dossier, self.labels);
        let date = at.as_ref().map_or(round.when.date(), Zoned::date);
        let past = date < self.now.to_zoned(self.zone.clone()).date();
        Some(Row { date, at, minutes: round.duration.0, ink: Ink::Round, title: one_line(&title), past })
    }

    /// Minutes of each topic as bars.
    fn topics(&mut self) {
        let topics = &self.plan.topics;
        let bars = topics.iter().map(|topic| Bar {
            name: one_line(&topic.name),
            minutes: topic.planned.0,
            ink: if topic.planned.0 == 0 { Ink::Lack } else { Ink::Learn },
        });
        let bars: Vec<Bar> = bars.collect();
        self.bars(&self.labels.briefing.minutes_per_topic, &bars);
    }

    /// What time there is, what is needed, and what is left over or missing.
    fn capacity(&mut self) {
        let words = &self.labels.agenda;
        let (have, need) = (self.plan.capacity.free.0, self.plan.capacity.needed.0);
        let last = match self.plan.capacity.missing().0 {
            0 => (&words.cushion, have.saturating_sub(need), Ink::Review),
            missing => (&words.missing, missing, Ink::Lack),
        };
        let all = [(&words.have, have, Ink::Other), (&words.need, need, Ink::Learn), last];
        let bars = all.map(|(name, minutes, ink)| Bar { name: name.clone(), minutes, ink });
        self.bars(&words.time, &bars);
        self.unusable();
    }

    /// Why time is missing although there is more of it than everything takes.
    fn unusable(&mut self) {
        let capacity = self.plan.capacity;
        if capacity.missing().0 == 0 || capacity.free < capacity.needed {
            return;
        }
        let minutes = self.labels.dates.minutes(capacity.unusable().0);
        let text = fill(&self.labels.agenda.unusable, &[("minutes", &minutes)]);
        for line in wrapped(&text, self.screen.width.saturating_sub(2)) {
            self.line(&[(Ink::Plain, format!("  {line}"))]);
        }
    }

    fn bars(&mut self, heading: &str, bars: &[Bar]) {
        let dates = &self.labels.dates;
        let minutes: Vec<String> = bars.iter().map(|bar| dates.minutes(bar.minutes)).collect();
        let widest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0);
        let figures = widest(&mut minutes.iter().map(|text| text.width()));
        let names = widest(&mut bars.iter().map(|bar| bar.name.width())).min(self.screen.width / 2);
        let room = self.screen.width.saturating_sub(2 + names + 2 + figures + 2);
        let most = bars.iter().map(|bar| bar.minutes).max().unwrap_or(0);
        self.out.push('\n');
        self.line(&[(Ink::Strong, heading.to_owned())]);
        for (bar, minutes) in bars.iter().zip(&minutes) {
            let drawn = if room < LEAST_BAR { String::new() } else { blocks(bar.minutes, most, room) };
            self.line(&[
                (Ink::Plain, format!("  {}  {}  ", left(&bar.name, names), right(minutes, figures))),
                (bar.ink, drawn),
            ]);
        }
    }

    fn cut(&mut self) {
        self.out.push('\n');
        let (plan, labels) = (self.plan, self.labels);
        if plan.cut.is_empty() {
            return self.line(&[(Ink::Dim, labels.briefing.nothing_cut.clone())]);
        }
        self.line(&[(Ink::Lack, labels.agenda.left_out.clone())]);
        let minutes: Vec<String> = plan.cut.iter().map(|cut| labels.dates.minutes(cut.minutes.0)).collect();
        let figures = minutes.iter().map(|text| text.width()).max().unwrap_or(0);
        for (cut, minutes) in plan.cut.iter().zip(&minutes) {
            let title = one_line(&sessions::kind(&cut.kind, 1, self.dossier, plan, labels));
            let ink = ink(&cut.kind);
            self.line(&[
                (Ink::Dim, format!("  {}  ", right(minutes, figures))),
                (ink, format!("{} ", ink.mark())),
                (Ink::Plain, title),
            ]);
        }
    }

    /// Adds a line, cut at the edge of the screen.
    fn line(&mut self, pieces: &[(Ink, String)]) {
        let mut room = self.screen.width;
        let last = pieces.iter().rposition(|(_, text)| !text.trim_end().is_empty()).unwrap_or(0);
        for (index, (ink, text)) in pieces.iter().enumerate().take(last + 1) {
            let text = if index == last { text.trim_end() } else { text };
            let shown = shortened(text, room);
            room -= shown.width().min(room);
            match ink.code().filter(|_| self.screen.color && !shown.is_empty()) {
                Some(code) => self.out.push_str(&format!("\x1b[{code}m{shown}\x1b[0m")),
                None => self.out.push_str(&shown),
            }
        }
        self.out.push('\n');
    }
}

/// A bar to draw.
struct Bar {
    name: String,
    minutes: u32,
    ink: Ink,
}

impl Row {
    fn time(&self, labels: &Labels) -> String {
        self.at.as_ref().map(|at| labels.dates.time(at.time())).unwrap_or_default()
    }

    /// A round without a time has no length either.
    fn length(&self, labels: &Labels) -> String {
        self.at.as_ref().map(|_| labels.dates.minutes(self.minutes)).unwrap_or_default()
    }
}

/// The widths of what stands before the titles.
#[derive(Debug, Clone, Copy)]
struct Columns {
    day: usize,
    time: usize,
    minutes: usize,
}

impl Columns {
    fn of(rows: &[Row], labels: &Labels) -> Self {
        let widest = |text: &dyn Fn(&Row) -> String| rows.iter().map(|row| text(row).width()).max().unwrap_or(0);
        Self {
            day: widest(&|row| labels.dates.weekday_day(row.date)),
            time: widest(&|row| row.time(labels)),
            minutes: widest(&|row| row.length(labels)),
        }
    }
}

fn ink(kind: &Kind) -> Ink {
    match kind {
        Kind::Learn(_) => Ink::Learn,
        Kind::Review(_) => Ink::Review,
        Kind::Mock => Ink::Mock,
        Kind::Company | Kind::Ask | Kind::LightReview => Ink::Other,
    }
}

/// When a round is, in its own zone.
fn when(round: &Round, labels: &Labels) -> String {
    let zone = round.start().map(|start| labels.dates.zone(&start));
    [names::round_date(round, labels)].into_iter().chain(zone).collect::<Vec<_>>().join(" · ")
}

/// A bar in eighths of a character; what is more than nothing shows.
fn blocks(minutes: u32, most: u32, room: usize) -> String {
    let eighths = u64::from(minutes) * (room as u64) * 8 / u64::from(most.max(1));
    let eighths = usize::try_from(eighths.max(u64::from(minutes > 0))).unwrap_or(0);
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS.get(eighths % 8).unwrap_or(&""))
}

/// Text that a terminal shows and does not obey: no control characters, no changes of direction.
fn one_line(text: &str) -> String {
    let directs = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    let spaced: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    spaced.chars().filter(|c| !c.is_control() && !directs(*c)).collect()
}

/// A text in lines of at most so many columns, broken at spaces; inside a word only where it is longer than a line.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_inclusive(' ') {
        let used = lines.last().map_or(0, |line| line.width());
        if used > 0 && used + word.trim_end().width() > width && word.width() <= width {
            lines.push(String::new());
        }
        for c in word.chars() {
            let used = lines.last().map_or(0, |line| line.width());
            if c != ' ' && used + c.width().unwrap_or(0) > width && used > 0 {
                lines.push(String::new());
            }
            lines.last_mut().into_iter().for_each(|line| line.push(c));
        }
    }
    lines
}

/// As much as fits, with an ellipsis where something is left out.
fn shortened(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut used = 1;
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used <= room
    };
    let kept: String = text.chars().take_while(fits).collect();
    if room == 0 { String::new() } else { format!("{}…", kept.trim_end()) }
}

fn left(text: &str, width: usize) -> String {
    let text = shortened(text, width);
    let fill = " ".repeat(width.saturating_sub(text.width()));
    text + &fill
}

fn right(text: &str, width: usize) -> String {
    " ".repeat(width.saturating_sub(text.width())) + text
}
