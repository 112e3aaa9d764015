//! The one test binary: a module and a folder of fixtures for each feature. See `../README.md`.

mod calendar;
mod deck;
mod plan;
