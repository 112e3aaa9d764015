#![doc = include_str!("README.md")]

pub mod cli;
pub mod diagnostic;
pub mod dossier;
pub mod draft;
pub mod export;
pub mod markup;
pub mod notes;
pub mod plan;
pub mod resume;
pub mod theme;
pub mod yaml;
