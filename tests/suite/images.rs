//! Images: what can be shown is in the file once, what cannot is an error with its place.
#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use crate::project::{Project, project, repository};
use png::{BitDepth, ColorType};
use prep_dossier::export::picture::{Flaw, Picture, Pictures, Raster, Samples};
use proptest::prelude::*;

/// A dossier with a text in its overview.
fn dossier(text: &str) -> String {
    let indented: String = text.lines().map(|line| format!("  {line}\n")).collect();
    format!("dossier: 1\njob: {{company: Acme, role: Engineer}}\noverview: |\n{indented}questions:\n  Go: [How?]\n")
}

fn png(kind: ColorType, depth: BitDepth, prepare: impl Fn(&mut png::Encoder<'_, &mut Vec<u8>>)) -> Vec<u8> {
    let (width, height) = (16u32, 8u32);
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(kind);
    encoder.set_depth(depth);
    if kind == ColorType::Indexed {
        encoder.set_palette(vec![0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255]);
    }
    prepare(&mut encoder);
    let bits = width as usize * kind.samples() * depth as usize;
    let rows: Vec<u8> = (0..bits.div_ceil(8) * height as usize)
        .map(|at| if kind == ColorType::Indexed { 0x11 } else { u8::try_from(at % 251).expect("small") })
        .collect();
    let mut writer = encoder.write_header().expect("a head");
    writer.write_image_data(&rows).expect("rows");
    writer.finish().expect("an end");
    file
}

fn plain(kind: ColorType, depth: BitDepth) -> Vec<u8> {
    png(kind, depth, |_| {})
}

fn jpeg(name: &str) -> Vec<u8> {
    std::fs::read(repository("tests/images").join(name)).expect("a fixture")
}

/// The same picture, taken with the camera turned.
fn turned(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let tiff =
        [b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".as_slice(), &[orientation], b"\0\0\0\0\0\0"].concat();
    let length = u16::try_from(2 + 6 + tiff.len()).expect("short").to_be_bytes();
    [&jpeg[..2], b"\xff\xe1", &length, b"Exif\0\0", &tiff, &jpeg[2..]].concat()
}

fn read(bytes: Vec<u8>) -> Result<Picture, Flaw> {
    let mut pictures = Pictures::default();
    pictures.add("x", bytes)?;
    Ok(pictures.get(0).expect("a picture").clone())
}

fn raster(bytes: Vec<u8>) -> Raster {
    match read(bytes) {
        Ok(Picture::Raster(raster)) => raster,
        other => panic!("{other:?}"),
    }
}

fn svg(inside: &str) -> Vec<u8> {
    let open =
        r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 200 100">"#;
    format!("{open}{inside}</svg>").into_bytes()
}

#[test]
fn every_kind_of_png_is_taken() {
    use BitDepth::{Eight, Four, One, Sixteen, Two};
    use ColorType::{Grayscale, GrayscaleAlpha, Indexed, Rgb, Rgba};
    for (kind, depths) in [
        (Grayscale, vec![One, Two, Four, Eight, Sixteen]),
        (Rgb, vec![Eight, Sixteen]),
        (Indexed, vec![One, Two, Four, Eight]),
    ] {
        for depth in depths {
            let Raster { samples: Samples::Rows { channels, bits, palette, .. }, mask: None, .. } =
                raster(plain(kind, depth))
            else {
                panic!("{kind:?} {depth:?}");
            };
            assert_eq!((channels, bits), (if kind == Rgb { 3 } else { 1 }, depth as u8));
            assert_eq!(palette.is_some(), kind == Indexed);
        }
    }
    for (kind, depth) in [(GrayscaleAlpha, Eight), (GrayscaleAlpha, Sixteen), (Rgba, Eight), (Rgba, Sixteen)] {
        assert!(raster(plain(kind, depth)).mask.is_some(), "{kind:?} {depth:?}");
    }
    let holes = png(Indexed, Two, |encoder| encoder.set_trns(vec![0, 255]));
    assert!(raster(holes).mask.is_some());
}

#[test]
fn a_png_without_holes_is_passed_on_as_it_is() {
    let file = plain(ColorType::Rgb, BitDepth::Eight);
    let Samples::Rows { stream, .. } = raster(file.clone()).samples else { panic!("rows") };
    assert!(file.windows(stream.len()).any(|part| part == stream));
    let solid = png(ColorType::Indexed, BitDepth::Two, |encoder| encoder.set_trns(vec![255, 255]));
    assert!(raster(solid).mask.is_none(), "nothing shines through");
}

#[test]
fn every_kind_of_jpeg_is_passed_on_as_it_is() {
    for (name, count) in [("color.jpg", 3), ("progressive.jpg", 3), ("grey.jpg", 1), ("print.jpg", 4)] {
        let bytes = jpeg(name);
        let Samples::Jpeg { file, channels, inverted } = raster(bytes.clone()).samples else { panic!("{name}") };
        assert_eq!((&*file, channels, inverted), (&*bytes, count, count == 4));
    }
}

#[test]
fn a_photo_is_shown_as_the_camera_was_held() {
    let size = |bytes: Vec<u8>| read(bytes).expect("a photo").size().expect("a size");
    for orientation in 1..=8 {
        let photo = turned(&jpeg("color.jpg"), orientation);
        assert_eq!(raster(photo.clone()).orientation, orientation);
        assert_eq!(size(photo), if orientation < 5 { (24.0, 16.0) } else { (16.0, 24.0) });
    }
    assert_eq!(raster(turned(&jpeg("color.jpg"), 9)).orientation, 1);
}

#[test]
fn what_is_cut_off_is_damaged() {
    for file in [
        jpeg("color.jpg"),
        jpeg("progressive.jpg"),
        plain(ColorType::Rgb, BitDepth::Eight),
        plain(ColorType::Rgba, BitDepth::Eight),
    ] {
        for kept in [12, file.len() / 2, file.len() - 20] {
            assert!(matches!(read(file[..kept].to_vec()), Err(Flaw::Damaged(..))), "{kept} of {}", file.len());
        }
    }
    assert!(matches!(read(svg("<rect")), Err(Flaw::Damaged(..))));
    assert_eq!(read(b"no picture".to_vec()).expect_err("no picture"), Flaw::Unknown);
    assert_eq!(read(Vec::new()).expect_err("nothing"), Flaw::Unknown);
}

fn has_text(group: &usvg::Group) -> bool {
    group.children().iter().any(|node| match node {
        usvg::Node::Text(_) => true,
        usvg::Node::Group(group) => has_text(group),
        usvg::Node::Path(_) | usvg::Node::Image(_) => false,
    })
}

#[test]
fn a_drawing_stays_a_drawing_with_its_texts_as_outlines() {
    let Picture::Drawing(tree) =
        read(svg(r#"<text x="9" y="50" font-family="Arial">Gateway</text>"#)).expect("a drawing")
    else {
        panic!("a drawing");
    };
    assert!(tree.root().has_children() && !has_text(tree.root()));
    assert_eq!(Picture::Drawing(tree).size(), Some((150.0, 75.0)));
}

#[test]
fn a_drawing_is_slanted_and_strong_where_it_says_so() {
    let drawn = |look: &str| {
        let text = format!(r#"<text x="9" y="50" font-size="20" {look}>Gateway</text>"#);
        match read(svg(&text)).expect("a drawing") {
            Picture::Drawing(tree) => tree.to_string(&usvg::WriteOptions::default()),
            other => panic!("{other:?}"),
        }
    };
    for family in ["Arial", "Georgia"] {
        let looks = ["", "font-weight='bold'", "font-style='italic'", "font-style='italic' font-weight='bold'"];
        let outlines = looks.map(|look| drawn(&format!("font-family='{family}' {look}")));
        let distinct: std::collections::BTreeSet<&String> = outlines.iter().collect();
        assert_eq!(distinct.len(), looks.len(), "{family}");
    }
}

#[test]
fn a_drawing_reads_nothing_else_and_loses_nothing() {
    let refused = |inside: &str, word: &str| match read(svg(inside)) {
        Err(Flaw::Unsupported(why, _)) => assert!(why.contains(word), "{why}"),
        other => panic!("{inside}: {other:?}"),
    };
    refused(r#"<image href="/etc/passwd" width="9" height="9"/>"#, "/etc/passwd");
    refused(r#"<image xlink:href="http://example.com/a.png" width="9" height="9"/>"#, "example.com");
    refused(r#"<image href="data:image/png;base64,AAAA" width="9" height="9"/>"#, "pixels");
    refused(r#"<use href="other.svg#part"/>"#, "other.svg");
    refused(r#"<filter id="f"><feImage href="x.png"/></filter>"#, "x.png");
    refused("<foreignObject><div>Text</div></foreignObject>", "HTML");
    assert!(read(svg("<switch><foreignObject/><text>Text</text></switch>")).is_ok());
}

#[test]
fn a_drawing_that_unfolds_without_end_is_refused() {
    let doubled = |level: usize, element: &str, attribute: &str| {
        let inner = if level == 0 {
            "<rect width='9' height='9'/>".to_owned()
        } else {
            let one = if attribute == "href" {
                format!("<use href='#n{}'/>", level - 1)
            } else {
                format!("<rect width='9' height='9' {attribute}='url(#n{})'/>", level - 1)
            };
            one.repeat(10)
        };
        format!("<{element} id='n{level}'>{inner}</{element}>")
    };
    for (element, attribute) in [("g", "href"), ("mask", "mask"), ("clipPath", "clip-path"), ("pattern", "fill")] {
        let inside: String = (0..9).map(|level| doubled(level, element, attribute)).collect();
        assert!(matches!(read(svg(&inside)), Err(Flaw::TooLarge(_))), "{element}");
    }
    let styled: String = (1..9).map(|level| format!(".c{level}{{mask:url(#n{})}}", level - 1)).collect();
    let masks: String = (0..9)
        .map(|level| format!("<mask id='n{level}'>{}</mask>", format!("<rect class='c{level}'/>").repeat(10)))
        .collect();
    assert!(matches!(read(svg(&format!("<style>{styled}</style>{masks}"))), Err(Flaw::TooLarge(_))));
    let endless = "<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>";
    assert!(matches!(read(svg(endless)), Err(Flaw::TooLarge(_))));
    let deep = format!("{}{}", "<g>".repeat(100_000), "</g>".repeat(100_000));
    assert!(read(svg(&deep)).is_err());
    let markers = format!(
        "<marker id='m'>{}</marker><path marker-mid='url(#m)' d='{}'/>",
        "<rect/>".repeat(5000),
        "M0 0L1 1".repeat(5000)
    );
    assert!(matches!(read(svg(&markers)), Err(Flaw::TooLarge(_))));
    let entities: String =
        (1..20).map(|level| format!("<!ENTITY e{level} '{}'>", format!("&e{};", level - 1).repeat(10))).collect();
    let bomb = format!(
        "<!DOCTYPE svg [<!ENTITY e0 'ha'>{entities}]><svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text>&e19;</text></svg>"
    );
    assert!(read(bomb.into_bytes()).is_err());
}

#[test]
fn pixels_without_number_are_refused_before_they_are_decoded() {
    let mut file = plain(ColorType::Rgba, BitDepth::Eight);
    file[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    let check = crc(&file[12..29]);
    file[29..33].copy_from_slice(&check.to_be_bytes());
    assert!(matches!(read(file), Err(Flaw::TooLarge(_))));
}

/// The checksum of a PNG chunk (ISO 15948, annex D).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 })
    })
}

fn files() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::sample::select(vec!["color.jpg", "progressive.jpg", "grey.jpg", "print.jpg"]).prop_map(jpeg),
        Just(plain(ColorType::Rgba, BitDepth::Eight)),
        Just(plain(ColorType::Indexed, BitDepth::Four)),
        Just(svg(r##"<g id="a" class="b"><path d="M0 0L9 9" stroke="url(#c)"/><text>x</text></g><use href="#a"/>"##)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Whatever stands in a file, reading it ends, and with an answer.
    #[test]
    fn no_file_is_too_broken_to_be_answered(file in files(), wrong in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut file = file;
        for (place, byte) in wrong {
            let at = place.index(file.len());
            file[at] = byte;
        }
        let _ = read(file);
    }
}

fn briefing(project: &Project) -> lopdf::Document {
    project.run(&["build", "prep.yaml", "--today", "2026-11-23", "--only", "briefing"]).ended(0);
    lopdf::Document::load_mem(&project.read("output/prep.pdf")).expect("a PDF")
}

fn objects<'f>(file: &'f lopdf::Document, key: &'f [u8], value: &'f [u8]) -> Vec<&'f lopdf::Dictionary> {
    let dictionary = |object: &'f lopdf::Object| {
        object.as_dict().ok().or_else(|| object.as_stream().ok().map(|stream| &stream.dict))
    };
    let is_wanted =
        move |dict: &&lopdf::Dictionary| dict.get(key).and_then(lopdf::Object::as_name).is_ok_and(|name| name == value);
    file.objects.values().filter_map(dictionary).filter(is_wanted).collect()
}

#[test]
fn a_picture_is_in_the_file_once_with_its_words_in_the_structure() {
    let text = "Before ![A bridge](a.png \"Seen from the river\") between\n![The same](b.png)\n\n![A drawing](c.svg)\n\n![](a.png)";
    let picture = plain(ColorType::Rgba, BitDepth::Eight);
    let project = project().file("prep.yaml", dossier(text)).file("a.png", &picture).file("b.png", &picture);
    let project = project.file("c.svg", svg("<rect width='9' height='9'/>"));
    let file = briefing(&project);
    assert_eq!(objects(&file, b"Subtype", b"Image").len(), 2, "colours and their mask");
    let figures = objects(&file, b"S", b"Figure");
    let alt = |figure: &&lopdf::Dictionary| figure.get(b"Alt").and_then(lopdf::decode_text_string).expect("words");
    assert_eq!(figures.iter().map(alt).collect::<Vec<_>>(), ["A bridge", "The same", "A drawing"]);
    assert!(
        figures.iter().all(|figure| figure.get(b"A").and_then(lopdf::Object::as_dict).expect("a place").has(b"BBox"))
    );
    let page = file.extract_text(&[1]).expect("text");
    let words = page.rsplit("Overview").next().expect("a section");
    let at = |word: &str| words.find(word).unwrap_or_else(|| panic!("{word} in {words}"));
    assert!(at("Before") < at("Seen from the river") && at("Seen") < at("between") && !words.contains("bridge"));
}

#[test]
fn cards_and_cheatsheet_show_a_picture_by_its_words() {
    let text = dossier("![A bridge](a.png)").replace("[How?]", "[{question: How?, answer: '![A bridge](a.png)'}]");
    let project = project().file("prep.yaml", text).file("a.png", plain(ColorType::Rgb, BitDepth::Eight));
    for layout in ["cards", "cheatsheet"] {
        project
            .run(&["build", "prep.yaml", "--today", "2026-11-23", "--only", "briefing", "--layout", layout])
            .ended(0);
        let file = lopdf::Document::load_mem(&project.read(&format!("output/prep-{layout}.pdf"))).expect("a PDF");
        let pages: Vec<u32> = file.get_pages().keys().copied().collect();
        assert!(file.extract_text(&pages).expect("text").contains("bridge"), "{layout}");
        assert!(objects(&file, b"Subtype", b"Image").is_empty());
    }
}

#[test]
fn build_and_check_refuse_the_same_images_with_their_places() {
    let text = "![a](lost.png) ![b](../secret.png) ![c](/etc/hostname) ![d](https://example.com/d.png)\n![e](text.png) ![f](half.jpg) ![g](folder)\n![h](//server/share/h.png) ![i](%5C%5Cserver%5Ci.png) ![j](%5C??%5CUNC%5Cserver%5Cj.png)";
    let photo = jpeg("color.jpg");
    let project =
        project().file("prep/prep.yaml", dossier(text)).file("secret.png", plain(ColorType::Rgb, BitDepth::Eight));
    let project = project
        .file("prep/last.png", "")
        .file("prep/text.png", "words")
        .file("prep/half.jpg", &photo[..photo.len() / 2])
        .file("prep/folder/x", "");
    let build = project.run(&["build", "prep/prep.yaml"]).ended(3);
    let check = project.run(&["check", "prep/prep.yaml"]).ended(3);
    assert_eq!(project.list("output"), Vec::<String>::new());
    for (code, words) in [
        ("E0303", "there is no image `lost.png`"),
        ("E0303", "`../secret.png` lies outside of the dossier's folder"),
        ("E0303", "`/etc/hostname` lies outside"),
        ("E0303", "`https://example.com/d.png` is not on this machine"),
        ("E0303", "`//server/share/h.png` is not on this machine"),
        ("E0303", "`%5C%5Cserver%5Ci.png` is not on this machine"),
        ("E0303", "`%5C??%5CUNC%5Cserver%5Cj.png` is not on this machine"),
        ("E0304", "`text.png` is not a PNG, JPEG, SVG, GIF or WebP file"),
        ("E0304", "`half.jpg` is a damaged JPEG file"),
        ("E0303", "`folder` is not a file"),
        ("", "is `last.png` meant?"),
        ("", "prep.yaml:4:8"),
    ] {
        for run in [&build, &check] {
            assert!(run.stderr.contains(words) && run.stderr.contains(code), "{words}\n{}", run.stderr);
        }
    }
}

#[test]
fn all_images_together_have_a_limit() {
    let images: String = (0..6).map(|number| format!("![{number}]({number}.png) ")).collect();
    let project = project().file("prep.yaml", dossier(&images));
    for number in 0..6 {
        let file = std::fs::File::create(project.path(&format!("{number}.png"))).expect("a file");
        file.set_len(19 << 20).expect("a size");
    }
    let run = project.run(&["check", "prep.yaml"]).ended(3);
    assert!(run.stderr.contains("error[E0305]: the images have more than 100 MB together"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_followed_unless_it_is_allowed() {
    let project = project()
        .file("prep/prep.yaml", dossier("![a](a.png)"))
        .file("pictures/a.png", plain(ColorType::Rgb, BitDepth::Eight));
    let build = ["build", "prep/prep.yaml", "--only", "briefing"];
    std::os::unix::fs::symlink(project.path("pictures/a.png"), project.path("prep/a.png")).expect("a link");
    assert!(project.run(&build).ended(3).stderr.contains("--images DIR"));
    project.run(&[&build[..], &["--images", "pictures"]].concat()).ended(0);
    std::fs::remove_file(project.path("prep/a.png")).expect("a link");
    assert!(project.run(&build).ended(3).stderr.contains("there is no image"));
    project.run(&[&build[..], &["--images", "pictures"]].concat()).ended(0);
}

#[test]
fn a_space_may_be_written_as_editors_do() {
    let project = project()
        .file("prep.yaml", dossier("![a](my%20picture.png)"))
        .file("my picture.png", plain(ColorType::Rgb, BitDepth::Eight));
    project.run(&["check", "prep.yaml"]).ended(0);
}

#[test]
fn what_only_cards_can_show_is_said() {
    let project = project().file("prep.yaml", dossier("![moving](a.gif)")).file("a.gif", b"GIF89a\x01\0\x01\0\0\0\0;");
    assert!(project.run(&["check", "prep.yaml"]).ended(0).stderr.contains("W0007"));
    assert!(project.run(&["build", "prep.yaml"]).ended(0).stderr.contains("save it as PNG, JPEG or SVG"));
    assert!(!project.run(&["build", "prep.yaml", "--only", "deck"]).ended(0).stderr.contains("W0007"));
}
