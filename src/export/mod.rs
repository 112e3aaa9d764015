//! Stage 3: dossier, plan, theme and earlier output into the bytes of a file. The exporters do not
//! know each other.

pub mod agenda;
pub mod briefing;
pub mod calendar;
pub mod deck;
pub mod fonts;
pub mod names;
pub mod picture;
pub mod sessions;
