//! The deck: what is in the package, and what the next package keeps.

use jiff::Timestamp;
use prep_dossier::dossier::{self, Dossier, Outline, Part};
use prep_dossier::export::deck::{Deck, Options, Warning, csv, deck};
use prep_dossier::markup::Line;
use prep_dossier::theme::{Templates, Theme};
use proptest::prelude::{ProptestConfig, Strategy, prop_assert, prop_assert_eq, proptest};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};

/// A note as the package holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Note {
    guid: String,
    kind: String,
    modified: i64,
    tags: String,
    fields: BTreeMap<String, String>,
    sort: String,
    due: i64,
    decks: Vec<String>,
}

impl Note {
    fn field(&self, name: &str) -> &str {
        self.fields.get(name).unwrap_or_else(|| panic!("{} has no field {name}", self.kind))
    }
}

fn dossier(yaml: &str) -> Dossier {
    let reading = dossier::read("test.yaml", yaml.as_bytes());
    reading.dossier.unwrap_or_else(|| panic!("{:?}", reading.diagnostics))
}

/// A dossier of a few lines: `sections` comes after the job.
fn small(sections: &str) -> Dossier {
    dossier(&format!("dossier: 1\njob: {{company: Acme, role: Engineer}}\n{sections}"))
}

fn example() -> Dossier {
    dossier(include_str!("../../input/fintech-innovators.yaml"))
}

fn theme(dossier: &Dossier) -> Theme {
    match Theme::load(Templates::default(), &dossier.language) {
        Ok((theme, _)) => theme,
        Err(problems) => panic!("{problems:?}"),
    }
}

fn moment(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or_else(|error| panic!("{error}"))
}

const MONDAY: i64 = 1_795_420_800;
const DAY: i64 = 86_400;

fn first(dossier: &Dossier) -> Deck {
    make(dossier, &Options::at(moment(MONDAY)))
}

fn make(dossier: &Dossier, options: &Options<'_>) -> Deck {
    deck(dossier, &theme(dossier), options).unwrap_or_else(|error| panic!("{error}"))
}

/// Builds a day later, with the earlier package as the memory.
fn again(dossier: &Dossier, earlier: &Deck) -> Deck {
    again_at(dossier, earlier, MONDAY + DAY)
}

fn again_at(dossier: &Dossier, earlier: &Deck, seconds: i64) -> Deck {
    make(dossier, &Options { previous: Some(&earlier.bytes), ..Options::at(moment(seconds)) })
}

fn unzipped(bytes: &[u8], name: &str) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap_or_else(|error| panic!("{error}"));
    let mut file = zip.by_name(name).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut out = Vec::new();
    file.read_to_end(&mut out).unwrap_or_else(|error| panic!("{error}"));
    out
}

fn database(bytes: &[u8]) -> rusqlite::Connection {
    let collection = unzipped(bytes, "collection.anki2");
    let length = collection.len();
    let mut database = rusqlite::Connection::open_in_memory().unwrap_or_else(|error| panic!("{error}"));
    database
        .deserialize_read_exact("main", Cursor::new(collection), length, true)
        .unwrap_or_else(|error| panic!("{error}"));
    database
}

fn settings(database: &rusqlite::Connection, column: &str) -> serde_json::Value {
    let text: String = database
        .query_row(&format!("SELECT {column} FROM col"), [], |row| row.get(0))
        .unwrap_or_else(|error| panic!("{error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}"))
}

fn names(values: &serde_json::Value) -> Vec<String> {
    let values = values.as_array().into_iter().flatten();
    values.filter_map(|value| value["name"].as_str()).map(str::to_owned).collect()
}

fn query<T>(database: &rusqlite::Connection, sql: &str, read: fn(&rusqlite::Row<'_>) -> rusqlite::Result<T>) -> Vec<T> {
    let mut statement = database.prepare(sql).unwrap_or_else(|error| panic!("{error}"));
    let rows = statement.query_map([], read).unwrap_or_else(|error| panic!("{error}"));
    rows.collect::<Result<_, _>>().unwrap_or_else(|error| panic!("{error}"))
}

/// The notes in the order of their ids, which is the order of the file among those of one build.
fn notes(deck: &Deck) -> Vec<Note> {
    let database = database(&deck.bytes);
    let (models, decks) = (settings(&database, "models"), settings(&database, "decks"));
    let mut cards: BTreeMap<i64, Vec<(i64, i64)>> = BTreeMap::new();
    for (note, deck, due) in query(&database, "SELECT nid, did, due FROM cards ORDER BY ord", |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
    }) {
        cards.entry(note).or_default().push((deck, due));
    }
    let rows =
        query(&database, "SELECT id, guid, mid, mod, tags, flds, CAST(sfld AS TEXT) FROM notes ORDER BY id", |row| {
            let texts = (row.get::<_, String>(4)?, row.get::<_, String>(5)?, row.get::<_, String>(6)?);
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?, row.get::<_, i64>(3)?, texts))
        });
    let note = |(id, guid, kind, modified, (tags, fields, sort)): (i64, String, i64, i64, (String, String, String))| {
        let model = &models[kind.to_string()];
        let cards = cards.remove(&id).unwrap_or_default();
        let deck = |id: i64| decks[id.to_string()]["name"].as_str().unwrap_or_default().to_owned();
        Note {
            guid,
            kind: model["name"].as_str().unwrap_or_default().to_owned(),
            modified,
            tags,
            fields: names(&model["flds"]).into_iter().zip(fields.split('\u{1f}').map(str::to_owned)).collect(),
            sort,
            due: cards.first().map_or(0, |(_, due)| *due),
            decks: cards.iter().map(|(id, _)| deck(*id)).collect(),
        }
    };
    rows.into_iter().map(note).collect()
}

/// The only note whose item ends like this.
fn item(deck: &Deck, end: &str) -> Note {
    let found: Vec<Note> = notes(deck).into_iter().filter(|note| note.field("Item").ends_with(end)).collect();
    match found.as_slice() {
        [note] => note.clone(),
        _ => panic!("{} notes end with {end}", found.len()),
    }
}

/// The only note whose front starts like this.
fn asking(deck: &Deck, start: &str) -> Note {
    let found: Vec<Note> = notes(deck).into_iter().filter(|note| note.sort.starts_with(start)).collect();
    match found.as_slice() {
        [note] => note.clone(),
        _ => panic!("{} notes start with {start}", found.len()),
    }
}

fn modified(deck: &Deck) -> BTreeMap<String, i64> {
    notes(deck).into_iter().map(|note| (note.guid, note.modified)).collect()
}

#[test]
fn every_item_of_the_example_becomes_a_note_in_its_deck() {
    let deck = first(&example());
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for note in notes(&deck) {
        let name = note.decks.first().and_then(|name| name.rsplit("::").next()).unwrap_or_default().to_owned();
        *counts.entry((name, note.kind)).or_default() += 1;
    }
    let counts: Vec<(&str, &str, usize)> =
        counts.iter().map(|((deck, kind), count)| (deck.as_str(), kind.as_str(), *count)).collect();
    assert_eq!(
        counts,
        [
            ("1 Questions", "Dossier question", 15),
            ("2 Concepts", "Dossier concept", 30),
            ("2 Concepts", "Dossier topic", 9),
            ("4 Ask them", "Dossier question to ask", 12),
            ("5 Company", "Dossier company fact", 4),
        ]
    );
    assert_eq!((deck.report.notes, deck.report.cards, deck.report.new), (70, 70, 70));
    let root = "Interview prep::FinTech Innovators – Senior Golang Developer::";
    assert!(notes(&deck).iter().all(|note| note.decks.iter().all(|name| name.starts_with(root))));
}

#[test]
fn guids_come_from_identities_and_never_from_the_words_on_the_card() {
    let before = small("questions: {Go: [{id: select, question: How does select work?, answer: It waits.}]}");
    let after = small("questions: {Rust: [{id: select, question: What is select for?, answer: Waiting.}]}");
    assert_eq!(item(&first(&before), "id/select").guid, item(&first(&after), "id/select").guid);
    let other =
        dossier("dossier: 1\njob: {company: Other, role: Engineer}\nquestions: {Go: [{id: select, question: How?}]}");
    assert_ne!(item(&first(&before), "id/select").guid, item(&first(&other), "id/select").guid);
    let guids: Vec<String> = notes(&first(&example())).into_iter().map(|note| note.guid).collect();
    assert_eq!(guids.iter().collect::<BTreeSet<_>>().len(), guids.len());
}

#[test]
fn topics_confidence_priority_and_own_tags_are_tags() {
    let yaml = "questions:\n  Go & Concurrency:\n    - {question: How?, priority: high, tags: [on call, 'a\"b', 'x::y']}\n\
                study: {topics: {Go & Concurrency: {confidence: 2}}}";
    let note = item(&first(&small(yaml)), "question/how");
    assert_eq!(note.tags, " a-b confidence::2 on-call priority::high topic::go-concurrency x::y ");
}

#[test]
fn new_cards_come_hardest_topic_first_and_take_turns() {
    let yaml = "
questions:
  Sure: [a one, a two, a three]
  Unsure: [b one, b two, b three]
  Middle: [c one, c two, c three]
study: {topics: {Sure: {confidence: 5}, Unsure: {confidence: 1, priority: high}}}";
    let mut notes = notes(&first(&small(yaml)));
    notes.sort_by_key(|note| note.due);
    let order: Vec<&str> = notes.iter().map(|note| note.field("Question")).collect();
    assert_eq!(order, ["b one", "c one", "b two", "c two", "b three", "a one", "c three", "a two", "a three"]);
    assert_eq!(notes.iter().map(|note| note.due).collect::<Vec<_>>(), (1..=9).collect::<Vec<i64>>());
}

#[test]
fn the_preset_fits_the_days_that_are_left() {
    let example = example();
    let preset = |days| make(&example, &Options { days_left: days, ..Options::at(moment(MONDAY)) }).report.preset;
    let figures = |days| preset(days).map(|preset| (preset.new_per_day, preset.longest, preset.retention));
    assert_eq!(figures(Some(22)), Some((4, 22, 90)));
    assert_eq!(figures(Some(9)), Some((10, 9, 93)));
    assert_eq!(figures(Some(2)), Some((70, 2, 95)));
    assert_eq!(figures(Some(0)), Some((70, 1, 95)));
    assert_eq!((figures(None), figures(Some(-3))), (None, None));
    assert_ne!(preset(Some(22)).map(|preset| preset.id), preset(Some(21)).map(|preset| preset.id));
    let deck = make(&example, &Options { days_left: Some(22), ..Options::at(moment(MONDAY)) });
    let database = database(&deck.bytes);
    let id = deck.report.preset.map(|preset| preset.id.to_string()).unwrap_or_default();
    let (presets, decks) = (settings(&database, "dconf"), settings(&database, "decks"));
    assert_eq!((&presets[&id]["new"]["perDay"], &presets[&id]["rev"]["maxIvl"]), (&4.into(), &22.into()));
    assert_eq!(presets["1"]["new"]["perDay"], 20, "the learner's default stays as Anki makes it");
    for (deck, content) in decks.as_object().into_iter().flatten() {
        assert_eq!(content["conf"].as_i64() == id.parse().ok(), deck != "1", "{content}");
    }
}

#[test]
fn code_is_coloured_by_classes_and_stays_the_code_it_is() {
    let code = "// one { two }\nfunc main() { s := \"a\\\"b\" + 'c'; n := 0x2a } /* open";
    let yaml = format!(
        "questions: {{Go: [{{question: How?, answer: {}}}]}}",
        serde_json::to_string(&format!("```go\n{code}\n```")).unwrap_or_default()
    );
    let note = item(&first(&small(&yaml)), "question/how");
    let answer = note.field("Answer");
    assert_eq!(shown(answer), code);
    for span in [
        "<span class=\"c\">// one &#123; two &#125;</span>",
        "<span class=\"k\">func</span>",
        "<span class=\"s\">&quot;a&#92;&quot;b&quot;</span>",
        "<span class=\"n\">0x2a</span>",
        "<span class=\"c\">/* open</span>",
    ] {
        assert!(answer.contains(span), "{span} is not in {answer}");
    }
}

#[test]
fn columns_of_a_table_stand_as_they_are_written() {
    let answer = "|a|b|c|d|\\n|--|:--|:-:|--:|\\n|1|2|3|4|";
    let deck = first(&small(&format!("questions: {{Go: [{{question: Which?, answer: \"{answer}\"}}]}}")));
    let note = asking(&deck, "Which");
    let html = note.field("Answer");
    let row = |cell: &str, values: [&str; 4]| {
        let styles = ["", " style=\"text-align:start\"", " style=\"text-align:center\"", " style=\"text-align:end\""];
        let cells = styles.iter().zip(values).map(|(style, value)| format!("<{cell}{style}>{value}</{cell}>"));
        format!("<tr>{}</tr>", cells.collect::<String>())
    };
    let expected = format!("<table>{}{}</table>", row("th", ["a", "b", "c", "d"]), row("td", ["1", "2", "3", "4"]));
    assert!(html.contains(&expected), "{html}");
}

#[test]
fn marked_words_make_a_cloze_note_beside_the_concept() {
    let deck = first(&small("concepts: {Go: [{Select: 'It ==takes== one that is ==ready==, a == b.'}]}"));
    let cloze = item(&deck, "concept/select/cloze");
    assert_eq!(cloze.kind, "Dossier cloze");
    assert_eq!(cloze.field("Text"), "<p>It {{c1::takes}} one that is {{c2::ready}}, a == b.</p>");
    assert_eq!(cloze.decks.len(), 2, "a card for each mark");
    let concept = item(&deck, "concept/select");
    assert_eq!(concept.field("Explanation"), "<p>It <mark>takes</mark> one that is <mark>ready</mark>, a == b.</p>");
    assert_eq!((deck.report.notes, deck.report.cards), (2, 3));
}

#[test]
fn hints_open_one_by_one_and_a_story_by_its_parts() {
    let deck = first(&small(
        "questions: {Go: [{question: How?, hints: [first, second]}]}\nstories: {Friday: {situation: Night., result: Morning.}}",
    ));
    assert_eq!(
        item(&deck, "question/how").field("Hints"),
        "<details><summary>Hint 1 of 2</summary><p>first</p><details><summary>Hint 2 of 2</summary><p>second</p>\
         </details></details>"
    );
    let story = item(&deck, "story/friday");
    let told = shown(story.field("Telling"));
    assert_eq!(
        told,
        "SituationNight.TaskNot written yet: what was yours to doActionNot written yet: three steps you tookResultMorning."
    );
    assert_eq!(story.field("Hints").matches("<details>").count(), 4);
}

#[test]
fn a_picture_travels_once_under_a_name_made_from_its_content() {
    let png = |last: u8| [b"\x89PNG\r\n\x1a\n".as_slice(), &[last]].concat();
    let images = |path: &str| match path {
        "a.png" | "copy.png" => Some(png(1)),
        "b.png" => Some(png(2)),
        "text.png" => Some(b"no picture".to_vec()),
        _ => None,
    };
    let dossier = small(
        "questions: {Go: [{question: How?, answer: '![A](a.png) ![again](copy.png) ![B](b.png) ![lost](no.png) ![text](text.png)'}]}",
    );
    let deck = make(&dossier, &Options { images: &images, ..Options::at(moment(MONDAY)) });
    let names: BTreeMap<String, String> =
        serde_json::from_slice(&unzipped(&deck.bytes, "media")).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(names.len(), 2);
    let answer = item(&deck, "question/how").field("Answer").to_owned();
    for (file, name) in &names {
        assert!(answer.contains(&format!("<img src=\"{name}\"")), "{name} is not in {answer}");
        assert_eq!(unzipped(&deck.bytes, file).get(..4), Some(b"\x89PNG".as_slice()));
    }
    assert_eq!(answer.matches("<img").count(), 3);
    assert!(answer.ends_with(" lost text</p>"), "{answer}");
    assert_eq!(deck.report.warnings, ["no.png", "text.png"].map(|path| Warning::NoImage(path.to_owned())));
}

#[test]
fn the_decks_take_turns_too() {
    let deck = first(&example());
    let mut notes = notes(&deck);
    notes.sort_by_key(|note| note.due);
    let early: BTreeSet<&str> = notes.iter().take(20).map(|note| note.kind.as_str()).collect();
    assert!(early.len() >= 4, "only {early:?} among the first twenty");
}

#[test]
fn a_question_without_an_answer_says_how_to_practise() {
    let deck = first(&example());
    let technical = asking(&deck, "Explain how goroutines");
    let scaffold = technical.field("Scaffold");
    for words in ["Say one aloud", "What to know for it&#58; Golang Fundamentals", "pointers", "error handling"] {
        assert!(scaffold.contains(words), "{words} is not in {scaffold}");
    }
    let incident = asking(&deck, "Give an example of resolving");
    for words in ["Situation", "Task", "Action", "Result", "From your highlights", "25%"] {
        assert!(incident.field("Scaffold").contains(words), "{words} is not in {}", incident.field("Scaffold"));
    }
    let mentoring = asking(&deck, "How have you mentored");
    assert!(mentoring.field("Scaffold").contains("mentored junior engineers"));
}

#[test]
fn no_back_is_empty() {
    for note in notes(&first(&example())) {
        let back = ["Answer", "Explanation", "Parts", "Telling", "Listen for", "Detail", "Text"]
            .iter()
            .filter_map(|name| note.fields.get(*name))
            .any(|field| !field.is_empty());
        assert!(back || !note.field("Scaffold").is_empty(), "{} has nothing on its back", note.field("Item"));
    }
}

#[test]
fn an_answer_leaves_no_scaffold() {
    let deck = first(&small("questions: {Go: [{question: How?, answer: So.}]}\nhighlights: [How so]"));
    let note = item(&deck, "question/how");
    assert_eq!((note.field("Answer"), note.field("Scaffold"), note.field("Footer")), ("<p>So.</p>", "", ""));
}

#[test]
fn what_looks_like_a_command_stays_text_in_every_field() {
    let hostile = "<script>alert(1)</script> [sound:x.mp3] [latex]x[/latex] {{c1::x}} {{Answer}} \\\\(x\\\\) a::b &amp;lt; \u{1b}";
    let quoted = serde_json::to_string(&hostile.replace('\u{1b}', "")).unwrap_or_default();
    let yaml = format!(
        "questions: {{{quoted}: [{{question: {quoted}, answer: {quoted}, hints: [{quoted}]}}]}}\n\
         concepts: {{{quoted}: [{{concept: {quoted}, explanation: {quoted}, example: {quoted}}}, b]}}\n\
         stories: {{{quoted}: {{situation: {quoted}, result: {quoted}}}}}\n\
         ask: {{{quoted}: [{quoted}]}}\ncompany: {{{quoted}: [{quoted}]}}"
    );
    for note in notes(&first(&small(&yaml))) {
        for (name, field) in &note.fields {
            for live in ["<script", "[sound:", "[latex]", "{{", "}}", "\\(", "::", "\u{1b}"] {
                assert!(!field.contains(live), "{live} is live in {name} of {}: {field}", note.kind);
            }
        }
        assert_eq!(note.field("Company"), "Acme");
    }
}

#[test]
fn only_links_that_open_a_page_a_mail_or_a_call_are_links() {
    let answer = "[a](https://a.example/?x=1&y=[2]) [b](javascript:alert(1)) [c](file:///etc/passwd) [d](mailto:d@d.example) [e](data:text/html,x) [f](TEL:+31-20-5550100)";
    let yaml = format!(
        "questions: {{Go: [{{question: How?, answer: {}}}]}}",
        serde_json::to_string(answer).unwrap_or_default()
    );
    let note = item(&first(&small(&yaml)), "question/how");
    let answer = note.field("Answer");
    assert_eq!(answer.matches("<a href=").count(), 3, "{answer}");
    assert!(answer.contains("<a href=\"https&#58;//a.example/?x=1&amp;y=&#91;2&#93;\">a</a> b c <a href=\"mailto&#58;d@d.example\">d</a> e <a href=\"TEL&#58;+31-20-5550100\">f</a>"), "{answer}");
}

#[test]
fn anki_sorts_and_compares_by_the_plain_first_field() {
    let deck = first(&small("questions: {Go: ['What is `a < b` & **c**?']}"));
    assert_eq!(notes(&deck).first().map(|note| note.sort.as_str()), Some("What is a < b & c?"));
    let sums = query(&database(&deck.bytes), "SELECT csum FROM notes", |row| row.get::<_, i64>(0));
    // printf 'What is a < b & c?' | sha1sum | head -c 8
    assert_eq!(sums, [4_255_147_198]);
}

#[test]
fn note_types_never_change_their_identity() {
    let models = settings(&database(&first(&example()).bytes), "models");
    let ids: Vec<&String> = models.as_object().into_iter().flatten().map(|(id, _)| id).collect();
    let ids: Vec<&str> = ids.into_iter().map(String::as_str).collect();
    assert_eq!(
        ids,
        [
            "1763942401000",
            "1763942402000",
            "1763942403000",
            "1763942404000",
            "1763942405000",
            "1763942406000",
            "1763942407000",
        ]
    );
    for (id, model) in models.as_object().into_iter().flatten() {
        let id: i64 = id.parse().unwrap_or_default();
        let fields = names(&model["flds"]);
        assert_eq!(fields.len(), 15);
        assert_eq!(fields.get(12..), Some(["Spare 1", "Spare 2", "Spare 3"].map(str::to_owned).as_slice()));
        let field_ids: Vec<i64> =
            model["flds"].as_array().into_iter().flatten().filter_map(|field| field["id"].as_i64()).collect();
        assert_eq!(field_ids, (id + 1..id + 16).collect::<Vec<_>>());
        assert_eq!(model["tmpls"][0]["id"].as_i64(), Some(id + 500));
    }
}

#[test]
fn templates_that_change_carry_a_new_date() {
    let templates = Templates::default();
    let texts = Templates::names().filter(|name| name.starts_with("deck/")).map(|name| templates.text(name));
    // FNV-1a, as it stands in the dossier's own identities.
    let sum =
        texts.flat_map(str::bytes).fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let models = settings(&database(&first(&example()).bytes), "models");
    let dates: BTreeSet<i64> =
        models.as_object().into_iter().flatten().filter_map(|(_, model)| model["mod"].as_i64()).collect();
    // Whoever changes a template sets `REVISED` in look.rs to the day, and then both figures here.
    assert_eq!((sum, dates), (3_023_488_150, BTreeSet::from([1_795_392_000])));
}

#[test]
fn the_learners_own_look_is_replaced_only_by_a_changed_one() {
    let dossier = small("questions: {Go: [How?]}");
    let date = |deck: &Deck| settings(&database(&deck.bytes), "models")["1763942401000"]["mod"].as_i64();
    let before = first(&dossier);
    assert_eq!(date(&again(&dossier, &before)), date(&before));
    let mut templates = Templates::default();
    assert!(templates.replace("deck/card.css", ".card { color: red }".to_owned()).is_ok());
    let own = Theme { templates, ..theme(&dossier) };
    let build = |previous: &Deck, seconds| {
        let options = Options { previous: Some(&previous.bytes), ..Options::at(moment(seconds)) };
        deck(&dossier, &own, &options).unwrap_or_else(|error| panic!("{error}"))
    };
    let changed = build(&before, MONDAY + DAY);
    assert_eq!(date(&changed), Some(MONDAY + DAY));
    assert_eq!(date(&build(&changed, MONDAY + 2 * DAY)), Some(MONDAY + DAY));
}

#[test]
fn the_same_input_at_the_same_moment_gives_the_same_bytes() {
    let example = example();
    assert_eq!(first(&example).bytes, first(&example).bytes);
    let earlier = first(&small("questions: {Go: [a, b]}"));
    let now = small("questions: {Go: [a, c]}");
    assert_eq!(again(&now, &earlier).bytes, again(&now, &earlier).bytes);
}

#[test]
fn what_did_not_change_keeps_its_time_and_what_did_gets_a_newer_one() {
    let before = first(&small("questions: {Go: [{question: How?, answer: So.}, {question: Why?, answer: Because.}]}"));
    let after = again(
        &small("questions: {Go: [{question: How?, answer: Thus.}, {question: Why?, answer: Because.}, When?]}"),
        &before,
    );
    let report = &after.report;
    assert_eq!((report.new, report.changed, report.kept, report.removed.len()), (1, 1, 1, 0));
    assert_eq!(item(&after, "question/how").modified, MONDAY + DAY);
    assert_eq!(item(&after, "question/why").modified, MONDAY);
    assert_eq!(item(&after, "question/when").modified, MONDAY + DAY);
}

#[test]
fn a_build_without_a_change_writes_the_same_bytes() {
    let example = example();
    let before = first(&example);
    let after = again(&example, &before);
    assert_eq!((after.report.kept, after.report.new, after.report.changed), (70, 0, 0));
    assert_eq!(after.bytes, before.bytes);
}

#[test]
fn a_change_is_strictly_newer_however_the_clock_goes() {
    let text = |answer: &str| small(&format!("questions: {{Go: [{{question: How?, answer: {answer}}}]}}"));
    let before = first(&text("one"));
    let same_second = again_at(&text("two"), &before, MONDAY);
    let clock_back = again_at(&text("three"), &same_second, MONDAY - 30 * DAY);
    let modified = |deck| item(deck, "question/how").modified;
    assert_eq!([modified(&before), modified(&same_second), modified(&clock_back)], [MONDAY, MONDAY + 1, MONDAY + 2]);
}

#[test]
fn a_fixed_date_stands_on_new_notes_and_never_on_an_update() {
    let text = |answer: &str| small(&format!("questions: {{Go: [{{question: How?, answer: {answer}}}]}}"));
    let at =
        |previous, answer| make(&text(answer), &Options { now: moment(1000), previous, ..Options::at(moment(MONDAY)) });
    let before = at(None, "one");
    assert_eq!(item(&before, "question/how").modified, 1000);
    let after = at(Some(before.bytes.as_slice()), "two");
    assert_eq!(item(&after, "question/how").modified, MONDAY);
    let epoch = make(&text("one"), &Options::at(moment(0)));
    assert!(item(&epoch, "question/how").modified > 0, "Anki's backend panics at the moment zero");
}

#[test]
fn another_item_never_touches_a_note() {
    let before = first(&example());
    let yaml = include_str!("../../input/fintech-innovators.yaml");
    let more = yaml
        .replace("modules, error handling]", "modules, error handling, goroutine leaks]")
        .replace("highlights:\n", "highlights:\n  Go: [Wrote a service in Go with goroutines and channels]\n");
    let after = again(&dossier(&more), &before);
    let report = &after.report;
    // The new concept, and the overview of its topic, which names it.
    assert_eq!((report.new, report.changed, report.kept, report.removed.len()), (1, 1, 69, 0));
    let (then, now) = (modified(&before), modified(&after));
    let touched: Vec<&String> =
        then.iter().filter(|(guid, time)| now.get(*guid) != Some(time)).map(|(guid, _)| guid).collect();
    assert_eq!(touched, [&item(&before, "topic/golang-fundamentals").guid]);
}

#[test]
fn being_surer_of_a_topic_does_not_touch_its_notes() {
    let topic = |standing: &str, item: &str| {
        small(&format!(
            "questions: {{Go: [How?, {{question: Why?{item}}}]}}\nstudy: {{topics: {{Go: {{{standing}}}}}}}"
        ))
    };
    let before = first(&topic("confidence: 1", ""));
    let surer = again(&topic("confidence: 5, priority: high", ""), &before);
    assert_eq!((surer.report.kept, surer.report.changed), (2, 0));
    assert_eq!(item(&surer, "question/why").tags, item(&before, "question/why").tags, "tags follow an update");
    // What is said of the item itself is the item's, and brings the other tag along.
    let of_item = again(&topic("confidence: 5", ", priority: high"), &surer);
    assert_eq!((of_item.report.kept, of_item.report.changed), (1, 1));
    assert_eq!(item(&of_item, "question/why").tags, " confidence::5 priority::high topic::go ");
    assert_eq!(
        item(&of_item, "question/why").field("Footer"),
        "high priority · add your answer to the dossier and import again"
    );
}

#[test]
fn an_item_that_moves_or_whose_topic_is_renamed_is_the_same_note() {
    let before = first(&small("questions: {Go: [How?, Why?], Rust: [When?]}"));
    let moved = again(&small("questions: {Go: [How?], Rust: [When?, Why?]}"), &before);
    assert_eq!((moved.report.new, moved.report.changed, moved.report.removed.len()), (0, 1, 0));
    assert_eq!(item(&moved, "question/why").guid, item(&before, "question/why").guid);
    assert!(item(&moved, "question/why").tags.contains(" topic::rust "));
    let renamed = again(&small("questions: {Golang: [How?, Why?], Rust: [When?]}"), &before);
    assert_eq!((renamed.report.new, renamed.report.changed, renamed.report.removed.len()), (0, 2, 0));
    assert_eq!(item(&renamed, "question/why").guid, item(&before, "question/why").guid);
}

#[test]
fn the_overview_of_a_renamed_topic_is_the_same_note() {
    let before = first(&small("concepts: {Go: [channels and select, the scheduler]}"));
    let after = again(&small("concepts: {Golang: [channels and select, the scheduler]}"), &before);
    assert_eq!((after.report.new, after.report.removed.len()), (0, 0));
    assert_eq!(item(&after, "topic/golang").guid, item(&before, "topic/go").guid);
}

#[test]
fn an_item_is_recognised_when_it_is_reworded() {
    let pairs = [
        (
            "Explain how goroutines, channels, and `select` work.",
            "How do goroutines, channels and `select` work together?",
        ),
        (
            "How would you benchmark and tune a service to handle 5 000 TPS?",
            "How would you benchmark and tune a service for 10 000 TPS?",
        ),
        ("How do you handel errors?", "How do you handle errors?"),
        ("Wie gehen Sie mit Fehlern in Go um?", "Wie gehen Sie in Go mit Fehlern um, und warum?"),
        (
            "Kafkaのパーティションとコンシューマグループを説明してください。",
            "Kafkaのパーティションとコンシューマグループを説明して。",
        ),
    ];
    for (old, new) in pairs {
        let dossier = |text: &str| small(&format!("questions: {{Go: [\"{text}\", What is a slice?]}}"));
        let before = first(&dossier(old));
        let after = again(&dossier(new), &before);
        let report = &after.report;
        assert_eq!((report.new, report.changed, report.removed.len()), (0, 1, 0), "{old} -> {new}");
        assert_eq!(report.reworded.len(), 1);
        let (then, now) = (notes(&before), notes(&after));
        assert_eq!(then.first().map(|note| &note.guid), now.first().map(|note| &note.guid));
        // And it goes on being recognised by its new identity.
        assert_eq!(again(&dossier(new), &after).report.kept, 2);
    }
}

#[test]
fn another_question_is_not_taken_for_a_reworded_one() {
    let pairs = [
        ("How do you handle errors in Go?", "How do you handle secrets in Go?"),
        ("What is a mutex?", "What is a map?"),
        ("Design a rate limiter.", "Design a URL shortener."),
        ("Which Go profiling tools do you use and why?", "Which databases do you use and why?"),
    ];
    for (old, new) in pairs {
        let dossier = |text: &str| small(&format!("questions: {{Go: [\"{text}\", What is a slice?]}}"));
        let after = again(&dossier(new), &first(&dossier(old)));
        assert_eq!((after.report.new, after.report.removed.len()), (1, 1), "{old} -> {new}");
    }
    // The same words under another topic are another item.
    let before = first(&small("questions: {Go: [What are the ways to test a service?]}"));
    let after = again(&small("questions: {Rust: [What are the ways to test a large service?]}"), &before);
    assert_eq!((after.report.new, after.report.removed.len()), (1, 1));
}

#[test]
fn an_id_that_is_given_later_keeps_the_note_untouched() {
    let before = first(&small("questions: {Go: [{question: How?, answer: So.}]}"));
    let with_id = again(&small("questions: {Go: [{id: how, question: How?, answer: So.}]}"), &before);
    assert_eq!((with_id.report.kept, with_id.report.new), (1, 0));
    assert_eq!(modified(&with_id), modified(&before));
    let reworded =
        again(&small("questions: {Go: [{id: how, question: In what way is it done?, answer: So.}]}"), &with_id);
    assert_eq!((reworded.report.changed, reworded.report.new), (1, 0));
    assert_eq!(item(&reworded, "id/how").guid, item(&before, "question/how").guid);
}

#[test]
fn what_left_is_listed_with_the_search_that_finds_it() {
    let before = first(&small("questions: {Go: [How?, Why?, When?]}"));
    let after = again(&small("questions: {Go: [When?]}"), &before);
    let texts: Vec<&str> = after.report.removed.iter().map(|removed| removed.text.as_str()).collect();
    assert_eq!(texts, ["How?", "Why?"]);
    let search = after.report.search().unwrap_or_default();
    assert_eq!(search, "Item:acme-engineer/question/how OR Item:acme-engineer/question/why");
    // It is said once.
    assert_eq!(again(&small("questions: {Go: [When?]}"), &after).report.removed, []);
}

#[test]
fn what_comes_back_is_the_note_that_anki_still_has() {
    let both = small("questions: {Go: [{question: How?, answer: So.}, {question: Why?, answer: Because.}]}");
    let before = first(&both);
    let without = again(&small("questions: {Go: [{question: How?, answer: So.}]}"), &before);
    let back = again_at(&both, &without, MONDAY + 2 * DAY);
    assert_eq!(item(&back, "question/why").guid, item(&before, "question/why").guid);
    assert_eq!(item(&back, "question/why").modified, MONDAY, "nothing of it has changed");
}

#[test]
fn old_words_that_come_back_beside_the_reworded_item_are_a_new_note() {
    let before = first(&small("questions: {Go: [How do goroutines and channels work?]}"));
    let reworded = again(&small("questions: {Go: [How do goroutines and channels work together?]}"), &before);
    let both = again(
        &small(
            "questions: {Go: [How do goroutines and channels work together?, How do goroutines and channels work?]}",
        ),
        &reworded,
    );
    assert_eq!((both.report.new, both.report.kept), (1, 1));
    let guids: BTreeSet<String> = notes(&both).into_iter().map(|note| note.guid).collect();
    assert_eq!(guids.len(), 2);
}

#[test]
fn an_id_that_names_something_else_later_is_another_note() {
    let question = small("questions: {Go: [{question: What is a broker?, id: broker}, How?]}");
    let before = first(&question);
    let without = again(&small("questions: {Go: [How?]}"), &before);
    assert_eq!(without.report.removed.len(), 1);
    let concept = small("questions: {Go: [How?]}\nconcepts: {Kafka: [{concept: Broker, id: broker}]}");
    let after = again_at(&concept, &without, MONDAY + 2 * DAY);
    let guid = |deck: &Deck, kind: &str| {
        let notes = notes(deck);
        notes
            .iter()
            .find(|note| note.kind == kind && note.field("Item").ends_with("/broker"))
            .map(|note| note.guid.clone())
    };
    let (was, is) = (guid(&before, "Dossier question"), guid(&after, "Dossier concept"));
    assert!(was.is_some() && is.is_some() && was != is, "Anki takes no note over into another type: {was:?}, {is:?}");
    // As the question that it was, it comes back as itself.
    let back = again_at(&question, &after, MONDAY + 3 * DAY);
    assert_eq!(guid(&back, "Dossier question"), was);
}

#[test]
fn a_file_that_cannot_be_the_memory_is_named_and_the_build_goes_on() {
    let dossier = small("questions: {Go: [How?]}");
    let fresh = first(&dossier);
    let with = |previous: &[u8]| make(&dossier, &Options { previous: Some(previous), ..Options::at(moment(MONDAY)) });
    let warning = |deck: &Deck| deck.report.warnings.first().cloned();
    let cut = fresh.bytes.get(..fresh.bytes.len() / 2).unwrap_or_default();
    for damaged in [b"".as_slice(), b"not a package", cut] {
        let deck = with(damaged);
        assert!(matches!(warning(&deck), Some(Warning::Damaged)), "{:?}", deck.report.warnings);
        assert_eq!(deck.bytes, fresh.bytes);
    }
    let two_notes = first(&small("questions: {Go: [How?, Why?]}"));
    let other = first(&self::dossier("dossier: 1\njob: {company: Other, role: Engineer}\nquestions: {Go: [How?]}"));
    assert_eq!(warning(&with(&other.bytes)), Some(Warning::OtherDossier("other-engineer".to_owned())));
    let mut foreign = zip::ZipWriter::new(Cursor::new(Vec::new()));
    foreign.start_file("media", zip::write::SimpleFileOptions::default()).unwrap_or_else(|error| panic!("{error}"));
    let foreign = foreign.finish().unwrap_or_else(|error| panic!("{error}")).into_inner();
    assert_eq!(warning(&with(&foreign)), Some(Warning::Foreign));
    let later = tampered(&two_notes, "UPDATE col SET conf = json_replace(conf, '$.prepDossier.format', 2)");
    assert_eq!(warning(&with(&later)), Some(Warning::Later));
    for change in [
        "DROP TABLE cards; CREATE VIEW cards AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT x AS nid, x AS ord, x AS id FROM n",
        "UPDATE notes SET mod = 9223372036854775807",
        "UPDATE cards SET id = -id",
        "UPDATE notes SET guid = 'the same'",
        "UPDATE notes SET flds = 'one field'",
        "UPDATE col SET conf = '{}'",
    ] {
        assert_eq!(warning(&with(&tampered(&two_notes, change))), Some(Warning::Foreign), "{change}");
    }
}

/// A package whose collection somebody has changed.
fn tampered(deck: &Deck, sql: &str) -> Vec<u8> {
    let collection = unzipped(&deck.bytes, "collection.anki2");
    let length = collection.len();
    let mut database = rusqlite::Connection::open_in_memory().unwrap_or_else(|error| panic!("{error}"));
    database
        .deserialize_read_exact("main", Cursor::new(collection), length, false)
        .unwrap_or_else(|error| panic!("{error}"));
    database.execute_batch(sql).unwrap_or_else(|error| panic!("{error}"));
    packed(&database.serialize("main").unwrap_or_else(|error| panic!("{error}")))
}

/// A package around a collection.
fn packed(collection: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("collection.anki2", options).unwrap_or_else(|error| panic!("{error}"));
    zip.write_all(collection).unwrap_or_else(|error| panic!("{error}"));
    zip.finish().unwrap_or_else(|error| panic!("{error}")).into_inner()
}

#[test]
fn damage_anywhere_in_the_earlier_file_is_never_a_panic() {
    let dossier = small("questions: {Go: [How?, Why?]}\nconcepts: {Go: [a, b]}");
    let fresh = first(&dossier);
    let build = |previous: &[u8]| make(&dossier, &Options { previous: Some(previous), ..Options::at(moment(MONDAY)) });
    let spoiled = |bytes: &[u8], place: usize| {
        let mut bytes = bytes.to_vec();
        if let Some(byte) = bytes.get_mut(place) {
            *byte ^= 0x5a;
        }
        bytes
    };
    for place in (0..fresh.bytes.len()).step_by(97) {
        assert_eq!(notes(&build(&spoiled(&fresh.bytes, place))).len(), 5, "a wrong byte of the package at {place}");
    }
    let collection = unzipped(&fresh.bytes, "collection.anki2");
    for place in (0..collection.len()).step_by(911) {
        let deck = build(&packed(&spoiled(&collection, place)));
        let guids: BTreeSet<String> = notes(&deck).into_iter().map(|note| note.guid).collect();
        assert_eq!(guids.len(), 5, "a wrong byte of the collection at {place}");
    }
}

#[test]
fn the_text_form_says_what_each_column_is() {
    let dossier = small("questions: {Go: [{question: 'Say \"so\"', answer: \"a, b\", tags: [x]}]}");
    let (rows, report) = csv(&dossier, &theme(&dossier), &Options::at(moment(MONDAY)));
    let guid = item(&first(&dossier), "question/say-so").guid;
    assert_eq!(
        rows,
        format!(
            "#separator:Comma\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:4\n\
         \"{guid}\",\"Dossier question\",\"Interview prep::Acme – Engineer::1 Questions\",\
         \"confidence::3 priority::normal topic::go x\",\"Say &quot;so&quot;\",\"<p>a, b</p>\",\"\",\"\",\"\",\"\",\"Go\",\
         \"Acme\",\"\",\"en\",\"ltr\",\"acme-engineer/question/say-so\",\"\",\"\",\"\"\n"
        )
    );
    assert_eq!(report.notes, 1);
}

/// Text that wants to be more than text.
fn hostile() -> impl Strategy<Value = String> {
    let live = [
        "<script>",
        "</div>",
        "<!--",
        "[sound:",
        "[latex]",
        "[/latex]",
        "[$]",
        "{{c1::",
        "}}",
        "{{",
        "::",
        "\\(",
        "\\[",
        "&lt;",
        "&",
        "\"",
        "'",
        "==",
        "`",
        "*",
        "#",
        "|",
        "\u{1f}",
        "\u{0}",
        "\u{7f}",
        "\u{202e}",
        "\u{feff}",
        "日本",
        "ß",
        "🙂",
        "\u{301}",
        "https://x.example",
        "- ",
        "a",
        "b ",
        " c",
        "1. ",
    ];
    proptest::collection::vec(proptest::sample::select(live.to_vec()), 1..12)
        .prop_map(|parts| parts.concat())
        .prop_filter("an item says something", |text| text.chars().any(char::is_alphanumeric))
}

/// The text of a field, as a browser shows it.
fn shown(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, tail)) = rest.split_once('<') {
        out.push_str(before);
        rest = tail.split_once('>').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\"")];
    let coded = [
        ("&#39;", "'"),
        ("&#123;", "{"),
        ("&#125;", "}"),
        ("&#91;", "["),
        ("&#93;", "]"),
        ("&#92;", "\\"),
        ("&#58;", ":"),
    ];
    let text = named.iter().chain(&coded).fold(out, |text, (entity, sign)| text.replace(entity, sign));
    text.replace("&amp;", "&")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_stays_the_text_it_is(texts in proptest::collection::vec(hostile(), 4)) {
        let mut dossier = small("questions: {Go: [{question: Q, answer: A, hints: [H]}]}\nask: {Go: [Q]}\ncompany: {Label: text}");
        let line = |at: usize| Line::text(texts.get(at).cloned().unwrap_or_default());
        for part in &mut dossier.parts {
            match part {
                Part::Questions(topics) => for item in topics.iter_mut().flat_map(|topic| &mut topic.items) {
                    item.question = line(0);
                    item.answer = Some(line(1).into());
                    item.hints = vec![line(2)];
                },
                Part::Ask(topics) => for item in topics.iter_mut().flat_map(|topic| &mut topic.items) {
                    item.question = line(3);
                },
                Part::Company(outline) => *outline = Outline::Labelled(vec![(line(1), Outline::Text(line(2).into()))]),
                _ => {}
            }
        }
        let notes = notes(&first(&dossier));
        prop_assert_eq!(notes.len(), 3);
        let written = |at: usize| -> String {
            line(at).plain().replace("==", "").chars().filter(|c| !c.is_control()).collect()
        };
        for note in &notes {
            for (name, field) in &note.fields {
                for live in ["<script", "<!--", "[sound", "[latex", "[$", "{{", "}}", "::", "\\(", "\\[", "\u{0}", "\u{7f}"] {
                    prop_assert!(!field.contains(live), "{} is live in {}: {}", live, name, field);
                }
            }
        }
        let read = |kind: &str, name: &str| -> String {
            let note = notes.iter().find(|note| note.kind == kind).map(|note| note.field(name).to_owned());
            shown(&note.unwrap_or_default()).replace("==", "")
        };
        prop_assert_eq!(read("Dossier question", "Question"), written(0));
        prop_assert_eq!(read("Dossier question", "Answer"), written(1));
        prop_assert_eq!(read("Dossier question", "Hints"), format!("Hint 1 of 1{}", written(2)));
        prop_assert_eq!(read("Dossier question to ask", "Question"), written(3));
        prop_assert_eq!(read("Dossier company fact", "Fact"), written(1));
        prop_assert_eq!(read("Dossier company fact", "Detail"), written(2));
    }

    #[test]
    fn any_edit_leaves_the_others_alone(
        before in proptest::collection::btree_map("[a-d]", "[x-z]{1,2}", 1..4),
        after in proptest::collection::btree_map("[a-d]", "[x-z]{1,2}", 1..4),
    ) {
        let dossier = |items: &BTreeMap<String, String>| {
            let items = items.iter().map(|(id, answer)| format!("{{id: {id}, question: What is it?, answer: {answer}}}"));
            small(&format!("questions: {{Go: [{}]}}", items.collect::<Vec<_>>().join(", ")))
        };
        let old = first(&dossier(&before));
        let new = again(&dossier(&after), &old);
        let same = after.iter().filter(|(id, answer)| before.get(*id) == Some(answer)).count();
        let changed = after.iter().filter(|(id, answer)| before.get(*id).is_some_and(|old| old != *answer)).count();
        prop_assert_eq!((new.report.kept, new.report.changed), (same, changed));
        prop_assert_eq!(new.report.new, after.keys().filter(|id| !before.contains_key(*id)).count());
        prop_assert_eq!(new.report.removed.len(), before.keys().filter(|id| !after.contains_key(*id)).count());
        let (then, now) = (modified(&old), modified(&new));
        for (guid, time) in &now {
            prop_assert!(*time > 0 && then.get(guid).is_none_or(|old| time >= old));
        }
        prop_assert_eq!(now.values().filter(|time| **time == MONDAY).count(), same);
    }
}
