//! The file as a whole: its top-level keys, the job, the interview, the study settings, and what
//! can only be checked across them.

use super::identity::slug;
use super::keys::{CANDIDATE, DOSSIER, HOURS, INTERVIEW, JOB, STUDY, TOPIC};
use super::model::{Candidate, Dossier, Fact, FactKind, Hours, Job, Minutes, Part, Round, Study, TopicSettings, When};
use super::moment;
use super::parts::label;
use super::reader::{Fields, Reader};
use super::synonyms;
use super::value::ROUND_MINUTES;
use crate::diagnostic::{Code, Diagnostic, Edit, nearest};
use crate::yaml::{Kind, Node, Tree, plain_or_quoted, quoted, shortened};
use jiff::civil::Time;
use std::collections::BTreeMap;

/// Where nothing is said.
const INTERVIEW_MINUTES: u32 = 60;
const SESSION: u32 = 45;
const MAX_PER_DAY: u32 = 90;
const REMINDER: u32 = 15;
const WEEKDAY_HOURS: Hours = Hours { from: Time::constant(18, 0, 0, 0), to: Time::constant(20, 0, 0, 0) };
const WEEKEND_HOURS: Hours = Hours { from: Time::constant(10, 0, 0, 0), to: Time::constant(12, 0, 0, 0) };

/// The model, as far as it could be read, and every problem, those known so far included.
pub fn read(text: &str, tree: &Tree<'_>, mut problems: Vec<Diagnostic>) -> (Option<Dossier>, Vec<Diagnostic>) {
    problems.extend(tree.diagnostics.iter().cloned());
    let mut reader = Reader::new(text, problems, tree.cut);
    comments_in_text(text, tree, &mut reader);
    let dossier = match &tree.root {
        Some(root) => reader.dossier(root),
        None if reader.problems.is_empty() => {
            let problem =
                Diagnostic::new(Code::EmptyFile, 0..0, "there is nothing but comments in this file", "no key at all");
            reader.report(problem.help("`dossier init` writes a dossier to start from"));
            None
        }
        None => None,
    };
    (dossier, without_echoes(reader.problems))
}

/// One mistake, one message: where YAML itself has stumbled, what follows from it is left out.
fn without_echoes(problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let syntax = |problem: &Diagnostic| {
        matches!(
            problem.code,
            Code::Tab
                | Code::Syntax
                | Code::CutAtColon
                | Code::ReservedStart
                | Code::UnclosedQuote
                | Code::UnclosedBracket
                | Code::Indentation
                | Code::MissingSpace
                | Code::MissingColon
                | Code::Backslash
                | Code::CodeFence
        )
    };
    let places: Vec<usize> = problems.iter().filter(|p| syntax(p)).map(Diagnostic::start).collect();
    problems.into_iter().filter(|p| syntax(p) || !places.contains(&p.start())).collect()
}

/// ` #` starts a comment in YAML: behind words and glued to the next word it was hardly meant so.
fn comments_in_text(text: &str, tree: &Tree<'_>, reader: &mut Reader<'_>) {
    for span in &tree.comments {
        let before = text.get(..span.start).and_then(|before| before.rsplit('\n').next()).unwrap_or_default().trim();
        let comment = text.get(span.clone()).unwrap_or_default();
        let glued = comment.chars().nth(1).is_some_and(char::is_alphanumeric);
        let sentence = before.trim_start_matches("- ");
        let value = sentence.split_once(": ").map_or(sentence, |(_, value)| value);
        if glued && value.contains(' ') && !value.ends_with(['"', '\'']) && !value.starts_with(['"', '\'']) {
            let problem = Diagnostic::new(
                Code::CommentInText,
                span.clone(),
                "` #` starts a comment in YAML: the rest of this line is not read",
                "not part of the text",
            );
            let whole = quoted(&format!("{value} {comment}"));
            let start = span.start - text.get(..span.start).map_or(0, |before| before.len() - before.trim_end().len());
            let edits = vec![Edit::new(start.saturating_sub(value.len())..span.end, whole.as_str())];
            let help = format!("if it belongs to the text, put the text in quotes: {whole}");
            reader.report(problem.help(help).suggest(edits));
        }
    }
}

impl Reader<'_> {
    fn dossier(&mut self, root: &Node) -> Option<Dossier> {
        let fields = self.fields(root, &DOSSIER)?;
        if let Some(node) = fields.get("dossier") {
            self.version(node);
        }
        let job = fields.get("job").and_then(|node| self.job(node));
        let id = fields.get("id").map(|node| self.slug(node));
        let title = fields.get("title").and_then(|node| self.line(node, "the title"));
        let language = fields.get("language").and_then(|node| self.language(node));
        let candidate = fields.get("candidate").and_then(|node| self.candidate(node));
        let study = match fields.get("study") {
            Some(node) => self.study(node),
            None => Some(default_study()),
        };
        let study_zone = study.as_ref().and_then(|study| study.time_zone.clone());
        let rounds = fields.get("interview").map(|node| self.rounds(node, study_zone.as_deref())).unwrap_or_default();
        let parts: Vec<Part> = fields.entries.iter().filter_map(|(key, _, node)| self.part(key.name, node)).collect();
        self.known_topics(&parts, fields.get("study"));
        let places = fields.entries.iter().map(|(key, span, _)| (key.name, span.clone())).collect();
        let job = job?;
        let id = id.unwrap_or_else(|| Some(slug(&format!("{} {}", job.company, job.role))))?;
        let language = language.unwrap_or_else(|| "en".to_owned());
        Some(Dossier { id, title, language, job, candidate, rounds, parts, study: study?, places })
    }

    fn version(&mut self, node: &Node) {
        if node.scalar().is_none_or(|(text, _)| text != "1") {
            let message =
                format!("this program reads version 1 of the dossier format, and this is {}", node.describe());
            let problem =
                Diagnostic::new(Code::Version, node.span.clone(), message, "the version").help("write `dossier: 1`");
            let is_one = node.scalar().is_some_and(|(text, _)| matches!(text.trim(), "1.0" | "v1" | "1.0.0"));
            let edits = vec![Edit::new(node.span.clone(), "1")];
            self.report(if is_one { problem.fix(edits) } else { problem });
        }
    }

    fn part(&mut self, key: &str, node: &Node) -> Option<Part> {
        Some(match key {
            "overview" => Part::Overview(self.markup(node, "the overview")?),
            "fit" => Part::Fit(self.outline(node, "`fit`")?),
            "highlights" => Part::Highlights(self.outline(node, "`highlights`")?),
            "company" => Part::Company(self.outline(node, "`company`")?),
            "advice" => Part::Advice(self.outline(node, "`advice`")?),
            "stories" => Part::Stories(self.stories(node)),
            "questions" => Part::Questions(self.topics(node, "questions", Self::question)),
            "ask" => Part::Ask(self.topics(node, "questions", Self::ask)),
            "concepts" => Part::Concepts(self.topics(node, "concepts", Self::concept)),
            "sections" => {
                let named = self.named(node, "sections");
                Part::Sections(
                    named
                        .into_iter()
                        .filter_map(|(key, value)| Some((label(key), self.outline(value, "this section")?)))
                        .collect(),
                )
            }
            "closing" => Part::Closing(self.markup(node, "the closing")?),
            _ => return None,
        })
    }

    fn job(&mut self, node: &Node) -> Option<Job> {
        let fields = self.fields(node, &JOB)?;
        let company = fields.get("company").and_then(|node| self.name(node, "the company"));
        let role = fields.get("role").and_then(|node| self.name(node, "the role"));
        let link = fields.get("link").and_then(|node| self.link(node));
        let mut facts = Vec::new();
        for (key, _, value) in &fields.entries {
            let kind = match key.name {
                "location" => FactKind::Location,
                "arrangement" => FactKind::Arrangement,
                "compensation" => FactKind::Compensation,
                "team" => FactKind::Team,
                "facts" => {
                    facts.extend(self.own_facts(value));
                    continue;
                }
                _ => continue,
            };
            facts.extend(self.fact(kind, value));
        }
        Some(Job { company: company?, role: role?, facts, link })
    }

    fn own_facts(&mut self, node: &Node) -> Vec<Fact> {
        let named = self.named(node, "`facts`");
        named.into_iter().filter_map(|(key, value)| self.fact(FactKind::Own(label(key).plain()), value)).collect()
    }

    fn fact(&mut self, kind: FactKind, node: &Node) -> Option<Fact> {
        let text = self.prose(node, "this fact")?;
        self.typographic(node, text);
        Some(Fact { kind, text: crate::markup::parse_line(text) })
    }

    fn candidate(&mut self, node: &Node) -> Option<Candidate> {
        let fields = self.fields(node, &CANDIDATE)?;
        let name = fields.get("name").and_then(|node| self.name(node, "the name"));
        let location = fields.get("location").and_then(|node| self.name(node, "the location"));
        Some(Candidate { name, location })
    }

    fn rounds(&mut self, node: &Node, study_zone: Option<&str>) -> Vec<Round> {
        let node = self.list_below_rounds(node).unwrap_or(node);
        let nodes = match &node.kind {
            Kind::List(_) => self.list(node, "rounds").unwrap_or_default(),
            Kind::Scalar(..) | Kind::Map(_) => vec![node],
        };
        nodes.into_iter().filter_map(|node| self.round(node, study_zone)).collect()
    }

    /// `interview: {rounds: [...]}`: the list that belongs below `interview` itself.
    fn list_below_rounds<'n>(&mut self, node: &'n Node<'n>) -> Option<&'n Node<'n>> {
        let Kind::Map(pairs) = &node.kind else { return None };
        let names_rounds = |key: &Node| {
            let word = key.scalar().map(|(word, _)| word);
            word.is_some_and(|word| synonyms::key(word, ["interview"].into_iter()).is_some())
        };
        let (key, list) = pairs.iter().find(|(key, value)| names_rounds(key) && matches!(value.kind, Kind::List(_)))?;
        let message = format!("unknown key `{}` in {}", shortened(key.scalar()?.0), INTERVIEW.name);
        let problem =
            Diagnostic::new(Code::UnknownKey, key.span.clone(), message, "rounds are listed right under `interview:`");
        let line = self.line_above(key, list).filter(|_| pairs.len() == 1);
        self.report(match line {
            Some(line) => problem.help("delete this line").fix(vec![Edit::new(line, "")]),
            None => problem.help("write them as a list under `interview:`, each with its own `date` and `time_zone`"),
        });
        Some(list)
    }

    fn round(&mut self, node: &Node, study_zone: Option<&str>) -> Option<Round> {
        if let Some((text, _)) = node.scalar().filter(|_| !node.is_null()) {
            self.round_as_text(node, text);
            return None;
        }
        let fields = self.fields(node, &INTERVIEW)?;
        let when = fields.get("date").and_then(|node| self.when(node));
        let time_zone = self.round_zone(&fields, study_zone);
        if let (Some(When::At(at)), Some(zone), Some(node)) = (when, &time_zone, fields.get("date")) {
            self.existing(node, at, zone)?;
        }
        let with = fields.get("with").map(|node| self.one_or_more(node)).unwrap_or_default();
        let duration =
            fields.get("duration").map(|node| self.duration(node, *ROUND_MINUTES.start(), *ROUND_MINUTES.end()));
        let mut name_of = |key: &str, what: &str| fields.get(key).and_then(|node| self.name(node, what));
        let (name, location) = (name_of("name", "the name"), name_of("location", "the place"));
        let with = with.into_iter().filter_map(|node| self.name(node, "a name")).collect();
        let link = fields.get("link").and_then(|node| self.link(node));
        let notes = fields.get("notes").and_then(|node| self.markup(node, "the notes"));
        let duration = duration.unwrap_or(Some(Minutes(INTERVIEW_MINUTES)))?;
        Some(Round { name, when: when?, time_zone: time_zone?, duration, location, link, with, notes })
    }

    /// `interview: tomorrow`, `interview: 15.12.2026 14:00`.
    fn round_as_text(&mut self, node: &Node, text: &str) {
        let (days, times) = moment::readings(text);
        let date = match days.as_slice() {
            [day] => moment::written(*day, times.map(|times| times.from)),
            _ => "2026-12-15 14:00".to_owned(),
        };
        let message =
            format!("expected the interview with its date and time zone, found the text `{}`", shortened(text));
        let problem = Diagnostic::new(Code::WrongShape, node.span.clone(), message, "a date alone does not say where");
        let lines = format!("interview:\n  date: {date}\n  time_zone: Europe/Amsterdam");
        self.report(problem.help(format!("write it so, with your own date and city:\n{lines}")));
    }

    fn round_zone(&mut self, fields: &Fields<'_>, study_zone: Option<&str>) -> Option<String> {
        match (fields.get("time_zone"), study_zone) {
            (Some(node), _) => self.time_zone(node),
            (None, Some(zone)) => Some(zone.to_owned()),
            (None, None) => {
                let node = fields.get("date")?;
                let problem = Diagnostic::new(
                    Code::MissingTimeZone,
                    node.span.clone(),
                    "this date needs a time zone",
                    "in which time zone?",
                );
                self.report(problem.help("add a line such as `time_zone: Europe/Amsterdam` below it"));
                None
            }
        }
    }

    fn study(&mut self, node: &Node) -> Option<Study> {
        let fields = self.fields(node, &STUDY)?;
        let mut study = default_study();
        study.starts = fields.get("starts").and_then(|node| self.date(node));
        study.time_zone = fields.get("time_zone").and_then(|node| self.time_zone(node));
        if let Some(node) = fields.get("hours") {
            study.hours = self.week(node);
        }
        let days_off = fields.get("days_off").map(|node| self.one_or_more(node)).unwrap_or_default();
        study.days_off = days_off.into_iter().filter_map(|node| self.date_range(node)).collect();
        study.busy = fields.get("busy").and_then(|node| Some((self.name(node, "the file name")?, node.span.clone())));
        if let Some(minutes) = fields.get("session").and_then(|node| self.duration(node, 10, 240)) {
            study.session = minutes;
        }
        if let Some(minutes) = fields.get("max_per_day").and_then(|node| self.duration(node, 10, 16 * 60)) {
            study.max_per_day = minutes;
        }
        if let Some(node) = fields.get("reminder") {
            study.reminders = self.reminders(node);
        }
        study.mock_interviews = fields.get("mock_interviews").and_then(|node| self.count(node, 9));
        study.topics = fields.get("topics").map(|node| self.topic_settings(node)).unwrap_or_default();
        Some(study)
    }

    fn reminders(&mut self, node: &Node) -> Vec<Minutes> {
        if node.scalar().is_some_and(|(text, _)| text == "none") {
            return Vec::new();
        }
        let mut reminders: Vec<Minutes> =
            self.one_or_more(node).into_iter().filter_map(|node| self.duration(node, 0, 7 * 1440)).collect();
        reminders.sort_unstable();
        reminders.dedup();
        reminders
    }

    /// The more special key wins: a day over `weekdays` and `weekend`, these over `everyday`.
    fn week(&mut self, node: &Node) -> [Vec<Hours>; 7] {
        let mut week: [Vec<Hours>; 7] = Default::default();
        let Some(fields) = self.fields(node, &HOURS) else { return week };
        for (key, days) in [
            ("everyday", 0..7),
            ("weekdays", 0..5),
            ("weekend", 5..7),
            ("mon", 0..1),
            ("tue", 1..2),
            ("wed", 2..3),
            ("thu", 3..4),
            ("fri", 4..5),
            ("sat", 5..6),
            ("sun", 6..7),
        ] {
            let Some(node) = fields.get(key) else { continue };
            let hours = merged(self.one_or_more(node).into_iter().filter_map(|node| self.hours(node)).collect());
            week.iter_mut()
                .enumerate()
                .filter(|(day, _)| days.contains(day))
                .for_each(|(_, slot)| slot.clone_from(&hours));
        }
        week
    }

    fn topic_settings(&mut self, node: &Node) -> BTreeMap<String, TopicSettings> {
        let mut settings = BTreeMap::new();
        for (key, value) in self.named(node, "`topics`") {
            let Some(fields) = self.fields(value, &TOPIC) else { continue };
            let setting = TopicSettings {
                confidence: fields.get("confidence").and_then(|node| self.confidence(node)),
                priority: fields.get("priority").and_then(|node| self.priority(node)),
                estimate: fields.get("estimate").and_then(|node| self.duration(node, 5, 200 * 60)),
            };
            settings.insert(slug(&label(key).plain()), setting);
        }
        settings
    }

    /// Every topic under `study.topics` is one of questions, concepts or stories.
    fn known_topics(&mut self, parts: &[Part], study: Option<&Node>) {
        let Some(topics) = study.and_then(|study| value_of(study, "topics")) else { return };
        let Kind::Map(pairs) = &topics.kind else { return };
        let names: Vec<&str> = parts.iter().flat_map(Part::topics).collect();
        for (key, _) in pairs.iter().filter(|_| !self.cut) {
            let name = label(key).plain();
            if names.iter().any(|known| slug(known) == slug(&name)) {
                continue;
            }
            let problem = Diagnostic::new(
                Code::UnknownTopic,
                key.span.clone(),
                format!("there is no topic `{name}`"),
                "neither in questions nor in concepts nor in stories",
            );
            self.problems.push(match nearest(&name, names.iter().copied()) {
                Some(known) => {
                    let edits = vec![Edit::new(key.span.clone(), plain_or_quoted(known, true))];
                    problem.help(format!("did you mean `{known}`?")).fix(edits)
                }
                None if names.is_empty() => {
                    problem.help("this dossier has no topics yet: they are the names under `questions` and `concepts`")
                }
                None => problem.help(format!("topics of this dossier: {}", names.join(", "))),
            });
        }
    }
}

fn value_of<'n>(node: &'n Node<'n>, name: &str) -> Option<&'n Node<'n>> {
    let Kind::Map(pairs) = &node.kind else { return None };
    pairs.iter().find(|(key, _)| matches!(key.scalar(), Some((text, _)) if text == name)).map(|(_, value)| value)
}

fn default_study() -> Study {
    Study {
        starts: None,
        time_zone: None,
        hours: std::array::from_fn(|day| vec![if day < 5 { WEEKDAY_HOURS } else { WEEKEND_HOURS }]),
        days_off: Vec::new(),
        busy: None,
        session: Minutes(SESSION),
        max_per_day: Minutes(MAX_PER_DAY),
        reminders: vec![Minutes(REMINDER)],
        mock_interviews: None,
        topics: BTreeMap::new(),
    }
}

/// Ranges in order, those that touch or overlap joined.
fn merged(mut hours: Vec<Hours>) -> Vec<Hours> {
    hours.sort_unstable();
    let mut out: Vec<Hours> = Vec::with_capacity(hours.len());
    for range in hours {
        match out.last_mut() {
            Some(last) if range.from <= last.to => last.to = last.to.max(range.to),
            _ => out.push(range),
        }
    }
    out
}
