//! What a section can be about, and what a label can say.

/// What a section is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Company, role, place, pay.
    Job,
    /// When and where the interview takes place.
    Interview,
    /// What the job is about.
    Overview,
    /// Why it fits.
    Fit,
    /// What to show.
    Highlights,
    /// About the company.
    Company,
    /// STAR answers.
    Stories,
    /// What they will ask.
    Questions,
    /// What to ask them.
    Ask,
    /// What to know.
    Concepts,
    /// How to go about it.
    Advice,
    /// The last word.
    Closing,
    /// When to study.
    Study,
    /// The key `sections` itself, in what `export` writes.
    Sections,
    /// Settings of the file, in what `export` writes.
    File,
}

impl Kind {
    /// Those that are parts of a dossier, with content of their own.
    pub const PARTS: [Self; 11] = [
        Self::Overview,
        Self::Fit,
        Self::Highlights,
        Self::Company,
        Self::Stories,
        Self::Questions,
        Self::Ask,
        Self::Concepts,
        Self::Advice,
        Self::Sections,
        Self::Closing,
    ];

    /// The key of the format that it becomes.
    pub fn key(self) -> &'static str {
        match self {
            Self::Job => "job",
            Self::Interview => "interview",
            Self::Overview => "overview",
            Self::Fit => "fit",
            Self::Highlights => "highlights",
            Self::Company => "company",
            Self::Stories => "stories",
            Self::Questions => "questions",
            Self::Ask => "ask",
            Self::Concepts => "concepts",
            Self::Advice => "advice",
            Self::Closing => "closing",
            Self::Study => "study",
            Self::Sections | Self::File => "sections",
        }
    }
}

/// What a label in front of a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// `job.company`
    Company,
    /// `job.role`
    Role,
    /// `job.location`
    Location,
    /// `job.arrangement`
    Arrangement,
    /// `job.compensation`
    Compensation,
    /// `job.team`
    Team,
    /// A link to the advertisement or the meeting.
    Link,
    /// The person with the interview.
    Candidate,
    /// The day, perhaps with the time.
    Date,
    /// The time alone.
    Time,
    /// The zone of that time.
    TimeZone,
    /// How long it takes.
    Duration,
    /// The people on the other side.
    With,
    /// Anything else about the round.
    Notes,
    /// A question.
    Question,
    /// Its answer.
    Answer,
    /// Hints to it.
    Hints,
    /// An example.
    Example,
    /// How sure one is.
    Confidence,
    /// How much it matters.
    Priority,
    /// Free tags.
    Tags,
    /// Where to read more.
    Links,
    /// The identity of an item.
    Id,
    /// STAR
    Situation,
    /// STAR
    Task,
    /// STAR
    Action,
    /// STAR
    Result,
}

impl Field {
    /// Whether it says something about the job or the interview.
    pub fn is_fact(self) -> bool {
        matches!(
            self,
            Self::Company
                | Self::Role
                | Self::Location
                | Self::Arrangement
                | Self::Compensation
                | Self::Team
                | Self::Link
                | Self::Candidate
                | Self::Date
                | Self::Time
                | Self::TimeZone
                | Self::Duration
                | Self::With
        )
    }
}

/// What a heading means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// What it is about.
    pub kind: Kind,
    /// The column of the language of the phrase.
    pub language: usize,
    /// Whether the phrase is most of the heading.
    pub strong: bool,
}
