//! Pictures: the bytes of an image file, looked at once, as something a page can show.
//!
//! What is taken in here can be written without another look: a file that is damaged, too large or not
//! what it seems is refused with its flaw in words.

mod jpeg;
mod png;
mod svg;

pub use usvg::Tree;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Larger files are no illustrations of an answer.
pub const BYTES_LIMIT: u64 = 20 << 20;
/// The same for pixels, so that the memory that decoding takes has a bound: 200 MB.
pub const PIXELS_LIMIT: u64 = 50_000_000;
/// Fewer pixels to an inch look coarse on paper: a small image stays small.
const LEAST_DENSITY: f32 = 144.0;
/// Points to a pixel of CSS, the unit of drawings.
const CSS_PIXEL: f32 = 72.0 / 96.0;

/// The formats that are known, by their first bytes; the names of files lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Portable Network Graphics.
    Png,
    /// JPEG, in its baseline or progressive form.
    Jpeg,
    /// Scalable Vector Graphics.
    Svg,
    /// Graphics Interchange Format.
    Gif,
    /// `WebP`.
    Webp,
}

impl Format {
    /// Told by the first bytes.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let starts = |magic: &[u8]| bytes.starts_with(magic);
        match bytes {
            _ if starts(b"\x89PNG\r\n\x1a\n") => Some(Self::Png),
            _ if starts(b"\xff\xd8\xff") => Some(Self::Jpeg),
            _ if starts(b"GIF8") => Some(Self::Gif),
            _ if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") => Some(Self::Webp),
            _ if is_svg(bytes) => Some(Self::Svg),
            _ => None,
        }
    }

    /// The usual ending of such a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Svg => "svg",
            Self::Gif => "gif",
            Self::Webp => "webp",
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Svg => "SVG",
            Self::Gif => "GIF",
            Self::Webp => "WebP",
        }
    }
}

fn is_svg(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(4096)).unwrap_or_default()).to_lowercase();
    head.trim_start_matches('\u{feff}').trim_start().starts_with('<') && head.contains("<svg")
}

/// A picture that was found to be whole.
#[derive(Debug, Clone)]
pub enum Picture {
    /// Pixels.
    Raster(Raster),
    /// Lines and areas; its texts are outlines by now.
    Drawing(Box<Tree>),
    /// A format that only cards can show.
    OnCardsOnly(Format),
}

/// Pixels, compressed as PDF takes them.
#[derive(Debug, Clone)]
pub struct Raster {
    /// Columns of pixels, as they are stored.
    pub width: u32,
    /// Rows of pixels, as they are stored.
    pub height: u32,
    /// How the picture is to be turned: 1 … 8, as EXIF counts (CIPA DC-008, 4.6.4 A).
    pub orientation: u8,
    /// The pixels.
    pub samples: Samples,
    /// How opaque each pixel is: one channel of 8 bits, compressed as [`Samples::Rows`].
    pub mask: Option<Vec<u8>>,
}

/// Pixels in one of two compressions.
#[derive(Debug, Clone)]
pub enum Samples {
    /// A whole JPEG file.
    Jpeg {
        /// The bytes of the file.
        file: Arc<[u8]>,
        /// 1 (grey), 3 (colour) or 4 (print colours).
        channels: u8,
        /// Whether 0 stands for full ink, as Adobe's programs write it.
        inverted: bool,
    },
    /// Rows with PNG's filters in a zlib stream.
    Rows {
        /// The stream.
        stream: Vec<u8>,
        /// 1 (grey or palette) or 3 (colour).
        channels: u8,
        /// Bits of a channel: 1, 2, 4, 8 or 16.
        bits: u8,
        /// The colours that the pixels count, red, green and blue each.
        palette: Option<Vec<u8>>,
    },
}

impl Picture {
    /// Width and height on paper in points, before it is made smaller for its place; `None` for what
    /// no page can show.
    pub fn size(&self) -> Option<(f32, f32)> {
        match self {
            Self::Raster(raster) => {
                let (width, height) = (points(raster.width), points(raster.height));
                Some(if raster.orientation >= 5 { (height, width) } else { (width, height) })
            }
            Self::Drawing(tree) => Some((tree.size().width() * CSS_PIXEL, tree.size().height() * CSS_PIXEL)),
            Self::OnCardsOnly(_) => None,
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "pixels are far below 2^24")]
fn points(pixels: u32) -> f32 {
    pixels as f32 * 72.0 / LEAST_DENSITY
}

/// What stands in the way of showing a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// Not a picture, or in none of the known formats.
    Unknown,
    /// Of this format, but it cannot be read; why.
    Damaged(Format, String),
    /// Larger than a picture may be; in words.
    TooLarge(String),
    /// Whole, but with something in it that cannot be shown; what, and the way out.
    Unsupported(String, &'static str),
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => write!(f, "is not a PNG, JPEG, SVG, GIF or WebP file"),
            Self::Damaged(format, why) => write!(f, "is a damaged {} file: {why}", format.name()),
            Self::TooLarge(why) | Self::Unsupported(why, _) => f.write_str(why),
        }
    }
}

/// Looks at the bytes of a file. Pixels are decoded once to see that all of them are there.
fn read(bytes: &Arc<[u8]>) -> Result<Picture, Flaw> {
    match Format::of(bytes) {
        Some(Format::Png) => png::read(bytes).map(Picture::Raster),
        Some(Format::Jpeg) => jpeg::read(bytes).map(Picture::Raster),
        Some(Format::Svg) => svg::read(bytes).map(|tree| Picture::Drawing(Box::new(tree))),
        Some(format @ (Format::Gif | Format::Webp)) => Ok(Picture::OnCardsOnly(format)),
        None => Err(Flaw::Unknown),
    }
}

fn check_pixels(width: u32, height: u32) -> Result<(), Flaw> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels <= PIXELS_LIMIT {
        return Ok(());
    }
    let (has, most) = (pixels / 1_000_000, PIXELS_LIMIT / 1_000_000);
    Err(Flaw::TooLarge(format!("has {width} × {height} pixels, {has} million; {most} million can be shown")))
}

/// The pictures of a dossier, by the paths it gives. Files with the same bytes are one picture.
#[derive(Debug, Default)]
pub struct Pictures {
    by_path: BTreeMap<String, usize>,
    list: Vec<(Arc<[u8]>, Picture)>,
}

impl Pictures {
    /// No pictures.
    pub const fn none() -> Self {
        Self { by_path: BTreeMap::new(), list: Vec::new() }
    }

    /// Takes a file in.
    pub fn add(&mut self, path: &str, bytes: Vec<u8>) -> Result<(), Flaw> {
        let known = self.list.iter().position(|(known, _)| **known == *bytes);
        let index = match known {
            Some(index) => index,
            None => {
                let bytes: Arc<[u8]> = bytes.into();
                let picture = read(&bytes)?;
                self.list.push((bytes, picture));
                self.list.len() - 1
            }
        };
        self.by_path.insert(path.to_owned(), index);
        Ok(())
    }

    /// The bytes of a file.
    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        self.list.get(*self.by_path.get(path)?).map(|(bytes, _)| &**bytes)
    }

    /// A picture by its number.
    pub fn get(&self, number: usize) -> Option<&Picture> {
        self.list.get(number).map(|(_, picture)| picture)
    }

    /// Paths and the numbers of their pictures, sorted by path.
    pub fn paths(&self) -> impl Iterator<Item = (&str, usize)> {
        self.by_path.iter().map(|(path, number)| (path.as_str(), *number))
    }
}
