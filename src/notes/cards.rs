//! Questions and concepts out of notes, in all the ways people write them.

use super::blocks::{
    ARROW, Block, Item, Sort, blocks, bold_label, numbered_label, placed, plain_label, unbold, unslanted,
};
use super::fields::{self, Fields};
use super::headings::Section;
use super::lines::{Line, Mark, Piece, marker, verbatim};
use super::outline::{cells, joined, row_said, together};
use super::words;
use crate::dossier::keys::CONCEPT;
use crate::draft::{Pair, Said, Value};
use crate::yaml::QUOTES;
use std::collections::BTreeSet;
use std::ops::Range;

/// Heads of a column of topics.
const TOPIC_COLUMNS: &[&str] = &[
    "topic",
    "category",
    "area",
    "theme",
    "thema",
    "bereich",
    "kategorie",
    "thème",
    "sujet",
    "catégorie",
    "tema",
    "categoría",
    "área",
    "onderwerp",
    "categorie",
    "emne",
    "kategori",
    "tópico",
    "categoria",
    "주제",
    "분류",
    "分野",
    "トピック",
    "カテゴリー",
];
/// A name that would make a long key.
const NAME: usize = 100;

/// What is collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deck {
    /// Questions, theirs or ours.
    Question,
    /// Concepts.
    Concept,
}

/// A card before it is written.
#[derive(Debug, Clone, Default)]
struct Card {
    text: Said,
    /// Answer or explanation.
    body: Vec<Said>,
    fields: Fields,
}

/// What the columns of a table of cards hold; the others are answers.
struct Columns {
    text: usize,
    topics: Option<usize>,
    hints: Option<usize>,
}

/// Topics with their cards, in the order they are met.
#[derive(Debug)]
pub struct Topics<'c> {
    deck: Deck,
    found: Vec<(Said, Vec<Card>)>,
    /// What a topic without a name is called.
    general: &'c str,
    /// Identities that are given.
    ids: &'c mut BTreeSet<String>,
    /// Words that only lead over to what follows.
    pub leads: Vec<Said>,
    /// Words that a key or the form says now.
    pub replaced: Vec<Said>,
}

impl<'c> Topics<'c> {
    /// None yet.
    pub fn new(deck: Deck, general: &'c str, ids: &'c mut BTreeSet<String>) -> Self {
        Self { deck, found: Vec::new(), general, ids, leads: Vec::new(), replaced: Vec::new() }
    }

    /// Takes all of a section; cards outside of any topic go into `name`, or into the general one.
    pub fn section(&mut self, own: &[Line<'_>], subs: &[&Section<'_, '_>], name: Option<&Said>) {
        self.lines(own, name);
        for sub in subs {
            self.sub(sub);
        }
    }

    fn sub(&mut self, sub: &Section<'_, '_>) {
        let title = sub.title;
        let has_items = placed(sub.own).iter().any(|(_, block)| matches!(block, Block::Item(_)));
        let is_card = match self.deck {
            Deck::Question => words::is_asked(title.text) || (words::is_question(title.text) && !has_items),
            Deck::Concept => !has_items && sub.subs.is_empty() && !sub.own.iter().all(Line::is_blank),
        };
        if is_card {
            let mut card = self.asked(title);
            self.fill(&mut card, sub.all);
            self.add(None, card);
            return;
        }
        if title.text.is_empty() || sub.all.iter().all(Line::is_blank) {
            self.leads.push(title.said());
        } else {
            self.open(title.said());
        }
        let name = (!title.text.is_empty()).then(|| Said::new(title.said().text));
        self.lines(sub.own, name.as_ref());
        sub.subs.iter().for_each(|inner| self.sub(inner));
    }

    /// Takes lines without headings.
    fn lines(&mut self, lines: &[Line<'_>], topic: Option<&Said>) {
        let blocks: Vec<_> = placed(lines).into_iter().flat_map(|(at, block)| self.labelled(at, block)).collect();
        let comma =
            self.deck == Deck::Concept && topic.is_none_or(|topic| !topic.from.is_empty()) && mostly_lists(&blocks);
        let mut answering = false;
        for (_, block) in &blocks {
            match block {
                Block::Item(item) => {
                    self.item(item, topic, comma, answering);
                    answering = true;
                }
                Block::Paragraph(lines) => answering |= self.paragraph(lines, topic, answering),
                Block::Table(rows) => answering |= self.table(rows, topic, answering),
                Block::Other(lines) => self.append(verbatim(lines), answering),
            }
        }
    }

    /// The lines of a paragraph as items, when each of them has a label: concepts without bullets.
    fn labelled<'a, 't>(&self, at: Range<usize>, block: Block<'a, 't>) -> Vec<(Range<usize>, Block<'a, 't>)> {
        let has_label = |line: &Line<'_>| {
            plain_label(line.text).is_some_and(|(_, rest)| !rest.is_empty()) || dashed(line.text).is_some()
        };
        match block {
            Block::Paragraph(lines) if self.deck == Deck::Concept && lines.iter().all(has_label) => lines
                .chunks(1)
                .filter_map(|lines| {
                    let head = lines.first()?.piece();
                    Some((at.clone(), Block::Item(Item { sort: Sort::Labelled, head, body: &[], lines })))
                })
                .collect(),
            block => vec![(at, block)],
        }
    }

    fn item(&mut self, item: &Item<'_, '_>, topic: Option<&Said>, comma: bool, answering: bool) {
        if let Some((label, rest)) = item.label() {
            if words::names(label.text, words::Field::Answer) && answering && self.deck == Deck::Question {
                self.replaced.push(label.said());
                let answer = joined(rest, item.body);
                self.append((!answer.text.is_empty()).then_some(answer), true);
                return;
            }
            let parts = comma_list(rest);
            if comma && item.body.is_empty() && !parts.is_empty() {
                let topic = label.said();
                self.open(topic.clone());
                let topic = Said::new(topic.text);
                for part in parts {
                    self.add(Some(&topic), Card { text: part.said(), ..Card::default() });
                }
                return;
            }
        }
        if self.is_topic(item) {
            let title =
                item.label().filter(|(_, rest)| rest.text.is_empty()).map_or_else(|| item.title(), |(label, _)| label);
            self.open(title.said());
            let title = Said::new(title.said().text);
            return self.lines(item.body, Some(&title));
        }
        let card = match self.deck {
            Deck::Question => self.question(item),
            Deck::Concept => self.concept(item),
        };
        if let Some(card) = card {
            self.add(topic, card);
        }
    }

    /// Whether an item is a topic with cards below it, rather than a card with its answer.
    fn is_topic(&self, item: &Item<'_, '_>) -> bool {
        let inner: Vec<Item<'_, '_>> = placed(item.body)
            .into_iter()
            .filter_map(|(_, block)| match block {
                Block::Item(item) => Some(item),
                _ => None,
            })
            .collect();
        let labelled = |item: &Item<'_, '_>| item.label().is_some_and(|(label, _)| words::field(label.text).is_some());
        let rest = item.label().is_some_and(|(_, rest)| !rest.text.is_empty());
        let head = unnumbered(item.title().text);
        if inner.is_empty()
            || inner.iter().any(labelled)
            || words::is_asked(head)
            || head.is_empty()
            || (rest && item.bold().is_some())
        {
            return false;
        }
        // `Walk me through it.` asks, whatever stands below.
        if words::is_question(head) && unquoted(head).ends_with(['.', '。']) {
            return false;
        }
        let asking = inner.iter().filter(|item| words::is_question(item.title().text)).count() * 2 >= inner.len();
        let named = item.sort == Sort::Title || unbold(item.head.text).is_some() || item.bold().is_some();
        match self.deck {
            Deck::Question => asking || (named && !words::is_question(head)),
            Deck::Concept => named || item.head.text.ends_with([':', '：']) || item.body.len() > 1 || inner.len() > 1,
        }
    }

    fn question(&mut self, item: &Item<'_, '_>) -> Option<Card> {
        let mut card = self.asked(item.head);
        self.fill(&mut card, item.body);
        (!card.text.text.is_empty() || !card.body.is_empty()).then_some(card)
    }

    /// A question by its first line, which may hold `Q:` in front and an answer behind.
    fn asked(&mut self, head: Piece<'_>) -> Card {
        let mut text = head.text;
        let mut card = Card::default();
        if let Some(inner) = unbold(text) {
            text = inner;
        }
        if self.deck == Deck::Question
            && let Some((label, rest)) = bold_label(text).or_else(|| numbered_label(text)).or_else(|| plain_label(text))
            && words::names(label, words::Field::Question)
            && !rest.is_empty()
        {
            self.replaced.push(head.part(label).said());
            text = rest;
        }
        text = unbold(text).or_else(|| unslanted(text)).unwrap_or(text);
        if let Some((question, answer)) = bold_start(text) {
            card.body.push(head.part(answer).said());
            text = question;
        }
        card.text = head.part(unquoted(unnumbered(text))).said();
        card
    }

    fn concept(&mut self, item: &Item<'_, '_>) -> Option<Card> {
        let head = item.head;
        let plain = || plain_label(head.text).filter(|(label, _)| label.split_whitespace().count() <= 6);
        let split = bold_label(head.text).or_else(plain).or_else(|| dashed(head.text));
        let mut card = Card::default();
        let (name, rest) = split.unwrap_or((item.title().text, ""));
        card.text = head.part(unbold(name).unwrap_or(name)).said();
        if !rest.is_empty() {
            card.body.push(head.part(rest).said());
        }
        self.fill(&mut card, item.body);
        (!card.text.text.is_empty() || !card.body.is_empty()).then_some(card)
    }

    /// What is below the text of a card: fields that have a label, and the rest.
    fn fill(&mut self, card: &mut Card, lines: &[Line<'_>]) {
        if card.text.text.is_empty() {
            card.body.extend(verbatim(lines));
            return;
        }
        let single = match blocks(lines).as_slice() {
            [Block::Item(item)] if item.sort == Sort::Listed(ARROW) && item.body.is_empty() => Some(item.head.said()),
            _ => None,
        };
        if let Some(answer) = single {
            return card.body.push(answer);
        }
        let (found, rest) = fields::split(lines, self.deck == Deck::Concept);
        for labelled in found {
            card.body.extend(card.fields.take(labelled, self.ids, &mut self.replaced));
        }
        card.body.extend(rest);
    }

    /// A paragraph among cards: questions in lines of their own, an answer to the last one, or words that
    /// lead over.
    fn paragraph(&mut self, lines: &[Line<'_>], topic: Option<&Said>, answering: bool) -> bool {
        let asked = |line: &Line<'_>| words::is_asked(line.text);
        let begins = !answering && lines.first().is_some_and(asked);
        if self.deck == Deck::Question && (begins || lines.iter().all(asked)) {
            let mut rest = lines;
            while let Some((question, below)) = rest.split_first() {
                let length = below.iter().take_while(|line| !asked(line)).count();
                let mut card = self.asked(question.piece());
                self.fill(&mut card, below.get(..length).unwrap_or_default());
                self.add(topic, card);
                rest = below.get(length..).unwrap_or_default();
            }
            return true;
        }
        let listed = lines.iter().any(|line| !comma_list(line.piece()).is_empty());
        let names = lines.len() > 1 && lines.iter().all(|line| line.text.split_whitespace().count() <= 8);
        let short = lines.iter().all(|line| is_short(line.text));
        if self.deck == Deck::Concept && !answering && short && (listed || names) {
            for line in lines {
                let parts = comma_list(line.piece());
                let parts = if parts.is_empty() { vec![line.piece()] } else { parts };
                for part in parts {
                    self.add(topic, Card { text: part.said(), ..Card::default() });
                }
            }
            return true;
        }
        self.append(verbatim(lines), answering);
        false
    }

    /// A table of cards: the column of questions, that of topics, and the others as answers.
    fn table(&mut self, rows: &[Line<'_>], topic: Option<&Said>, answering: bool) -> bool {
        let (head, body) = cells(rows);
        let Some(text) = self.text_column(&head).filter(|_| !body.is_empty()) else {
            self.append(verbatim(rows), answering);
            return false;
        };
        let is_topic = |cell: &Piece<'_>| TOPIC_COLUMNS.contains(&words::normal(cell.text).as_str());
        let topics = head.iter().position(is_topic).filter(|at| *at != text);
        let is_hint = |cell: &Piece<'_>| self.deck == Deck::Question && words::names(cell.text, words::Field::Hints);
        let hints = head.iter().position(is_hint);
        self.leads.extend(row_said(&head));
        for row in &body {
            self.row(row, &Columns { text, topics, hints }, topic);
        }
        true
    }

    fn text_column(&self, head: &[Piece<'_>]) -> Option<usize> {
        head.iter().position(|cell| match self.deck {
            Deck::Question => {
                let kind = words::section(cell.text).map(|meaning| meaning.kind);
                words::names(cell.text, words::Field::Question)
                    || matches!(kind, Some(words::Kind::Questions | words::Kind::Ask))
            }
            Deck::Concept => {
                let name = words::normal(cell.text);
                !matches!(name.as_str(), "" | "no" | "nr") && !TOPIC_COLUMNS.contains(&name.as_str())
            }
        })
    }

    /// One card out of a row; numbers of rows are positions.
    fn row(&mut self, row: &[Piece<'_>], columns: &Columns, topic: Option<&Said>) {
        let filled = |at: usize| row.get(at).filter(|cell| !cell.text.is_empty());
        let Some(head) = filled(columns.text) else {
            self.leads.extend(row_said(row));
            return;
        };
        let mut card = self.asked(*head);
        let others = |at: &usize| *at != columns.text && Some(*at) != columns.topics;
        for (at, cell) in row.iter().enumerate().filter(|(at, cell)| others(at) && !cell.text.is_empty()) {
            if cell.text.chars().all(|c| c.is_ascii_digit() || c == '.') {
                self.replaced.push(cell.said());
            } else if Some(at) == columns.hints {
                card.fields.hint(cell.said());
            } else {
                card.body.push(cell.said());
            }
        }
        let named =
            columns.topics.and_then(filled).map(|cell| cell.part(unbold(cell.text).unwrap_or(cell.text)).said());
        match named {
            Some(name) => {
                self.open(name.clone());
                self.add(Some(&Said::new(name.text)), card);
            }
            None => self.add(topic, card),
        }
    }

    /// More of the last answer, or words that lead over when there is no card yet.
    fn append(&mut self, text: Option<Said>, answering: bool) {
        let Some(text) = text else { return };
        let last =
            self.found.iter_mut().rev().find(|(_, cards)| !cards.is_empty()).and_then(|(_, cards)| cards.last_mut());
        match last.filter(|_| answering) {
            Some(card) => card.body.push(text),
            None => self.leads.push(text),
        }
    }

    /// A topic begins; one that is there already goes on.
    fn open(&mut self, name: Said) {
        if self.found.iter().any(|(known, _)| known.text == name.text) {
            self.replaced.push(name);
        } else {
            self.found.push((name, Vec::new()));
        }
    }

    fn add(&mut self, topic: Option<&Said>, card: Card) {
        let name = topic.cloned().unwrap_or_else(|| match self.found.last() {
            Some((last, _)) if card.text.text.is_empty() => last.clone(),
            _ => Said::new(self.general),
        });
        let at = self.found.iter().position(|(known, _)| known.text == name.text);
        let at = at.unwrap_or_else(|| {
            self.found.push((name, Vec::new()));
            self.found.len() - 1
        });
        if let Some((_, cards)) = self.found.get_mut(at) {
            cards.push(card);
        }
    }

    /// Topic → list. A topic without cards is no more than words that lead over.
    pub fn finish(&mut self) -> Value {
        let mut pairs = Vec::new();
        for (name, cards) in std::mem::take(&mut self.found) {
            if cards.is_empty() {
                self.leads.push(name);
                continue;
            }
            let items: Vec<Value> = cards.into_iter().map(|card| card.value(self.deck)).collect();
            let short = self.deck == Deck::Concept
                && items.len() > 1
                && items.iter().all(|item| matches!(item, Value::Text(_)));
            pairs.push(Pair::named(name, Value::List { items, short }));
        }
        Value::map(pairs)
    }
}

impl Card {
    fn value(mut self, deck: Deck) -> Value {
        let body = std::mem::take(&mut self.body);
        let body = (!body.is_empty()).then(|| Value::Text(together(body)));
        let (text_key, body_key) = match deck {
            Deck::Question => ("question", "answer"),
            Deck::Concept => ("concept", "explanation"),
        };
        if self.text.text.is_empty() {
            return body.unwrap_or(Value::Text(self.text));
        }
        match body {
            None if self.fields.is_empty() => Value::Text(self.text),
            Some(body) if deck == Deck::Concept && self.fields.is_empty() && can_be_key(&self.text.text) => {
                Value::map(vec![Pair::named(self.text, body)])
            }
            body => {
                let mut pairs = vec![Pair::new(text_key, Value::Text(self.text))];
                pairs.extend(body.map(|body| Pair::new(body_key, body)));
                pairs.extend(self.fields.pairs());
                Value::map(pairs)
            }
        }
    }
}

fn can_be_key(name: &str) -> bool {
    name.chars().count() <= NAME && CONCEPT.keys.iter().all(|key| key.name != name)
}

/// Without a number in front.
fn unnumbered(text: &str) -> &str {
    marker(text).filter(|(mark, rest)| *mark == Mark::Number && !rest.is_empty()).map_or(text, |(_, rest)| rest)
}

/// `**How do you …?** You …`: the question in bold, the answer behind it.
fn bold_start(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix("**")?;
    let (question, rest) = inner.split_once("**")?;
    let rest = rest.trim();
    (words::is_asked(question) && rest.chars().any(char::is_alphanumeric)).then_some((question.trim(), rest))
}

/// Without quotes round the whole.
fn unquoted(text: &str) -> &str {
    let inner = |(open, close): (char, char)| {
        text.strip_prefix(open)?.strip_suffix(close).filter(|inner| !inner.contains([open, close]))
    };
    let mut quotes = [('"', '"'), ('「', '」')].into_iter().chain(QUOTES);
    quotes.find_map(inner).map_or(text, str::trim)
}

/// A few words without an end.
fn is_short(text: &str) -> bool {
    text.chars().count() <= 100 && !text.ends_with(['.', '?', '!', ':', '。'])
}

/// `Name – what it means`.
fn dashed(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = [" – ", " — ", " - ", " = "]
        .iter()
        .filter_map(|dash| text.split_once(dash))
        .min_by_key(|(name, _)| name.len())?;
    let short = name.split_whitespace().count() <= 6
        && name.chars().any(char::is_alphanumeric)
        && !name.contains(['`', '[', '(']);
    (short && !rest.trim().is_empty()).then(|| (name.trim(), rest.trim()))
}

/// Short phrases with commas between them, outside of brackets and code; nothing for a sentence.
fn comma_list(piece: Piece<'_>) -> Vec<Piece<'_>> {
    let text = piece.text;
    if text.contains(['.', '?', '!', ';', '\n', '。']) && text.contains(". ") || text.ends_with(['.', '?', '!', '。'])
    {
        return Vec::new();
    }
    let (mut parts, mut from, mut depth, mut code) = (Vec::new(), 0, 0_i32, false);
    for (at, c) in text.char_indices() {
        match c {
            '`' => code = !code,
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ',' | '、' | '，' if depth == 0 && !code => {
                parts.push(text.get(from..at).unwrap_or_default().trim());
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(text.get(from..).unwrap_or_default().trim());
    let short = |part: &&str| {
        part.chars().any(char::is_alphanumeric) && part.split_whitespace().count() <= 7 && part.chars().count() <= 60
    };
    let digits = |part: &&str| part.starts_with(|c: char| c.is_ascii_digit());
    if parts.len() < 2 || !parts.iter().all(short) || parts.iter().skip(1).any(digits) || depth != 0 || code {
        return Vec::new();
    }
    parts.into_iter().map(|part| piece.part(part)).collect()
}

/// Whether most of the labels stand in front of a list of words: then they are topics.
fn mostly_lists(blocks: &[(Range<usize>, Block<'_, '_>)]) -> bool {
    let labelled: Vec<Piece<'_>> = blocks
        .iter()
        .filter_map(|(_, block)| match block {
            Block::Item(item) => item.label().map(|(_, rest)| rest),
            _ => None,
        })
        .collect();
    let lists = labelled.iter().filter(|rest| !comma_list(**rest).is_empty()).count();
    lists > 0 && lists * 2 > labelled.len()
}
