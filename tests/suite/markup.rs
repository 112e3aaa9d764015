//! Markdown inside strings.

use prep_dossier::markup::{Align, Block, Inline, Line, parse, parse_line};
use proptest::prelude::*;

#[test]
fn a_line_keeps_marks_that_would_start_a_block() {
    for text in [
        "# 1 priority",
        "1. What is first?",
        "- a dash",
        "> quoted",
        "+ equity",
        "* star",
        "``` fence",
        "| a | b |",
        "    indented",
    ] {
        assert_eq!(parse_line(text).plain(), text.trim(), "{text}");
    }
}

#[test]
fn a_line_knows_inline_marks_at_its_start() {
    let line = parse_line("**Strong** and `code` and *emphasis*");
    assert!(matches!(
        line.0.as_slice(),
        [Inline::Strong(_), Inline::Text(_), Inline::Code(_), Inline::Text(_), Inline::Emphasis(_)]
    ));
    assert_eq!(line.plain(), "Strong and code and emphasis");
    assert!(matches!(parse_line("_first_ word").0.first(), Some(Inline::Emphasis(_))));
    assert!(matches!(parse_line("`first` word").0.first(), Some(Inline::Code(_))));
}

#[test]
fn html_is_the_text_it_is() {
    assert_eq!(parse("a <b>bold</b> <script>x()</script>").plain(), "a <b>bold</b> <script>x()</script>");
    assert_eq!(parse("<div>\nblock\n</div>").plain(), "<div> block </div>");
}

#[test]
fn tight_items_hold_lines_and_lists() {
    let markup = parse("- one *two*\n  - inner\n- `three`\n");
    let [Block::List { start: None, items }] = markup.0.as_slice() else { panic!("{markup:?}") };
    assert_eq!(items.len(), 2);
    let [Block::Paragraph(first), Block::List { items: inner, .. }] = items[0].0.as_slice() else {
        panic!("{items:?}")
    };
    assert_eq!(first.plain(), "one two");
    assert_eq!(inner[0].plain(), "inner");
    assert_eq!(items[1].as_line().map(Line::plain).as_deref(), Some("three"));
}

#[test]
fn numbers_languages_and_tables_are_kept() {
    let markup = parse("3. three\n4. four\n\n```rust,ignore now\nfn main() {}\n\n```\n\n|a|b|\n|-|-|\n|1|2|\n");
    let [Block::List { start: Some(3), .. }, Block::Code { language, text }, Block::Table(table)] = markup.0.as_slice()
    else {
        panic!("{markup:?}")
    };
    assert_eq!((language.as_str(), text.as_str()), ("rust,ignore", "fn main() {}\n"));
    assert_eq!((table.head.len(), table.rows.len(), table.rows[0][1].plain().as_str()), (2, 1, "2"));
}

#[test]
fn columns_stand_as_the_row_below_the_head_says() {
    let markup = parse("a | b | c | d\n:-- | --: | :-: | -\n1 | 2 | 3 | 4\n");
    let [Block::Table(table)] = markup.0.as_slice() else { panic!("{markup:?}") };
    assert_eq!(table.columns, [Align::Start, Align::End, Align::Center, Align::Natural]);
}

proptest! {
    /// No letter is lost or made up on one line, whatever the marks do.
    #[test]
    fn lines_keep_every_letter(text in "[a-zé日 .,:!?-]{0,80}") {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        prop_assert_eq!(letters(&parse_line(&text).plain()), letters(&text));
    }

    /// Plain words are read without the Markdown reader, and give what it gives.
    #[test]
    fn plain_words_are_what_markdown_reads(text in "[A-Za-zé日1 ][A-Za-z .,:;!?#>=|~+)\\]}{'\"0-9日\u{a0}-]{0,60}") {
        let with_more = parse(&format!("{text}\n\n`x`"));
        let code = Block::Paragraph(Line(vec![Inline::Code("x".into())]));
        let mut expected = parse(&text).0;
        expected.push(code);
        prop_assert_eq!(with_more.0, expected);
        let mut line = parse_line(&format!("{text}`x`")).0;
        prop_assert_eq!(line.pop(), Some(Inline::Code("x".into())));
        prop_assert_eq!(Line(line).plain().trim_end().to_owned(), parse_line(&text).plain());
    }

    #[test]
    fn any_text_is_parsed(text in "[ a-z*_`\\[\\]()<>#|\\n\\-+0-9.!~\\\\&;]{0,200}") {
        let _ = parse(&text).plain();
        let _ = parse_line(&text).plain();
    }

    #[test]
    fn nesting_without_end_is_parsed(depth in 1usize..3000) {
        let _ = parse(&">".repeat(depth)).plain();
        let _ = parse(&"[".repeat(depth)).plain();
        let _ = parse(&"- ".repeat(depth)).plain();
    }
}

#[test]
fn a_text_over_several_lines_is_one_literal() {
    use prep_dossier::markup::code::{Class, tokens};
    let source = "def f():\n    \"\"\"Return in\n    while\"\"\"\n    return \"a\" # \"b\"\n";
    let found = tokens("python", source);
    let of =
        |class: Class| found.iter().filter(|(found, _)| *found == class).map(|(_, text)| *text).collect::<Vec<_>>();
    assert_eq!(of(Class::Literal), ["\"\"\"Return in\n    while\"\"\"", "\"a\""]);
    assert_eq!(of(Class::Keyword), ["def", "return"]);
    assert_eq!(of(Class::Comment), ["# \"b\""]);
    assert_eq!(found.iter().map(|(_, text)| *text).collect::<String>(), source);
}
