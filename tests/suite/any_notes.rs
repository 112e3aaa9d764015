//! Any text becomes a dossier with the same words, or is refused: never a panic, never a word less.

use prep_dossier::dossier;
use prep_dossier::draft::{Failure, Given, hours, interview};
use prep_dossier::notes::import;
use proptest::prelude::*;

/// Words that mean something to Markdown, to YAML or to the import, among plain ones.
const WORDS: &[&str] = &[
    "Questions",
    "Likely Questions",
    "Questions to ask",
    "Company",
    "Why you fit",
    "Concepts",
    "STAR stories",
    "Advice",
    "Overview",
    "Job facts",
    "Interview details",
    "Closing",
    "More",
    "Study plan",
    "Timeline",
    "Fragen",
    "예상 질문",
    "想定質問",
    "Q:",
    "A:",
    "Q1.",
    "Answer:",
    "**Answer:**",
    "**Hints:** think",
    "**Tags:** a, b",
    "**Id:** one",
    "**Priority:** high",
    "**Confidence:** 3/5",
    "**Links:** https://example.com",
    "Situation:",
    "**Task:** lead",
    "**Result:** done",
    "Company: ACME",
    "Role: Engineer",
    "Date: 2026-12-15 14:00 Europe/Oslo",
    "Time: 9:30",
    "Location: Oslo",
    "**Label:** text",
    "**Bold**",
    "__Also__",
    "*it*",
    "`code`",
    "How do you test?",
    "Explain it.",
    "Good luck!",
    "Let me know if more.",
    "Sure! Here it is:",
    "I'm sorry, but no.",
    "a, b, c",
    "one – two",
    "x: y",
    "x #y",
    "'quoted'",
    "\"double\"",
    "- dash",
    "null",
    "true",
    "42",
    "1.",
    "12) twelve",
    "[link](https://example.com)",
    "![](p.png)",
    "<b>html</b>",
    "{a: b}",
    "[a, b]",
    "&anchor",
    "*alias",
    "!tag",
    "%",
    "@",
    "|",
    ">",
    "~",
    "\\",
    "한글",
    "日本語：です",
    "é",
    "🎯",
    "a  b",
    "\t",
    "\u{a0}",
    "\u{2028}",
    "\u{85}",
    "\u{feff}",
    "\u{202e}",
    "==marked==",
    "*Answer:* so",
    "**Company: ACME**",
    "Q1. How?",
    "A1. So.",
    "【4†source】",
    "[cite: 1]",
    "[cite_start]",
    ":contentReference[oaicite:0]{index=0}",
    "<details>",
    "</details>",
    "<summary>",
    "</summary>",
    "[Part](#part)",
    "**IV. Advice**",
    "A. Technical Questions",
    "Good luck! If you want more, ask.",
    "your **Engineer** interview at **ACME**",
    "Kafka: topics, offsets",
    "\"Why us?\"",
    "https://example.com/a?b=c#d",
    "S – one",
    "R – two",
    "**S**ituation: x",
    "S: x",
    "R: y",
    "| S | one | two |",
    "| R | three | four |",
    "| Title | Situation | Result |",
    "[^1]: a note",
    "[1] https://example.com",
    "Sources:",
    "Interview",
    "About ACME",
    "**Final thought:** x",
    "*Strategy:* y",
    "| Do | Don't |",
    "- Position\n  - Company: ACME\n  - Role: Engineer",
];

const LEADS: &[&str] = &[
    "",
    "",
    "",
    "# ",
    "## ",
    "### ",
    "###### ",
    "- ",
    "- ",
    "* ",
    "• ",
    "– ",
    "+ ",
    "1. ",
    "2) ",
    "- [ ] ",
    "> ",
    "| ",
    "    ",
    "\t",
    "```",
    "~~~",
    "**",
    "•",
    "a) ",
    "→ ",
    "✅ ",
    "・",
    "1️⃣ ",
    "Q. ",
    "A. ",
    "<summary>",
];

fn line() -> impl Strategy<Value = String> {
    let words = prop::collection::vec(prop::sample::select(WORDS), 0..4);
    let tail = prop::sample::select(&["", "", "", "  ", ":", "**", " | cell |", "?", "."][..]);
    (0_usize..7, prop::sample::select(LEADS), words, tail)
        .prop_map(|(indent, lead, words, tail)| format!("{}{lead}{}{tail}", " ".repeat(indent), words.join(" ")))
}

fn whole_line() -> impl Strategy<Value = String> {
    let rules = prop::sample::select(
        &[
            "",
            "",
            "",
            "---",
            "===",
            "|---|---|",
            "|:--|--:|",
            "## STAR stories",
            "## Interview",
            "***",
            "```",
            "```go",
            "- ",
            "#",
            "| a | b |",
        ][..],
    );
    prop_oneof![4 => line(), 2 => rules.prop_map(str::to_owned), 1 => "[ -~]{0,30}"]
}

fn markdown() -> impl Strategy<Value = String> {
    let end = prop::sample::select(&["\n", "\n", "\n\n", "\r\n"][..]);
    prop::collection::vec((whole_line(), end), 0..24)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

/// Lines as they stand above notes, and what is none.
fn front() -> impl Strategy<Value = String> {
    let lines = prop::sample::select(
        &[
            "company: ACME",
            "role: \"Engineer: Go\"",
            "title: Prep: ACME – Engineer",
            "date: 2026-12-15 14:00",
            "date: 3/4/2027",
            "timezone: Europe/Oslo",
            "job_title: 'it''s'",
            "tags: [a, b]",
            "tags:",
            "  - one",
            "  - two: three",
            "job: {company: A, role: B}",
            "language: de",
            "x: &a one",
            "y: *a",
            "# a comment",
            "text: |",
            "  more lines",
            "no key",
            "",
        ][..],
    );
    (prop::collection::vec(lines, 0..8), prop::sample::select(&["---", "...", ""][..]))
        .prop_map(|(lines, end)| format!("---\n{}\n{end}\n", lines.join("\n")))
}

fn given() -> Given {
    Given { company: Some("ACME".to_owned()), role: Some("Engineer".to_owned()), ..Given::default() }
}

/// Fails on what would be a bug; the import proves itself that no word is lost.
fn check(notes: &str, given: &Given) {
    match import("notes.md", notes.as_bytes(), given) {
        Ok(imported) => {
            let reading = dossier::read("prep.yaml", imported.yaml.as_bytes());
            assert!(reading.dossier.is_some(), "{:#?}\n{notes}\n---\n{}", reading.diagnostics, imported.yaml);
        }
        Err(Failure::Refused(_, problems) | Failure::Missing { diagnostics: problems, .. }) => {
            assert!(!problems.is_empty());
        }
        Err(Failure::Bug(message)) => panic!("{message}\n{notes}"),
    }
}

#[test]
fn what_once_lost_words_does_so_no_more() {
    for notes in [
        "## Foo\n**Bold**\n---\n",
        "# :\n- Questions\n## Questions\n",
        "# **\n## Q:\n### :\n",
        "# STAR stories\n## Fragen\n",
        "# Foo\n---\n## STAR stories\n",
        "## Quick Snapshot\n\nItem | |\n- | -\n**Format** | Video\n**Format** | 60\n",
    ] {
        check(&format!("## Likely questions\n\n{notes}"), &given());
    }
    check(
        "date: 2026-12-15 14:00\n\n## Questions\n- Why?\n\n## Interview\n- Date: 2026-12-15 14:00 Europe/Oslo\n",
        &given(),
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn markdown_keeps_its_words(body in markdown()) {
        check(&format!("## Likely questions\n\n{body}"), &given());
    }

    #[test]
    fn what_stands_above_notes_keeps_its_words(front in front(), notes in markdown()) {
        check(&format!("{front}{notes}"), &given());
        check(&format!("{front}## Likely questions\n\n{notes}"), &Given::default());
    }

    #[test]
    fn markdown_without_help_keeps_its_words_or_is_refused(notes in markdown()) {
        check(&notes, &Given::default());
        check(&notes, &given());
    }

    #[test]
    fn what_is_given_besides_loses_no_word_of_the_notes(rounds in markdown(), notes in markdown()) {
        let interview = interview("2026-12-15 14:00 Europe/Amsterdam").ok();
        let hours = hours("weekdays 18:30-20:30").ok();
        let date = "- **Date:** 15 December 2026, 10:30 CET\n";
        let given = Given { interview, hours, ..given() };
        check(&format!("{date}{notes}\n## Interview details\n\n{date}{rounds}\n{notes}"), &given);
    }

    #[test]
    fn any_text_keeps_its_words_or_is_refused(notes in "\\PC{0,300}", lines in prop::collection::vec("\\PC{0,40}", 0..12)) {
        check(&notes, &given());
        check(&format!("## Company\n{}", lines.join("\n")), &given());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        drop(import("notes.md", &bytes, &given()));
    }
}
