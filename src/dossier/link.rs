//! Which addresses are links.

/// What the address of a link starts with: a page, a mail or a call. Whatever else an address could do is nothing
/// that a page, a card or a calendar should do.
const SCHEMES: [&str; 4] = ["https://", "http://", "mailto:", "tel:"];

/// Whether the address opens a page, a mail or a call, by what it starts with.
pub fn is_openable(address: &str) -> bool {
    let starts = |scheme: &&str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    SCHEMES.iter().any(|scheme| address.len() > scheme.len() && starts(scheme))
}

/// Whether the text is such an address and nothing else: no spaces, no quotes, no angle brackets.
pub fn is_link(text: &str) -> bool {
    is_openable(text) && !text.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>'))
}
