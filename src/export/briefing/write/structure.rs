//! What printpdf leaves out: the structure tree, links, the outline, metadata and the identifier.

use super::Error;
use super::file::Written;
use super::syntax::entry;
use crate::export::briefing::document::{Document, Level};
use crate::export::briefing::layout::tags::{Numbering, Role, TagId, Tags};
use crate::export::briefing::layout::{Layout, PlacedEntry};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat, dictionary};
use std::collections::BTreeMap;

/// What a node of the structure holds, in reading order.
enum Kid {
    Node(usize),
    Content { page: usize, id: usize },
    Annotation(usize),
}

impl Kid {
    /// Where content stands.
    fn page(&self) -> Option<usize> {
        if let Self::Content { page, .. } = self { Some(*page) } else { None }
    }
}

/// A node in the making: those of the layout, and a link node for each link that is met.
struct Node {
    role: Role,
    parent: usize,
    actual_text: Option<String>,
    alt: Option<String>,
    /// Where a figure stands on its page: left, bottom, right, top.
    bbox: Option<[f32; 4]>,
    attached: bool,
    kids: Vec<Kid>,
    numbering: Option<Numbering>,
}

/// A link on a page.
struct Annotation {
    node: usize,
    target: String,
    page: usize,
    rect: [f32; 4],
}

/// The objects of pages, nodes and annotations, by their numbers here.
#[derive(Clone, Copy)]
struct Ids<'i> {
    pages: &'i [ObjectId],
    nodes: &'i [ObjectId],
    annotations: &'i [ObjectId],
}

/// Collects the structure while the pages are written.
pub struct Structure<'a> {
    tags: &'a Tags,
    nodes: Vec<Node>,
    /// The node of each marked content, by page.
    contents: Vec<Vec<usize>>,
    annotations: Vec<Annotation>,
    /// The link node in use, its owner and its target.
    link: Option<(usize, TagId, String)>,
}

impl<'a> Structure<'a> {
    /// The nodes of the layout, none of them in use yet.
    pub fn new(tags: &'a Tags) -> Self {
        let nodes = tags
            .nodes()
            .iter()
            .map(|tag| Node {
                role: tag.role,
                parent: tag.parent.0,
                actual_text: tag.actual_text.clone(),
                alt: tag.alt.clone(),
                bbox: None,
                attached: false,
                kids: Vec::new(),
                numbering: if let Role::L(numbering) = tag.role { Some(numbering) } else { None },
            })
            .collect();
        Self { tags, nodes, contents: Vec::new(), annotations: Vec::new(), link: None }
    }

    /// A new marked content of a node (or of a link in it): its role and its number on the page.
    pub fn content(&mut self, tag: TagId, link: Option<&str>, page: usize) -> (&'static str, usize) {
        let node = self.owner(tag, link);
        self.attach(node);
        while self.contents.len() <= page {
            self.contents.push(Vec::new());
        }
        let Some(contents) = self.contents.get_mut(page) else { return ("Span", 0) };
        let id = contents.len();
        contents.push(node);
        let Some(node) = self.nodes.get_mut(node) else { return ("Span", 0) };
        node.kids.push(Kid::Content { page, id });
        (node.role.name(), id)
    }

    /// Where a figure stands: left, bottom, width, height.
    pub fn figure(&mut self, tag: TagId, [left, bottom, width, height]: [f32; 4]) {
        if let Some(node) = self.nodes.get_mut(tag.0) {
            node.bbox = Some([left, bottom, left + width, bottom + height]);
        }
    }

    /// The area of a link; parts on one line are joined.
    pub fn link_area(&mut self, tag: TagId, target: &str, page: usize, rect: [f32; 4]) {
        let node = self.owner(tag, Some(target));
        let [left, bottom, right, top] = rect;
        if let Some(last) = self.annotations.last_mut()
            && last.node == node
            && last.page == page
            && (last.rect[1] - bottom).abs() < 4.0
        {
            let [first_left, first_bottom, first_right, first_top] = last.rect;
            last.rect = [first_left.min(left), first_bottom.min(bottom), first_right.max(right), first_top.max(top)];
            return;
        }
        if let Some(slot) = self.nodes.get_mut(node) {
            slot.kids.push(Kid::Annotation(self.annotations.len()));
        }
        self.annotations.push(Annotation { node, target: target.to_owned(), page, rect });
    }

    fn owner(&mut self, tag: TagId, link: Option<&str>) -> usize {
        let Some(target) = link else {
            self.link = None;
            return tag.0;
        };
        if let Some((node, owner, known)) = &self.link
            && *owner == tag
            && known == target
        {
            return *node;
        }
        let node = self.nodes.len();
        self.nodes.push(Node {
            role: Role::Link,
            parent: tag.0,
            actual_text: None,
            alt: None,
            bbox: None,
            attached: false,
            kids: Vec::new(),
            numbering: None,
        });
        self.link = Some((node, tag, target.to_owned()));
        node
    }

    /// Hangs a node, and what it belongs to, into the tree: the order of the tree is the order in
    /// which content is met. All cells of a row come at once, so that empty ones are not lost.
    fn attach(&mut self, index: usize) {
        let Some((parent, role)) = self.unattached(index) else { return };
        if parent != index {
            self.attach(parent);
            // A row attaches its cells: this one may be in the tree by now.
            if self.unattached(index).is_none() {
                return;
            }
            self.hang(parent, index);
        } else if let Some(root) = self.nodes.get_mut(index) {
            root.attached = true;
        }
        if role == Role::TR {
            let cells: Vec<usize> = (index + 1..self.tags.nodes().len())
                .take_while(|cell| self.tags.get(TagId(*cell)).is_some_and(|tag| tag.parent.0 >= index))
                .filter(|cell| self.tags.get(TagId(*cell)).is_some_and(|tag| tag.parent.0 == index))
                .collect();
            for cell in cells {
                self.hang(index, cell);
            }
        }
    }

    /// The parent and the role of a node that is not in the tree yet.
    fn unattached(&self, index: usize) -> Option<(usize, Role)> {
        self.nodes.get(index).filter(|node| !node.attached).map(|node| (node.parent, node.role))
    }

    fn hang(&mut self, parent: usize, kid: usize) {
        if let Some(kid) = self.nodes.get_mut(kid) {
            kid.attached = true;
        }
        if let Some(parent) = self.nodes.get_mut(parent) {
            parent.kids.push(Kid::Node(kid));
        }
    }

    /// Adds everything to the document that printpdf has made, and gives the elements of the tree, which are many and
    /// written at once.
    pub fn finish(
        self,
        file: &mut lopdf::Document,
        layout: &Layout,
        document: &Document,
        now: Timestamp,
    ) -> Result<Written, Error> {
        "1.7".clone_into(&mut file.version);
        let pages: Vec<ObjectId> = file.get_pages().into_values().collect();
        let nodes: Vec<ObjectId> = self.nodes.iter().map(|_| file.new_object_id()).collect();
        let annotations = self.annotations(file, layout, &pages);
        let ids = Ids { pages: &pages, nodes: &nodes, annotations: &annotations };
        let (root, elements) = self.tree(file, ids)?;
        let outline = outline(file, layout, &pages, &nodes);
        let destinations = destinations(layout, &pages);
        let metadata = metadata(file, document, now)?;
        let catalog = file.catalog_mut().map_err(|error| Error(error.to_string()))?;
        catalog.set("StructTreeRoot", root);
        catalog.set("MarkInfo", dictionary! { "Marked" => true });
        catalog.set("Lang", text(&document.language));
        let direction = if document.right_to_left() { "R2L" } else { "L2R" };
        let preferences = dictionary! { "DisplayDocTitle" => true, "Direction" => name(direction) };
        catalog.set("ViewerPreferences", preferences);
        catalog.set("PageLabels", dictionary! { "Nums" => vec![0.into(), dictionary! { "S" => name("D") }.into()] });
        catalog.set("Metadata", metadata);
        catalog.set("Dests", destinations);
        catalog.remove(b"PageLayout");
        catalog.remove(b"PageMode");
        if let Some(outline) = outline {
            catalog.set("Outlines", outline);
            catalog.set("PageMode", name("UseOutlines"));
        }
        Ok(elements)
    }

    fn annotations(&self, file: &mut lopdf::Document, layout: &Layout, pages: &[ObjectId]) -> Vec<ObjectId> {
        let base = pages.len();
        (base..)
            .zip(&self.annotations)
            .map(|(key, annotation)| {
                let rect = annotation.rect.map(|value| Object::Real(hundredth(value)));
                let mut link = dictionary! {
                    "Type" => name("Annot"),
                    "Subtype" => name("Link"),
                    "Rect" => rect.to_vec(),
                    "Border" => vec![0.into(), 0.into(), 0.into()],
                    "F" => 4,
                    "StructParent" => integer(key),
                };
                match annotation.target.strip_prefix('#').and_then(|entry| entry.parse::<usize>().ok()) {
                    Some(entry) => {
                        let title = layout.outline.get(entry).map_or("", |placed| &placed.entry.text);
                        link.set("Contents", text(title));
                        link.set("Dest", name(&destination_name(entry)));
                    }
                    None => {
                        link.set("Contents", text(&annotation.target));
                        let uri = Object::string_literal(annotation.target.as_bytes());
                        link.set("A", dictionary! { "S" => name("URI"), "URI" => uri });
                    }
                }
                file.add_object(link)
            })
            .collect()
    }

    fn tree(&self, file: &mut lopdf::Document, ids: Ids<'_>) -> Result<(ObjectId, Written), Error> {
        let root = file.new_object_id();
        let mut elements = Written::default();
        for (index, node) in self.nodes.iter().enumerate().filter(|(_, node)| node.attached) {
            let parent = if index == 0 { root } else { at(ids.nodes, node.parent)? };
            self.element(elements.object(at(ids.nodes, index)?), node, parent, ids)?;
        }
        let parents = self.parent_tree(file, ids)?;
        let parents = file.add_object(dictionary! { "Nums" => parents });
        let next = integer(ids.pages.len() + ids.annotations.len());
        let first = at(ids.nodes, 0)?;
        file.set_object(root, dictionary! { "Type" => name("StructTreeRoot"), "K" => vec![first.into()], "ParentTree" => parents, "ParentTreeNextKey" => next });
        Ok((root, elements))
    }

    /// An element of the tree (ISO 32000-1, 14.7.2).
    fn element(&self, out: &mut Vec<u8>, node: &Node, parent: ObjectId, ids: Ids<'_>) -> Result<(), Error> {
        out.extend_from_slice(b"<</S/");
        out.extend_from_slice(node.role.name().as_bytes());
        entry(out, b"P", &parent.into());
        // Content on the element's own page is told by its number alone.
        let page = node.kids.iter().find_map(Kid::page);
        if let Some(page) = page {
            entry(out, b"Pg", &at(ids.pages, page)?.into());
        }
        match node.kids.as_slice() {
            [only] => entry(out, b"K", &self.kid(only, page, ids)?),
            kids => {
                let kids: Result<Vec<Object>, Error> = kids.iter().map(|kid| self.kid(kid, page, ids)).collect();
                entry(out, b"K", &kids?.into());
            }
        }
        if let Some(actual) = &node.actual_text {
            entry(out, b"ActualText", &text(actual));
        }
        if let Some(alt) = &node.alt {
            entry(out, b"Alt", &text(alt));
        }
        if let Some(attributes) = attributes(node) {
            entry(out, b"A", &attributes.into());
        }
        out.extend_from_slice(b">>");
        Ok(())
    }

    fn kid(&self, kid: &Kid, own_page: Option<usize>, ids: Ids<'_>) -> Result<Object, Error> {
        Ok(match kid {
            Kid::Node(node) => at(ids.nodes, *node)?.into(),
            Kid::Content { page, id } if Some(*page) == own_page => integer(*id),
            Kid::Content { page, id } => {
                dictionary! { "Type" => name("MCR"), "Pg" => at(ids.pages, *page)?, "MCID" => integer(*id) }.into()
            }
            Kid::Annotation(index) => {
                let page = self.annotations.get(*index).map_or(0, |annotation| annotation.page);
                let (page, annotation) = (at(ids.pages, page)?, at(ids.annotations, *index)?);
                dictionary! { "Type" => name("OBJR"), "Pg" => page, "Obj" => annotation }.into()
            }
        })
    }

    /// From marked content and annotations back to their nodes (ISO 32000-1, 14.7.4.4).
    fn parent_tree(&self, file: &mut lopdf::Document, ids: Ids<'_>) -> Result<Vec<Object>, Error> {
        let Ids { pages, nodes, annotations } = ids;
        let mut parents = Vec::new();
        let mut links: BTreeMap<usize, Vec<Object>> = BTreeMap::new();
        for (annotation, id) in self.annotations.iter().zip(annotations) {
            links.entry(annotation.page).or_default().push(Object::from(*id));
        }
        for (number, page) in pages.iter().enumerate() {
            let contents = self.contents.get(number).map(Vec::as_slice).unwrap_or_default();
            let owners: Result<Vec<Object>, Error> = contents.iter().map(|node| Ok(at(nodes, *node)?.into())).collect();
            let owners = file.add_object(Object::Array(owners?));
            parents.extend([integer(number), owners.into()]);
            let page = file.get_dictionary_mut(*page).map_err(|error| Error(error.to_string()))?;
            page.set("StructParents", integer(number));
            page.set("Tabs", name("S"));
            page.remove(b"Annots");
            if let Some(links) = links.remove(&number) {
                page.set("Annots", links);
            }
        }
        for (key, annotation) in (pages.len()..).zip(&self.annotations) {
            parents.extend([integer(key), at(nodes, annotation.node)?.into()]);
        }
        Ok(parents)
    }
}

fn attributes(node: &Node) -> Option<Dictionary> {
    match (node.role, node.numbering) {
        (Role::Figure, _) => {
            let bbox = node.bbox?.map(|value| Object::Real(hundredth(value)));
            Some(dictionary! { "O" => name("Layout"), "Placement" => name("Block"), "BBox" => bbox.to_vec() })
        }
        (Role::TH, _) => Some(dictionary! { "O" => name("Table"), "Scope" => name("Column") }),
        (_, Some(numbering)) => {
            let numbering = match numbering {
                Numbering::None => "None",
                Numbering::Disc => "Disc",
                Numbering::Decimal => "Decimal",
            };
            Some(dictionary! { "O" => name("List"), "ListNumbering" => name(numbering) })
        }
        _ => None,
    }
}

fn at(ids: &[ObjectId], index: usize) -> Result<ObjectId, Error> {
    ids.get(index).copied().ok_or_else(|| Error(format!("object {index} of {} is missing", ids.len())))
}

fn destination_name(entry: usize) -> String {
    format!("heading.{}", entry + 1)
}

fn destination(placed: &PlacedEntry, layout: &Layout, pages: &[ObjectId]) -> Object {
    /// The heading stands a little below the upper edge of the window.
    const ABOVE: f32 = 12.0;
    let page = pages.get(placed.page).map_or(Object::Null, |page| (*page).into());
    let top = layout.size.1 - placed.y + ABOVE;
    Object::Array(vec![page, name("XYZ"), Object::Null, Object::Real(hundredth(top.min(layout.size.1))), Object::Null])
}

fn destinations(layout: &Layout, pages: &[ObjectId]) -> Dictionary {
    let mut names = Dictionary::new();
    for (index, placed) in layout.outline.iter().enumerate() {
        names.set(destination_name(index), destination(placed, layout, pages));
    }
    names
}

/// Sections, and topics below them.
fn outline(file: &mut lopdf::Document, layout: &Layout, pages: &[ObjectId], nodes: &[ObjectId]) -> Option<ObjectId> {
    let entries = &layout.outline;
    if entries.is_empty() {
        return None;
    }
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = entries.iter().map(|_| file.new_object_id()).collect();
    let mut children: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    let mut section = None;
    for (index, placed) in entries.iter().enumerate() {
        if placed.entry.level == Level::Section {
            section = Some(index);
            children.entry(None).or_default().push(index);
        } else {
            children.entry(section).or_default().push(index);
        }
    }
    for (parent, siblings) in &children {
        for (position, index) in siblings.iter().enumerate() {
            let Some(placed) = entries.get(*index) else { continue };
            let mut item = dictionary! {
                "Title" => text(&placed.entry.text),
                "Parent" => parent.and_then(|parent| ids.get(parent)).copied().unwrap_or(root),
                "Dest" => destination(placed, layout, pages),
            };
            let mut refer = |key: &str, other: Option<&usize>| {
                if let Some(id) = other.and_then(|other| ids.get(*other)) {
                    item.set(key, *id);
                }
            };
            refer("Prev", position.checked_sub(1).and_then(|position| siblings.get(position)));
            refer("Next", siblings.get(position + 1));
            let below = children.get(&Some(*index)).map(Vec::as_slice).unwrap_or_default();
            refer("First", below.first());
            refer("Last", below.last());
            if !below.is_empty() {
                // Negative: closed until somebody opens it.
                item.set("Count", -i64::try_from(below.len()).unwrap_or_default());
            }
            if let Some(node) = nodes.get(placed.entry.tag.0) {
                item.set("SE", *node);
            }
            if let Some(id) = ids.get(*index) {
                file.set_object(*id, item);
            }
        }
    }
    let top = children.get(&None).map(Vec::as_slice).unwrap_or_default();
    let first = top.first().and_then(|index| ids.get(*index))?;
    let last = top.last().and_then(|index| ids.get(*index))?;
    file.set_object(
        root,
        dictionary! { "Type" => name("Outlines"), "First" => *first, "Last" => *last, "Count" => integer(top.len()) },
    );
    Some(root)
}

/// XMP and the information dictionary say the same. That the file conforms to PDF/UA-1 is claimed
/// because veraPDF finds all its rules kept, each time the clients script runs.
fn metadata(file: &mut lopdf::Document, document: &Document, now: Timestamp) -> Result<ObjectId, Error> {
    let producer = concat!("dossier ", env!("CARGO_PKG_VERSION"));
    let time = now.to_zoned(TimeZone::UTC);
    let author = document.author.as_deref().unwrap_or_default();
    let mut info = dictionary! {
        "Title" => text(&document.title),
        "Creator" => text(producer),
        "Producer" => text(producer),
        "CreationDate" => Object::string_literal(time.strftime("D:%Y%m%d%H%M%SZ").to_string()),
        "ModDate" => Object::string_literal(time.strftime("D:%Y%m%d%H%M%SZ").to_string()),
    };
    if !author.is_empty() {
        info.set("Author", text(author));
    }
    let reference =
        file.trailer.get(b"Info").and_then(Object::as_reference).map_err(|error| Error(error.to_string()))?;
    file.set_object(reference, info);
    let packet = xmp(document, author, producer, &time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
    let stream = Stream::new(dictionary! { "Type" => name("Metadata"), "Subtype" => name("XML") }, packet.into_bytes());
    Ok(file.add_object(stream.with_compression(false)))
}

fn xmp(document: &Document, author: &str, producer: &str, time: &str) -> String {
    let creator = if author.is_empty() {
        String::new()
    } else {
        format!("<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>", escape(author))
    };
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\
         <dc:format>application/pdf</dc:format>\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>{creator}\
         <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\
         <xmp:CreatorTool>{producer}</xmp:CreatorTool><xmp:CreateDate>{time}</xmp:CreateDate><xmp:ModifyDate>{time}</xmp:ModifyDate>\
         <pdf:Producer>{producer}</pdf:Producer><pdfuaid:part>1</pdfuaid:part>\
         </rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>",
        title = escape(&document.title),
        language = escape(&document.language),
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn name(text: &str) -> Object {
    Object::Name(text.as_bytes().to_vec())
}

fn integer(value: usize) -> Object {
    Object::Integer(i64::try_from(value).unwrap_or_default())
}

/// A text string (ISO 32000-1, 7.9.2.2): as it is, where that is the same in `PDFDocEncoding`, else UTF-16 with its byte
/// order mark.
fn text(text: &str) -> Object {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Object::string_literal(text);
    }
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

fn hundredth(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}
