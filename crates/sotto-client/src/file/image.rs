//! How is an image read without harm? Decoded within bounds, turned as its camera meant it, and written anew without anything else in it.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};
use sotto_crypto::SecretVec;
use sotto_protocol::ErrorCode;

use crate::error::{ClientError, Result};

/// Points of an image, at most: four bytes each stay below a quarter of a gibibyte.
const POINTS: u64 = 50_000_000;
/// Points along a side, at most.
const SIDE: u32 = 20_000;
/// Bytes that decoding may allocate.
const DECODING_BYTES: u64 = 512 * 1024 * 1024;
/// Points along a side of what is looked at inside the app.
const VIEW_SIDE: u32 = 1_600;
/// The quality of a JPEG that is written anew, out of 100.
const QUALITY: u8 = 90;

/// An image written anew: its media type and its bytes.
pub(super) struct Written {
    pub media_type: &'static str,
    pub bytes: SecretVec,
}

/// The same picture with nothing but the picture in it: no place, no camera, no thumbnail, no comment.
///
/// # Errors
/// `image_too_large`; `file_damaged` for what is no image.
pub(super) fn clean(bytes: &[u8]) -> Result<Written> {
    let (picture, format) = decode(bytes)?;
    write(&picture, format == ImageFormat::Jpeg)
}

/// The picture no larger than a screen.
///
/// # Errors
/// As [`clean`].
pub(super) fn preview(bytes: &[u8]) -> Result<Written> {
    let (picture, format) = decode(bytes)?;
    let large = picture.width() > VIEW_SIDE || picture.height() > VIEW_SIDE;
    let picture = if large { picture.thumbnail(VIEW_SIDE, VIEW_SIDE) } else { picture };
    write(&picture, format == ImageFormat::Jpeg)
}

fn decode(bytes: &[u8]) -> Result<(DynamicImage, ImageFormat)> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| damaged())?;
    let format = reader.format().ok_or(damaged())?;
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height, limits.max_alloc) = (Some(SIDE), Some(SIDE), Some(DECODING_BYTES));
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| named(&error))?;
    let (width, height) = decoder.dimensions();
    // Told by the header, so before anything is decoded.
    if u64::from(width) * u64::from(height) > POINTS || decoder.total_bytes() > DECODING_BYTES {
        return Err(ClientError::new(ErrorCode::ImageTooLarge, "look at the image"));
    }
    let orientation = decoder.orientation().map_err(|error| named(&error))?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| named(&error))?;
    picture.apply_orientation(orientation);
    Ok((picture, format))
}

fn write(picture: &DynamicImage, as_jpeg: bool) -> Result<Written> {
    let mut bytes = Vec::new();
    let written = if as_jpeg {
        picture.to_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))
    } else {
        picture.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
    };
    written.map_err(|_| ClientError::new(ErrorCode::Internal, "write the image anew"))?;
    Ok(Written { media_type: if as_jpeg { "image/jpeg" } else { "image/png" }, bytes: SecretVec::from_vec(bytes) })
}

fn named(error: &image::ImageError) -> ClientError {
    match error {
        image::ImageError::Limits(_) => ClientError::new(ErrorCode::ImageTooLarge, "look at the image"),
        _ => damaged(),
    }
}

const fn damaged() -> ClientError {
    ClientError::new(ErrorCode::FileDamaged, "look at the image")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A JPEG of 4 by 2 points whose Exif block says that it lies on its side and names a place.
    fn with_exif() -> Vec<u8> {
        let mut plain = Vec::new();
        let picture = DynamicImage::new_rgb8(4, 2);
        picture.to_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut plain, 90)).unwrap();
        // Exif 2.3, 4.7.2: APP1, TIFF header, one entry 0x0112 (orientation) of value 6, then text as a camera would leave it.
        let tiff = [
            b"MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00".as_slice(),
            b"WARD THREE",
        ]
        .concat();
        let app1 = [b"Exif\x00\x00".as_slice(), &tiff].concat();
        let length = u16::try_from(app1.len() + 2).unwrap().to_be_bytes();
        [&plain[..2], &[0xff, 0xe1], &length, &app1, &plain[2..]].concat()
    }

    #[test]
    fn a_picture_is_turned_and_loses_what_its_camera_wrote() {
        let taken = with_exif();
        let written = clean(&taken).unwrap();
        assert_eq!(written.media_type, "image/jpeg");
        let (picture, _) = decode(written.bytes.as_bytes()).unwrap();
        assert_eq!((picture.width(), picture.height()), (2, 4), "turned as the camera meant it");
        let holds = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
        assert!(holds(&taken, b"WARD THREE") && holds(&taken, b"Exif"));
        assert!(!holds(written.bytes.as_bytes(), b"WARD THREE") && !holds(written.bytes.as_bytes(), b"Exif"));
    }

    #[test]
    fn a_bomb_is_refused_by_its_header() {
        let mut png = Vec::new();
        DynamicImage::new_luma8(1, 1).write_to(&mut Cursor::new(&mut png), ImageFormat::Png).unwrap();
        // PNG (ISO/IEC 15948), 11.2.2: width and height at 16 and 20, and the checksum over them.
        png[16..20].copy_from_slice(&19_999_u32.to_be_bytes());
        png[20..24].copy_from_slice(&19_999_u32.to_be_bytes());
        let checksum = crc(&png[12..29]);
        png[29..33].copy_from_slice(&checksum.to_be_bytes());
        assert_eq!(preview(&png).map(drop).map_err(|error| error.code), Err(ErrorCode::ImageTooLarge));
        png[16..20].copy_from_slice(&40_000_u32.to_be_bytes());
        let checksum = crc(&png[12..29]);
        png[29..33].copy_from_slice(&checksum.to_be_bytes());
        assert_eq!(preview(&png).map(drop).map_err(|error| error.code), Err(ErrorCode::ImageTooLarge));
        assert_eq!(preview(b"no image").map(drop).map_err(|error| error.code), Err(ErrorCode::FileDamaged));
    }

    /// The checksum of PNG, bit by bit.
    fn crc(bytes: &[u8]) -> u32 {
        let step = |crc: u32| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
        !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
    }

    #[test]
    fn a_large_picture_is_shown_no_larger_than_a_screen() {
        let mut png = Vec::new();
        DynamicImage::new_rgba8(3_200, 400).write_to(&mut Cursor::new(&mut png), ImageFormat::Png).unwrap();
        let (picture, _) = decode(preview(&png).unwrap().bytes.as_bytes()).unwrap();
        assert_eq!((picture.width(), picture.height()), (1_600, 200));
    }
}
