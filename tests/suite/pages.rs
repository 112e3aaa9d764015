//! Random dossiers in every layout, on each paper, in both themes and in every language: nothing outside of the
//! frame, no line over another, every word once, one page of cheat sheet whatever there is.

use crate::layout::{first_pages, inside_the_frame, nothing_over_anything, texts_by_node, themed};
use crate::random::Random;
use jiff::Timestamp;
use prep_dossier::dossier;
use prep_dossier::export::briefing::layout::{Layout, Mark};
use prep_dossier::export::briefing::{Layout as Form, Notes, Options, laid_out};
use prep_dossier::plan;
use prep_dossier::theme::{Templates, Theme};
use proptest::prelude::*;
use std::fmt::Write;

/// Those with labels, those from right to left, one without labels.
const LANGUAGES: [&str; 13] = ["en", "de", "fr", "es", "nl", "da", "pt", "ko", "ja", "he", "ar", "fa-IR", "fi"];
/// A printer's edge: 5 mm.
const EDGE: f32 = 14.17;
/// What of a line stands below its baseline, as a part of its size.
const BELOW: f32 = 0.25;

/// Writes a dossier whose words are all different.
struct Writer {
    random: Random,
    words: Vec<String>,
    text: String,
}

impl Writer {
    /// A word that is nowhere else, of any length and script.
    fn word(&mut self) -> String {
        // How it begins, what it is filled with, and the letters that count: no word stands in another one, nor
        // over the seam of two.
        let (first, fill, count, most) = match self.random.between(0, 40) {
            0 => ('m', "abcdefghijkl", "nopqrsuvwx", 110),
            1..=4 => ('m', "abcdefghijkl", "nopqrsuvwx", 22),
            5..=10 => ('מ', "אבגדהוזחט", "כלנסעפצקרש", 6),
            11..=12 => ('م', "ابتثجحخدذ", "رزسشصضطظعغ", 6),
            13..=14 => ('日', "本語入門文章読書", "時間東京大阪春夏秋冬", 12),
            15 => ('ß', "äöüéèêñçåø", "æšžłőčřďťň", 8),
            _ => ('m', "abcdefghijkl", "nopqrsuvwx", 6),
        };
        let (fill, count): (Vec<char>, Vec<char>) = (fill.chars().collect(), count.chars().collect());
        let length = self.random.between(0, most);
        let mut word = String::from(first);
        word.extend((0..length).map(|_| self.random.one(&fill)));
        let mut number = self.words.len();
        for _ in 0..4 {
            word.push(count[number % count.len()]);
            number /= count.len();
        }
        self.words.push(word.clone());
        word
    }

    fn some(&mut self, least: i64, most: i64) -> String {
        let count = self.random.between(least, most);
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    /// Words with marks of Markdown.
    fn line(&mut self, most: i64) -> String {
        let words = self.some(1, most);
        let more = match self.random.between(0, 6) {
            0 => format!("**{}**", self.some(1, 3)),
            1 => format!("*{}*", self.some(1, 3)),
            2 => format!("`{}`", self.some(1, 3)),
            3 => format!("[{}](https://example.com)", self.some(1, 3)),
            _ => self.some(1, 2),
        };
        format!("{words} {more}.")
    }

    /// Blocks of Markdown behind a key, `indent` deep.
    fn blocks(&mut self, indent: usize) -> String {
        let mut blocks = Vec::new();
        for _ in 0..self.random.between(1, 4) {
            blocks.push(match self.random.between(0, 7) {
                0 => (0..self.random.between(1, 6)).map(|_| format!("- {}\n", self.line(12))).collect::<String>(),
                1 => (1..=self.random.between(1, 12)).map(|n| format!("{n}. {}\n", self.line(8))).collect(),
                2 => {
                    let lines = (0..self.random.between(1, 24)).map(|_| format!("let {} = 1;\n", self.some(1, 14)));
                    format!("```rust\n{}```\n", lines.collect::<String>())
                }
                3 => {
                    let mut table = format!("| {} | {} | n |\n|:--|:-:|--:|\n", self.word(), self.some(1, 3));
                    for row in 0..self.random.between(1, 16) {
                        let _ = writeln!(table, "| {} | {} | {row}.5 |", self.some(1, 4), self.some(1, 20));
                    }
                    table
                }
                4 => format!("> {}\n", self.line(20)),
                _ => format!("{}\n", self.line(60)),
            });
        }
        let indent = " ".repeat(indent);
        blocks.join("\n").lines().fold("|\n".to_owned(), |text, line| format!("{text}{indent}{line}\n"))
    }

    fn outline(&mut self, key: &str) {
        let _ = writeln!(self.text, "{key}:");
        for _ in 0..self.random.between(1, 5) {
            let label = self.some(1, 4);
            if self.random.chance(50) {
                let text = self.line(30);
                let _ = writeln!(self.text, "  {label}: \"{text}\"");
            } else {
                let items = (0..self.random.between(1, 7)).map(|_| format!("    - \"{}\"\n", self.line(14)));
                let items: String = items.collect();
                let _ = write!(self.text, "  {label}:\n{items}");
            }
        }
    }

    fn questions(&mut self, key: &str) {
        let _ = writeln!(self.text, "{key}:");
        let many = if self.random.chance(8) { 20 } else { 4 };
        for _ in 0..self.random.between(1, many) {
            let topic = self.some(1, 5);
            let _ = writeln!(self.text, "  {topic}:");
            for _ in 0..self.random.between(1, 6) {
                let question = self.line(18);
                let _ = writeln!(self.text, "    - question: \"{question}\"");
                if self.random.chance(40) {
                    let answer = self.blocks(8);
                    let _ = write!(self.text, "      answer: {answer}");
                }
                if self.random.chance(30) {
                    let hints = [self.some(1, 3), self.some(1, 9), self.some(1, 3)].join("\", \"");
                    let _ = writeln!(self.text, "      hints: [\"{hints}\"]");
                }
                if self.random.chance(40) {
                    let (confidence, priority) =
                        (self.random.between(1, 5), self.random.one(&["low", "normal", "high"]));
                    let _ = writeln!(self.text, "      confidence: {confidence}\n      priority: {priority}");
                }
            }
        }
    }

    fn concepts(&mut self) {
        self.text.push_str("concepts:\n");
        for _ in 0..self.random.between(1, 8) {
            let topic = self.some(1, 4);
            let _ = writeln!(self.text, "  {topic}:");
            let explained = self.random.chance(30);
            for _ in 0..self.random.between(1, 8) {
                let name = self.some(1, 5);
                let _ = writeln!(self.text, "    - concept: \"{name}\"");
                if explained {
                    let text = self.blocks(8);
                    let _ = write!(self.text, "      explanation: {text}");
                }
            }
        }
    }

    fn stories(&mut self) {
        self.text.push_str("stories:\n");
        for _ in 0..self.random.between(1, 4) {
            let title = self.some(1, 8);
            let _ = writeln!(self.text, "  {title}:");
            for part in ["situation", "task", "action", "result"] {
                if part == "situation" || self.random.chance(80) {
                    let text = self.blocks(6);
                    let _ = write!(self.text, "    {part}: {text}");
                }
            }
        }
    }

    fn head(&mut self, language: &str) {
        let many = if self.random.chance(20) { 16 } else { 3 };
        let [company, role, place, pay, name] = [many, many, 9, 9, 5].map(|most| self.some(1, most));
        let _ = write!(
            self.text,
            "dossier: 1\nlanguage: {language}\njob:\n  company: {company}\n  role: {role}\n  location: {place}\n  \
             compensation: {pay}\ncandidate: {{name: {name}}}\n"
        );
        let rounds = self.random.between(0, 3);
        if rounds > 0 {
            self.text.push_str("interview:\n");
        }
        for round in 0..rounds {
            let (name, with) = (self.some(1, 6), self.some(1, 4));
            let day = self.random.between(1, 9) + round * 9;
            let time = self.random.one(&["", " 14:00", " 09:05"]);
            let _ = writeln!(
                self.text,
                "  - {{name: {name}, date: 2026-12-{day:02}{time}, time_zone: Europe/Paris, with: [{with}]}}"
            );
        }
    }
}

/// A dossier from a seed, and the words of its sections.
fn any_dossier(seed: u64, language: &str) -> (String, Vec<String>) {
    let mut writer = Writer { random: Random::new(seed), words: Vec::new(), text: String::new() };
    writer.head(language);
    let outside = writer.words.len();
    for key in ["overview", "fit", "highlights", "company", "stories", "questions", "ask", "concepts", "advice"] {
        if writer.random.chance(60) {
            match key {
                "overview" => {
                    let text = writer.blocks(2);
                    let _ = write!(writer.text, "overview: {text}");
                }
                "stories" => writer.stories(),
                "questions" | "ask" => writer.questions(key),
                "concepts" => writer.concepts(),
                _ => writer.outline(key),
            }
        }
    }
    (writer.text, writer.words.split_off(outside))
}

/// The dossier laid out in some form; its sections alone, without the page that says some of them again, if wanted.
fn set(text: &str, form: Form, theme: &str, paper: &str, alone: bool) -> (Theme, Layout) {
    let reading = dossier::read("prep.yaml", text.as_bytes());
    let dossier = reading.dossier.unwrap_or_else(|| panic!("{:#?}\n{text}", reading.diagnostics));
    let sections = if alone { "sections: [rest]\n" } else { "" };
    let style = themed(&format!("theme: {theme}\npage: {{paper: {paper}}}\n{sections}")).expect("a theme");
    let (labels, _) = Theme::load(Templates::default(), &dossier.language).expect("labels");
    let theme = Theme { style, ..labels };
    let now: Timestamp = "2026-11-23T08:00:00Z".parse().expect("a time");
    let plan = plan::plan(&dossier, now, &[], &plan::Earlier::default()).filter(|_| !alone);
    let options = Options { layout: form, notes: Notes::Lines, ..Options::at(now) };
    let (_, layout) = laid_out(&dossier, plan.as_ref(), &theme, &options);
    (theme, layout)
}

/// Every glyph that is no part of a margin stands on the sheet, clear of a printer's edge.
fn on_the_sheet(layout: &Layout) -> Result<(), TestCaseError> {
    for mark in layout.pages.iter().flat_map(|page| &page.marks) {
        let Mark::Glyphs { run, x, y, .. } = mark else { continue };
        prop_assert!(*x >= EDGE && x + run.width <= layout.size.0 - EDGE, "`{}` at {x}", run.text);
        prop_assert!(y - run.size * 0.8 >= EDGE, "`{}` at {y}", run.text);
        prop_assert!(y + run.size * BELOW <= layout.size.1 - EDGE, "`{}` at {y}", run.text);
    }
    Ok(())
}

/// Each word stands once.
fn each_word_once(layout: &Layout, text: &str, words: &[String]) -> Result<(), TestCaseError> {
    let nodes = texts_by_node(&layout.pages.iter().collect::<Vec<_>>());
    let all = nodes.join(" ");
    for word in words {
        let times = all.matches(word.as_str()).count();
        let line = text.lines().find(|line| line.contains(word)).unwrap_or_default();
        let around = word.chars().take(5).collect::<String>();
        let found = nodes.iter().find(|node| node.contains(&around));
        prop_assert!(times == 1, "{word} is there {times} times: {line}\n{found:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_dossier_is_set_whole_and_clear(seed: u64) {
        let random = &mut Random::new(seed ^ 0x5EED);
        let language = random.one(&LANGUAGES);
        let (theme, paper) = (random.one(&["book", "modern"]), random.one(&["a4", "letter"]));
        let right_to_left = ["he", "ar", "fa-IR"].contains(&language);
        let (text, words) = any_dossier(seed, language);
        let (used, briefing) = set(&text, Form::Briefing, theme, paper, false);
        inside_the_frame(&briefing, &used.style, right_to_left)?;
        nothing_over_anything(&briefing)?;
        on_the_sheet(&briefing)?;
        let pages: Vec<usize> = briefing.outline.iter().map(|placed| placed.page).collect();
        prop_assert!(pages.is_sorted(), "{pages:?}");
        let (_, sections) = set(&text, Form::Briefing, theme, paper, true);
        each_word_once(&sections, &text, &words)?;
        let pages: Vec<usize> = first_pages(&sections).into_values().collect();
        prop_assert!(pages.is_sorted(), "{pages:?}");
        let (used, cheatsheet) = set(&text, Form::Cheatsheet, theme, paper, false);
        prop_assert_eq!(cheatsheet.pages.len(), 1);
        inside_the_frame(&cheatsheet, &used.style, right_to_left)?;
        nothing_over_anything(&cheatsheet)?;
        let (_, cards) = set(&text, Form::Cards, theme, paper, false);
        nothing_over_anything(&cards)?;
        on_the_sheet(&cards)?;
    }
}
