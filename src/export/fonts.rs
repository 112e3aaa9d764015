//! The typefaces that come with the program: the briefing's, and those that texts in drawings are set in.

/// A face as it stands in its file.
#[derive(Debug, Clone, Copy)]
pub struct Builtin {
    /// Its name, as PDF wants it.
    pub name: &'static str,
    /// The bytes of its file (TrueType).
    pub data: &'static [u8],
}

macro_rules! builtin {
    ($name:literal) => {
        Builtin { name: $name, data: include_bytes!(concat!("../../templates/briefing/fonts/", $name, ".ttf")) }
    };
}

/// All of them, in the order in which the briefing's layout counts them.
pub const ALL: [Builtin; 12] = [
    builtin!("SourceSerif4-Regular"),
    builtin!("SourceSerif4-Italic"),
    builtin!("SourceSerif4-SemiBold"),
    builtin!("SourceSerif4-SemiBoldItalic"),
    builtin!("Inter-Regular"),
    builtin!("Inter-SemiBold"),
    builtin!("Inter-Bold"),
    builtin!("JetBrainsMono-Regular"),
    builtin!("JetBrainsMono-Bold"),
    builtin!("NotoEmoji-Regular"),
    builtin!("Inter-Italic"),
    builtin!("Inter-SemiBoldItalic"),
];
