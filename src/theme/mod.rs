//! How the outputs look and speak: the templates, compiled in, each replaceable by a file of the
//! same name; and what they mean, checked and typed.

mod labels;
mod style;
mod values;

pub use labels::{Labels, Marks, StarLabels, fill};
pub use style::{Banner, Bullets, Color, Lines, Margins, Numbers, Paper, Rule, Section, Style, ThemeName, Typeface};

use crate::diagnostic::{Code, Diagnostic, Source, has_errors, nearest};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A template file: its name under `templates/` and its text.
#[derive(Debug, Clone)]
struct Template {
    name: &'static str,
    text: Cow<'static, str>,
}

macro_rules! builtin {
    ($($name:literal,)*) => {
        /// Every template there is.
        const BUILTIN: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../templates/", $name))),)*];
    };
}

builtin! {
    "briefing/theme.yaml",
    "dossier.yaml",
    "dossier.small.yaml",
    "dossier.full.yaml",
    "prompt.md",
    "deck/card.css",
    "deck/question.front.html",
    "deck/question.back.html",
    "deck/concept.front.html",
    "deck/concept.back.html",
    "deck/topic.front.html",
    "deck/topic.back.html",
    "deck/story.front.html",
    "deck/story.back.html",
    "deck/ask.front.html",
    "deck/ask.back.html",
    "deck/fact.front.html",
    "deck/fact.back.html",
    "deck/cloze.front.html",
    "deck/cloze.back.html",
    "labels/en.yaml",
    "labels/da.yaml",
    "labels/de.yaml",
    "labels/es.yaml",
    "labels/fr.yaml",
    "labels/ja.yaml",
    "labels/ko.yaml",
    "labels/nl.yaml",
    "labels/pt.yaml",
}

/// The whole themes; `briefing/theme.yaml` names one of them and may change values of it.
fn whole_theme(name: ThemeName) -> &'static str {
    match name {
        ThemeName::Book => include_str!("../../templates/briefing/themes/book.yaml"),
        ThemeName::Modern => include_str!("../../templates/briefing/themes/modern.yaml"),
    }
}

/// The templates of a run.
#[derive(Debug, Clone)]
pub struct Templates {
    files: Vec<Template>,
    /// The theme, whatever `briefing/theme.yaml` names.
    theme: Option<ThemeName>,
}

impl Default for Templates {
    fn default() -> Self {
        let files = BUILTIN.iter().map(|(name, text)| Template { name, text: Cow::Borrowed(text) }).collect();
        Self { files, theme: None }
    }
}

impl Templates {
    /// The names under which a user's file replaces ours.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILTIN.iter().map(|(name, _)| *name)
    }

    /// Puts a user's text in the place of ours.
    pub fn replace(&mut self, name: &str, text: String) -> Result<(), Diagnostic> {
        if let Some(file) = self.files.iter_mut().find(|file| file.name == name) {
            file.text = Cow::Owned(text);
            return Ok(());
        }
        let message = format!("there is no template `{name}`");
        let help = match nearest(name, Self::names()) {
            Some(known) => format!("did you mean `{known}`?"),
            None => format!("templates: {}", Self::names().collect::<Vec<_>>().join(", ")),
        };
        Err(Diagnostic::new(Code::Template, 0..0, message, "replaces nothing").help(help))
    }

    /// Takes another theme than the one that `briefing/theme.yaml` names.
    pub fn choose(&mut self, theme: ThemeName) {
        self.theme = Some(theme);
    }

    /// The text of a template of [`Templates::names`].
    pub fn text(&self, name: &str) -> &str {
        self.files.iter().find(|file| file.name == name).map_or("", |file| &file.text)
    }

    fn source(&self, name: &str) -> Source {
        Source { name: format!("templates/{name}"), text: self.text(name).to_owned() }
    }
}

/// Everything the exporters need to know of the templates.
#[derive(Debug, Clone)]
pub struct Theme {
    /// What the outputs say.
    pub labels: Labels,
    /// How the briefing looks.
    pub style: Style,
    /// The files that are used as they are, such as the cards' style sheet.
    pub templates: Templates,
}

/// A problem in a template: the file and what is wrong with it.
pub type Problem = (Source, Vec<Diagnostic>);

impl Theme {
    /// Checks the templates and picks the labels of the language. The second value tells of a
    /// language without labels.
    pub fn load(templates: Templates, language: &str) -> Result<(Self, Option<Diagnostic>), Vec<Problem>> {
        let (file, note) = labels_for(language);
        Ok((Self::with_labels(templates, &file)?, note))
    }

    fn with_labels(templates: Templates, file: &str) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let labels = read(&templates, file, None, &mut problems, labels::read);
        let style = style(&templates, &mut problems);
        match (labels, style) {
            (Some(labels), Some(style)) => Ok(Self { labels, style, templates }),
            _ => Err(problems),
        }
    }
}

/// The themes of a run of many dossiers: each is read when the first dossier in its language wants it.
#[derive(Debug)]
pub struct Themes {
    /// What they are read from.
    pub templates: Templates,
    /// By the file of their labels.
    read: Mutex<BTreeMap<String, Arc<Theme>>>,
}

impl Themes {
    /// Reads nothing yet.
    pub fn new(templates: Templates) -> Self {
        Self { templates, read: Mutex::default() }
    }

    /// As [`Theme::load`].
    pub fn of(&self, language: &str) -> Result<(Arc<Theme>, Option<Diagnostic>), Vec<Problem>> {
        let (file, note) = labels_for(language);
        let mut themes = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let theme = match themes.get(&file) {
            Some(theme) => Arc::clone(theme),
            None => {
                let theme = Arc::new(Theme::with_labels(self.templates.clone(), &file)?);
                themes.insert(file, Arc::clone(&theme));
                theme
            }
        };
        Ok((theme, note))
    }
}

/// The file with the labels of a language, English when there is none, and a warning about that.
fn labels_for(language: &str) -> (String, Option<Diagnostic>) {
    let primary = language.split('-').next().unwrap_or(language).to_lowercase();
    let file = format!("labels/{primary}.yaml");
    if Templates::names().any(|name| name == file) {
        return (file, None);
    }
    let message = format!("there are no labels for the language `{language}`; English ones are used");
    let known: Vec<&str> =
        Templates::names().filter_map(|name| name.strip_prefix("labels/")?.strip_suffix(".yaml")).collect();
    let note = Diagnostic::new(Code::NoLabels, 0..0, message, "labels in English")
        .help(format!("languages with labels: {}", known.join(", ")));
    ("labels/en.yaml".to_owned(), Some(note))
}

/// The theme of the briefing.
const THEME: &str = "briefing/theme.yaml";

/// The theme of the briefing: one of the whole ones, with single values of `briefing/theme.yaml`.
fn style(templates: &Templates, problems: &mut Vec<Problem>) -> Option<Style> {
    let tree = crate::yaml::read(templates.text(THEME));
    // What is wrong with the name is said when the values are read.
    let named = values::Values::new(&tree, None).word("theme", ThemeName::WORDS);
    let name = templates.theme.or(named).unwrap_or_default();
    read(templates, THEME, Some(whole_theme(name)), problems, |values| {
        values.word::<ThemeName>("theme", ThemeName::WORDS);
        style::read(values)
    })
}

fn read<T>(
    templates: &Templates,
    name: &str,
    base: Option<&str>,
    problems: &mut Vec<Problem>,
    read: fn(&mut values::Values<'_>) -> T,
) -> Option<T> {
    let source = templates.source(name);
    let tree = crate::yaml::read(&source.text);
    let base = base.map(crate::yaml::read);
    let mut values = values::Values::new(&tree, base.as_ref());
    let value = read(&mut values);
    let diagnostics = values.finish();
    if !has_errors(&diagnostics) {
        return Some(value);
    }
    problems.push((source, diagnostics));
    None
}
