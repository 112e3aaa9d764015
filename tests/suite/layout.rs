//! Random documents on pages: everything inside the frame, nothing over anything else, every letter
//! once and in order.

use prep_dossier::export::briefing::Duplex;
use prep_dossier::export::briefing::document::{
    Block, Card, Chip, Day, Document, Item, Level, Marker, Note, PictureSize, Run, Table, Week, Weeks,
};
use prep_dossier::export::briefing::layout::tags::TagId;
use prep_dossier::export::briefing::layout::{Form, GlyphRun, Layout, Mark, Owner, Page, Shape, cards, layout};
use prep_dossier::markup::Align;
use prep_dossier::theme::{Style, Templates, Theme};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn style() -> Style {
    themed("theme: book\n").expect("a theme")
}

/// The style of a user's theme, if it is right.
pub fn themed(yaml: &str) -> Option<Style> {
    let mut templates = Templates::default();
    templates.replace("briefing/theme.yaml", yaml.to_owned()).expect("a template");
    Theme::load(templates, "en").ok().map(|(theme, _)| theme.style)
}

/// Themes with values from all over their ranges.
fn any_style() -> impl Strategy<Value = Style> {
    let words = (
        prop_oneof![Just("serif"), Just("sans")],
        prop_oneof![Just("serif"), Just("sans")],
        prop_oneof![Just("justified"), Just("ragged")],
        prop_oneof![Just("below"), Just("above"), Just("none")],
        prop_oneof![Just("plain"), Just("padded")],
        prop_oneof![Just("dash"), Just("dot")],
        prop_oneof![Just("a4"), Just("letter")],
    );
    let page =
        (42.0f32..142.0, 48.0f32..142.0, 28.0f32..110.0, 28.0f32..110.0, prop_oneof![Just(0.0f32), 96.0f32..142.0]);
    let sizes = (8.5f32..14.0, 1.25f32..1.57, 6.5f32..9.5, 6.5f32..11.0, 10.0f32..24.0, 8.5f32..14.0, 0.25f32..4.0);
    (words, page, sizes).prop_map(|(words, page, sizes)| {
        let (text, headings, lines, rule, numbers, bullets, paper) = words;
        let (top, bottom, inside, outside, side) = page;
        let (body, spread, small, code, section, topic, weight) = sizes;
        let leading = (body * spread).max(10.5);
        let topic = topic.min(leading);
        let yaml = format!(
            "page: {{paper: {paper}, margin_top: {top}, margin_bottom: {bottom}, margin_inside: {inside}, \
             margin_outside: {outside}, side: {side}}}\n\
             type: {{text: {text}, headings: {headings}, lines: {lines}, body: {body}, leading: {leading}, small: {small}, \
             code: {code}, section: {section}, topic: {topic}}}\n\
             look: {{rule: {rule}, rule_weight: {weight}, numbers: {numbers}, bullets: {bullets}}}\n"
        );
        themed(&yaml).unwrap_or_else(|| panic!("{yaml}"))
    })
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "[a-z]{1,9}",
        2 => "[a-z]{10,24}",
        1 => "[a-z]{3,8}-[a-z]{3,8}/[a-z]{2,9}",
        1 => "[a-zäöüß]{60,120}",
        2 => "[א-ת]{1,9}",
        1 => "[0-9]{1,4}",
    ]
}

fn text(words: usize) -> impl Strategy<Value = Vec<Run>> {
    let run = (proptest::collection::vec(word(), 1..8), any::<(bool, bool, bool)>());
    let run = run.prop_map(|(words, (strong, emphasis, code))| Run {
        text: format!("{} ", words.join(" ")),
        strong,
        emphasis,
        code: code && emphasis,
        ..Run::default()
    });
    proptest::collection::vec(run, 1..=words.max(1))
}

fn columns() -> impl Strategy<Value = Vec<Align>> {
    let align = prop_oneof![Just(Align::Natural), Just(Align::Start), Just(Align::Center), Just(Align::End)];
    proptest::collection::vec(align, 3)
}

fn leaf() -> impl Strategy<Value = Block> {
    prop_oneof![
        4 => text(20).prop_map(Block::Paragraph),
        1 => text(3).prop_map(Block::Note),
        1 => (text(2), proptest::option::of("[a-z]{1,9}")).prop_map(|(text, words)| {
            Block::Heading { level: Level::Section, text, note: words.map(|words| Note::Scale(2, words)) }
        }),
        1 => text(2).prop_map(|text| Block::Heading { level: Level::Topic, text, note: None }),
        1 => "[a-z (){}]{1,160}(\n[ a-z]{1,90}){0,30}".prop_map(|text| Block::Code { language: "rust".into(), text }),
        1 => (columns(), proptest::collection::vec(proptest::collection::vec(text(4), 3), 1..30))
            .prop_map(|(columns, rows)| {
                let head = ["one", "two", "three"].map(|word| vec![Run::plain(word)]).to_vec();
                Block::Table(Table { columns, head, rows })
            }),
        1 => (0usize..6).prop_map(Block::Lines),
        1 => ("[a-d]", text(3)).prop_map(|(path, caption)| Block::Figure { path, alt: String::new(), caption }),
        1 => proptest::collection::vec((text(1), text(6)), 1..5).prop_map(Block::Facts),
        1 => (text(1), proptest::collection::vec(text(1), 1..7)).prop_map(|(name, items)| Block::Ticks { name, items }),
    ]
}

fn block() -> impl Strategy<Value = Block> {
    leaf().prop_recursive(3, 24, 5, |inner| {
        let blocks = proptest::collection::vec(inner, 1..5);
        prop_oneof![
            blocks.clone().prop_map(Block::Aside),
            (proptest::collection::vec(blocks.clone(), 1..4), any::<bool>()).prop_map(|(items, numbered)| {
                let item = |(index, blocks)| {
                    let marker = if numbered { Marker::Number(format!("{index}.")) } else { Marker::Checkbox };
                    Item { marker, blocks }
                };
                Block::List(items.into_iter().enumerate().map(item).collect())
            }),
            (text(3), blocks, 1u8..=5).prop_map(|(text, body, level)| Block::Question {
                number: Some(7),
                text,
                priority: None,
                confidence: Some((level, "sure".into())),
                body,
            }),
        ]
    })
}

/// The letters of a block, in the order in which it is read.
fn letters_of(block: &Block, out: &mut String) {
    let mut push = |runs: &[Run]| runs.iter().for_each(|run| out.push_str(&run.text));
    match block {
        Block::Paragraph(text) | Block::Note(text) => push(text),
        Block::Heading { text, note, .. } => {
            push(text);
            if let Some(Note::Scale(_, words)) = note {
                out.push_str(words);
            }
        }
        Block::Figure { caption, .. } => push(caption),
        Block::Code { text, .. } => out.push_str(text),
        Block::Table(table) => {
            table.head.iter().for_each(|cell| push(cell));
            table.rows.iter().flatten().for_each(|cell| push(cell));
        }
        Block::Facts(facts) => facts.iter().for_each(|(label, text)| {
            push(label);
            push(text);
        }),
        Block::Ticks { name, items } => {
            push(name);
            for item in items {
                push(item);
            }
        }
        Block::Aside(blocks) => blocks.iter().for_each(|block| letters_of(block, out)),
        Block::List(items) => items.iter().flat_map(|item| &item.blocks).for_each(|block| letters_of(block, out)),
        Block::Question { text, body, .. } => {
            push(text);
            for block in body {
                letters_of(block, out);
            }
        }
        _ => {}
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}

/// The letters as a screen reader meets them: node by node. (The lines of a very tall row of a table
/// stand on the page cell beside cell.)
fn letters_on(layout: &Layout) -> String {
    texts_by_node(&layout.pages.iter().collect::<Vec<_>>()).concat()
}

pub fn texts_by_node(pages: &[&Page]) -> Vec<String> {
    let mut nodes: BTreeMap<TagId, String> = BTreeMap::new();
    for mark in pages.iter().flat_map(|page| &page.marks) {
        if let Mark::Glyphs { run, owner: Owner::Tag(tag), .. } = mark
            && !run.soft_hyphen
        {
            nodes.entry(*tag).or_default().push_str(&letters(&run.text));
        }
    }
    nodes.into_values().collect()
}

/// The page on which each node begins, in the order in which they are read.
pub fn first_pages(layout: &Layout) -> BTreeMap<TagId, usize> {
    let mut pages = BTreeMap::new();
    for (number, page) in layout.pages.iter().enumerate() {
        for mark in &page.marks {
            if let Mark::Glyphs { owner: Owner::Tag(tag), .. } = mark {
                pages.entry(*tag).or_insert(number);
            }
        }
    }
    pages
}

/// The first part of both texts that differs.
fn difference(left: &str, right: &str) -> String {
    let at = left.chars().zip(right.chars()).take_while(|(left, right)| left == right).count();
    let around = |text: &str| text.chars().skip(at.saturating_sub(10)).take(30).collect::<String>();
    format!("…{} / …{}", around(left), around(right))
}

pub fn inside_the_frame(layout: &Layout, style: &Style, right_to_left: bool) -> Result<(), TestCaseError> {
    // Light marks hang out of justified lines.
    let slack = style.sizes.body * 0.32;
    let (left, right) = if right_to_left {
        (style.margins.outside, layout.size.0 - style.margins.inside)
    } else {
        (style.margins.inside, layout.size.0 - style.margins.outside)
    };
    let (top, bottom) = (style.margins.top, layout.size.1 - style.margins.bottom);
    for mark in layout.pages.iter().flat_map(|page| &page.marks) {
        if let Mark::Glyphs { run, x, y, owner: Owner::Tag(_) } = mark {
            prop_assert!(*x >= left - slack, "{} starts at {x}", run.text);
            prop_assert!(x + run.width <= right + slack, "{} ends at {}", run.text, x + run.width);
            prop_assert!(*y >= top && *y <= bottom, "{} stands at {y}", run.text);
        }
        if let Mark::Shape { shape: Shape { x, y, width, height, form: Form::Picture(_) }, .. } = mark {
            prop_assert!(*x >= left - 0.1 && x + width <= right + 0.1, "a picture from {x}, {width} wide");
            prop_assert!(*y >= top - 0.1 && y + height <= bottom + 0.1, "a picture from {y}, {height} high");
        }
    }
    Ok(())
}

/// Lines of running text stand on a grid of quarters of a line, whatever stands between them.
fn on_the_grid(layout: &Layout, style: &Style) -> Result<(), TestCaseError> {
    let grid = style.sizes.leading / 4.0;
    let is_body = |run: &GlyphRun| {
        (run.size - style.sizes.body).abs() < 0.01 && layout.faces.name(run.face).starts_with("SourceSerif")
    };
    for page in &layout.pages {
        let mut first = None;
        for mark in &page.marks {
            if let Mark::Glyphs { run, y, owner: Owner::Tag(_), .. } = mark
                && is_body(run)
                // The number of an item whose content is no text stands beside that.
                && run.text.len() > 3
            {
                let steps = (y - first.get_or_insert(*y).to_owned()) / grid;
                prop_assert!((steps - steps.round()).abs() < 0.05, "{} stands {steps} steps below", run.text);
            }
        }
    }
    Ok(())
}

/// What is drawn later does not hide a text.
fn nothing_hidden(page: &Page) -> Result<(), TestCaseError> {
    for (index, mark) in page.marks.iter().enumerate() {
        let Mark::Shape { shape: Shape { x, y, width, height, form: Form::Filled(_) }, .. } = mark else { continue };
        for before in page.marks.iter().take(index) {
            if let Mark::Glyphs { run, x: left, y: baseline, .. } = before {
                let beside = left + run.width <= x + 0.3 || *left >= x + width - 0.3;
                // From the baseline up to the height of a small letter.
                let clear = *baseline <= y + 0.3 || baseline - run.size * 0.45 >= y + height - 0.3;
                prop_assert!(beside || clear, "`{}` is hidden", run.text);
            }
        }
    }
    Ok(())
}

pub fn nothing_over_anything(layout: &Layout) -> Result<(), TestCaseError> {
    for page in &layout.pages {
        nothing_hidden(page)?;
        let mut boxes: Vec<(f32, f32, f32, &str)> = Vec::new();
        for mark in &page.marks {
            if let Mark::Glyphs { run, x, y, .. } = mark
                && run.width > 0.5
            {
                boxes.push((*x, x + run.width, *y, &run.text));
            }
        }
        for mark in &page.marks {
            let Mark::Shape { shape: Shape { x, y, width, height, form: Form::Picture(_) }, .. } = mark else {
                continue;
            };
            for (left, right, baseline, text) in &boxes {
                let beside = *right <= x + 0.3 || *left >= x + width - 0.3;
                prop_assert!(beside || baseline - 5.0 >= y + height || *baseline <= y + 0.3, "`{text}` over a picture");
            }
        }
        for (index, (left, right, y, text)) in boxes.iter().enumerate() {
            for (other_left, other_right, other_y, other) in boxes.iter().skip(index + 1) {
                let beside = *right <= other_left + 0.3 || *other_right <= left + 0.3;
                prop_assert!(beside || (y - other_y).abs() > 5.0, "`{text}` and `{other}` at {y} and {other_y}");
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_document_is_set_whole_and_clear(blocks in proptest::collection::vec(block(), 1..14), right_to_left: bool) {
        let style = style();
        let mut expected = String::new();
        for block in &blocks {
            letters_of(block, &mut expected);
        }
        let layout = layout(&document(blocks, if right_to_left { "he" } else { "en" }), &style, None, &[]);
        inside_the_frame(&layout, &style, right_to_left)?;
        nothing_over_anything(&layout)?;
        on_the_grid(&layout, &style)?;
        let (found, expected) = (letters_on(&layout), letters(&expected));
        prop_assert!(found == expected, "{}", difference(&found, &expected));
        let pages: Vec<usize> = layout.outline.iter().map(|placed| placed.page).collect();
        prop_assert!(pages.is_sorted(), "{pages:?}");
        let pages: Vec<usize> = first_pages(&layout).into_values().collect();
        prop_assert!(pages.is_sorted(), "{pages:?}");
    }

    #[test]
    fn any_theme_holds_any_document(style in any_style(), blocks in proptest::collection::vec(block(), 1..10), right_to_left: bool) {
        let mut expected = String::new();
        for block in &blocks {
            letters_of(block, &mut expected);
        }
        let layout = layout(&document(blocks, if right_to_left { "he" } else { "en" }), &style, None, &[]);
        inside_the_frame(&layout, &style, right_to_left)?;
        nothing_over_anything(&layout)?;
        let (found, expected) = (letters_on(&layout), letters(&expected));
        prop_assert!(found == expected, "{}", difference(&found, &expected));
    }

    /// However long they are, cards are set whole and keep to themselves.
    #[test]
    fn any_cards_are_set_whole_and_clear(cards in proptest::collection::vec(card(), 1..14), sheet in any_sheet()) {
        let layout = dealt(&cards, sheet);
        nothing_over_anything(&layout)?;
        prop_assert!(layout.pages.len().is_multiple_of(2));
        // Sheets have a front and a back. On each further card the first part of the question stands again.
        let (fronts, backs): (Vec<_>, Vec<_>) = layout.pages.chunks(2).map(|sheet| (&sheet[0], &sheet[1])).unzip();
        let (mut fronts, mut expected) = (texts_by_node(&fronts).into_iter().peekable(), String::new());
        for card in &cards {
            let text = |runs: &[Run]| letters(&runs.iter().map(|run| run.text.as_str()).collect::<String>());
            let (topic, front) = (text(&card.topic), text(&card.front));
            prop_assert_eq!(fronts.next(), Some(topic.clone()));
            prop_assert_eq!(fronts.next(), Some(front.clone()));
            while fronts.next_if_eq(&topic).is_some() {
                let again = fronts.next();
                prop_assert!(again.as_ref().is_some_and(|again| front.starts_with(again)), "{again:?} of {front}");
            }
            card.back.iter().for_each(|block| letters_of(block, &mut expected));
        }
        prop_assert_eq!(fronts.next(), None);
        let (found, expected) = (texts_by_node(&backs).concat(), letters(&expected));
        prop_assert!(found == expected, "{}", difference(&found, &expected));
        for page in &layout.pages {
            for mark in &page.marks {
                let Mark::Glyphs { run, x, y, .. } = mark else { continue };
                let cell = cell_round(page, (x + run.width / 2.0, y - 1.0));
                prop_assert!(*x >= cell[0] && x + run.width <= cell[1], "`{}` at {x} in {cell:?}", run.text);
                prop_assert!(y - run.size * 0.8 >= cell[2] && y + run.size * 0.25 <= cell[3], "`{}` at {y} in {cell:?}", run.text);
            }
        }
    }

    /// A document from right to left is the mirror image of the other one; only its texts are not.
    #[test]
    fn everything_changes_sides(blocks in proptest::collection::vec(block(), 1..10)) {
        // Marks hang out of even lines only where those run like the document; no patterns of hyphenation for either.
        let style = themed("type: {lines: ragged}\n").expect("a theme");
        let [there, here] = ["he", "mul"].map(|language| layout(&document(blocks.clone(), language), &style, None, &[]));
        let (there, here) = (boxes(&there, true), boxes(&here, false));
        prop_assert!(!here.is_empty() || there.is_empty());
        prop_assert_eq!(there, here);
    }
}

/// A style, the edge over which sheets are turned, a language.
fn any_sheet() -> impl Strategy<Value = (Style, Duplex, &'static str)> {
    let theme = (prop_oneof![Just("book"), Just("modern")], prop_oneof![Just("a4"), Just("letter")]);
    let style =
        theme.prop_map(|(name, paper)| themed(&format!("theme: {name}\npage: {{paper: {paper}}}\n")).expect("a theme"));
    (style, prop_oneof![Just(Duplex::LongEdge), Just(Duplex::ShortEdge)], prop_oneof![Just("en"), Just("he")])
}

fn card() -> impl Strategy<Value = Card> {
    // Boxes to tick stand on pages only: a row of them is never broken.
    let blocks = block().prop_filter("boxes to tick", |block| !has_ticks(block));
    let blocks = proptest::collection::vec(blocks, 0..4);
    let topic = text(2).prop_filter("a name has letters", |runs| runs.iter().any(|run| !letters(&run.text).is_empty()));
    (topic, text(12), blocks, proptest::option::of(1u8..=5), any::<bool>()).prop_map(
        |(topic, front, back, confidence, to_write)| {
            let confidence = confidence.map(|level| (level, "sure".to_owned()));
            Card { topic, front, confidence, back, to_write }
        },
    )
}

fn has_ticks(block: &Block) -> bool {
    match block {
        Block::Ticks { .. } => true,
        Block::Aside(blocks) | Block::Question { body: blocks, .. } => blocks.iter().any(has_ticks),
        Block::List(items) => items.iter().flat_map(|item| &item.blocks).any(has_ticks),
        _ => false,
    }
}

fn dealt(cards: &[Card], (style, duplex, language): (Style, Duplex, &str)) -> Layout {
    self::cards(&document(Vec::new(), language), cards, &style, Some(duplex), &[])
}

/// Left, right, upper and lower cut round a place on a sheet, by the cut marks of that page.
fn cell_round(page: &Page, (x, y): (f32, f32)) -> [f32; 4] {
    let (mut across, mut down) = (Vec::new(), Vec::new());
    let is = |value: f32, wanted: f32| (value - wanted).abs() < 0.01;
    for mark in &page.marks {
        let Mark::Shape { shape: Shape { x, y, width, height, form: Form::Filled(_) }, .. } = *mark else { continue };
        if is(width, 0.5) && is(height, 10.0) {
            across.push(x + width / 2.0);
        } else if is(width, 10.0) && is(height, 0.5) {
            down.push(y + height / 2.0);
        }
    }
    let around = |cuts: &[f32], at: f32| {
        let before = cuts.iter().copied().filter(|cut| *cut <= at).fold(f32::NEG_INFINITY, f32::max);
        [before, cuts.iter().copied().filter(|cut| *cut > at).fold(f32::INFINITY, f32::min)]
    };
    let ([left, right], [top, bottom]) = (around(&across, x), around(&down, y));
    [left, right, top, bottom]
}

/// The cuts round a text on a page.
fn cell_of(page: &Page, text: &str) -> Option<[f32; 4]> {
    page.marks.iter().find_map(|mark| match mark {
        Mark::Glyphs { run, x, y, .. } if run.text.trim() == text => Some(cell_round(page, (*x, *y))),
        _ => None,
    })
}

/// What is behind a front when the sheet is turned is its own back, on each paper and over each edge.
#[test]
fn fronts_and_backs_coincide() {
    let word = |side: &str, number: usize| vec![Run::plain(format!("{side}{number}"))];
    let card = |number| {
        let back = vec![Block::Paragraph(word("back", number))];
        Card { topic: vec![Run::plain("topic")], front: word("front", number), confidence: None, back, to_write: false }
    };
    let cards: Vec<Card> = (0..21).map(card).collect();
    for theme in ["book", "modern"] {
        for paper in ["a4", "letter"] {
            for duplex in [Duplex::LongEdge, Duplex::ShortEdge] {
                for language in ["en", "ar"] {
                    let style = themed(&format!("theme: {theme}\npage: {{paper: {paper}}}\n")).expect("a theme");
                    let layout = dealt(&cards, (style, duplex, language));
                    assert_eq!(layout.pages.len(), 6);
                    for number in 0..cards.len() {
                        let side = |page: usize, side: &str| {
                            cell_of(&layout.pages[page], &format!("{side}{number}")).expect("a card on its sheet")
                        };
                        let front = side(number / 8 * 2, "front");
                        let [left, right, top, bottom] = side(number / 8 * 2 + 1, "back");
                        let turned = match duplex {
                            Duplex::LongEdge => [layout.size.0 - right, layout.size.0 - left, top, bottom],
                            Duplex::ShortEdge => [left, right, layout.size.1 - bottom, layout.size.1 - top],
                        };
                        let apart = front.iter().zip(turned).map(|(front, back)| (front - back).abs());
                        let most = apart.fold(0.0, f32::max);
                        assert!(most < 0.01, "{theme} {paper} {duplex:?} {language} {number}: {front:?} {turned:?}");
                    }
                }
            }
        }
    }
}

fn document(blocks: Vec<Block>, language: &str) -> Document {
    let sizes = [(30.0, 30.0), (4000.0, 100.0), (200.0, 5000.0), (500.0, 300.0)];
    let size = |(number, (width, height))| PictureSize { number, width, height };
    let pictures =
        ["a", "b", "c", "d"].map(str::to_owned).into_iter().zip(sizes.into_iter().enumerate().map(size)).collect();
    Document { language: language.into(), folio: "{page} / {pages}".into(), pictures, blocks, ..Document::default() }
}

/// What is drawn round texts: page, left edge in tenths of a point, upper edge.
fn boxes(layout: &Layout, mirrored: bool) -> Vec<(usize, i64, i64)> {
    #[allow(clippy::cast_possible_truncation, reason = "far below 2^63")]
    let tenths = |value: f32| (f64::from(value) * 10.0).round() as i64;
    let mut found = Vec::new();
    for (number, page) in layout.pages.iter().enumerate() {
        for mark in &page.marks {
            let Mark::Shape { shape: Shape { x, y, width, .. }, .. } = mark else { continue };
            found.push((number, tenths(if mirrored { layout.size.0 - x - width } else { *x }), tenths(*y)));
        }
    }
    found
}

/// The left edge of the glyphs of a text, on the first page that has it.
fn left_of(layout: &Layout, text: &str) -> f32 {
    let mut marks = layout.pages.iter().flat_map(|page| &page.marks);
    let found = marks.find_map(|mark| match mark {
        Mark::Glyphs { run, x, .. } if run.text.trim() == text => Some(*x),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("{text} is nowhere"))
}

#[test]
fn lists_and_tables_begin_at_the_right_of_a_document_from_right_to_left() {
    let item = |text: &str| Item {
        marker: Marker::Number("7.".into()),
        blocks: vec![Block::Paragraph(vec![Run::plain(text)])],
    };
    let cells = |texts: [&str; 2]| texts.map(|text| vec![Run::plain(text)]).to_vec();
    let table = Table { head: cells(["first", "second"]), rows: vec![cells(["one", "two"])], ..Table::default() };
    let blocks = vec![Block::List(vec![item("שלום")]), Block::Table(table)];
    for (language, right_to_left) in
        [("he", true), ("ar-EG", true), ("en", false), ("az-Arab", true), ("ur-Latn", false)]
    {
        let layout = layout(&document(blocks.clone(), language), &style(), None, &[]);
        assert_eq!(left_of(&layout, "first") > left_of(&layout, "second"), right_to_left, "{language}");
        assert_eq!(left_of(&layout, "one") > left_of(&layout, "two"), right_to_left, "{language}");
        if right_to_left {
            assert!(left_of(&layout, "7") > left_of(&layout, "שלום"), "{language}");
        }
    }
}

/// The left and the right edge of a text.
fn edges_of(layout: &Layout, text: &str) -> (f32, f32) {
    let left = left_of(layout, text);
    let mut marks = layout.pages.iter().flat_map(|page| &page.marks);
    let width = marks.find_map(|mark| match mark {
        Mark::Glyphs { run, .. } if run.text.trim() == text => Some(run.width),
        _ => None,
    });
    (left, left + width.expect(text))
}

/// As the row below the head says, and mirrored from right to left; only digits stand below each other always.
#[test]
fn columns_stand_as_they_are_written() {
    let cells = |texts: [&str; 5]| texts.map(|text| vec![Run::plain(text)]).to_vec();
    let columns = vec![Align::Start, Align::Center, Align::End, Align::Start, Align::End];
    let table = Table {
        columns,
        head: cells(["start of it", "middle of it", "end of it", "numbers left", "numbers"]),
        rows: vec![cells(["a", "b", "c", "7", "200"]), cells(["aa", "bb", "cc", "10", "3"])],
    };
    for (language, right_to_left) in [("en", false), ("he", true)] {
        let layout = layout(&document(vec![Block::Table(table.clone())], language), &style(), None, &[]);
        let edges = |text: &str| {
            let (left, right) = edges_of(&layout, text);
            // What stands where reading begins, in the middle, and where it ends.
            if right_to_left { (-right, -left.midpoint(right), -left) } else { (left, left.midpoint(right), right) }
        };
        let same = |place: fn((f32, f32, f32)) -> f32, texts: [&str; 3]| {
            let places = texts.map(|text| place(edges(text)));
            assert!(places.iter().all(|place| (place - places[0]).abs() < 0.1), "{language}: {texts:?} at {places:?}");
        };
        same(|edges| edges.0, ["start of it", "a", "aa"]);
        same(|edges| edges.1, ["middle of it", "b", "bb"]);
        same(|edges| edges.2, ["end of it", "c", "cc"]);
        same(|edges| edges.0, ["numbers left", "7", "10"]);
        same(if right_to_left { |edges| edges.0 } else { |edges| edges.2 }, ["numbers", "200", "3"]);
    }
}

/// A column that somebody placed holds texts of both directions in one line.
#[test]
fn a_word_of_the_other_direction_stands_where_its_column_does() {
    let table = |align| Table {
        columns: vec![align],
        head: vec![vec![Run::plain("a head that is long")]],
        rows: vec![vec![vec![Run::plain("שלום")]], vec![vec![Run::plain("word")]]],
    };
    let left = |align| {
        let layout = layout(&document(vec![Block::Table(table(align))], "en"), &style(), None, &[]);
        (left_of(&layout, "שלום"), left_of(&layout, "word"))
    };
    let (hebrew, english) = left(Align::Natural);
    assert!(hebrew > english + 50.0, "{hebrew} {english}");
    let (hebrew, english) = left(Align::Start);
    assert!((hebrew - english).abs() < 0.1, "{hebrew} {english}");
}

/// However long a plan is and whatever stands above it, its last week is on the page that says what found no place.
#[test]
fn what_is_left_out_stands_below_the_last_week() {
    let text = |text: &str| vec![Run::plain(text)];
    let day = |label: String, chips: usize| Day {
        label: text(&label),
        chips: vec![(Chip::Recall, text("something to recall")); chips],
        ..Day::default()
    };
    for (weeks, chips, above) in (1..9).flat_map(|weeks| (0..9).map(move |chips| (weeks, chips, weeks * 7 % 30))) {
        let week = |week: usize| Week::Days((0..7).map(|at| day(format!("{week}.{at}"), chips)).collect());
        let plan = Weeks {
            names: (0..7).map(|name| text(&format!("day{name}"))).collect(),
            rows: (1..=weeks).map(week).collect(),
            legend: vec![(Chip::Recall, text("Recall"))],
            left_out: Some((text("Left"), vec![(text("Recall"), text("many words ")); 3])),
        };
        let mut blocks = vec![Block::Paragraph(text("above")); above];
        blocks.push(Block::Weeks(plan));
        let layout = layout(&document(blocks, "en"), &style(), None, &[]);
        let page = |wanted: &str| {
            let is = |mark: &Mark| matches!(mark, Mark::Glyphs { run, .. } if run.text.trim() == wanted);
            layout.pages.iter().position(|page| page.marks.iter().any(is)).expect(wanted)
        };
        assert_eq!(page("Left"), page(&format!("{weeks}.0")), "{weeks} weeks of {chips} below {above}");
        assert_eq!(page("Left") + 1, layout.pages.len());
    }
}

#[test]
fn words_are_read_in_order_and_numbers_and_code_keep_theirs() {
    let code = Run { code: true, ..Run::plain("a -> b;") };
    let text = vec![Run::plain("אבג 40 000 דהו "), code, Run::plain(" זחט abc (יכל)")];
    let layout = layout(&document(vec![Block::Paragraph(text)], "he"), &style(), None, &[]);
    let mut read = String::new();
    let mut places = Vec::new();
    for mark in &layout.pages[0].marks {
        if let Mark::Glyphs { run, x, owner: Owner::Tag(_), .. } = mark {
            read.push_str(&run.text);
            places.push((run.text.clone(), *x));
        }
    }
    assert_eq!(read.trim_end(), "אבג 40 000 דהו a -> b; זחט abc (יכל)");
    let place = |text: &str| places.iter().find(|(run, _)| run.contains(text)).map(|(_, x)| *x).expect(text);
    // The code is one run, the number too, and each word lies to the left of the one before it.
    assert!(place("40 000") > place("a -> b;") && place("a -> b;") > place("abc"), "{places:?}");
}

#[test]
fn a_paragraph_of_the_other_direction_begins_at_its_own_side() {
    let hebrew = Block::Paragraph(vec![Run::plain("אבג דהו")]);
    let english = Block::Paragraph(vec![Run::plain("a long line of words ".repeat(12))]);
    let style = style();
    let right_edge = |layout: &Layout| {
        let ends = layout.pages[0].marks.iter().filter_map(|mark| match mark {
            Mark::Glyphs { run, x, owner: Owner::Tag(_), .. } if run.text.contains('א') => Some(x + run.width),
            _ => None,
        });
        ends.fold(0.0, f32::max)
    };
    let in_english = layout(&document(vec![hebrew], "en"), &style, None, &[]);
    assert!((right_edge(&in_english) - (in_english.size.0 - style.margins.outside)).abs() < 1.0);
    let in_hebrew = layout(&document(vec![english], "he"), &style, None, &[]);
    let last = in_hebrew.pages[0].marks.iter().rev().find_map(|mark| match mark {
        Mark::Glyphs { x, owner: Owner::Tag(_), .. } => Some(*x),
        _ => None,
    });
    assert!((last.expect("a line") - style.margins.outside).abs() < 4.0, "{last:?}");
}
