//! Themes: what is in a briefing and in which order, two looks, and mistakes with their places.

use crate::project::{example, project};
use jiff::Timestamp;
use prep_dossier::dossier;
use prep_dossier::export::briefing::{self, Options};
use prep_dossier::plan;
use prep_dossier::theme::{Templates, Theme, ThemeName};

fn theme(yaml: &str) -> Theme {
    let mut templates = Templates::default();
    templates.replace("briefing/theme.yaml", yaml.to_owned()).expect("a template");
    Theme::load(templates, "en").unwrap_or_else(|problems| panic!("{problems:#?}")).0
}

/// The text of the example's briefing in a theme, line by line as it was drawn.
fn text(theme: &Theme) -> String {
    let reading = dossier::read("prep.yaml", example().as_bytes());
    let dossier = reading.dossier.expect("a dossier");
    let now: Timestamp = "2026-11-23T08:00:00Z".parse().expect("a time");
    let plan = plan::plan(&dossier, now, &[], &plan::Earlier::default());
    let briefing = briefing::briefing(&dossier, plan.as_ref(), theme, &Options::at(now)).expect("a briefing");
    let file = lopdf::Document::load_mem(&briefing.bytes).expect("a PDF");
    let pages: Vec<u32> = file.get_pages().keys().copied().collect();
    file.extract_text(&pages).expect("text")
}

/// The titles of the outline of the example's briefing.
fn outline(yaml: &str) -> Vec<String> {
    let reading = dossier::read("prep.yaml", example().as_bytes());
    let dossier = reading.dossier.expect("a dossier");
    let now: Timestamp = "2026-11-23T08:00:00Z".parse().expect("a time");
    let plan = plan::plan(&dossier, now, &[], &plan::Earlier::default());
    let briefing = briefing::briefing(&dossier, plan.as_ref(), &theme(yaml), &Options::at(now)).expect("a briefing");
    let file = lopdf::Document::load_mem(&briefing.bytes).expect("a PDF");
    let mut titles = Vec::new();
    let outlines = file.catalog().and_then(|catalog| catalog.get(b"Outlines")?.as_reference()).expect("an outline");
    let mut next = file.get_dictionary(outlines).and_then(|root| root.get(b"First")?.as_reference()).ok();
    while let Some(item) = next.and_then(|id| file.get_dictionary(id).ok()) {
        titles.push(item.get(b"Title").and_then(lopdf::decode_text_string).expect("a title"));
        next = item.get(b"Next").and_then(lopdf::Object::as_reference).ok();
    }
    titles
}

#[test]
fn sections_stand_in_the_order_of_the_theme_and_the_rest_in_that_of_the_file() {
    let usual = outline("theme: book\n");
    assert_eq!(usual[..3], ["At a glance", "Overview", "Why this job is a fit"]);
    assert_eq!(usual.last().map(String::as_str), Some("Study plan"));
    let other = outline("sections: [glance, contents, plan, questions, rest]\n");
    assert_eq!(other[..4], ["At a glance", "Study plan", "Questions they will ask", "Overview"]);
    assert_eq!(other.len(), usual.len());
    let few = outline("sections: [ask, concepts]\n");
    assert_eq!(few, ["Questions to ask them", "Concepts to know"]);
}

#[test]
fn nothing_refers_to_a_section_that_was_left_out() {
    let with = text(&theme("sections: [glance, contents, rest]\n"));
    assert!(with.contains("Questions they will ask"));
    let without = text(&theme("sections: [glance, contents, overview, company, ask, concepts, advice]\n"));
    assert!(!without.contains("Questions they will ask"), "{without}");
    // At a glance names the questions still, but no numbers that lead nowhere.
    assert!(without.contains("Explain how goroutines"));
    let project = project().file("prep.yaml", example()).file("t/briefing/theme.yaml", "sections: [glance, company]\n");
    let run = project.run(&["build", "prep.yaml", "--templates", "t", "--only", "calendar", "--today", "2026-11-23"]);
    run.ended(0);
    let calendar = String::from_utf8(project.read("output/prep.ics")).expect("UTF-8").replace("\r\n ", "");
    assert!(calendar.contains("In the briefing: About the company"));
    assert!(!calendar.contains("Questions they will ask"));
}

#[test]
fn the_two_themes_look_different() {
    let fonts = |name: &str| {
        let project = project().file("prep.yaml", example());
        project.run(&["build", "prep.yaml", "--theme", name, "--only", "briefing", "--today", "2026-11-23"]).ended(0);
        let file = lopdf::Document::load(project.path("output/prep.pdf")).expect("a PDF");
        let names =
            file.objects.values().filter_map(|object| object.as_dict().ok()?.get(b"BaseFont").ok()?.as_name().ok());
        names.map(|name| String::from_utf8_lossy(name).into_owned()).collect::<String>()
    };
    assert!(fonts("book").contains("SourceSerif4-Regular"));
    assert!(!fonts("modern").contains("SourceSerif4"));
}

#[test]
fn a_theme_is_named_in_the_file_or_on_the_command_line() {
    let mut templates = Templates::default();
    templates
        .replace("briefing/theme.yaml", "theme: modern\ncolors: {accent: '#123456'}\n".to_owned())
        .expect("a template");
    let load = |templates: &Templates| Theme::load(templates.clone(), "en").expect("a theme").0.style;
    let modern = load(&templates);
    assert!(modern.look.side > 90.0 && modern.colors.accent.1 == 0x34);
    templates.choose(ThemeName::Book);
    let book = load(&templates);
    assert!(book.look.side == 0.0 && book.colors.accent.1 == 0x34);
}

#[test]
fn what_is_wrong_with_a_theme_has_its_place_and_a_way_out() {
    let cases = [
        ("sections: [glance, questons]\n", "1:20", "did you mean `questions`?"),
        ("sections: [glance, ask, ask]\n", "1:25", "leave one of them out"),
        ("sections: [ask, glance]\n", "1:17", "name them before all others"),
        ("sections: ask\n", "1:11", "expected `sections` as a list of words"),
        ("theme: modrn\n", "1:8", "did you mean `modern`?"),
        ("them: modern\n", "1:1", "did you mean `theme`?"),
        ("type: {body: 6}\n", "1:14", "from 8.5 to 14 points"),
        ("page: {margin_inside: 50mm, margin_outside: 50mm, side: 50mm}\n", "1:57", "leave a column of 170 points"),
        ("page: {side: 20mm}\n", "1:14", "too narrow for headings"),
        ("type: {body: 12, leading: 13}\n", "1:27", "too close for letters of 12"),
        ("look: {rule: left}\n", "1:14", "`below`, `above` or `none`"),
    ];
    for (yaml, place, words) in cases {
        let project = project().file("prep.yaml", example()).file("t/briefing/theme.yaml", yaml);
        let run = project.run(&["check", "prep.yaml", "--templates", "t"]).ended(3);
        let said = &run.stderr;
        assert!(said.contains(&format!("theme.yaml:{place}")) && said.contains(words), "{yaml}{said}");
    }
}
