//! What is a file? What its first bytes say, never what its name says.

use sotto_protocol::ErrorCode;
use sotto_protocol::statement::AttachmentType;

use crate::error::{ClientError, Result};

/// Pictures: looked at inside the app, and written anew before they are sent.
const IMAGES: [&str; 4] = ["image/jpeg", "image/png", "image/gif", "image/webp"];

/// What else is taken: documents, sound and films. Of these a PDF can be looked at. Programs, scripts, pages and archives are not.
const TAKEN: [&str; 15] = [
    PDF,
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
    "video/mp4",
    "audio/mpeg",
    "audio/m4a",
    "audio/ogg",
    "audio/x-wav",
];

const PDF: &str = "application/pdf";
const TEXT: &str = "text/plain";

/// The media type of a content that begins with these bytes.
///
/// # Errors
/// `file_refused` for a type that is not taken.
pub(super) fn find(head: &[u8]) -> Result<&'static str> {
    let refused = ClientError::new(ErrorCode::FileRefused, "take the file");
    match infer::get(head).map(|found| found.mime_type()) {
        Some(found) if IMAGES.contains(&found) || TAKEN.contains(&found) => Ok(found),
        Some(_) => Err(refused),
        None if is_text(head) => Ok(TEXT),
        None => Err(refused),
    }
}

/// The type by which the rules know a media type that is taken; `None` for any other.
pub(super) fn attachment_type(media_type: &str) -> Option<AttachmentType> {
    if IMAGES.contains(&media_type) {
        return Some(AttachmentType::Image);
    }
    if media_type == TEXT {
        return Some(AttachmentType::Text);
    }
    let taken = TAKEN.contains(&media_type);
    taken.then(|| match media_type.split_once('/') {
        Some(("audio", _)) => AttachmentType::Audio,
        Some(("video", _)) => AttachmentType::Video,
        _ if media_type == PDF => AttachmentType::Pdf,
        _ => AttachmentType::Office,
    })
}

/// Whether it is a picture that Sotto reads, and writes anew before it is sent.
pub(super) fn is_image(media_type: &str) -> bool {
    IMAGES.contains(&media_type)
}

/// Whether it is a PDF, which goes out as it is.
pub(super) fn is_pdf(media_type: &str) -> bool {
    media_type == PDF
}

/// Whether a content of this type can be looked at inside the app.
pub(super) fn is_viewable(media_type: &str) -> bool {
    is_image(media_type) || is_pdf(media_type)
}

/// Words in UTF-8; the head may end within a character. What a shell would run is none.
fn is_text(head: &[u8]) -> bool {
    let whole = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            head.get(..error.valid_up_to()).and_then(|head| std::str::from_utf8(head).ok()).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !whole.starts_with("#!") && !whole.starts_with('<') && !whole.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_and_not_a_name() {
        assert_eq!(find(b"%PDF-1.7\n").ok(), Some("application/pdf"));
        assert_eq!(find(&[0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]).ok(), Some("image/png"));
        assert_eq!(find("Penicillin: urticaria, año 2011".as_bytes()).ok(), Some("text/plain"));
        assert_eq!(find(&"año".as_bytes()[..2]).ok(), Some("text/plain"), "cut within a character");
    }

    #[test]
    fn the_rules_know_every_type_that_is_taken_and_no_other() {
        for (media_type, known) in [
            ("image/webp", AttachmentType::Image),
            ("application/pdf", AttachmentType::Pdf),
            ("application/msword", AttachmentType::Office),
            ("application/vnd.oasis.opendocument.text", AttachmentType::Office),
            ("text/plain", AttachmentType::Text),
            ("audio/m4a", AttachmentType::Audio),
            ("video/mp4", AttachmentType::Video),
        ] {
            assert_eq!(attachment_type(media_type), Some(known), "{media_type}");
        }
        assert!(IMAGES.iter().chain(&TAKEN).all(|taken| attachment_type(taken).is_some()));
        for other in ["application/octet-stream", "application/zip", "text/html", "image/svg+xml", ""] {
            assert_eq!(attachment_type(other), None, "{other}");
        }
    }

    #[test]
    fn pictures_and_pdf_are_looked_at_and_only_pictures_are_written_anew() {
        assert!(IMAGES.into_iter().all(|image| is_viewable(image) && is_image(image)));
        assert!(is_viewable("application/pdf") && !is_image("application/pdf"));
        assert!(!is_viewable("application/msword") && !is_viewable("text/plain") && !is_viewable("image/svg+xml"));
    }

    #[test]
    fn programs_archives_pages_and_noise_are_refused() {
        let archive = b"PK\x03\x04\x14\x00\x00\x00\x08\x00 not a document";
        for bytes in [
            b"\x7fELF\x02\x01\x01\x00".as_slice(),
            b"MZ\x90\x00",
            b"#!/bin/sh\nrm",
            archive,
            b"<svg onload=x>",
            b"\x00\x01\x02",
            b"<!DOCTYPE html><html>",
        ] {
            assert_eq!(find(bytes).map_err(|error| error.code), Err(ErrorCode::FileRefused), "{bytes:?}");
        }
    }
}
