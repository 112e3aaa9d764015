//! The briefing: every word of the dossier is on its pages, in order.

use crate::project::{example, text_of};
use jiff::Timestamp;
use prep_dossier::dossier::{self, Dossier, Outline, Part, StoryBody};
use prep_dossier::export::briefing::{self, Briefing};
use prep_dossier::plan::{self, Kind};
use prep_dossier::theme::{Paper, Templates, Theme};

/// Builds the briefing of a dossier as of a day before the example's interview.
fn build(text: &str, paper: Option<Paper>) -> (Dossier, Briefing) {
    let reading = dossier::read("prep.yaml", text.as_bytes());
    let dossier = reading.dossier.unwrap_or_else(|| panic!("{:#?}", reading.diagnostics));
    let (theme, _) = Theme::load(Templates::default(), &dossier.language).expect("a theme");
    let now: Timestamp = "2026-11-23T08:00:00Z".parse().expect("a time");
    let plan = plan::plan(&dossier, now, &[], &plan::Earlier::default());
    let options = briefing::Options { paper, ..briefing::Options::at(now) };
    let briefing = briefing::briefing(&dossier, plan.as_ref(), &theme, &options).expect("a briefing");
    (dossier, briefing)
}

/// The text of the pages, as a reader that is not ours finds it.
fn text(briefing: &Briefing) -> String {
    let file = lopdf::Document::load_mem(&briefing.bytes).expect("a PDF");
    let pages: Vec<u32> = file.get_pages().keys().copied().collect();
    assert_eq!(pages.len(), briefing.pages);
    file.extract_text(&pages).expect("text")
}

/// Letters and digits alone: line ends and hyphens come and go.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The words of a part, in the order of the file.
fn words(part: &Part) -> Vec<String> {
    let mut out = Vec::new();
    match part {
        Part::Overview(markup) | Part::Closing(markup) => out.push(markup.plain()),
        Part::Fit(tree) | Part::Highlights(tree) | Part::Company(tree) | Part::Advice(tree) => outline(tree, &mut out),
        Part::Sections(sections) => {
            for (title, tree) in sections {
                out.push(title.plain());
                outline(tree, &mut out);
            }
        }
        Part::Questions(topics) | Part::Ask(topics) => {
            for topic in topics {
                out.push(topic.name.clone());
                for item in &topic.items {
                    out.push(item.question.plain());
                    out.extend(item.hints.iter().map(prep_dossier::markup::Line::plain));
                    out.extend(item.answer.iter().map(prep_dossier::markup::Markup::plain));
                }
            }
        }
        Part::Concepts(topics) => {
            for topic in topics {
                out.push(topic.name.clone());
                for item in &topic.items {
                    out.push(item.concept.plain());
                    let more = [&item.explanation, &item.example];
                    out.extend(more.into_iter().flatten().map(prep_dossier::markup::Markup::plain));
                }
            }
        }
        Part::Stories(stories) => {
            for story in stories {
                out.push(story.title.clone());
                match &story.body {
                    StoryBody::Free(markup) => out.push(markup.plain()),
                    StoryBody::Star(star) => {
                        let parts = [&star.situation, &star.task, &star.action, &star.result];
                        out.extend(parts.into_iter().flatten().map(prep_dossier::markup::Markup::plain));
                    }
                }
            }
        }
    }
    out.iter()
        .flat_map(|text| text.split_whitespace().map(letters).collect::<Vec<_>>())
        .filter(|word| !word.is_empty())
        .collect()
}

fn outline(tree: &Outline, out: &mut Vec<String>) {
    match tree {
        Outline::Text(markup) => out.push(markup.plain()),
        Outline::List(items) => items.iter().for_each(|item| outline(item, out)),
        Outline::Labelled(pairs) => {
            for (label, value) in pairs {
                out.push(label.plain());
                outline(value, out);
            }
        }
    }
}

/// Finds the words in order from `from` on; between two of them lies at most a header and a footer.
fn find_in_order(page_text: &str, from: usize, words: &[String]) -> Result<usize, String> {
    const GAP: usize = 160;
    let mut at = from;
    for word in words {
        match page_text.get(at..).and_then(|rest| rest.find(word.as_str())) {
            Some(offset) if offset <= GAP => at += offset + word.len(),
            _ => {
                let around: String = page_text.get(at..).unwrap_or_default().chars().take(80).collect();
                return Err(format!("`{word}` does not follow; there is: {around}"));
            }
        }
    }
    Ok(at)
}

fn every_word_in_order(source: &str) {
    let (dossier, briefing) = build(source, None);
    let page_text = letters(&text(&briefing));
    let mut searched = 0;
    for part in &dossier.parts {
        let words = words(part);
        // A word may also stand in the contents: try every place where the part could begin.
        let first = words.first().expect("a part with words").clone();
        let starts = page_text.match_indices(first.as_str()).map(|(at, _)| at);
        let outcomes: Vec<_> = starts.map(|start| find_in_order(&page_text, start, &words)).collect();
        assert!(outcomes.iter().any(Result::is_ok), "{part:?}\n{outcomes:#?}");
        searched += words.len();
    }
    assert!(searched > 50, "too few words: {searched}");
}

#[test]
fn every_word_of_the_example_is_there_in_order() {
    every_word_in_order(&example());
}

#[test]
fn every_word_of_a_dossier_with_everything_is_there_in_order() {
    every_word_in_order(&text_of("tests/dossiers/good/everything.yaml"));
}

#[test]
fn page_one_says_when_and_where() {
    let (_, briefing) = build(&example(), None);
    let text = text(&briefing);
    for words in [
        "FinTech Innovators",
        "Senior Golang Developer",
        "Tuesday 15 December 2026, 14:00",
        "Amsterdam time (CET, UTC+1)",
        "22 days",
        "€75 000–€95 000 + equity",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

#[test]
fn every_page_has_its_number() {
    let (_, briefing) = build(&example(), None);
    let text = text(&briefing);
    for page in 1..=briefing.pages {
        assert!(text.contains(&format!("{page} / {}", briefing.pages)), "{page}");
    }
}

#[test]
fn the_plan_is_a_calendar_with_all_sessions() {
    let (dossier, briefing) = build(&example(), None);
    let now: Timestamp = "2026-11-23T08:00:00Z".parse().expect("a time");
    let plan = plan::plan(&dossier, now, &[], &plan::Earlier::default()).expect("a plan");
    let text = letters(&text(&briefing));
    assert!(plan.sessions.len() > 20);
    for session in &plan.sessions {
        let (Kind::Learn(slug) | Kind::Review(slug)) = &session.kind else { continue };
        let topic = plan.topics.iter().find(|topic| topic.slug == *slug).expect("a topic");
        let chip = letters(&format!("{} {}", topic.name, session.minutes.0));
        let wanted =
            plan.sessions.iter().filter(|other| other.kind == session.kind && other.minutes == session.minutes);
        assert!(text.matches(&chip).count() >= wanted.count(), "{} {}", topic.name, session.minutes.0);
    }
}

#[test]
fn weeks_without_a_session_are_one_line() {
    let far = example().replace("date: 2026-12-15 14:00", "date: 2027-11-24 14:00");
    assert!(text(&build(&far, None).1).contains(": no sessions"));
    assert!(!text(&build(&example(), None).1).contains("no sessions"));
}

#[test]
fn what_found_no_place_is_listed_with_its_minutes() {
    let soon = example().replace("date: 2026-12-15 14:00", "date: 2026-11-24 14:00");
    let (dossier, briefing) = build(&soon, None);
    let now: Timestamp = "2026-11-23T08:00:00Z".parse().expect("a time");
    let plan = plan::plan(&dossier, now, &[], &plan::Earlier::default()).expect("a plan");
    let page_text = letters(&text(&briefing));
    let list = page_text.rsplit("Leftout").next().expect("a list");
    assert!(plan.cut.len() > 3);
    for cut in &plan.cut {
        let Kind::Learn(slug) = &cut.kind else { continue };
        let topic = plan.topics.iter().find(|topic| topic.slug == *slug).expect("a topic");
        assert!(list.contains(&letters(&topic.name)), "{} is not in {list}", topic.name);
    }
}

#[test]
fn paper_is_a4_or_letter() {
    for (paper, size) in [(Paper::A4, [595.28, 841.89]), (Paper::Letter, [612.0, 792.0])] {
        let (_, briefing) = build(&example(), Some(paper));
        let file = lopdf::Document::load_mem(&briefing.bytes).expect("a PDF");
        for id in file.get_pages().into_values() {
            let page = file.get_dictionary(id).expect("a page");
            let media = page.get(b"MediaBox").and_then(lopdf::Object::as_array).expect("a box");
            let corner: Vec<f32> = media[2..].iter().map(|value| value.as_float().expect("a number")).collect();
            assert!((corner[0] - size[0]).abs() < 0.05 && (corner[1] - size[1]).abs() < 0.05, "{corner:?}");
        }
    }
}

#[test]
fn characters_without_a_glyph_are_named() {
    let (_, briefing) =
        build("dossier: 1\njob: {company: A, role: B}\noverview: \"Emoji ✅ and 🚀 are fine, 漢 is not.\"\n", None);
    assert_eq!(briefing.missing, ['漢']);
}

#[test]
fn fonts_are_embedded_subsets_with_their_text() {
    let (_, briefing) = build(&example(), None);
    let file = lopdf::Document::load_mem(&briefing.bytes).expect("a PDF");
    let mut fonts = 0;
    for object in file.objects.values() {
        let Ok(font) = object.as_dict() else { continue };
        let kind = |name: &[u8]| font.get(b"Subtype").and_then(lopdf::Object::as_name).is_ok_and(|found| found == name);
        if kind(b"Type0") {
            let name = font.get(b"BaseFont").and_then(lopdf::Object::as_name).expect("a name");
            assert_eq!(name.iter().position(|byte| *byte == b'+'), Some(6), "a subset has a tag");
            assert!(font.has(b"ToUnicode"));
            fonts += 1;
        }
        if font.get(b"Type").and_then(lopdf::Object::as_name).is_ok_and(|found| found == b"FontDescriptor") {
            assert!(font.has(b"FontFile2") || font.has(b"FontFile3"), "a font is not embedded");
        }
    }
    assert!(fonts >= 4);
}

#[test]
fn viewers_turn_the_pages_of_a_document_from_right_to_left() {
    for (language, direction) in [("he", "R2L"), ("ar-EG", "R2L"), ("en", "L2R")] {
        let (_, briefing) = build(&format!("dossier: 1\nlanguage: {language}\njob: {{company: A, role: B}}\n"), None);
        let file = lopdf::Document::load_mem(&briefing.bytes).expect("a PDF");
        let preferences = file.catalog().and_then(|catalog| catalog.get(b"ViewerPreferences")).expect("preferences");
        let found = preferences.as_dict().and_then(|preferences| preferences.get(b"Direction")).expect("a direction");
        assert_eq!(found.as_name().expect("a name"), direction.as_bytes(), "{language}");
    }
}

#[test]
fn addresses_in_a_text_are_links() {
    let text = "See https://example.com/a_(b), (http://example.org/c). Or https://example.com/d! Not xhttps://e.com or https://.";
    let (_, briefing) = build(&format!("dossier: 1\njob: {{company: A, role: B}}\nclosing: \"{text}\"\n"), None);
    let file = lopdf::Document::load_mem(&briefing.bytes).expect("a PDF");
    let mut found: Vec<String> = Vec::new();
    for object in file.objects.values() {
        let action = object.as_dict().and_then(|link| link.get(b"A")).and_then(lopdf::Object::as_dict);
        let Ok(address) = action.and_then(|action| action.get(b"URI")).and_then(lopdf::Object::as_str) else {
            continue;
        };
        found.push(String::from_utf8_lossy(address).into_owned());
    }
    found.sort();
    assert_eq!(found, ["http://example.org/c", "https://example.com/a_(b)", "https://example.com/d"]);
}
