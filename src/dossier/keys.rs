//! The keys of the format, each in one place: the reader checks against these tables and the JSON
//! Schema is made from them.

/// A mapping with fixed keys.
#[derive(Debug)]
pub struct Record {
    /// How messages call it.
    pub name: &'static str,
    /// Its keys, in the order people would write them.
    pub keys: &'static [Key],
}

/// A key of a mapping.
#[derive(Debug)]
pub struct Key {
    /// As written in the file.
    pub name: &'static str,
    /// What may stand there.
    pub shape: Shape,
    /// Whether the mapping is invalid without it.
    pub required: bool,
    /// What it is for; shown by editors.
    pub meaning: &'static str,
    /// A value as one would write it, in JSON; shown by editors.
    pub example: &'static str,
}

/// What may stand at a place.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// The number 1.
    Version,
    /// A line of text.
    Text,
    /// A line of text that may also be a number.
    Prose,
    /// A text with Markdown in it.
    Markdown,
    /// Letters, digits and hyphens.
    Slug,
    /// A language tag.
    Language,
    /// A web, mail or phone address.
    Link,
    /// `2026-12-15`.
    Date,
    /// `2026-12-15` or `2026-12-15 14:00`.
    DateTime,
    /// `2026-12-24` or `2026-12-24..2026-12-26`.
    DateRange,
    /// `Europe/Amsterdam`.
    TimeZone,
    /// `45 min`, `1h30`.
    Duration,
    /// `18:30-20:30`.
    HourRange,
    /// 1 … 5.
    Confidence,
    /// `low`, `normal`, `high`.
    Priority,
    /// A whole number up to a limit.
    Count(u8),
    /// A file name relative to the dossier.
    File,
    /// Durations, or the word `none`.
    Reminder,
    /// A mapping with these keys.
    Record(&'static Record),
    /// A list of the shape.
    List(&'static Shape),
    /// The shape itself, or a list of it.
    OneOrMore(&'static Shape),
    /// A mapping from names to the shape.
    Named(&'static Shape),
    /// Text, list or mapping, up to four levels.
    Outline,
    /// A question in its short or long form.
    Question,
    /// A concept in one of its forms.
    Concept,
    /// A story in four parts or in free text.
    Story,
}

const fn key(name: &'static str, shape: Shape, meaning: &'static str, example: &'static str) -> Key {
    Key { name, shape, required: false, meaning, example }
}

const fn required(name: &'static str, shape: Shape, meaning: &'static str, example: &'static str) -> Key {
    Key { name, shape, required: true, meaning, example }
}

/// All mappings with fixed keys.
pub static RECORDS: [&Record; 10] =
    [&DOSSIER, &JOB, &CANDIDATE, &INTERVIEW, &QUESTION, &CONCEPT, &STORY, &STUDY, &HOURS, &TOPIC];

/// The whole file. Keys that start with `x-` are left to other tools.
pub static DOSSIER: Record = Record {
    name: "the dossier",
    keys: &[
        required("dossier", Shape::Version, "The version of the dossier format: 1.", "1"),
        key(
            "id",
            Shape::Slug,
            "Identity of this dossier; card and event ids derive from it. Default: made from company and role.",
            r#""fintech-golang""#,
        ),
        key(
            "title",
            Shape::Text,
            "Title of the briefing. Default: “Interview prep: COMPANY – ROLE” in the language of the dossier.",
            r#""Interview prep: FinTech Innovators""#,
        ),
        key("language", Shape::Language, "Language of labels, dates and hyphenation (BCP 47). Default: en.", r#""en""#),
        required(
            "job",
            Shape::Record(&JOB),
            "The job: company and role, and the facts for the box on page one.",
            r#"{"company": "FinTech Innovators", "role": "Senior Golang Developer"}"#,
        ),
        key("candidate", Shape::Record(&CANDIDATE), "Who is going to the interview.", r#"{"name": "Ada Lovelace"}"#),
        key(
            "interview",
            Shape::OneOrMore(&Shape::Record(&INTERVIEW)),
            "The interview, or a list of rounds. Without it there is no study calendar.",
            r#"{"date": "2026-12-15 14:00", "time_zone": "Europe/Amsterdam"}"#,
        ),
        key("overview", Shape::Markdown, "The job in a paragraph.", r#""A payments startup in Amsterdam seeks …""#),
        key("fit", Shape::Outline, "Why this job is a fit.", r#"{"Remote": "Based in Copenhagen, same hours."}"#),
        key(
            "highlights",
            Shape::Outline,
            "Your strongest points for this role.",
            r#"{"APIs": ["Designed REST APIs for 10 000 users"]}"#,
        ),
        key("company", Shape::Outline, "What to know about the company.", r#"{"Mission": "Democratize payments."}"#),
        key(
            "stories",
            Shape::Named(&Shape::Story),
            "Stories to tell, by situation, task, action and result, or in free text. Also cards.",
            r#"{"The outage": {"situation": "…", "task": "…", "action": "…", "result": "…"}}"#,
        ),
        key(
            "questions",
            Shape::Named(&Shape::List(&Shape::Question)),
            "Questions they will ask, by topic. Also cards.",
            r#"{"Go": ["How do goroutines work?"]}"#,
        ),
        key(
            "ask",
            Shape::Named(&Shape::List(&Shape::Question)),
            "Questions to ask them, by topic. A checklist in the briefing, and a card each.",
            r#"{"Team": ["How is the team structured?"]}"#,
        ),
        key(
            "concepts",
            Shape::Named(&Shape::List(&Shape::Concept)),
            "Concepts to know, by topic. Also cards.",
            r#"{"Kafka": ["Partitions", {"Offset": "position of a consumer"}]}"#,
        ),
        key(
            "advice",
            Shape::Outline,
            "How to go about it: tone, focus, red flags.",
            r#"{"Red flags": ["No on-call rota"]}"#,
        ),
        key(
            "sections",
            Shape::Named(&Shape::Outline),
            "Anything else for the briefing, by title.",
            r#"{"Travel": "Tram 4 to the station."}"#,
        ),
        key("closing", Shape::Markdown, "A last word.", r#""Good luck!""#),
        key(
            "study",
            Shape::Record(&STUDY),
            "How and when to study: hours, days off, limits, topics.",
            r#"{"hours": {"weekdays": "18:30-20:30"}}"#,
        ),
    ],
};

/// The facts box.
pub static JOB: Record = Record {
    name: "`job`",
    keys: &[
        required("company", Shape::Text, "The company.", r#""FinTech Innovators""#),
        required("role", Shape::Text, "The role.", r#""Senior Golang Developer""#),
        key("location", Shape::Prose, "Where the job is.", r#""Amsterdam, Netherlands""#),
        key("arrangement", Shape::Prose, "Remote, hybrid, hours.", r#""Remote-friendly""#),
        key("compensation", Shape::Prose, "Pay and what comes with it.", r#""€75 000–€95 000 + equity""#),
        key("team", Shape::Prose, "The team.", r#""Payments core, 8 people""#),
        key("link", Shape::Link, "The advertisement.", r#""https://example.com/jobs/42""#),
        key("facts", Shape::Named(&Shape::Prose), "More facts, by label.", r#"{"Visa": "sponsored"}"#),
    ],
};

/// Who is going.
pub static CANDIDATE: Record = Record {
    name: "`candidate`",
    keys: &[
        key("name", Shape::Text, "Your name.", r#""Ada Lovelace""#),
        key("location", Shape::Text, "Where you are.", r#""Copenhagen""#),
    ],
};

/// A round.
pub static INTERVIEW: Record = Record {
    name: "the interview",
    keys: &[
        required("date", Shape::DateTime, "Day and time, or the day alone.", r#""2026-12-15 14:00""#),
        key(
            "time_zone",
            Shape::TimeZone,
            "IANA time zone of that time. Default: the one under study.",
            r#""Europe/Amsterdam""#,
        ),
        key("duration", Shape::Duration, "How long it takes. Default: 60 min.", r#""60 min""#),
        key("name", Shape::Text, "What the round is called.", r#""Technical interview""#),
        key("location", Shape::Text, "Where it takes place.", r#""Video call""#),
        key("link", Shape::Link, "Where to join.", r#""https://example.com/meet""#),
        key("with", Shape::OneOrMore(&Shape::Text), "Who you will talk to.", r#"["Eva, CTO"]"#),
        key("notes", Shape::Markdown, "Anything else about this round.", r#""Bring a passport.""#),
    ],
};

/// The long form of a question.
pub static QUESTION: Record = Record {
    name: "the question",
    keys: &[
        required("question", Shape::Text, "The question.", r#""How do goroutines work?""#),
        key("answer", Shape::Markdown, "Your answer.", r#""A goroutine is …""#),
        key(
            "hints",
            Shape::OneOrMore(&Shape::Text),
            "Hints, revealed one by one on the card.",
            r#"["Think of the scheduler"]"#,
        ),
        key("confidence", Shape::Confidence, "1 unsure … 5 sure.", "2"),
        key("priority", Shape::Priority, "How much it matters.", r#""high""#),
        key("tags", Shape::OneOrMore(&Shape::Text), "Free tags.", r#"["go"]"#),
        key("links", Shape::OneOrMore(&Shape::Link), "Where to read more.", r#"["https://go.dev"]"#),
        key("id", Shape::Slug, "Needed only to reword the question and keep its card's history.", r#""goroutines""#),
    ],
};

/// The long form of a concept.
pub static CONCEPT: Record = Record {
    name: "the concept",
    keys: &[
        required("concept", Shape::Text, "Its name.", r#""Idempotency""#),
        key("explanation", Shape::Markdown, "What it means.", r#""Doing it twice changes nothing more.""#),
        key("example", Shape::Markdown, "An example.", r#""PUT with a key""#),
        key("confidence", Shape::Confidence, "1 unsure … 5 sure.", "2"),
        key("priority", Shape::Priority, "How much it matters.", r#""high""#),
        key("tags", Shape::OneOrMore(&Shape::Text), "Free tags.", r#"["api"]"#),
        key("links", Shape::OneOrMore(&Shape::Link), "Where to read more.", r#"["https://example.com"]"#),
        key("id", Shape::Slug, "Needed only to reword the concept and keep its card's history.", r#""idempotency""#),
    ],
};

/// The four parts of a story.
pub static STORY: Record = Record {
    name: "the story",
    keys: &[
        key("situation", Shape::Markdown, "What was going on.", r#""Checkout failed on Black Friday.""#),
        key("task", Shape::Markdown, "What was yours to do.", r#""I led the response.""#),
        key("action", Shape::Markdown, "What you did.", r#""Rolled back, then …""#),
        key("result", Shape::Markdown, "What came of it, best with a number.", r#""Back in 12 minutes.""#),
    ],
};

/// How and when to study.
pub static STUDY: Record = Record {
    name: "`study`",
    keys: &[
        key("starts", Shape::Date, "The first day. Default: the day of the build.", r#""2026-11-24""#),
        key("time_zone", Shape::TimeZone, "Where you study. Default: the interview's.", r#""Europe/Copenhagen""#),
        key(
            "hours",
            Shape::Record(&HOURS),
            "When you have time. Default: weekdays 18:00-20:00, weekend 10:00-12:00.",
            r#"{"weekdays": "18:30-20:30"}"#,
        ),
        key("days_off", Shape::OneOrMore(&Shape::DateRange), "Days without study.", r#"["2026-12-05"]"#),
        key("busy", Shape::File, "A calendar file (.ics) whose events are kept free.", r#""holidays.ics""#),
        key("session", Shape::Duration, "Length of a session. Default: 45 min.", r#""45 min""#),
        key("max_per_day", Shape::Duration, "The most that is planned for one day. Default: 90 min.", r#""90 min""#),
        key(
            "reminder",
            Shape::Reminder,
            "How long before a session to ring; a list for several, or none. Default: 15 min.",
            r#""15 min""#,
        ),
        key("mock_interviews", Shape::Count(9), "How many mock interviews. Default: by the length of the plan.", "2"),
        key(
            "topics",
            Shape::Named(&Shape::Record(&TOPIC)),
            "What you say of single topics, by their name in questions, concepts or stories.",
            r#"{"Go": {"confidence": 1, "priority": "high"}}"#,
        ),
    ],
};

const HOUR_LIST: Shape = Shape::OneOrMore(&Shape::HourRange);

/// Free hours by day.
pub static HOURS: Record = Record {
    name: "`hours`",
    keys: &[
        key("everyday", HOUR_LIST, "Every day of the week.", r#""18:00-19:00""#),
        key("weekdays", HOUR_LIST, "Monday to Friday.", r#""18:30-20:30""#),
        key("weekend", HOUR_LIST, "Saturday and Sunday.", r#"["10:00-12:00", "15:00-17:00"]"#),
        key("mon", HOUR_LIST, "Monday.", r#""18:00-19:00""#),
        key("tue", HOUR_LIST, "Tuesday.", r#""18:00-19:00""#),
        key("wed", HOUR_LIST, "Wednesday.", r#""18:00-19:00""#),
        key("thu", HOUR_LIST, "Thursday.", r#""18:00-19:00""#),
        key("fri", HOUR_LIST, "Friday.", r#""18:00-19:00""#),
        key("sat", HOUR_LIST, "Saturday.", r#""10:00-12:00""#),
        key("sun", HOUR_LIST, "Sunday.", r#""10:00-12:00""#),
    ],
};

/// What can be said of a topic.
pub static TOPIC: Record = Record {
    name: "the topic",
    keys: &[
        key("confidence", Shape::Confidence, "1 unsure … 5 sure.", "1"),
        key("priority", Shape::Priority, "How much it matters.", r#""high""#),
        key("estimate", Shape::Duration, "How long it takes to learn. Default: by the number of its items.", r#""3h""#),
    ],
};
