//! Objects as text (ISO 32000-1, 7.3), as short as it can be.

use lopdf::{Dictionary, Object, StringFormat};

/// Any object.
pub fn object(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.extend(b"null"),
        Object::Boolean(true) => out.extend(b"true"),
        Object::Boolean(false) => out.extend(b"false"),
        Object::Integer(value) => integer(out, *value),
        // In full: the matrix of a large drawing has small numbers.
        Object::Real(value) => out.extend(value.to_string().into_bytes()),
        Object::Name(bytes) => name(out, bytes),
        Object::String(bytes, StringFormat::Literal) => {
            out.push(b'(');
            literal(out, bytes);
            out.push(b')');
        }
        Object::String(bytes, StringFormat::Hexadecimal) => {
            out.push(b'<');
            for byte in bytes {
                hexadecimal(out, u16::from(*byte), 2);
            }
            out.push(b'>');
        }
        Object::Array(items) => array(out, items),
        Object::Dictionary(entries) => dictionary(out, entries),
        Object::Stream(stream) => {
            dictionary(out, &stream.dict);
            out.extend(b"stream\n");
            out.extend(&stream.content);
            out.extend(b"\nendstream");
        }
        Object::Reference((id, generation)) => {
            whole(out, *id);
            out.push(b' ');
            whole(out, u32::from(*generation));
            out.extend(b" R");
        }
    }
}

fn array(out: &mut Vec<u8>, items: &[Object]) {
    out.push(b'[');
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            separate(out, item);
        }
        object(out, item);
    }
    out.push(b']');
}

fn dictionary(out: &mut Vec<u8>, entries: &Dictionary) {
    out.extend(b"<<");
    for (key, value) in entries {
        entry(out, key, value);
    }
    out.extend(b">>");
}

/// An entry of a dictionary.
pub fn entry(out: &mut Vec<u8>, key: &[u8], value: &Object) {
    name(out, key);
    separate(out, value);
    object(out, value);
}

/// A space in front of what would run into the word before it.
fn separate(out: &mut Vec<u8>, object: &Object) {
    if !matches!(object, Object::Name(_) | Object::String(..) | Object::Array(_) | Object::Dictionary(_)) {
        out.push(b' ');
    }
}

/// A name, whatever its bytes.
fn name(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'/');
    for byte in bytes {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            out.push(b'#');
            hexadecimal(out, u16::from(*byte), 2);
        }
    }
}

/// What stands between the parentheses of a string, whatever its bytes.
pub fn literal(out: &mut Vec<u8>, bytes: &[u8]) {
    for byte in bytes {
        match byte {
            b'\r' => out.extend_from_slice(b"\\r"),
            b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
            byte => out.push(*byte),
        }
    }
}

fn integer(out: &mut Vec<u8>, value: i64) {
    match u32::try_from(value.unsigned_abs()) {
        Ok(small) => {
            if value < 0 {
                out.push(b'-');
            }
            whole(out, small);
        }
        Err(_) => out.extend(value.to_string().into_bytes()),
    }
}

/// A number to a thousandth: of a point, nobody sees less.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pages are far below 2^32 thousandths")]
pub fn number(out: &mut Vec<u8>, value: f32) {
    let thousandths = (f64::from(value.abs()) * 1000.0).round() as u32;
    if value < 0.0 && thousandths > 0 {
        out.push(b'-');
    }
    whole(out, thousandths / 1000);
    let rest = thousandths % 1000;
    if rest > 0 {
        let digits = [b'.', digit(rest / 100), digit(rest / 10 % 10), digit(rest % 10)];
        let zeros = if rest.is_multiple_of(100) { 2 } else { usize::from(rest.is_multiple_of(10)) };
        out.extend_from_slice(digits.get(..4 - zeros).unwrap_or_default());
    }
}

/// A whole number.
pub fn whole(out: &mut Vec<u8>, value: u32) {
    if value >= 10 {
        whole(out, value / 10);
    }
    out.push(digit(value % 10));
}

/// The last so many digits of a number in the base of 16.
pub fn hexadecimal(out: &mut Vec<u8>, value: u16, digits: u32) {
    for place in (0..digits).rev() {
        out.push(digit(u32::from(value >> (4 * place) & 15)));
    }
}

fn digit(value: u32) -> u8 {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    DIGITS.get(value as usize).copied().unwrap_or(b'0')
}
