//! The structure of a document as a screen reader walks it: the tags of ISO 32000-1, 14.8.4.

/// A node by its place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TagId(pub usize);

/// What stands in front of the items of a list, in the words of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// Nothing, or a label of its own.
    None,
    /// The same mark everywhere.
    Disc,
    /// Numbers.
    Decimal,
}

/// Standard structure types that are used here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the standard")]
pub enum Role {
    Document,
    Part,
    H1,
    H2,
    H3,
    P,
    L(Numbering),
    LI,
    Lbl,
    LBody,
    BlockQuote,
    Figure,
    Code,
    Table,
    TR,
    TH,
    TD,
    Caption,
    TOC,
    TOCI,
    Link,
    Span,
}

impl Role {
    /// The name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Part => "Part",
            Self::H1 => "H1",
            Self::H2 => "H2",
            Self::H3 => "H3",
            Self::P => "P",
            Self::L(_) => "L",
            Self::LI => "LI",
            Self::Lbl => "Lbl",
            Self::LBody => "LBody",
            Self::BlockQuote => "BlockQuote",
            Self::Figure => "Figure",
            Self::Code => "Code",
            Self::Table => "Table",
            Self::TR => "TR",
            Self::TH => "TH",
            Self::TD => "TD",
            Self::Caption => "Caption",
            Self::TOC => "TOC",
            Self::TOCI => "TOCI",
            Self::Link => "Link",
            Self::Span => "Span",
        }
    }
}

/// A node of the structure.
#[derive(Debug, Clone)]
pub struct Tag {
    /// What it is.
    pub role: Role,
    /// What it belongs to; the root belongs to itself.
    pub parent: TagId,
    /// What is read out instead of the content.
    pub actual_text: Option<String>,
    /// What a figure shows, in words.
    pub alt: Option<String>,
}

/// The whole structure.
#[derive(Debug, Clone)]
pub struct Tags(Vec<Tag>);

impl Default for Tags {
    fn default() -> Self {
        Self(vec![Tag { role: Role::Document, parent: Self::ROOT, actual_text: None, alt: None }])
    }
}

impl Tags {
    /// The document itself.
    pub const ROOT: TagId = TagId(0);

    /// A new node below another one.
    pub fn add(&mut self, role: Role, parent: TagId) -> TagId {
        self.0.push(Tag { role, parent, actual_text: None, alt: None });
        TagId(self.0.len() - 1)
    }

    /// A new node that is read out as a text.
    pub fn add_spoken(&mut self, role: Role, parent: TagId, actual_text: &str) -> TagId {
        let id = self.add(role, parent);
        if let Some(tag) = self.0.get_mut(id.0) {
            tag.actual_text = Some(actual_text.to_owned());
        }
        id
    }

    /// A new figure with its alternative text.
    pub fn add_figure(&mut self, parent: TagId, alt: &str) -> TagId {
        let id = self.add(Role::Figure, parent);
        if let Some(tag) = self.0.get_mut(id.0) {
            tag.alt = Some(alt.to_owned());
        }
        id
    }

    /// All nodes; a node comes after the one it belongs to.
    pub fn nodes(&self) -> &[Tag] {
        &self.0
    }

    /// A node.
    pub fn get(&self, id: TagId) -> Option<&Tag> {
        self.0.get(id.0)
    }
}
