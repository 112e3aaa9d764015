//! What the outputs say, in one language.

use super::values::Values;
use jiff::Zoned;
use jiff::civil::{Date, Time};

/// Sections of labels: a struct each, one field a key of the file.
macro_rules! sections {
    ($($(#[$meta:meta])* $struct:ident $section:ident { $($key:ident)* })*) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone)]
            #[allow(missing_docs, reason = "the keys are their own names; the English file says what each means")]
            pub struct $struct { $(pub $key: String,)* }

            impl $struct {
                fn read(values: &mut Values<'_>) -> Self {
                    Self { $($key: values.text(stringify!($section), stringify!($key)),)* }
                }
            }
        )*
    };
}

sections! {
    /// The marks between texts.
    Marks marks { colon comma }
    /// Names of the parts.
    Parts parts { title prep interview overview fit highlights company stories questions ask concepts advice closing plan contents }
    /// Labels of facts.
    Facts facts { location arrangement compensation team link candidate with notes place time_left }
    /// The four parts of a story.
    StarLabels star { situation task action result }
    /// The page that can be torn off.
    GlanceLabels glance { title what_they_do why_you strongest practise ask red_flags remember words red_flag_words
        what_they_do_words }
    /// What the briefing says, and what plans say wherever they are shown.
    BriefingLabels briefing {
        page hints example links confidence priority_low priority_normal priority_high
        minutes_per_topic day_off no_sessions capacity shortfall nothing_cut
    }
    /// What sessions are called and why they stand where they stand.
    PlanLabels plan {
        learn review company ask mock light_review
        coverage more_time spacing early rehearsal last_day refresh
    }
    /// What the screen of the plan says; what it calls left out, the briefing does too.
    AgendaLabels agenda { week time have need cushion missing unusable left_out }
    /// What the calendar says; what it calls a round, the screen of the plan does too.
    CalendarLabels calendar {
        name round named_round category_learn category_review category_mock category_round category_other
        part recall work go_on cards retell check mock_set mock_answer mock_mend company_read company_aim ask_choose
        ask_say light_skim light_stop questions concepts story in_anki in_briefing why more
    }
    /// What only the cards say.
    DeckLabels deck {
        hint explain_aloud name_the_parts tell_it you_ask example links important add_answer not_written
        no_answer no_explanation no_listen_for
        star_situation star_task star_action star_result
        design_need design_shape design_flow design_failure design_numbers
        explain_what explain_how explain_used explain_limits
        ask_say ask_why ask_good ask_warning
        to_know highlights stories siblings asked_in mind
        behavioural designing common_words
    }
}

/// All labels of a language.
#[derive(Debug, Clone)]
pub struct Labels {
    /// Dates and lengths of time.
    pub dates: Dates,
    /// The marks between texts.
    pub marks: Marks,
    /// Names of the parts.
    pub parts: Parts,
    /// Labels of facts.
    pub facts: Facts,
    /// The four parts of a story.
    pub star: StarLabels,
    /// The page that can be torn off.
    pub glance: GlanceLabels,
    /// What the briefing says, and what plans say wherever they are shown.
    pub briefing: BriefingLabels,
    /// What sessions are called and why they stand where they stand.
    pub plan: PlanLabels,
    /// What the screen of the plan says; what it calls left out, the briefing does too.
    pub agenda: AgendaLabels,
    /// What the calendar says; what it calls a round, the screen of the plan does too.
    pub calendar: CalendarLabels,
    /// What only the cards say.
    pub deck: DeckLabels,
}

/// How dates and lengths of time are written.
#[derive(Debug, Clone)]
pub struct Dates {
    months: [String; 12],
    months_short: [String; 12],
    weekdays: [String; 7],
    weekdays_short: [String; 7],
    long: String,
    short: String,
    day_month: String,
    weekday_day: String,
    first_day: String,
    time: String,
    am: String,
    pm: String,
    date_at_time: String,
    zone: String,
    minutes: String,
    hours: String,
    hours_minutes: String,
    days_left: String,
    today: String,
    tomorrow: String,
}

/// Reads a labels file.
pub fn read(values: &mut Values<'_>) -> Labels {
    Labels {
        dates: Dates::read(values),
        marks: Marks::read(values),
        parts: Parts::read(values),
        facts: Facts::read(values),
        star: StarLabels::read(values),
        glance: GlanceLabels::read(values),
        briefing: BriefingLabels::read(values),
        plan: PlanLabels::read(values),
        agenda: AgendaLabels::read(values),
        calendar: CalendarLabels::read(values),
        deck: DeckLabels::read(values),
    }
}

impl Marks {
    /// `Label: text`.
    pub fn labelled(&self, label: &str, text: &str) -> String {
        [label, &self.colon, text].concat()
    }

    /// `one, two, three`.
    pub fn row<T: AsRef<str>>(&self, texts: &[T]) -> String {
        texts.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(&self.comma)
    }
}

/// Fills names in braces: `fill("{n} days", &[("n", "21")])`.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match values.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => out.push_str(value),
            None => out.extend(["{", name, "}"]),
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

impl Dates {
    fn read(values: &mut Values<'_>) -> Self {
        let mut text = |key: &str| values.text("dates", key);
        let (long, short, day_month, time) = (text("long"), text("short"), text("day_month"), text("time"));
        let (weekday_day, first_day) = (text("weekday_day"), text("first_day"));
        let (am, pm) = (text("am"), text("pm"));
        let (date_at_time, zone) = (text("date_at_time"), text("zone"));
        let (minutes, hours, hours_minutes) = (text("minutes"), text("hours"), text("hours_minutes"));
        let (days_left, today, tomorrow) = (text("days_left"), text("today"), text("tomorrow"));
        Self {
            months: values.texts("dates", "months"),
            months_short: values.texts("dates", "months_short"),
            weekdays: values.texts("dates", "weekdays"),
            weekdays_short: values.texts("dates", "weekdays_short"),
            long,
            short,
            day_month,
            weekday_day,
            first_day,
            time,
            am,
            pm,
            date_at_time,
            zone,
            minutes,
            hours,
            hours_minutes,
            days_left,
            today,
            tomorrow,
        }
    }

    /// `Tuesday 15 December 2026`.
    pub fn long(&self, date: Date) -> String {
        self.date(&self.long, date, &self.weekdays, &self.months)
    }

    /// `Tue 15 Dec 2026`.
    pub fn short(&self, date: Date) -> String {
        self.date(&self.short, date, &self.weekdays_short, &self.months_short)
    }

    /// `15 Dec`.
    pub fn day_month(&self, date: Date) -> String {
        self.date(&self.day_month, date, &self.weekdays_short, &self.months_short)
    }

    /// `Tue 15 Dec`.
    pub fn weekday_day(&self, date: Date) -> String {
        self.date(&self.weekday_day, date, &self.weekdays_short, &self.months_short)
    }

    /// `Tue`; Monday is 0.
    pub fn weekday_short(&self, monday_zero: usize) -> &str {
        self.weekdays_short.get(monday_zero).map_or("", String::as_str)
    }

    fn date(&self, template: &str, date: Date, weekdays: &[String; 7], months: &[String; 12]) -> String {
        let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
        let month = usize::try_from(date.month() - 1).unwrap_or_default();
        let values = [
            ("weekday", weekdays.get(weekday).cloned().unwrap_or_default()),
            ("day", if date.day() == 1 { self.first_day.clone() } else { date.day().to_string() }),
            ("month", months.get(month).cloned().unwrap_or_default()),
            ("month_number", date.month().to_string()),
            ("year", date.year().to_string()),
        ];
        fill(template, &values.each_ref().map(|(key, value)| (*key, value.as_str())))
    }

    /// `14:00`.
    pub fn time(&self, time: Time) -> String {
        let hour12 = (time.hour() + 11) % 12 + 1;
        let values = [
            ("hour", time.hour().to_string()),
            ("hour_padded", format!("{:02}", time.hour())),
            ("hour12", hour12.to_string()),
            ("minute", format!("{:02}", time.minute())),
            ("ampm", if time.hour() < 12 { self.am.clone() } else { self.pm.clone() }),
        ];
        fill(&self.time, &values.each_ref().map(|(key, value)| (*key, value.as_str())))
    }

    /// `Tuesday 15 December 2026, 14:00`.
    pub fn date_at_time(&self, date: &str, time: &str) -> String {
        fill(&self.date_at_time, &[("date", date), ("time", time)])
    }

    /// `Amsterdam time (CET, UTC+1)`.
    pub fn zone(&self, at: &Zoned) -> String {
        let name = at.time_zone().iana_name().unwrap_or("UTC");
        let place = name.rsplit('/').next().unwrap_or(name).replace('_', " ");
        let abbreviation = at.time_zone().to_offset_info(at.timestamp()).abbreviation().to_owned();
        fill(&self.zone, &[("place", &place), ("name", &abbreviation), ("offset", &offset(at.offset().seconds()))])
    }

    /// `45 min`, `2 h`, `22 h 30 min`.
    pub fn minutes(&self, minutes: u32) -> String {
        let (h, m) = ((minutes / 60).to_string(), (minutes % 60).to_string());
        match (minutes / 60, minutes % 60) {
            (0, n) => fill(&self.minutes, &[("n", &n.to_string())]),
            (_, 0) => fill(&self.hours, &[("h", &h)]),
            _ => fill(&self.hours_minutes, &[("h", &h), ("m", &m)]),
        }
    }

    /// `21 days`, `tomorrow`, `today`.
    pub fn days_left(&self, days: i32) -> String {
        match days {
            0 => self.today.clone(),
            1 => self.tomorrow.clone(),
            days => fill(&self.days_left, &[("n", &days.to_string())]),
        }
    }
}

/// `+1`, `−3:30`.
fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '−' } else { '+' };
    let minutes = seconds.abs() / 60;
    match minutes % 60 {
        0 => format!("{sign}{}", minutes / 60),
        rest => format!("{sign}{}:{rest:02}", minutes / 60),
    }
}
