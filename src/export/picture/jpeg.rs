//! JPEG files: PDF takes them as they are, once they are known to be whole.

use super::{Flaw, Format, Raster, Samples, check_pixels};
use std::io::Cursor;
use std::sync::Arc;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::options::DecoderOptions;

/// PDF, like the decoder, counts sides in 16 bits.
const SIDE_LIMIT: usize = 65_535;

/// Decodes a file and throws the pixels away: a cut-off photo must not reach the printer.
pub fn read(file: &Arc<[u8]>) -> Result<Raster, Flaw> {
    let damaged = |why: String| Flaw::Damaged(Format::Jpeg, why);
    let options = DecoderOptions::default().set_max_width(SIDE_LIMIT).set_max_height(SIDE_LIMIT);
    let mut decoder = JpegDecoder::new_with_options(Cursor::new(&**file), options);
    decoder.decode_headers().map_err(|error| damaged(error.to_string()))?;
    let info = decoder.info().ok_or_else(|| damaged("it has no head".to_owned()))?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    check_pixels(width, height)?;
    if !matches!(info.components, 1 | 3 | 4) {
        return Err(damaged(format!("it has {} colour channels", info.components)));
    }
    decoder.decode().map_err(|error| damaged(error.to_string()))?;
    if !ends(file) {
        return Err(damaged("its end is missing".to_owned()));
    }
    let inverted = info.components == 4 && has_adobe_segment(file);
    let samples = Samples::Jpeg { file: Arc::clone(file), channels: info.components, inverted };
    Ok(Raster { width, height, orientation: orientation(file), samples, mask: None })
}

/// Decoders fill what is missing with grey: the mark of the end is looked for by itself.
fn ends(file: &[u8]) -> bool {
    file.windows(2).rev().any(|pair| pair == [0xff, 0xd9])
}

/// How a camera was held; 1, upright, when nothing is said.
fn orientation(file: &[u8]) -> u8 {
    let exif = exif::Reader::new().read_from_container(&mut Cursor::new(file)).ok();
    let value = exif.and_then(|exif| exif.get_field(exif::Tag::Orientation, exif::In::PRIMARY)?.value.get_uint(0));
    value.and_then(|value| u8::try_from(value).ok()).filter(|value| (1..=8).contains(value)).unwrap_or(1)
}

/// Whether one of Adobe's programs wrote it: those write print colours inverted.
fn has_adobe_segment(file: &[u8]) -> bool {
    let mut rest = file.get(2..).unwrap_or_default();
    while let [0xff, marker, high, low, ..] = *rest {
        if marker == 0xda {
            return false;
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        if marker == 0xee && rest.get(4..9) == Some(b"Adobe") {
            return true;
        }
        rest = rest.get(2 + length.max(2)..).unwrap_or_default();
    }
    false
}
