//! Whether docs/PROTOCOL.md names every label, every limit and every error code with its number.

use sotto_crypto::label;
use sotto_protocol::{ErrorCode, request, session, statement, verify};

const DOCUMENT: &str = include_str!("../../../../docs/PROTOCOL.md");
const LIMITS: &str = include_str!("../../../sotto-protocol/src/limits.rs");

#[test]
fn every_label_is_in_the_document() {
    let labels = [
        verify::ORG_LABEL,
        statement::STATEMENT_LABEL,
        verify::KEY_ENTRY_LABEL,
        verify::EVENT_LABEL,
        request::REQUEST_LABEL,
        request::WORKSTATION_REQUEST_LABEL,
        session::SESSION_LABEL,
        verify::CHAIN_LABEL,
        label::BOX,
        label::COMMITMENT,
        label::EVENT_KEY,
        label::LINK_KEY,
        label::FILE_KEY,
        verify::FILE_HASH_LABEL,
        label::ARCHIVE_SEED,
        label::PROFILE_KEY,
        label::CLINIC_KEY,
        label::WORKSTATION_PROFILE_KEY,
        label::GROUP_KEY,
        label::CUSTODY_KEY,
        label::LOGIN_HANDLE,
        label::OPAQUE_PASSWORD,
        label::BUNDLE,
        label::RECOVERY_ID,
        label::RECOVERY,
        sotto_credential::opaque::CONTEXT_LABEL,
        label::KEK,
        label::VMK,
        label::ROOT_SECRETS,
        label::ROOT_SHEET,
        label::ROOT_SHEET_LINE,
        label::DB_KEY,
        label::DB_SALT,
        label::INTEGRITY_KEY,
    ];
    for (number, label) in labels.iter().enumerate() {
        let text = std::str::from_utf8(label).unwrap().replace('\0', "\\0");
        assert!(text.ends_with("/v1\\0"), "{text}");
        assert!(DOCUMENT.contains(&format!("`{text}`")), "{text} is not in the table of labels");
        assert!(!labels[..number].contains(label), "{text} has two uses");
    }
}

#[test]
fn every_limit_is_in_the_document() {
    let names: Vec<&str> = LIMITS.lines().filter_map(|line| line.strip_prefix("pub const ")?.split(':').next()).collect();
    assert!(names.len() > 10);
    for name in names {
        assert!(DOCUMENT.contains(&format!("`{name}`")), "{name} is not in the table of limits");
    }
}

#[test]
fn every_error_code_is_in_the_document_with_its_number() {
    for code in ErrorCode::ALL {
        let row = format!("| `{code}` | {} |", code.number());
        assert!(DOCUMENT.contains(&row), "{row} is not in the table of codes");
    }
}

#[test]
fn the_links_that_the_document_gives_to_files_are_there() {
    let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let mut found = 0;
    for part in DOCUMENT.split("](").skip(1) {
        let target = part.split(')').next().unwrap();
        if !target.starts_with('#') {
            assert!(docs.join(target).exists(), "{target} is not there");
            found += 1;
        }
    }
    assert!(found > 0);
}
