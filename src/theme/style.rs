//! How the briefing looks: `templates/briefing/theme.yaml`, typed.

use super::values::Values;
use std::str::FromStr;

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
}

/// Sheets of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 inches.
    Letter,
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

impl FromStr for Paper {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "a4" => Ok(Self::A4),
            "letter" => Ok(Self::Letter),
            _ => Err(()),
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

/// A length: points, or millimetres with `mm` behind them.
#[derive(Default)]
struct Length(f32);

impl FromStr for Length {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        const POINTS_PER_MM: f32 = 72.0 / 25.4;
        let (number, factor) = match text.strip_suffix("mm") {
            Some(number) => (number, POINTS_PER_MM),
            None => (text.strip_suffix("pt").unwrap_or(text), 1.0),
        };
        let number: f32 = number.trim().parse().map_err(|_| ())?;
        if (0.0..=400.0).contains(&number) { Ok(Self(number * factor)) } else { Err(()) }
    }
}

/// Reads the theme.
pub fn read(values: &mut Values<'_>) -> Style {
    let paper = values.value("page", "paper", "`a4` or `letter`");
    let mut length =
        |section: &str, key: &str| values.value::<Length>(section, key, "a length such as `10` or `24mm`").0;
    let margins = Margins {
        top: length("page", "margin_top"),
        bottom: length("page", "margin_bottom"),
        inside: length("page", "margin_inside"),
        outside: length("page", "margin_outside"),
    };
    let sizes = Sizes {
        body: length("type", "body"),
        leading: length("type", "leading"),
        small: length("type", "small"),
        code: length("type", "code"),
        title: length("type", "title"),
        subtitle: length("type", "subtitle"),
        section: length("type", "section"),
        topic: length("type", "topic"),
    };
    let mut color = |key: &str| values.value::<Color>("colors", key, "a colour such as `#0f4c5c`");
    let colors = Colors {
        ink: color("ink"),
        soft: color("soft"),
        hair: color("hair"),
        accent: color("accent"),
        tint: color("tint"),
        warn: color("warn"),
    };
    Style { paper, margins, sizes, colors }
}
