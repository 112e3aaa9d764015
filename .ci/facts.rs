//! What a build knows about itself, for `dossier version`. No time and no path: the same source gives the same program.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a build script talks to Cargo")]

use std::process::Command;

fn main() {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let compiler = variable("RUSTC").and_then(|rustc| Command::new(rustc).arg("--version").output().ok());
    let compiler = compiler.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    let unknown = || "unknown".to_owned();
    println!("cargo:rerun-if-changed=.ci/facts.rs");
    println!("cargo:rerun-if-env-changed=DOSSIER_COMMIT");
    // Asking git here would build everything anew after each commit: who releases says it.
    println!("cargo:rustc-env=DOSSIER_COMMIT={}", variable("DOSSIER_COMMIT").unwrap_or_else(unknown));
    println!("cargo:rustc-env=DOSSIER_TARGET={}", variable("TARGET").unwrap_or_else(unknown));
    println!("cargo:rustc-env=DOSSIER_RUSTC={}", compiler.unwrap_or_else(unknown));
}
