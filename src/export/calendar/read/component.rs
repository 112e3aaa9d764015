//! The shape of a calendar file: components within components, each a stretch of lines.

use crate::export::calendar::lines::{Line, unfolded};
use std::borrow::Cow;

/// Components nested deeper than this are taken for lines of the one around them.
const DEPTH: usize = 8;

/// A component: its own lines and those inside it.
#[derive(Debug, Default)]
pub struct Component<'t> {
    /// `VEVENT`, in capitals.
    pub name: String,
    /// The lines of the component itself, unfolded.
    own: Vec<Cow<'t, str>>,
    /// All lines from after BEGIN to the END, those of inner components among them.
    all: Vec<Cow<'t, str>>,
    /// What stands inside.
    pub inner: Vec<Component<'t>>,
}

impl<'t> Component<'t> {
    /// The components of a text under one root. A component that never ends is closed with the file.
    pub fn parse(text: &'t str) -> Self {
        let mut stack = vec![Self::default()];
        for line in unfolded(text) {
            let edge = |name: &str| {
                let line = has_name(&line, name).then(|| Line::parse(&line)).flatten()?;
                Some(line.value.trim().to_ascii_uppercase())
            };
            match (edge("BEGIN"), edge("END")) {
                (Some(name), _) if stack.len() <= DEPTH => stack.push(Self { name, ..Self::default() }),
                (_, Some(name)) if stack.last().is_some_and(|open| open.name == name) => close(&mut stack, Some(line)),
                _ => {
                    if let Some(open) = stack.last_mut() {
                        open.own.push(line.clone());
                        open.all.push(line);
                    }
                }
            }
        }
        while stack.len() > 1 {
            close(&mut stack, None);
        }
        stack.pop().unwrap_or_default()
    }

    /// The events of all calendars in the file.
    pub fn events(&self) -> impl Iterator<Item = &Component<'t>> {
        self.calendars().flat_map(|calendar| &calendar.inner).filter(|inner| inner.name == "VEVENT")
    }

    /// The calendars of the file.
    pub fn calendars(&self) -> impl Iterator<Item = &Component<'t>> {
        self.inner.iter().filter(|inner| inner.name == "VCALENDAR")
    }

    /// The properties of the component itself.
    pub fn properties(&self) -> impl Iterator<Item = Line<'_>> {
        self.own.iter().filter_map(|line| Line::parse(line))
    }

    /// The first property of a name.
    pub fn property(&self, name: &str) -> Option<Line<'_>> {
        self.line(name).and_then(Line::parse)
    }

    /// The value of the first property of a name; for the root, of the calendars in it.
    pub fn value(&self, name: &str) -> Option<&str> {
        let own = self.property(name).map(|line| line.value);
        own.or_else(|| self.calendars().find_map(|calendar| calendar.property(name)).map(|line| line.value))
    }

    /// The first line of a name, as it stands in the file.
    pub fn line(&self, name: &str) -> Option<&str> {
        self.own.iter().map(AsRef::as_ref).find(|line: &&str| has_name(line, name) && Line::parse(line).is_some())
    }

    /// All lines from after BEGIN to the END.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(AsRef::as_ref)
    }
}

/// Whether a line has this name, in whatever case: told without taking it apart.
fn has_name(line: &str, name: &str) -> bool {
    let (found, rest) = line.as_bytes().split_at(name.len().min(line.len()));
    found.eq_ignore_ascii_case(name.as_bytes()) && matches!(rest.first(), Some(b':' | b';'))
}

/// Puts the innermost open component into the one around it.
fn close<'t>(stack: &mut Vec<Component<'t>>, end: Option<Cow<'t, str>>) {
    let Some(mut done) = stack.pop() else { return };
    done.all.extend(end);
    if let Some(outer) = stack.last_mut() {
        if !outer.name.is_empty() && outer.name != "VCALENDAR" {
            outer.all.push(Cow::Owned(format!("BEGIN:{}", done.name)));
            outer.all.extend(done.all.iter().cloned());
        }
        outer.inner.push(done);
    } else {
        stack.push(done);
    }
}
