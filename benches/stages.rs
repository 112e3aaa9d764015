//! Times each stage.

fn main() {}
