#![doc = include_str!("README.md")]

pub mod diagnostic;
pub mod dossier;
pub mod markup;
pub mod plan;
pub mod theme;
pub mod yaml;
