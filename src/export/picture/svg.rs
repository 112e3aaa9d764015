//! SVG files: drawings that stay drawings. Nothing but the file itself is read, and what it unfolds to
//! has a bound.

use super::{Flaw, Format};
use crate::export::fonts;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};
use usvg::fontdb::{Database, Family, Query, Source, Style, Weight};
use usvg::roxmltree::{Document, Node, ParsingOptions};
use usvg::{FontFamily, FontResolver, FontStyle, ImageHrefResolver, Options, Tree, WriteOptions};

/// A drawing larger than this was not drawn by hand or by a usual program.
const BYTES_LIMIT: usize = 5 << 20;
const NODES_LIMIT: u32 = 200_000;
/// How much text a drawing may be once everything that it uses more than once is written out.
const UNFOLDED_LIMIT: u64 = 64 << 20;
/// Elements in elements, those that are used from elsewhere included.
const DEPTH_LIMIT: usize = 128;
/// What an element counts besides its attributes.
const ELEMENT: u64 = 64;

const AS_PNG: &str = "save the drawing as a PNG of twice its size instead";

/// Reads a drawing, with its texts turned into outlines.
pub fn read(file: &[u8]) -> Result<Tree, Flaw> {
    let damaged = |why: String| Flaw::Damaged(Format::Svg, why);
    if file.len() > BYTES_LIMIT {
        let (has, most) = (file.len() >> 20, BYTES_LIMIT >> 20);
        return Err(Flaw::TooLarge(format!("has {has} MB; a drawing can have {most} MB")));
    }
    let text = std::str::from_utf8(file).map_err(|_| damaged("it is not UTF-8".to_owned()))?;
    if is_deep(text) {
        return Err(too_deep());
    }
    let options = ParsingOptions { allow_dtd: true, nodes_limit: NODES_LIMIT };
    let xml = Document::parse_with_options(text, options).map_err(|error| damaged(error.to_string()))?;
    inspect(&xml)?;
    let tree = Tree::from_xmltree(&xml, &settings()).map_err(|error| damaged(error.to_string()))?;
    if !xml.descendants().any(|node| node.tag_name().name() == "text") {
        return Ok(tree);
    }
    // Written out, texts are outlines; svg2pdf without its own fonts would leave texts out.
    let outlined = tree.to_string(&WriteOptions::default());
    Tree::from_str(&outlined, &settings()).map_err(|error| damaged(error.to_string()))
}

fn too_deep() -> Flaw {
    Flaw::TooLarge(format!("has elements in elements, more than {DEPTH_LIMIT} deep"))
}

/// Whether elements lie deeper in each other than the limit. Told from the text alone: a parser that goes
/// down with the elements runs out of stack.
fn is_deep(text: &str) -> bool {
    let mut depth = 0usize;
    let mut rest = text;
    while let Some((_, tag)) = rest.split_once('<') {
        rest = tag;
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
        } else if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !tag.starts_with(['!', '?']) {
            let end = end_of_tag(tag);
            depth += usize::from(!tag.get(..end).is_some_and(|inside| inside.ends_with('/')));
        }
        if depth > DEPTH_LIMIT {
            return true;
        }
    }
    false
}

/// Where a tag is closed; a `>` inside of quotes does not close it.
fn end_of_tag(tag: &str) -> usize {
    let mut quote = None;
    let closes = |(_, c): &(usize, char)| {
        match (quote, *c) {
            (None, '>') => return true,
            (None, '"' | '\'') => quote = Some(*c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
        false
    };
    tag.char_indices().find(closes).map_or(tag.len(), |(at, _)| at)
}

/// No folder, no file, no picture inside the picture; texts in the program's own faces.
fn settings() -> Options<'static> {
    static FACES: LazyLock<Arc<Database>> = LazyLock::new(|| Arc::new(faces()));
    let select_font = Box::new(|font: &usvg::Font, faces: &mut Arc<Database>| {
        let style = if font.style() == FontStyle::Normal { Style::Normal } else { Style::Italic };
        let families = [family(font.families())];
        faces.query(&Query { families: &families, weight: Weight(font.weight()), style, ..Query::default() })
    });
    Options {
        font_family: "sans-serif".to_owned(),
        fontdb: Arc::clone(&FACES),
        font_resolver: FontResolver { select_font, select_fallback: FontResolver::default_fallback_selector() },
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    }
}

fn faces() -> Database {
    let mut faces = Database::new();
    for face in fonts::ALL {
        faces.load_font_source(Source::Binary(Arc::new(face.data)));
    }
    faces
}

/// The face that is nearest to the wanted one: drawings are made on other machines, with other fonts.
fn family(wanted: &[FontFamily]) -> Family<'static> {
    const SERIF: Family<'_> = Family::Name("Source Serif 4");
    const MONO: Family<'_> = Family::Name("JetBrains Mono");
    const SANS: Family<'_> = Family::Name("Inter");
    match wanted.first() {
        Some(FontFamily::Serif) => SERIF,
        Some(FontFamily::Monospace) => MONO,
        Some(FontFamily::Named(name)) => {
            let name = name.to_lowercase();
            let like = |words: &[&str]| words.iter().any(|word| name.contains(word));
            match () {
                () if like(&["mono", "courier", "consol", "menlo", "code"]) => MONO,
                () if like(&["sans"]) => SANS,
                () if like(&["serif", "times", "georgia", "garamond", "palatino", "roman"]) => SERIF,
                () => SANS,
            }
        }
        _ => SANS,
    }
}

/// Refuses what would be lost, what lies elsewhere, and what would never end.
fn inspect(xml: &Document<'_>) -> Result<(), Flaw> {
    for node in xml.descendants().filter(Node::is_element) {
        let in_switch = node.parent().is_some_and(|parent| parent.tag_name().name() == "switch");
        match node.tag_name().name() {
            "image" | "feImage" => return Err(picture_in_picture(node)),
            "foreignObject" if !in_switch => {
                let why = "has texts as HTML, which only browsers can draw".to_owned();
                return Err(Flaw::Unsupported(why, AS_PNG));
            }
            "use" if reference(node).is_some_and(|target| !target.starts_with('#')) => {
                let why = format!("uses another file, `{}`", reference(node).unwrap_or_default());
                return Err(Flaw::Unsupported(why, "put everything into one file, or save it as a PNG"));
            }
            _ => {}
        }
    }
    let mut measure = Measure::new(xml);
    measure.of(xml.root_element(), 0)?;
    Ok(())
}

fn picture_in_picture(node: Node<'_, '_>) -> Flaw {
    let target = reference(node).unwrap_or_default();
    let what = if target.is_empty() || target.starts_with("data:") || target.starts_with('#') {
        "has a picture of pixels in it".to_owned()
    } else {
        let shown: String = target.chars().take(60).collect();
        format!("shows another file, `{shown}`")
    };
    Flaw::Unsupported(what, AS_PNG)
}

fn reference<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == "href").map(|attribute| attribute.value().trim())
}

/// How long a drawing is once every use of an element stands there written out.
struct Measure<'a, 'x> {
    by_id: BTreeMap<&'a str, Node<'a, 'x>>,
    /// Selectors of style sheets with what their rules refer to.
    rules: Vec<(&'a str, Vec<&'a str>)>,
    known: BTreeMap<usize, Known>,
}

#[derive(Clone, Copy)]
enum Known {
    InTheMaking,
    Length(u64),
}

impl<'a, 'x> Measure<'a, 'x> {
    fn new(xml: &'a Document<'x>) -> Self {
        let elements = || xml.descendants().filter(Node::is_element);
        let by_id = elements().filter_map(|node| Some((node.attribute("id")?, node))).collect();
        let sheets = elements().filter(|node| node.tag_name().name() == "style");
        let rules = sheets.filter_map(|node| node.text()).flat_map(|sheet| sheet.split('}'));
        let rules = rules.filter_map(|rule| rule.split_once('{')).map(|(selector, rule)| (selector, ids(rule)));
        let rules = rules.filter(|(_, ids)| !ids.is_empty()).collect();
        Self { by_id, rules, known: BTreeMap::new() }
    }

    fn of(&mut self, node: Node<'a, 'x>, depth: usize) -> Result<u64, Flaw> {
        if depth > DEPTH_LIMIT {
            return Err(too_deep());
        }
        let key = node.id().get_usize();
        match self.known.insert(key, Known::InTheMaking) {
            Some(Known::InTheMaking) => return Err(Flaw::TooLarge("unfolds to itself, without an end".to_owned())),
            Some(Known::Length(length)) => {
                self.known.insert(key, Known::Length(length));
                return Ok(length);
            }
            None => {}
        }
        let mut length = own_length(node);
        for child in node.children().filter(Node::is_element) {
            length = length.saturating_add(self.of(child, depth + 1)?);
        }
        for (target, times) in self.references(node) {
            length = length.saturating_add(self.of(target, depth + 1)?.saturating_mul(times));
        }
        if length > UNFOLDED_LIMIT {
            return Err(Flaw::TooLarge(format!("unfolds to more than {} MB", UNFOLDED_LIMIT >> 20)));
        }
        self.known.insert(key, Known::Length(length));
        Ok(length)
    }

    /// What an element draws besides its own, and how often: a marker may stand at every point of a path.
    fn references(&self, node: Node<'a, 'x>) -> Vec<(Node<'a, 'x>, u64)> {
        let own = node.attributes().flat_map(|attribute| match attribute.name() {
            "href" if node.tag_name().name() == "a" => Vec::new(),
            "href" => attribute.value().trim().strip_prefix('#').into_iter().collect(),
            _ => ids(attribute.value()),
        });
        let styled = self.rules.iter().filter(|(selector, _)| selects(selector, node)).flat_map(|(_, ids)| ids.clone());
        let points = node.attribute("d").or(node.attribute("points")).map_or(1, |points| points.len() as u64 / 2 + 1);
        own.chain(styled)
            .filter_map(|id| self.by_id.get(id))
            .map(|target| (*target, if target.tag_name().name() == "marker" { points } else { 1 }))
            .collect()
    }
}

fn own_length(node: Node<'_, '_>) -> u64 {
    let attributes: usize = node.attributes().map(|attribute| attribute.value().len()).sum();
    let texts: usize = node.children().filter_map(|child| child.text().filter(|_| child.is_text())).map(str::len).sum();
    ELEMENT + attributes as u64 + texts as u64 * ELEMENT
}

/// The elements that a value refers to: `url(#id)`.
fn ids(value: &str) -> Vec<&str> {
    let behind = value.split("url(").skip(1).filter_map(|rest| rest.split(')').next());
    behind.filter_map(|target| target.trim().trim_matches(['"', '\'']).strip_prefix('#')).collect()
}

/// Whether a rule may be about an element: by its class, id or name, or whenever that is hard to say.
fn selects(selector: &str, node: Node<'_, '_>) -> bool {
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    let has_class =
        |class: &str| node.attribute("class").is_some_and(|all| all.split_whitespace().any(|one| one == class));
    selector.split(',').map(str::trim).any(|one| match (one.strip_prefix('.'), one.strip_prefix('#')) {
        (Some(class), _) if is_name(class) => has_class(class),
        (_, Some(id)) if is_name(id) => node.attribute("id") == Some(id),
        _ if is_name(one) => node.tag_name().name() == one,
        _ => true,
    })
}
