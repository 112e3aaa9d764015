//! Everything but the dossiers themselves that decides what a run makes, as one value.

use super::args::{BuildArgs, InputArgs, ManyArgs, MaterialArgs, MemoryArgs};
use super::clock::Clock;
use super::fonts::Fonts;
use super::manifest::{hash, hash_of};
use crate::theme::Templates;

/// SHA-256 of the version, the options, the templates, the named earlier exports, and which font files there are. An option that
/// is added must be put on one side or the other here.
pub fn setting(args: &BuildArgs, clock: Clock, templates: &Templates, files: &Fonts) -> String {
    let BuildArgs { input, material, output, only, paper, layout, notes, duplex, deck_format, memory, many } = args;
    let InputArgs { files: _, today: _, templates: _, theme } = input;
    let MaterialArgs { images, fonts, system_fonts } = material;
    let MemoryArgs { previous, fresh, missed } = memory;
    // How many at once, which part and where it is recorded make no difference to a dossier.
    let ManyArgs { files_from: _, null: _, jobs: _, shard: _, manifest: _, rebuild: _, keep_folders } = many;
    let previous: Vec<Option<String>> = previous.iter().map(|path| hash_of(path).ok()).collect();
    let texts: Vec<&str> = Templates::names().map(|name| templates.text(name)).collect();
    let version = (env!("CARGO_PKG_VERSION"), env!("DOSSIER_COMMIT"));
    let material = (images, fonts, system_fonts);
    let look = (paper, theme, layout, notes, duplex);
    let options = (material, output, keep_folders, only, look, deck_format, fresh, missed);
    hash(format!("{:?}", (version, clock.asked(), options, previous, texts, files.stamps())).as_bytes())
}
