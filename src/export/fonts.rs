//! The typefaces that come with the program: the briefing's, and those that texts in drawings are set in.

/// A face as it stands in its file.
#[derive(Debug, Clone, Copy)]
pub struct Builtin {
    /// Its name, as PDF wants it.
    pub name: &'static str,
    /// The bytes of its file (TrueType).
    pub data: &'static [u8],
}

macro_rules! builtins {
    ($($(#[doc = $doc:literal])+ $constant:ident = $name:literal,)+) => {
        $($(#[doc = $doc])+
        pub const $constant: Builtin = Builtin {
            name: $name,
            data: include_bytes!(concat!("../../templates/briefing/fonts/", $name, ".ttf")),
        };)+
    };
}

builtins! {
    /// Text.
    SERIF = "SourceSerif4-Regular",
    /// Emphasis.
    SERIF_ITALIC = "SourceSerif4-Italic",
    /// Strong text.
    SERIF_BOLD = "SourceSerif4-SemiBold",
    /// Strong emphasis.
    SERIF_BOLD_ITALIC = "SourceSerif4-SemiBoldItalic",
    /// Labels.
    SANS = "Inter-Regular",
    /// Headings.
    SANS_BOLD = "Inter-SemiBold",
    /// The title.
    SANS_HEAVY = "Inter-Bold",
    /// Code.
    MONO = "JetBrainsMono-Regular",
    /// Strong code.
    MONO_BOLD = "JetBrainsMono-Bold",
    /// Emoji, in one colour.
    EMOJI = "NotoEmoji-Regular",
    /// Emphasis in a text without serifs.
    SANS_ITALIC = "Inter-Italic",
    /// Strong emphasis there.
    SANS_BOLD_ITALIC = "Inter-SemiBoldItalic",
}
