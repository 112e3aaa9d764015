//! The one test binary: a module and a folder of fixtures for each feature. See `../README.md`.

mod agenda;
mod any_notes;
mod architecture;
mod bounds;
mod briefing;
mod calendar;
mod command_line;
mod deck;
mod determinism;
mod diagnostics;
mod dossiers;
mod exports;
mod faults;
mod images;
mod labels;
mod layout;
mod many;
mod markup;
mod notes;
mod plan;
mod project;
mod random;
mod readme;
mod schema;
mod theme;
mod typography;
