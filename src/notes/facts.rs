//! Facts out of notes: company and role, the facts box, the interview.

use super::Undecided;
use super::blocks::{Block, Item, placed, unbold};
use super::fields::bare;
use super::headings::Section;
use super::lines::{Line, Piece, verbatim};
use super::outline::{joined, pairs_of_table, together};
use super::words::{self, Field, names};
use crate::dossier::{
    ROUND_MINUTES, coming_days, days, is_duration, is_link, likely_zone, meant_minutes, named_zone, names_day,
    only_times, times, written_date, written_minutes,
};
use crate::draft::{Pair, Said, Value};
use jiff::civil::{Date, Time};

/// What is known about the job.
#[derive(Debug, Default)]
pub struct Job {
    /// The company.
    pub company: Option<Said>,
    /// The role.
    pub role: Option<Said>,
    standard: Vec<(&'static str, Said)>,
    own: Vec<Pair>,
    /// The person with the interview.
    pub candidate: Option<Said>,
    /// What is said of the interview.
    pub round: Round,
    /// Whether the facts name a day: without one, people and times are facts about something else.
    has_date: bool,
    /// Words that a key says now.
    pub replaced: Vec<Said>,
}

impl Job {
    /// Takes the facts with a label out of lines; what is none stays. In a box of facts (`is_box`) every
    /// label is one.
    pub fn take(&mut self, lines: &[Line<'_>], is_box: bool) -> Vec<Said> {
        let blocks = placed(lines);
        self.has_date |= blocks.iter().any(|(_, block)| match block {
            Block::Item(item) => item.label().is_some_and(|(label, text)| is_date(label.text, text.text)),
            Block::Table(rows) => pairs_of_table(rows)
                .is_some_and(|(_, pairs)| pairs.iter().any(|(label, text)| is_date(&label.text, &text.text))),
            Block::Paragraph(_) | Block::Other(_) => false,
        });
        let mut rest = Vec::new();
        let mut from = 0;
        for (range, block) in blocks {
            let taken = match block {
                Block::Item(item) if item.body.is_empty() => {
                    item.label().is_some_and(|(label, text)| self.fact(label, text, is_box))
                }
                // A group of facts: its name says nothing more.
                Block::Item(item) if item.is_title() && is_box_of(&item) => {
                    self.replaced.push(item.head.said());
                    let more = self.take(item.body, true);
                    rest.extend(more);
                    true
                }
                Block::Table(rows) => self.table(rows, is_box),
                Block::Item(_) | Block::Paragraph(_) | Block::Other(_) => false,
            };
            if taken {
                rest.extend(verbatim(lines.get(from..range.start).unwrap_or_default()));
                from = range.end;
            }
        }
        rest.extend(verbatim(lines.get(from..).unwrap_or_default()));
        rest
    }

    /// Takes labels and texts that stand in front matter or in a table.
    pub fn facts(&mut self, facts: Vec<(Said, Said)>) {
        self.has_date |= facts.iter().any(|(label, text)| is_date(&label.text, &text.text));
        for (label, text) in facts {
            self.known(label, text);
        }
    }

    fn table(&mut self, rows: &[Line<'_>], is_box: bool) -> bool {
        let Some((head, pairs)) = pairs_of_table(rows).filter(|_| is_box) else { return false };
        self.replaced.extend(head.into_iter().map(Piece::said));
        self.facts(pairs);
        true
    }

    fn fact(&mut self, label: Piece<'_>, text: Piece<'_>, is_box: bool) -> bool {
        if text.text.is_empty() || text.text.chars().count() > 300 {
            return false;
        }
        let is_known = words::field(label.text).is_some_and(Field::is_fact);
        if !is_known && !is_box {
            return false;
        }
        self.known(label.said(), text.said());
        true
    }

    /// A label and its text: one of the standard facts, or the writer's own.
    fn known(&mut self, label: Said, text: Said) {
        let standard = [
            (Field::Location, "location"),
            (Field::Arrangement, "arrangement"),
            (Field::Compensation, "compensation"),
            (Field::Team, "team"),
        ];
        // In one language a word for the team is the word for the time in another.
        let is_time = names(&label.text, Field::Time) && times(&text.text).is_some();
        let standard = standard.into_iter().find(|(field, key)| {
            names(&label.text, *field) && !is_time && self.standard.iter().all(|(known, _)| known != key)
        });
        let is = |field: Field| names(&label.text, field);
        if is(Field::Company) && self.company.as_ref().is_none_or(|company| company.from.is_empty()) {
            self.company = Some(text);
        } else if is(Field::Role) && self.role.as_ref().is_none_or(|role| role.from.is_empty()) {
            self.role = Some(text);
        } else if is(Field::Candidate) && self.candidate.is_none() {
            self.candidate = Some(text);
        } else if let Some((_, key)) = standard {
            self.standard.push((key, text));
        } else if is(Field::Link) && is_link(&text.text) && self.standard.iter().all(|(known, _)| *known != "link") {
            self.standard.push(("link", text));
        } else if !(self.has_date && self.round.take(&label, &text, false)) {
            self.own_fact(label, text);
            return;
        }
        self.replaced.push(label);
    }

    fn own_fact(&mut self, label: Said, text: Said) {
        match self.own.iter_mut().find(|pair| pair.key.text == label.text).map(|pair| &mut pair.value) {
            Some(Value::Text(known)) => {
                *known = Said {
                    text: format!("{}; {}", known.text, text.text),
                    from: [known.from.clone(), text.from].concat(),
                };
                self.replaced.push(label);
            }
            _ => self.own.push(Pair::named(label, Value::Text(text))),
        }
    }

    /// `job`, in the order of the format.
    pub fn value(&mut self, company: Said, role: Said) -> Value {
        let mut pairs = vec![Pair::new("company", Value::Text(company)), Pair::new("role", Value::Text(role))];
        for key in ["location", "arrangement", "compensation", "team", "link"] {
            let found = self.standard.iter().find(|(known, _)| *known == key);
            pairs.extend(found.map(|(key, text)| Pair::new(*key, Value::Text(text.clone()))));
        }
        if !self.own.is_empty() {
            pairs.push(Pair::new("facts", Value::map(std::mem::take(&mut self.own))));
        }
        Value::map(pairs)
    }

    /// What the facts say of an interview that cannot be one: facts of their own.
    pub fn keep_round(&mut self, round: Round) {
        for (label, text) in round.said {
            self.replaced.retain(|said| *said != label);
            self.own_fact(label, text);
        }
    }
}

fn is_date(label: &str, text: &str) -> bool {
    names(label, Field::Date) && names_day(text)
}

/// Whether most of what has a label is a fact that we know.
pub fn is_box(lines: &[Line<'_>]) -> bool {
    let labels = labels(lines);
    let known = labels.iter().filter(|label| words::field(label).is_some_and(Field::is_fact)).count();
    known > 1 && known * 2 > labels.len()
}

/// Whether an item is the name of a box of facts below it.
fn is_box_of(item: &Item<'_, '_>) -> bool {
    item.label().is_none_or(|(_, rest)| rest.text.is_empty()) && is_box(item.body)
}

/// Whether the company or the role is among the facts.
pub fn names_job(lines: &[Line<'_>]) -> bool {
    labels(lines).iter().any(|label| names(label, Field::Company) || names(label, Field::Role))
}

/// What stands in front of the texts of lines, and of those in groups.
fn labels(lines: &[Line<'_>]) -> Vec<String> {
    let of_block = |(_, block)| match block {
        Block::Item(item) => match item.label() {
            Some((label, rest)) if item.body.is_empty() || !rest.text.is_empty() => vec![label.text.to_owned()],
            _ => self::labels(item.body),
        },
        Block::Table(rows) => {
            let pairs = pairs_of_table(rows).into_iter().flat_map(|(_, pairs)| pairs);
            pairs.map(|(label, _)| label.text).collect()
        }
        Block::Paragraph(_) | Block::Other(_) => Vec::new(),
    };
    placed(lines).into_iter().flat_map(of_block).collect()
}

/// One round of interviews, as the notes have it.
#[derive(Debug, Default)]
pub struct Round {
    /// What the round is called.
    pub name: Option<Said>,
    said: Vec<(Said, Said)>,
    fields: Vec<(Field, Said)>,
    notes: Vec<Said>,
}

impl Round {
    /// Takes what a label says of a round; in a section about it, place and link too.
    fn take(&mut self, label: &Said, text: &Said, all: bool) -> bool {
        let always = [Field::Date, Field::TimeZone, Field::Time, Field::Duration, Field::With];
        let there = [Field::Location, Field::Link, Field::Notes];
        let wanted = always.into_iter().chain(there.into_iter().filter(|_| all));
        let mut free = wanted.filter(|field| self.fields.iter().all(|(known, _)| known != field));
        let Some(field) = free.find(|field| names(&label.text, *field)) else { return false };
        self.fields.push((field, text.clone()));
        self.said.push((label.clone(), text.clone()));
        true
    }

    /// Reads a whole section about one round.
    fn read(lines: &[Line<'_>], replaced: &mut Vec<Said>) -> Self {
        let mut round = Self::default();
        let mut from = 0;
        for (range, block) in placed(lines) {
            let Block::Item(item) = block else { continue };
            let Some((label, rest)) = item.label() else { continue };
            let text = joined(rest, item.body);
            let said = label.said();
            let is_name = ["name", "naam", "navn", "nom", "nombre", "nome", "이름", "名称"]
                .contains(&words::normal(label.text).as_str());
            if text.text.is_empty() || !(is_name || round.take(&said, &text, true)) {
                continue;
            }
            if is_name {
                round.name = Some(text);
            }
            replaced.push(said);
            round.notes.extend(verbatim(lines.get(from..range.start).unwrap_or_default()));
            from = range.end;
        }
        round.notes.extend(verbatim(lines.get(from..).unwrap_or_default()));
        round
    }

    fn get(&self, wanted: Field) -> Option<&Said> {
        self.fields.iter().find(|(field, _)| *field == wanted).map(|(_, said)| said)
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The day and the zone that cannot be told, when an interview is spoken of.
    pub fn undecided(&self, language: &str, today: Option<Date>) -> Option<Undecided> {
        let date = self.get(Field::Date)?;
        let time = self.time();
        let mut days = days(&date.text);
        let has_year = !days.is_empty();
        days.extend(today.filter(|_| !has_year).into_iter().flat_map(|today| coming_days(&date.text, today)));
        let readings: Vec<String> = days.into_iter().map(|day| written_date(day, time)).collect();
        let time_zone = self.zone();
        let zone = time_zone.as_deref().unwrap_or_else(|| likely_zone(language));
        let example = format!("{} {zone}", readings.first()?);
        Some(Undecided { text: date.text.clone(), readings, has_year, time_zone, example })
    }

    fn time(&self) -> Option<Time> {
        let said = [Field::Time, Field::Date].into_iter().filter_map(|field| self.get(field));
        let only = || self.get(Field::Time).and_then(|said| only_times(&said.text));
        said.into_iter().find_map(|said| times(&said.text)).or_else(only).map(|times| times.from)
    }

    fn zone(&self) -> Option<String> {
        // A zone that is said, and that nobody can read, is not another one.
        let zone = |said: &Said| named_zone(&said.text).map(|named| named.zone);
        match self.get(Field::TimeZone) {
            Some(said) => zone(said),
            None => [Field::Time, Field::Date].into_iter().filter_map(|field| self.get(field)).find_map(zone),
        }
    }

    /// The mapping under `interview`, when there is a date and a zone. Words that it says in its own way
    /// stand beside them or go to `replaced`.
    pub fn value(&self, replaced: &mut Vec<Said>) -> Option<Value> {
        let date = self.get(Field::Date)?;
        let [day] = days(&date.text)[..] else { return None };
        let (time_said, zone_said) = (self.get(Field::Time), self.get(Field::TimeZone));
        let (time, zone) = (self.time(), self.zone()?);
        let when = written_date(day, time);
        let moment = Said {
            text: std::iter::once(date).chain(time_said).map(|said| said.text.as_str()).collect::<Vec<_>>().join(", "),
            from: std::iter::once(date).chain(time_said).flat_map(|said| said.from.clone()).collect(),
        };
        let mut pairs = vec![Pair::new("date", bare(when, moment, replaced))];
        let zone = match zone_said {
            Some(said) => bare(zone, said.clone(), replaced),
            None => Value::bare(zone),
        };
        pairs.push(Pair::new("time_zone", zone));
        let mut notes = self.notes.clone();
        let length = || {
            let said = || time_said.into_iter().chain([date]);
            let between = said().find_map(|said| times(&said.text)?.minutes());
            let between = between.filter(|minutes| ROUND_MINUTES.contains(minutes)).map(written_minutes);
            between.or_else(|| {
                said().find_map(|said| {
                    said.text
                        .split([',', ';', '(', ')'])
                        .skip(1)
                        .filter(|piece| times(piece).is_none())
                        .find_map(duration)
                })
            })
        };
        match self.get(Field::Duration).map(|said| (said, duration(&said.text))) {
            Some((said, Some(length))) => pairs.push(Pair::new("duration", bare(length, said.clone(), replaced))),
            // No length of the format, but still a word about it.
            Some((said, None)) => notes.push(said.clone()),
            None => pairs.extend(length().map(|length| Pair::new("duration", Value::bare(length)))),
        }
        pairs.extend(self.name.clone().map(|name| Pair::new("name", Value::Text(name))));
        pairs.extend(self.get(Field::Location).map(|said| Pair::new("location", Value::Text(said.clone()))));
        match self.get(Field::Link) {
            Some(said) if is_link(&said.text) => pairs.push(Pair::new("link", Value::Text(said.clone()))),
            Some(said) => notes.push(said.clone()),
            None => {}
        }
        pairs.extend(self.get(Field::With).map(|said| Pair::new("with", Value::Text(said.clone()))));
        notes.extend(self.get(Field::Notes).cloned());
        if !notes.is_empty() {
            pairs.push(Pair::new("notes", Value::Text(together(notes))));
        }
        Some(Value::map(pairs))
    }
}

/// The rounds of a section: one, or one under each heading inside it. Otherwise the day that cannot be told.
pub fn rounds(
    section: &Section<'_, '_>,
    (language, today): (&str, Option<Date>),
    replaced: &mut Vec<Said>,
) -> Result<Value, Option<Undecided>> {
    let mut words_said = Vec::new();
    let value = if section.subs.is_empty() {
        let round = Round::read(section.own, &mut words_said);
        round.value(&mut words_said).ok_or_else(|| round.undecided(language, today))?
    } else {
        if section.own.iter().any(|line| !line.is_blank()) {
            return Err(None);
        }
        let mut rounds = Vec::new();
        for sub in &section.subs {
            let mut round = Round::read(sub.all, &mut words_said);
            let title = sub.title.said();
            if words::is_round(&title.text) || round.name.is_some() {
                words_said.push(title);
            } else {
                round.name = Some(title).filter(|title| !title.text.is_empty());
            }
            rounds.push(round.value(&mut words_said).ok_or_else(|| round.undecided(language, today))?);
        }
        Value::list(rounds)
    };
    replaced.append(&mut words_said);
    Ok(value)
}

/// How long a round takes, in the words of the format.
fn duration(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('.');
    let minutes = meant_minutes(text).filter(|minutes| ROUND_MINUTES.contains(minutes))?;
    Some(if is_duration(text) { text.to_owned() } else { written_minutes(minutes) })
}

/// Company and role out of a sentence with both in bold: `your **Engineer** interview at **ACME**`.
pub fn spoken(text: &str) -> Option<(&str, &str)> {
    let bold: Vec<&str> = text.split("**").skip(1).step_by(2).map(str::trim).collect();
    let closed = text.matches("**").count() == bold.len() * 2;
    let (roles, others): (Vec<&str>, Vec<&str>) = bold.iter().copied().partition(|name| words::is_role(name));
    let company = others.into_iter().find(|name| {
        let before = text.split_once(&format!("**{name}**")).map_or("", |(before, _)| before);
        let word = before.split_whitespace().next_back().unwrap_or_default().to_lowercase();
        ["at", "@", "bei", "beim", "chez", "en", "bij", "hos", "na", "with", "from"].contains(&word.as_str())
    })?;
    match roles.as_slice() {
        [role] if closed => Some((company, role)),
        _ => None,
    }
}

/// Company and role out of a title such as `Interview prep: ACME – Engineer`, as far as they are there.
pub fn title(title: &str) -> (Option<&str>, Option<&str>) {
    let inner = words::without_preparation(title);
    let inner = unbold(inner).unwrap_or(inner);
    for word in [" at ", " @ ", " bei ", " chez ", " bij ", " hos ", " na "] {
        if let Some((role, company)) = inner.split_once(word) {
            return (filled(company), filled(role));
        }
    }
    if let Some((role, company)) = inner.strip_suffix(')').and_then(|inner| inner.split_once(" (")) {
        // `Engineer (m/f/d)` names no company, and `Engineer (remote)` neither.
        let is_name = company.starts_with(char::is_uppercase) && !company.contains('/') && !words::is_role(company);
        if words::is_role(role) && is_name && !role.contains([',', ':', '–', '—', '|']) {
            return (filled(company), filled(role));
        }
    }
    let signs = [" – ", " — ", " - ", " | ", "｜", " · ", ": ", "：", ", ", " / ", "–", "—"];
    if let Some((left, right)) = signs.iter().find_map(|sign| inner.split_once(sign)) {
        let swapped = words::is_role(left) && !words::is_role(right);
        let (company, role) = if swapped { (right, left) } else { (left, right) };
        return (filled(company), filled(role));
    }
    let prepared = words::prepares(title);
    match filled(inner).filter(|_| prepared) {
        Some(inner) if words::is_role(inner) => (None, Some(inner)),
        other => (other, None),
    }
}

fn filled(text: &str) -> Option<&str> {
    let text = words::without_preparation(text);
    text.chars().any(char::is_alphanumeric).then_some(text)
}
