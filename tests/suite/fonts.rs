//! Scripts beyond the program's own fonts: the fonts of a folder, and what is said when none has a letter.
#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use crate::project::{Project, Run, project, repository};
use prep_dossier::export::briefing::layout::face::{Builtin, FaceId, Faces};

const WORDS: &str = "English, Hebrew שלום, Arabic سلام بطيء، and **سلام**, Japanese 改善の日本語。";

/// A dossier with those words, and the fonts that stand in `tests/fonts`.
fn words(language: &str) -> Project {
    let text = format!(
        "dossier: 1\nlanguage: {language}\njob: {{company: Acme, role: Engineer}}\noverview: |\n  {WORDS}\nquestions:\n  Go: [How?]\n"
    );
    let mut project = project().file("prep.yaml", text);
    for name in [
        "NotoSansHebrew-Regular.ttf",
        "NotoNaskhArabic-Regular.ttf",
        "NotoNaskhArabic-Bold.ttf",
        "NotoSerifCJK-Regular.ttc",
    ] {
        project = project.file(&format!("fonts/{name}"), font(name));
    }
    project
}

fn font(name: &str) -> Vec<u8> {
    std::fs::read(repository("tests/fonts").join(name)).expect("a font")
}

fn build(project: &Project, more: &[&str]) -> Run {
    project.run(&[&["build", "prep.yaml", "--only", "briefing", "--today", "2026-11-23"], more].concat())
}

/// The names of the fonts in the file, without the six letters in front.
fn fonts_of(project: &Project) -> Vec<String> {
    let file = lopdf::Document::load_mem(&project.read("output/prep.pdf")).expect("a PDF");
    let fonts = file.objects.values().filter_map(|object| object.as_dict().ok());
    let fonts =
        fonts.filter(|dict| dict.get(b"Subtype").and_then(lopdf::Object::as_name).is_ok_and(|name| name == b"Type0"));
    let names = fonts.filter_map(|dict| dict.get(b"BaseFont").and_then(lopdf::Object::as_name).ok());
    let mut names: Vec<String> = names.map(|name| String::from_utf8_lossy(&name[7..]).into_owned()).collect();
    names.sort();
    names
}

#[test]
fn each_script_is_set_in_a_font_that_has_it() {
    let project = words("en");
    let run = build(&project, &["--fonts", "fonts"]).ended(0);
    assert!(!run.stderr.contains("W0004"), "{}", run.stderr);
    let fonts = fonts_of(&project);
    for name in ["NotoSansHebrew-Regular", "NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold", "NotoSerifCJKjp-Regular"]
    {
        assert!(fonts.iter().any(|font| font.starts_with(name)), "{name} in {fonts:?}");
    }
    let file = lopdf::Document::load_mem(&project.read("output/prep.pdf")).expect("a PDF");
    let text: String = file.extract_text(&[1]).expect("text").split_whitespace().collect();
    for word in ["שלום", "改善の日本語。"] {
        assert!(text.contains(word), "{word} in {text}");
    }
    let first = project.read("output/prep.pdf");
    build(&project, &["--fonts", "fonts"]).ended(0);
    assert_eq!(first, project.read("output/prep.pdf"));
}

#[test]
fn the_language_decides_between_forms_of_chinese_characters() {
    for (language, name) in [("ja", "NotoSerifCJKjp"), ("zh", "NotoSerifCJKsc"), ("zh-Hans-CN", "NotoSerifCJKsc")] {
        let project = words(language);
        build(&project, &["--fonts", "fonts"]).ended(0);
        let cjk: Vec<String> = fonts_of(&project).into_iter().filter(|font| font.contains("CJK")).collect();
        assert!(!cjk.is_empty() && cjk.iter().all(|font| font.starts_with(name)), "{language}: {cjk:?}");
    }
}

#[test]
fn what_no_font_has_is_said_once_for_each_script() {
    let project = words("en");
    for run in [build(&project, &[]).ended(0), project.run(&["check", "prep.yaml"]).ended(0)] {
        assert_eq!(run.stderr.matches("W0004").count(), 3, "{}", run.stderr);
        for words in [
            "no font has the Hebrew characters `ש` (U+05E9)",
            "Arabic characters",
            "Han characters `改` (U+6539)",
            "prep.yaml:5:19",
            "--system-fonts, or --fonts DIR",
            "fonts-noto-cjk",
        ] {
            assert!(run.stderr.contains(words), "{words}\n{}", run.stderr);
        }
    }
    let run = project.run(&["check", "prep.yaml", "--fonts", "fonts"]).ended(0);
    assert!(!run.stderr.contains("W0004"));
}

#[test]
fn fonts_that_cannot_be_used_are_said() {
    let mut restricted = font("NotoSansHebrew-Regular.ttf");
    let tables = u16::from_be_bytes([restricted[4], restricted[5]]);
    let record = (0..usize::from(tables))
        .map(|table| 12 + 16 * table)
        .find(|at| &restricted[*at..at + 4] == b"OS/2")
        .expect("a table");
    let offset = u32::from_be_bytes(restricted[record + 8..record + 12].try_into().expect("four bytes")) as usize;
    restricted[offset + 9] = 2;
    let project = words("en")
        .file("bad/a.ttf", restricted)
        .file("bad/b.otf", "no font")
        .file("bad/c.ttc", &font("NotoSerifCJK-Regular.ttc")[..900]);
    let run = build(&project, &["--fonts", "bad"]).ended(0);
    for words in [
        "W0009",
        "the licence of the font Noto Sans Hebrew",
        "b.otf cannot be used",
        "c.ttc cannot be used",
        "Hebrew characters",
    ] {
        assert!(run.stderr.contains(words), "{words}\n{}", run.stderr);
    }
    let project = project.file("empty/readme.txt", "");
    assert!(build(&project, &["--fonts", "empty"]).ended(4).stderr.contains("there are no fonts"));
    assert!(build(&project, &["--fonts", "nowhere"]).ended(4).stderr.contains("in nowhere: there is no such file"));
}

/// Every emoji of Unicode, flags, families, skin tones and keycaps among them, is in the program's own font.
#[test]
fn no_emoji_is_a_box() {
    let mut faces = Faces::new(&[], "en");
    let mut lost = Vec::new();
    for emoji in emojis::iter().flat_map(|emoji| std::iter::once(emoji).chain(emoji.skin_tones().into_iter().flatten()))
    {
        let text = emoji.as_str();
        let known =
            text.chars().all(|c| faces.find(Builtin::Emoji.id(), None, c) == Some(FaceId(Builtin::Emoji as usize)));
        let shaped = faces.shape(Builtin::Emoji.id(), text, false);
        if !known || shaped.glyphs.iter().any(|glyph| glyph.id == 0) {
            lost.push(format!("{text} {}", emoji.name()));
        }
    }
    assert!(lost.is_empty(), "{} {lost:?}", lost.len());
}
