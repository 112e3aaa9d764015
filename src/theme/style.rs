//! How the briefing looks and what is in it: a theme of `templates/briefing/`, typed.

use super::values::Values;
use std::str::FromStr;

/// Words that stand for values, in a theme and elsewhere.
macro_rules! words {
    ($($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)* })*) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
            pub enum $name { $($(#[$doc])* $variant,)* }

            impl $name {
                /// The words, as they are written.
                pub const WORDS: &[&str] = &[$($word,)*];
                /// All values, in the order of the words.
                pub const ALL: &[Self] = &[$(Self::$variant,)*];
            }

            impl FromStr for $name {
                type Err = ();
                fn from_str(text: &str) -> Result<Self, ()> {
                    match text {
                        $($word => Ok(Self::$variant),)*
                        _ => Err(()),
                    }
                }
            }
        )*
    };
}

words! {
    /// The themes that come with the program.
    ThemeName {
        /// A book: serif, justified, headings above the text.
        #[default]
        Book = "book",
        /// A modern report: sans serif, ragged, headings in a column of their own.
        Modern = "modern",
    }
    /// Sheets of paper.
    Paper {
        /// 210 × 297 mm.
        #[default]
        A4 = "a4",
        /// 8.5 × 11 inches.
        Letter = "letter",
    }
    /// Kinds of letters.
    Typeface {
        /// Source Serif.
        #[default]
        Serif = "serif",
        /// Inter.
        Sans = "sans",
    }
    /// How lines of running text end.
    Lines {
        /// All at the same edge.
        #[default]
        Justified = "justified",
        /// Where their words end.
        Ragged = "ragged",
    }
    /// Where the rule of a section stands.
    Rule {
        /// Below its heading.
        #[default]
        Below = "below",
        /// Above it.
        Above = "above",
        /// There is none.
        None = "none",
    }
    /// The title and the interview on page one.
    Banner {
        /// On a coloured box.
        #[default]
        Filled = "filled",
        /// Under rules.
        Ruled = "ruled",
    }
    /// The numbers of questions.
    Numbers {
        /// 1, 2, 3.
        #[default]
        Plain = "plain",
        /// 01, 02, 03.
        Padded = "padded",
    }
    /// What stands before the items of a list.
    Bullets {
        /// A dash.
        #[default]
        Dash = "dash",
        /// A dot.
        Dot = "dot",
    }
    /// What a briefing has behind its title, by the keys of a dossier.
    Section {
        /// The page that can be torn off.
        #[default]
        Glance = "glance",
        /// The table of contents, if the briefing is long enough for one.
        Contents = "contents",
        /// The rounds, and the facts of the job that page one has no room for.
        Interview = "interview",
        /// The overview.
        Overview = "overview",
        /// Why the job is a fit.
        Fit = "fit",
        /// The candidate's strong points.
        Highlights = "highlights",
        /// The company.
        Company = "company",
        /// Stories to tell.
        Stories = "stories",
        /// Questions they will ask.
        Questions = "questions",
        /// Questions to ask them.
        Ask = "ask",
        /// Concepts to know.
        Concepts = "concepts",
        /// Advice.
        Advice = "advice",
        /// Sections of the dossier's own.
        Own = "sections",
        /// The last word.
        Closing = "closing",
        /// The study plan.
        Plan = "plan",
        /// All parts of the dossier that are not named, in the order of its file.
        Rest = "rest",
    }
}

/// The style of a briefing. Lengths are points.
#[derive(Debug, Clone)]
pub struct Style {
    /// The sheet.
    pub paper: Paper,
    /// White space round the text.
    pub margins: Margins,
    /// Sizes of type.
    pub sizes: Sizes,
    /// Colours.
    pub colors: Colors,
    /// Faces, rules and marks.
    pub look: Look,
    /// What is in it, in order.
    pub sections: Vec<Section>,
}

impl Style {
    /// Whether a part of the dossier is in the briefing.
    pub fn shows(&self, section: Section) -> bool {
        self.sections.contains(&section) || self.sections.contains(&Section::Rest)
    }
}

/// Faces, rules and marks.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Running text.
    pub text: Typeface,
    /// The title and headings.
    pub headings: Typeface,
    /// How lines of running text end.
    pub lines: Lines,
    /// The width of the column beside the text in which the headings of sections stand; 0 when they
    /// stand above it.
    pub side: f32,
    /// Where the rule of a section stands.
    pub rule: Rule,
    /// How thick it is.
    pub rule_weight: f32,
    /// Page one.
    pub banner: Banner,
    /// The numbers of questions.
    pub numbers: Numbers,
    /// The items of lists.
    pub bullets: Bullets,
}

impl Paper {
    /// Width and height in points.
    pub fn size(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.276, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }
}

/// White space round the text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Margins {
    /// Above.
    pub top: f32,
    /// Below.
    pub bottom: f32,
    /// Towards the staple: left on odd pages.
    pub inside: f32,
    /// Away from it.
    pub outside: f32,
}

/// Sizes of type.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// Running text.
    pub body: f32,
    /// From one baseline of running text to the next.
    pub leading: f32,
    /// Headers, footers, marks.
    pub small: f32,
    /// Code.
    pub code: f32,
    /// The company on page one.
    pub title: f32,
    /// The role on page one.
    pub subtitle: f32,
    /// Headings of parts.
    pub section: f32,
    /// Headings of topics.
    pub topic: f32,
}

/// Colours.
#[derive(Debug, Clone, Copy)]
pub struct Colors {
    /// Text.
    pub ink: Color,
    /// Less important text.
    pub soft: Color,
    /// Rules.
    pub hair: Color,
    /// Headings and marks.
    pub accent: Color,
    /// Backgrounds.
    pub tint: Color,
    /// Warnings.
    pub warn: Color,
}

/// Red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Color(pub u8, pub u8, pub u8);

impl FromStr for Color {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6).ok_or(())?;
        let value = u32::from_str_radix(digits, 16).map_err(|_| ())?;
        let [_, red, green, blue] = value.to_be_bytes();
        Ok(Self(red, green, blue))
    }
}

/// The narrowest column of text, in points: about forty letters.
const NARROWEST: f32 = 210.0;

/// Reads the theme. The ranges are those in which pages hold together: running lines stay clear of a
/// printer's edge, headings of their text, lines of each other.
pub fn read(values: &mut Values<'_>) -> Style {
    let paper = values.value("page", "paper", "`a4` or `letter`");
    let mut length = |section: &str, key: &str, least: f32, most: f32| values.length(section, key, (least, most));
    let margins = Margins {
        top: length("page", "margin_top", 42.0, 142.0),
        bottom: length("page", "margin_bottom", 48.0, 142.0),
        inside: length("page", "margin_inside", 28.0, 142.0),
        outside: length("page", "margin_outside", 28.0, 142.0),
    };
    let side = length("page", "side", 0.0, 142.0);
    let sizes = Sizes {
        body: length("type", "body", 8.5, 14.0),
        leading: length("type", "leading", 10.5, 22.0),
        small: length("type", "small", 6.5, 9.5),
        code: length("type", "code", 6.5, 11.0),
        title: length("type", "title", 16.0, 40.0),
        subtitle: length("type", "subtitle", 9.0, 20.0),
        section: length("type", "section", 10.0, 24.0),
        topic: length("type", "topic", 8.5, 14.0),
    };
    let rule_weight = length("look", "rule_weight", 0.25, 4.0);
    let mut color = |key: &str| values.value::<Color>("colors", key, "a colour such as `#0f4c5c`");
    let colors = Colors {
        ink: color("ink"),
        soft: color("soft"),
        hair: color("hair"),
        accent: color("accent"),
        tint: color("tint"),
        warn: color("warn"),
    };
    let look = Look {
        text: values.value("type", "text", "`serif` or `sans`"),
        headings: values.value("type", "headings", "`serif` or `sans`"),
        lines: values.value("type", "lines", "`justified` or `ragged`"),
        side,
        rule: values.value("look", "rule", "`below`, `above` or `none`"),
        rule_weight,
        banner: values.value("look", "banner", "`filled` or `ruled`"),
        numbers: values.value("look", "numbers", "`plain` or `padded`"),
        bullets: values.value("look", "bullets", "`dash` or `dot`"),
    };
    let style = Style { paper, margins, sizes, colors, look, sections: sections(values) };
    agree(values, &style);
    style
}

/// What is in the briefing. Page one comes first.
fn sections(values: &mut Values<'_>) -> Vec<Section> {
    let found = values.words::<Section>("sections", Section::WORDS);
    let opens = |section: Section| matches!(section, Section::Glance | Section::Contents);
    let later = found.iter().skip_while(|(section, _)| opens(*section)).filter(|(section, _)| opens(*section));
    for (_, span) in later {
        let message = "`glance` and `contents` belong to page one".to_owned();
        values.problem(span.clone(), message, "too late", "name them before all others".to_owned());
    }
    found.into_iter().map(|(section, _)| section).collect()
}

/// Values that are right each by itself may not go together.
fn agree(values: &mut Values<'_>, style: &Style) {
    let Style { margins, sizes, look, .. } = style;
    let column = Paper::A4.size().0 - margins.inside - margins.outside - look.side;
    if column < NARROWEST {
        let message = format!("the margins leave a column of {column:.0} points");
        let help = format!("{NARROWEST} are wanted: make `page.margin_inside`, `margin_outside` or `side` smaller");
        values.together("page", if look.side > 0.0 { "side" } else { "margin_inside" }, message, help);
    }
    if look.side > 0.0 && look.side < SIDE {
        let message = format!("a column of {:.0} points is too narrow for headings", look.side);
        values.together("page", "side", message, format!("give {SIDE} or more, or 0 for headings above the text"));
    }
    if sizes.leading < sizes.body * LEAST_LEADING {
        let message = format!("lines {} points apart are too close for letters of {}", sizes.leading, sizes.body);
        let help = format!("give `type.leading` {:.1} or more", sizes.body * LEAST_LEADING);
        values.together("type", "leading", message, help);
    }
    if sizes.topic > sizes.leading {
        let message = format!("headings of {} points do not fit on lines {} apart", sizes.topic, sizes.leading);
        values.together("type", "topic", message, "make `type.topic` smaller or `type.leading` larger".to_owned());
    }
}

/// The narrowest column for headings, in points: a word of ten letters.
const SIDE: f32 = 96.0;
/// Lines of running text are at least so many sizes apart.
const LEAST_LEADING: f32 = 1.2;
