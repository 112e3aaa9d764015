//! The parts with content: outlines, topics of questions and concepts, stories.

use super::identity::{Identities, slug};
use super::keys::{CONCEPT, QUESTION, STORY};
use super::model::{About, Concept, Outline, Question, Star, Story, StoryBody, Topic};
use super::reader::{Fields, Reader};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::markup::{self, Line};
use crate::yaml::{Kind, Node};

/// Levels an outline may have.
const LEVELS: usize = 4;

impl Reader<'_> {
    /// Text, a list of outlines, or labelled outlines.
    pub fn outline(&mut self, node: &Node, what: &str) -> Option<Outline> {
        self.outline_at(node, what, 1)
    }

    fn outline_at(&mut self, node: &Node, what: &str, level: usize) -> Option<Outline> {
        if level > LEVELS && !matches!(node.kind, Kind::Scalar(..)) {
            let problem = Diagnostic::new(
                Code::TooManyLevels,
                node.span.clone(),
                format!("an outline can have {LEVELS} levels"),
                "one level too many",
            );
            self.report(problem.help("write the innermost level as a Markdown list in a `|` block"));
            return None;
        }
        match &node.kind {
            Kind::Scalar(..) => self.markup(node, what).map(Outline::Text),
            Kind::List(_) => {
                let items = self.list(node, "items")?;
                Some(Outline::List(
                    items.into_iter().filter_map(|item| self.outline_at(item, "this item", level + 1)).collect(),
                ))
            }
            Kind::Map(_) => Some(Outline::Labelled(self.labelled(node, what, level))),
        }
    }

    fn labelled(&mut self, node: &Node, what: &str, level: usize) -> Vec<(Line, Outline)> {
        let pairs = self.named(node, what);
        pairs
            .into_iter()
            .filter_map(|(key, value)| Some((label(key), self.outline_at(value, "this item", level + 1)?)))
            .collect()
    }

    /// Topic → list of items, by a function that reads one item.
    pub fn topics<T>(
        &mut self,
        node: &Node,
        what: &'static str,
        item: fn(&mut Self, &Node) -> Option<T>,
    ) -> Vec<Topic<T>> {
        if !matches!(node.kind, Kind::Map(_)) && !node.is_null() {
            let help = match node.kind {
                Kind::List(_) => {
                    format!(
                        "put the {what} under a topic of their own, such as `General:`, and indent them by two spaces"
                    )
                }
                _ => format!(
                    "write the name of a topic, such as `General:`, and below it the {what}, each on a line with four \
                     spaces and a dash before it"
                ),
            };
            self.wrong_shape(node, &format!("topics with their {what}"), &help);
            return Vec::new();
        }
        let mut topics: Vec<Topic<T>> = Vec::new();
        for (key, value) in self.named(node, what) {
            let name = plain_name(key);
            let items = self.list(value, what).unwrap_or_default();
            let mut items: Vec<T> = items.into_iter().filter_map(|node| item(self, node)).collect();
            items.shrink_to_fit();
            topics.push(Topic { slug: slug(&name), name, items });
        }
        topics
    }

    /// A question they will ask.
    pub fn question(&mut self, node: &Node) -> Option<Question> {
        self.question_of(node, "question")
    }

    /// A question to ask them.
    pub fn ask(&mut self, node: &Node) -> Option<Question> {
        self.question_of(node, "ask")
    }

    fn question_of(&mut self, node: &Node, kind: &'static str) -> Option<Question> {
        if is_short(node, "question") {
            let question = self.line(node, "a question")?;
            self.only_once(node, kind, &question.plain());
            let id = self.identities.of_text(kind, &question.plain());
            return Some(Question { id, question, answer: None, hints: Vec::new(), about: About::default() });
        }
        let fields = self.fields(node, &QUESTION)?;
        let question = fields.get("question").and_then(|node| self.line(node, "the question"));
        let answer = fields.get("answer").and_then(|node| self.markup(node, "the answer"));
        let hints = fields.get("hints").map(|node| self.one_or_more(node)).unwrap_or_default();
        let hints = hints.into_iter().filter_map(|node| self.line(node, "a hint")).collect();
        let about = self.about(&fields);
        let given = fields.get("id").and_then(|node| self.id(node));
        let question = question?;
        self.only_once(fields.get("question").unwrap_or(node), kind, &question.plain());
        let id = self.identity(given, kind, &question);
        Some(Question { id, question, answer, hints, about })
    }

    /// A concept: a name, `name: explanation`, or the long form.
    pub fn concept(&mut self, node: &Node) -> Option<Concept> {
        if let Kind::Map(pairs) = &node.kind {
            return match &**pairs {
                [(key, value)] if key.scalar().is_some_and(|(name, _)| !is_concept_key(name)) => {
                    self.labelled_concept(key, value)
                }
                _ => self.long_concept(node),
            };
        }
        let concept = self.line(node, "a concept")?;
        self.only_once(node, "concept", &concept.plain());
        let id = self.identities.of_text("concept", &concept.plain());
        Some(Concept { id, concept, explanation: None, example: None, about: About::default() })
    }

    fn labelled_concept(&mut self, key: &Node, value: &Node) -> Option<Concept> {
        let concept = label(key);
        let explanation = self.markup(value, "the explanation")?;
        self.only_once(key, "concept", &concept.plain());
        let id = self.identities.of_text("concept", &concept.plain());
        Some(Concept { id, concept, explanation: Some(explanation), example: None, about: About::default() })
    }

    fn long_concept(&mut self, node: &Node) -> Option<Concept> {
        let fields = self.fields(node, &CONCEPT)?;
        let concept = fields.get("concept").and_then(|node| self.line(node, "the concept"));
        let explanation = fields.get("explanation").and_then(|node| self.markup(node, "the explanation"));
        let example = fields.get("example").and_then(|node| self.markup(node, "the example"));
        let about = self.about(&fields);
        let given = fields.get("id").and_then(|node| self.id(node));
        let concept = concept?;
        self.only_once(fields.get("concept").unwrap_or(node), "concept", &concept.plain());
        let id = self.identity(given, "concept", &concept);
        Some(Concept { id, concept, explanation, example, about })
    }

    fn identity(&mut self, given: Option<String>, kind: &str, text: &Line) -> String {
        match given {
            Some(id) => Identities::of_id(&id),
            None => self.identities.of_text(kind, &text.plain()),
        }
    }

    fn about(&mut self, fields: &Fields<'_>) -> About {
        let tags = fields.get("tags").map(|node| self.one_or_more(node)).unwrap_or_default();
        let links = fields.get("links").map(|node| self.one_or_more(node)).unwrap_or_default();
        About {
            confidence: fields.get("confidence").and_then(|node| self.confidence(node)),
            priority: fields.get("priority").and_then(|node| self.priority(node)),
            tags: tags.into_iter().filter_map(|node| self.name(node, "a tag")).collect(),
            links: links.into_iter().filter_map(|node| self.link(node)).collect(),
        }
    }

    /// Title → four parts or free text.
    pub fn stories(&mut self, node: &Node) -> Vec<Story> {
        let named = self.named(node, "stories");
        named.into_iter().filter_map(|(key, value)| self.story(key, value)).collect()
    }

    fn story(&mut self, key: &Node, value: &Node) -> Option<Story> {
        let title = plain_name(key);
        let body = match value.kind {
            Kind::Scalar(..) => StoryBody::Free(self.markup(value, "the story")?),
            Kind::Map(_) | Kind::List(_) => {
                let fields = self.fields(value, &STORY)?;
                let mut part =
                    |name: &str| fields.get(name).and_then(|node| self.markup(node, "this part of the story"));
                let (situation, task, action, result) =
                    (part("situation"), part("task"), part("action"), part("result"));
                StoryBody::Star(Box::new(Star { situation, task, action, result }))
            }
        };
        let id = self.identities.of_text("story", &title);
        Some(Story { id, slug: slug(&title), title, body })
    }
}

/// Whether an item is written as a text, or was meant as one and cut at a `: `.
fn is_short(node: &Node, key: &str) -> bool {
    match &node.kind {
        Kind::Scalar(..) => true,
        Kind::List(_) => false,
        Kind::Map(pairs) => match &**pairs {
            [(name, value)] => {
                value.scalar().is_some() && name.scalar().is_some_and(|(name, _)| name != key && is_no_key(name))
            }
            _ => false,
        },
    }
}

/// A word that is no key of a question, not even a misspelt one.
fn is_no_key(name: &str) -> bool {
    nearest(name, QUESTION.keys.iter().map(|key| key.name)).is_none()
}

fn is_concept_key(name: &str) -> bool {
    CONCEPT.keys.iter().any(|key| key.name == name)
}

/// A key that people read: Markdown in one line.
pub fn label(key: &Node) -> Line {
    markup::parse_line(key.scalar().map_or("", |(text, _)| text))
}

/// A key that names a topic or a story: without marks, in one line.
fn plain_name(key: &Node) -> String {
    label(key).plain()
}
