//! PNG files. PDF reads the same compressed rows: what has no transparency is passed on as it is.

use super::{Flaw, Format, Raster, Samples, check_pixels};
use ::png::{BitDepth, ColorType, Decoder, Encoder, Limits, Transformations};
use std::io::Cursor;

/// What the decoder may take for itself, besides the pixels.
const MEMORY: usize = 64 << 20;

/// Reads all rows of a file, so that its checksums are known to be right.
pub fn read(file: &[u8]) -> Result<Raster, Flaw> {
    let mut reader = decoder(file, Transformations::IDENTITY).read_info().map_err(damaged)?;
    let info = reader.info();
    let (width, height) = (info.width, info.height);
    check_pixels(width, height)?;
    let opaque = matches!(info.color_type, ColorType::Grayscale | ColorType::Rgb | ColorType::Indexed);
    if !opaque || info.trns.is_some() || info.interlaced {
        return converted(file);
    }
    let channels = if info.color_type == ColorType::Rgb { 3 } else { 1 };
    let (bits, palette) = (info.bit_depth as u8, info.palette.as_ref().map(|palette| palette.to_vec()));
    while reader.next_row().map_err(damaged)?.is_some() {}
    let palette = palette.filter(|_| info_is_indexed(file));
    let samples = Samples::Rows { stream: stream(file), channels, bits, palette };
    Ok(Raster { width, height, orientation: 1, samples, mask: None })
}

/// True colour may come with a palette too, as a suggestion that nobody needs.
fn info_is_indexed(file: &[u8]) -> bool {
    /// Where the colour type stands: behind the signature, the head of the first chunk, and 9 bytes of it.
    const COLOR_TYPE: usize = 8 + 8 + 9;
    file.get(COLOR_TYPE) == Some(&(ColorType::Indexed as u8))
}

/// A picture with transparency, or with its rows in another order: decoded, and its transparency set apart.
fn converted(file: &[u8]) -> Result<Raster, Flaw> {
    let mut reader = decoder(file, Transformations::normalize_to_color8()).read_info().map_err(damaged)?;
    let size = reader.output_buffer_size().ok_or_else(|| Flaw::TooLarge("is too large to be decoded".to_owned()))?;
    let mut pixels = vec![0; size];
    let frame = reader.next_frame(&mut pixels).map_err(damaged)?;
    pixels.truncate(frame.buffer_size());
    let (channels, transparent) = match frame.color_type {
        ColorType::Grayscale => (1, false),
        ColorType::GrayscaleAlpha => (1, true),
        ColorType::Rgba => (3, true),
        ColorType::Rgb | ColorType::Indexed => (3, false),
    };
    let (width, height) = (frame.width, frame.height);
    let (color, alpha) = if transparent { parted(&pixels, channels) } else { (pixels, Vec::new()) };
    let kind = if channels == 1 { ColorType::Grayscale } else { ColorType::Rgb };
    let encode = |kind, samples: &[u8]| encoded(width, height, kind, samples).map(|file| stream(&file));
    let mask = alpha.iter().any(|alpha| *alpha < u8::MAX).then(|| encode(ColorType::Grayscale, &alpha)).transpose()?;
    let channels = if channels == 1 { 1 } else { 3 };
    let samples = Samples::Rows { stream: encode(kind, &color)?, channels, bits: 8, palette: None };
    Ok(Raster { width, height, orientation: 1, samples, mask })
}

fn decoder(file: &[u8], transformations: Transformations) -> Decoder<Cursor<&[u8]>> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(file), Limits { bytes: MEMORY });
    decoder.set_transformations(transformations);
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder
}

#[allow(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn damaged(error: ::png::DecodingError) -> Flaw {
    match error {
        ::png::DecodingError::LimitsExceeded => Flaw::TooLarge("takes too much memory to be decoded".to_owned()),
        error => Flaw::Damaged(Format::Png, error.to_string()),
    }
}

/// Colours and transparency, which stand behind each other in the file.
fn parted(pixels: &[u8], channels: usize) -> (Vec<u8>, Vec<u8>) {
    let count = pixels.len() / (channels + 1);
    let (mut color, mut alpha) = (Vec::with_capacity(count * channels), Vec::with_capacity(count));
    for pixel in pixels.chunks_exact(channels + 1) {
        let (own, opacity) = pixel.split_at(channels);
        color.extend_from_slice(own);
        alpha.extend_from_slice(opacity);
    }
    (color, alpha)
}

fn encoded(width: u32, height: u32, kind: ColorType, samples: &[u8]) -> Result<Vec<u8>, Flaw> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_color(kind);
    encoder.set_depth(BitDepth::Eight);
    let write = |error: ::png::EncodingError| Flaw::Damaged(Format::Png, error.to_string());
    let mut writer = encoder.write_header().map_err(write)?;
    writer.write_image_data(samples).map_err(write)?;
    writer.finish().map_err(write)?;
    Ok(file)
}

/// The compressed rows of a file: its IDAT chunks, one after the other.
fn stream(file: &[u8]) -> Vec<u8> {
    let mut stream = Vec::new();
    let mut rest = file.get(8..).unwrap_or_default();
    while let Some((head, tail)) = rest.split_at_checked(8) {
        let length = head.first_chunk::<4>().map_or(0, |length| u32::from_be_bytes(*length));
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        if head.ends_with(b"IDAT") {
            stream.extend_from_slice(tail.get(..length).unwrap_or_default());
        }
        // Behind the content stand four bytes of checksum.
        rest = length.checked_add(4).and_then(|length| tail.get(length..)).unwrap_or_default();
    }
    stream
}
