//! The draft that comes of what was placed.

use super::{Content, Part, Placed};
use crate::draft::{self, Draft, Pair, Said, Value};
use crate::notes::frame::Frame;
use crate::notes::outline::together;
use crate::notes::words::{self, Kind};
use crate::notes::{Report, note};

const HEAD: &str = "The prep dossier for one interview, imported from notes. `dossier build` turns it into a briefing (PDF), \
a deck (Anki) and a study calendar (ICS). The headings of the notes stand as comments above what they became.";

impl Placed<'_> {
    /// The draft, what there is to say about it, and the words that its form says now.
    pub fn finish(mut self, frame: &Frame<'_>) -> (Draft, Report, Vec<Said>) {
        let aside = frame.before.iter().chain(&frame.after).chain(self.contents.iter().take(1));
        let set_aside = aside.map(|said| said.text.clone()).collect();
        self.round();
        let mut written = std::mem::take(&mut self.written);
        let mut take = |key: &str| written.iter().position(|pair| pair.key.text == key).map(|at| written.remove(at));
        let (id, title, language) = (take("id"), take("title"), take("language"));
        let (job, candidate, interview, study) = (take("job"), take("candidate"), take("interview"), take("study"));
        let mut pairs = vec![Pair::new("dossier", Value::bare("1"))];
        pairs.extend(id.into_iter().chain(title));
        let detected = Some(self.language).filter(|language| *language != "en");
        pairs.extend(language.or_else(|| detected.map(|language| Pair::new("language", Value::bare(language)))));
        pairs.append(&mut written);
        let job = job.map_or_else(|| self.job_value(), |pair| pair.value);
        pairs.push(self.commented(Kind::Job, job));
        pairs.extend(candidate.or_else(|| self.candidate()));
        let interview = interview
            .map(|pair| pair.value)
            .filter(|_| self.given.interview.is_none())
            .or_else(|| self.interview.take());
        pairs.extend(interview.map(|value| self.commented(Kind::Interview, value)));
        self.footnotes(frame);
        self.parts(&mut pairs);
        let hours =
            self.given.hours.clone().map(|hours| Pair::new("study", Value::map(vec![Pair::new("hours", hours)])));
        pairs.extend(study.or(hours));
        let has = |key: &str| pairs.iter().any(|pair| pair.key.text == key);
        let (has_interview, has_hours) = (has("interview"), has("study"));
        let report = Report {
            set_aside,
            unplaced: std::mem::take(&mut self.unplaced),
            has_interview,
            has_hours,
            undecided: self.undecided.take().filter(|_| !has_interview),
            ..Report::default()
        };
        let mut head = std::mem::take(&mut self.head);
        head.push(note(HEAD));
        head.extend(frame.before.iter().cloned());
        let mut foot = frame.after.clone();
        foot.append(&mut self.contents);
        let example = report.undecided.as_ref().map(|undecided| undecided.example.as_str());
        foot.extend(draft::to_fill_in((!has_interview).then_some(example), has_hours));
        let mut replaced = std::mem::take(&mut self.replaced);
        replaced.append(&mut self.job.replaced);
        let mut draft = Draft { head, pairs, foot };
        draft.prune();
        (draft, report, replaced)
    }

    /// What marks in the texts point to stands below all of them.
    fn footnotes(&mut self, frame: &Frame<'_>) {
        if frame.footnotes.is_empty() {
            return;
        }
        let title = frame.over_footnotes.clone().unwrap_or_else(|| Said::new(words::footnotes(self.language)));
        let items = frame.footnotes.iter().cloned().map(Value::Text).collect();
        self.put(Kind::Sections, Content { title, ..Content::new(Value::list(items)) }, &mut Vec::new());
    }

    /// The interview: given, out of a section about it, or out of the facts.
    fn round(&mut self) {
        let round = std::mem::take(&mut self.job.round);
        if let Some(given) = &self.given.interview {
            self.interview = Some(given.clone());
        }
        let mut replaced = Vec::new();
        match round.value(&mut replaced) {
            Some(value) if self.interview.is_none() => {
                self.interview = Some(value);
                self.replaced.append(&mut replaced);
            }
            _ => {
                self.undecided = self.undecided.take().or_else(|| round.undecided(self.language, self.given.today));
                self.job.keep_round(round);
            }
        }
    }

    fn job_value(&mut self) -> Value {
        let (company, role) = (self.company().unwrap_or_default(), self.role().unwrap_or_default());
        // What is given takes the place of what the notes say, which stays as a comment.
        let unused = [(&self.given.company, &self.job.company), (&self.given.role, &self.job.role)];
        for said in unused.into_iter().filter_map(|(given, said)| given.as_ref().and(said.clone())) {
            self.head.extend((!said.from.is_empty()).then_some(said));
        }
        self.job.value(company, role)
    }

    fn candidate(&mut self) -> Option<Pair> {
        let name = self.job.candidate.take()?;
        Some(Pair::new("candidate", Value::map(vec![Pair::new("name", Value::Text(name))])))
    }

    /// A pair with the comments of its part.
    fn commented(&mut self, kind: Kind, value: Value) -> Pair {
        let above = self.parts.iter_mut().find(|part| part.kind == kind).map(|part| std::mem::take(&mut part.above));
        Pair { above: above.unwrap_or_default(), ..Pair::new(kind.key(), value) }
    }

    /// The parts in the order they were met; what has no key of the format before the last word.
    fn parts(&mut self, pairs: &mut Vec<Pair>) {
        if !self.overview.is_empty() && self.parts.iter().all(|part| part.kind != Kind::Overview) {
            self.parts.insert(0, Part { kind: Kind::Overview, above: Vec::new(), contents: Vec::new() });
        }
        let mut parts = std::mem::take(&mut self.parts);
        if !self.closing.is_empty() && parts.iter().all(|part| part.kind != Kind::Closing) {
            parts.push(Part { kind: Kind::Closing, above: Vec::new(), contents: Vec::new() });
        }
        for mut part in parts {
            let named = is_named(part.kind) || part.contents.len() > 1;
            for content in &mut part.contents {
                if !named && !content.title.text.is_empty() {
                    part.above.push(std::mem::take(&mut content.title));
                }
                part.above.append(&mut content.leads);
            }
            let value = match part.kind {
                Kind::Overview => text(std::mem::take(&mut self.overview)),
                Kind::Closing => text(std::mem::take(&mut self.closing)),
                kind => self.whole(kind, part.contents),
            };
            match value {
                Some(value) => pairs.push(Pair { above: part.above, ..Pair::new(part.kind.key(), value) }),
                None => self.head.extend(part.above),
            }
        }
    }

    /// What several sections say under one key.
    fn whole(&mut self, kind: Kind, mut contents: Vec<Content>) -> Option<Value> {
        let named = is_named(kind);
        if !named && contents.len() == 1 {
            return contents.pop().map(|content| content.alone);
        }
        let mut pairs: Vec<Pair> = Vec::new();
        for content in contents {
            let new = match kind {
                Kind::Sections => vec![Pair::named(content.title, content.alone)],
                _ if !named => vec![Pair::named(content.title, content.below)],
                _ => match content.alone {
                    Value::Map { pairs, .. } => pairs,
                    Value::Text(_) | Value::Bare(..) | Value::List { .. } => Vec::new(),
                },
            };
            for pair in new {
                self.join(kind, &mut pairs, pair);
            }
        }
        (!pairs.is_empty()).then(|| Value::map(pairs))
    }

    /// One more pair; a topic that is there already goes on, another name that is there stands again.
    fn join(&mut self, kind: Kind, pairs: &mut Vec<Pair>, mut pair: Pair) {
        let is_topics = matches!(kind, Kind::Questions | Kind::Ask | Kind::Concepts);
        if let Some(known) = pairs.iter_mut().find(|known| is_topics && known.key.text == pair.key.text)
            && let (Value::List { items, .. }, Value::List { items: more, .. }) = (&mut known.value, &mut pair.value)
        {
            items.append(more);
            self.replaced.push(pair.key);
            return;
        }
        while pairs.iter().any(|known| known.key.text == pair.key.text) {
            pair.key.text.push_str(" (…)");
        }
        pairs.push(pair);
    }
}

/// Names stand under the key, whatever the number of sections.
fn is_named(kind: Kind) -> bool {
    matches!(kind, Kind::Sections | Kind::Questions | Kind::Ask | Kind::Concepts | Kind::Stories)
}

/// Several texts as one, if there is any.
fn text(texts: Vec<Said>) -> Option<Value> {
    (!texts.is_empty()).then(|| Value::Text(together(texts)))
}
