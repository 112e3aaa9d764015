//! Pictures in the file, each of them once.

use super::Error;
use crate::export::picture::{Picture, Pictures, Raster, Samples, Tree};
use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat, dictionary};
use printpdf::{ExternalStream, ExternalXObject, PdfDocument, XObject, XObjectId};
use std::collections::BTreeSet;
use svg2pdf::{ConversionOptions, PageOptions};

/// The pictures that stand on pages.
pub struct Placed<'a> {
    pictures: &'a Pictures,
    used: BTreeSet<usize>,
}

/// The name of a picture among the resources of the pages.
fn name_of(picture: usize) -> String {
    format!("P{picture}")
}

impl<'a> Placed<'a> {
    /// None yet.
    pub fn new(pictures: &'a Pictures) -> Self {
        Self { pictures, used: BTreeSet::new() }
    }

    /// The name of a picture, and the matrix that puts it into its place: left, bottom, width, height.
    pub fn show(&mut self, number: usize, [left, bottom, width, height]: [f32; 4]) -> Option<(String, [f32; 6])> {
        let turned = match self.pictures.get(number)? {
            Picture::Raster(raster) => turned(raster.orientation),
            Picture::Drawing(_) => turned(1),
            Picture::OnCardsOnly(_) => return None,
        };
        self.used.insert(number);
        let [across, up, origin] = turned.map(|[x, y]| [x * width, y * height]);
        let matrix = [across[0], across[1], up[0], up[1], origin[0] + left, origin[1] + bottom];
        Some((name_of(number), matrix))
    }

    /// Has printpdf keep a place for each picture among the resources.
    pub fn announce(&self, pdf: &mut PdfDocument) {
        for number in &self.used {
            let stream = ExternalStream::default();
            let place = ExternalXObject { stream, width: None, height: None, dpi: None };
            pdf.resources.xobjects.map.insert(XObjectId(name_of(*number)), XObject::External(place));
        }
    }

    /// Puts the pictures into their places.
    pub fn embed(&self, file: &mut lopdf::Document) -> Result<(), Error> {
        let missing = |what: &str| Error(format!("{what} is missing from the resources"));
        for number in &self.used {
            let place = place(file, &name_of(*number)).ok_or_else(|| missing("a picture"))?;
            let stream = match self.pictures.get(*number).ok_or_else(|| missing("a picture"))? {
                Picture::Raster(raster) => image(file, raster),
                Picture::Drawing(tree) => form(file, tree)?,
                Picture::OnCardsOnly(format) => return Err(Error(format!("{} cannot stand on a page", format.name()))),
            };
            file.objects.insert(place, Object::Stream(stream));
        }
        Ok(())
    }
}

/// The unit square turned and mirrored as a camera was held: the eight cases of EXIF, with y upwards,
/// as where the first side, the second side and the corner between them go.
fn turned(orientation: u8) -> [[f32; 2]; 3] {
    match orientation {
        2 => [[-1.0, 0.0], [0.0, 1.0], [1.0, 0.0]],
        3 => [[-1.0, 0.0], [0.0, -1.0], [1.0, 1.0]],
        4 => [[1.0, 0.0], [0.0, -1.0], [0.0, 1.0]],
        5 => [[0.0, -1.0], [-1.0, 0.0], [1.0, 1.0]],
        6 => [[0.0, -1.0], [1.0, 0.0], [0.0, 1.0]],
        7 => [[0.0, 1.0], [1.0, 0.0], [0.0, 0.0]],
        8 => [[0.0, 1.0], [-1.0, 0.0], [1.0, 0.0]],
        _ => [[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]],
    }
}

/// The object that stands under a name; all pages share their resources.
fn place(file: &lopdf::Document, name: &str) -> Option<ObjectId> {
    let page = file.get_pages().into_values().next()?;
    let dictionary = |object: &Object| match object {
        Object::Reference(id) => file.get_dictionary(*id).ok().cloned(),
        object => object.as_dict().ok().cloned(),
    };
    let resources = dictionary(file.get_dictionary(page).ok()?.get(b"Resources").ok()?)?;
    dictionary(resources.get(b"XObject").ok()?)?.get(name.as_bytes()).ok()?.as_reference().ok()
}

fn image(file: &mut lopdf::Document, raster: &Raster) -> Stream {
    let (mut dict, content) = match &raster.samples {
        Samples::Jpeg { file, channels, inverted } => {
            let mut dict = pixels(raster, color_space(*channels), 8);
            dict.set("Filter", name("DCTDecode"));
            if *inverted {
                dict.set("Decode", [1, 0, 1, 0, 1, 0, 1, 0].map(Object::from).to_vec());
            }
            (dict, file.to_vec())
        }
        Samples::Rows { stream, channels, bits, palette } => {
            let space = palette.as_ref().map_or_else(|| color_space(*channels), |palette| indexed(palette));
            let mut dict = pixels(raster, space, *bits);
            filtered(&mut dict, raster.width, *channels, *bits);
            (dict, stream.clone())
        }
    };
    if let Some(mask) = &raster.mask {
        let mut soft = pixels(raster, color_space(1), 8);
        filtered(&mut soft, raster.width, 1, 8);
        dict.set("SMask", file.add_object(Stream::new(soft, mask.clone()).with_compression(false)));
    }
    Stream::new(dict, content).with_compression(false)
}

fn pixels(raster: &Raster, space: Object, bits: u8) -> Dictionary {
    dictionary! {
        "Type" => name("XObject"), "Subtype" => name("Image"),
        "Width" => i64::from(raster.width), "Height" => i64::from(raster.height),
        "ColorSpace" => space, "BitsPerComponent" => i64::from(bits),
    }
}

/// Rows as PNG compresses them (ISO 32000-1, 7.4.4.4).
fn filtered(dict: &mut Dictionary, width: u32, channels: u8, bits: u8) {
    let parameters = dictionary! {
        "Predictor" => 15, "Colors" => i64::from(channels),
        "BitsPerComponent" => i64::from(bits), "Columns" => i64::from(width),
    };
    dict.set("Filter", name("FlateDecode"));
    dict.set("DecodeParms", parameters);
}

fn color_space(channels: u8) -> Object {
    name(match channels {
        1 => "DeviceGray",
        4 => "DeviceCMYK",
        _ => "DeviceRGB",
    })
}

fn indexed(palette: &[u8]) -> Object {
    let last = i64::try_from(palette.len() / 3).unwrap_or_default() - 1;
    let colors = Object::String(palette.to_vec(), StringFormat::Hexadecimal);
    Object::Array(vec![name("Indexed"), name("DeviceRGB"), last.into(), colors])
}

/// A drawing as a form that fills the unit square, as images do (ISO 32000-1, 8.9.3): the page that svg2pdf makes of it, with all that belongs to it.
fn form(file: &mut lopdf::Document, tree: &Tree) -> Result<Stream, Error> {
    let failed = |error: &dyn std::fmt::Display| Error(format!("a drawing cannot be written: {error}"));
    let page_options = PageOptions { dpi: 72.0 };
    let pdf = svg2pdf::to_pdf(tree, ConversionOptions::default(), page_options).map_err(|error| failed(&error))?;
    let mut drawing = lopdf::Document::load_mem(&pdf).map_err(|error| failed(&error))?;
    drawing.renumber_objects_with(file.max_id + 1);
    let id = drawing.get_pages().into_values().next().ok_or_else(|| failed(&"it has no page"))?;
    let page = drawing.get_dictionary(id).map_err(|error| failed(&error))?.clone();
    let content = drawing.get_page_content(id);
    let size = tree.size();
    let unit = [1.0 / size.width(), 0.0, 0.0, 1.0 / size.height(), 0.0, 0.0].map(Object::Real);
    let mut dict = dictionary! { "Type" => name("XObject"), "Subtype" => name("Form"), "Matrix" => unit.to_vec() };
    for (key, of_page) in [("BBox", "MediaBox"), ("Resources", "Resources"), ("Group", "Group")] {
        dict.set(key, page.get(of_page.as_bytes()).map_err(|error| failed(&error))?.clone());
    }
    drawing.delete_object(id);
    let info = drawing.trailer.get(b"Info").and_then(Object::as_reference).ok();
    let is_frame =
        |object: &Object| object.as_dict().is_ok_and(|dict| dict.has_type(b"Catalog") || dict.has_type(b"Pages"));
    let objects = drawing.objects.into_iter().filter(|(id, object)| Some(*id) != info && !is_frame(object));
    file.objects.extend(objects);
    file.max_id = drawing.max_id;
    Ok(Stream::new(dict, content))
}

fn name(text: &str) -> Object {
    Object::Name(text.as_bytes().to_vec())
}
