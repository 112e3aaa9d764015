#![doc = include_str!("README.md")]

pub mod cli;
pub mod diagnostic;
pub mod dossier;
pub mod export;
pub mod markup;
pub mod plan;
pub mod theme;
pub mod yaml;
