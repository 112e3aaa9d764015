//! The codes: each names one kind of mistake for good; a code is never given a new meaning.

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written until it is mended.
    Error,
    /// The outputs are written, but perhaps not as meant.
    Warning,
    /// Nothing is wrong; the dossier could be better.
    Advice,
}

impl Severity {
    /// The word that stands before the code.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Advice => "advice",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal,)+) => {
        /// The kind of a problem.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[doc = $doc])+ $name,)+ }

        impl Code {
            /// All codes, in order.
            pub const ALL: &[Code] = &[$(Code::$name,)+];

            /// The stable name, such as `E0103`.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }
        }
    };
}

codes! {
    /// The file is not UTF-8.
    NotUtf8 = "E0001",
    /// A control character that YAML forbids.
    ControlCharacter = "E0002",
    /// A tab, or another sign, where YAML wants spaces.
    Tab = "E0003",
    /// The file is larger than a dossier can be.
    TooLarge = "E0004",
    /// There is nothing in the file.
    EmptyFile = "E0005",
    /// The text is not YAML.
    Syntax = "E0101",
    /// A `: ` inside a sentence made a key of it.
    CutAtColon = "E0102",
    /// A key that does not exist there.
    UnknownKey = "E0103",
    /// The same key twice in one mapping.
    DuplicateKey = "E0104",
    /// A required key is absent.
    MissingKey = "E0105",
    /// A list where a text is wanted, and so on.
    WrongShape = "E0106",
    /// A key or a list item with nothing in it.
    Empty = "E0107",
    /// A text that starts with a character YAML keeps for itself.
    ReservedStart = "E0108",
    /// Nesting or alias expansion beyond the limit.
    TooDeep = "E0109",
    /// A quote that is never closed.
    UnclosedQuote = "E0110",
    /// The dossier format has another version.
    Version = "E0111",
    /// A bracket that is never closed.
    UnclosedBracket = "E0112",
    /// A line that starts too far left or right.
    Indentation = "E0113",
    /// A dash or a colon without a space behind it, or another sign in the place of a dash.
    MissingSpace = "E0114",
    /// A line that lacks its colon.
    MissingColon = "E0115",
    /// A backslash in double quotes that means nothing.
    Backslash = "E0116",
    /// The dossier stands inside a chat message or a code block.
    CodeFence = "E0117",
    /// A date that is not one.
    BadDate = "E0201",
    /// A time zone that is not one.
    UnknownTimeZone = "E0202",
    /// A time of day that a clock change skips on that date.
    SkippedTime = "E0203",
    /// A length of time that cannot be read or used.
    BadDuration = "E0204",
    /// Study hours that cannot be read or used.
    BadHours = "E0205",
    /// A number that is not one, or out of range.
    BadNumber = "E0206",
    /// Not one of the words allowed here.
    BadChoice = "E0207",
    /// An id that cannot serve as one.
    BadId = "E0208",
    /// The same id twice.
    DuplicateId = "E0209",
    /// A topic under `study.topics` that is nowhere.
    UnknownTopic = "E0210",
    /// A time that needs a time zone and has none.
    MissingTimeZone = "E0211",
    /// A link that is not a web, mail or phone address.
    BadLink = "E0212",
    /// A language tag that is not one.
    BadLanguage = "E0213",
    /// An outline of more than four levels.
    TooManyLevels = "E0214",
    /// The busy calendar cannot be read.
    BusyCalendar = "E0301",
    /// A template or theme value that cannot be used.
    Template = "E0302",
    /// An image that cannot be found or read, or that lies where it may not be read.
    ImageFile = "E0303",
    /// An image that is damaged, or in a format that cannot be shown.
    ImageFormat = "E0304",
    /// An image that is larger than one can be.
    ImageTooLarge = "E0305",
    /// Notes in which an assistant says no.
    Refusal = "E0401",
    /// Notes that hold nothing of a dossier.
    NoDossier = "E0402",
    /// Notes without a company or a role.
    NoJob = "E0403",
    /// A file that was to be a JSON Resume and is none.
    NotResume = "E0404",
    /// ` #` started a comment inside a sentence.
    CommentInText = "W0001",
    /// The interview lies in the past.
    InterviewPast = "W0002",
    /// Not everything fits into the hours there are.
    Shortage = "W0003",
    /// No font has a glyph for the character.
    MissingGlyph = "W0004",
    /// The busy calendar holds something that is not taken into account.
    BusyIgnored = "W0005",
    /// There are no labels for the language; English stands in.
    NoLabels = "W0006",
    /// The briefing shows an image by its alternative text.
    ImageAsText = "W0007",
    /// The deck that is replaced could not serve as memory, or changes its name.
    EarlierDeck = "W0008",
    /// A font that was found and cannot be used.
    FontUnusable = "W0009",
    /// Typographic quotes in the place of YAML's.
    SmartQuotes = "W0010",
    /// The same question or concept twice.
    DuplicateItem = "W0011",
    /// A list item that became part of the text above it.
    DashInText = "W0012",
    /// An invisible character that turns the direction of writing round.
    Direction = "W0013",
    /// There is no interview, so there is no calendar.
    NoInterview = "A0001",
    /// Questions without an answer.
    Unanswered = "A0002",
    /// Very few days are left.
    FewDays = "A0003",
    /// An interview in the night.
    AtNight = "A0004",
    /// Topics that get no study time.
    NoTime = "A0005",
}

impl Code {
    /// Told by the first letter of the code.
    pub fn severity(self) -> Severity {
        match self.id().as_bytes().first() {
            Some(b'E') => Severity::Error,
            Some(b'W') => Severity::Warning,
            _ => Severity::Advice,
        }
    }
}
