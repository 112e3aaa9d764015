//! A text that is changed while it is read, and the way back to where everything stood.

use crate::diagnostic::{Edit, Span};

/// The text in its present form.
pub struct Patched {
    text: String,
    pieces: Vec<Piece>,
}

/// A stretch of the present text.
struct Piece {
    /// Where it starts now.
    at: usize,
    /// What it is, or what it stands for, in the original.
    from: Span,
    /// Whether it is a stretch of the original.
    kept: bool,
}

impl Patched {
    /// Nothing has been changed yet.
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), pieces: vec![Piece { at: 0, from: 0..text.len(), kept: true }] }
    }

    /// The text as it is now.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Makes changes, which are in the order of the text and do not overlap. Their spans count the
    /// bytes of the present text.
    pub fn apply(&mut self, edits: &[Edit]) {
        let mut next = Self { text: String::with_capacity(self.text.len()), pieces: Vec::new() };
        let mut at = 0;
        for edit in edits.iter().filter(|edit| edit.span.end <= self.text.len()) {
            if edit.span.start < at {
                continue;
            }
            self.copy(at..edit.span.start, &mut next);
            let from = self.back(edit.span.clone());
            next.pieces.push(Piece { at: next.text.len(), from, kept: false });
            next.text.push_str(&edit.text);
            at = edit.span.end;
        }
        self.copy(at..self.text.len(), &mut next);
        *self = next;
    }

    fn copy(&self, span: Span, next: &mut Self) {
        let first = self.pieces.partition_point(|piece| piece.at <= span.start).saturating_sub(1);
        for (index, piece) in self.pieces.iter().enumerate().skip(first) {
            let end = self.pieces.get(index + 1).map_or(self.text.len(), |next| next.at).min(span.end);
            let start = piece.at.max(span.start);
            if start > end || (start == end && piece.kept) {
                continue;
            }
            if piece.at >= span.end && piece.at > span.start {
                break;
            }
            let from = if piece.kept {
                piece.from.start + (start - piece.at)..piece.from.start + (end - piece.at)
            } else {
                piece.from.clone()
            };
            next.pieces.push(Piece { at: next.text.len(), from, kept: piece.kept });
            next.text.push_str(self.text.get(start..end).unwrap_or_default());
        }
    }

    /// The place in the original of a span of the present text.
    pub fn back(&self, span: Span) -> Span {
        let start = self.place(span.start, false);
        start..self.place(span.end, true).max(start)
    }

    fn place(&self, at: usize, is_end: bool) -> usize {
        let index = self.pieces.partition_point(|piece| piece.at <= at).saturating_sub(1);
        let Some(piece) = self.pieces.get(index) else { return at };
        if piece.kept {
            return (piece.from.start + (at - piece.at)).min(piece.from.end);
        }
        if is_end && at > piece.at { piece.from.end } else { piece.from.start }
    }

    /// The span in the original, when it does not touch what has been changed.
    pub fn exact(&self, span: &Span) -> Option<Span> {
        let first = self.pieces.partition_point(|piece| piece.at < span.start).saturating_sub(1);
        // Several empty pieces may end where the span starts.
        let first = (0..first).rev().take_while(|index| self.end(*index) >= span.start).last().unwrap_or(first);
        let near = self.pieces.iter().enumerate().skip(first).take_while(|(_, piece)| piece.at <= span.end);
        let touched = near.into_iter().any(|(index, piece)| !piece.kept && self.end(index) >= span.start);
        (!touched).then(|| self.back(span.clone()))
    }

    fn end(&self, index: usize) -> usize {
        self.pieces.get(index + 1).map_or(self.text.len(), |next| next.at)
    }
}
