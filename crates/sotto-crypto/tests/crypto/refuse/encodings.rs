//! Statements in another spelling than the one they have.

use serde_bytes::ByteBuf;
use sotto_protocol::directory::StatementError;
use sotto_protocol::statement::{AttachmentType, Settings, Signed, Signer, Statement};

use super::{Refused, commands, refused};
use crate::clinic::Clinic;

/// Bytes that say the same in another spelling, or nothing. All are signed rightly: only their form is wrong.
pub fn all(c: &Clinic) -> Vec<Refused> {
    let right = sotto_protocol::cbor::encode(&Statement::Policy(c.policy(2)));
    let sign = |bytes: Vec<u8>| {
        let signature = c.root.sign(&sotto_protocol::statement::signed_bytes(&Signer::Root, &bytes));
        Signed { statement: ByteBuf::from(bytes), signer: Signer::Root, signature }
    };
    let spell = |bytes: Vec<u8>, name| refused(name, sign(bytes), StatementError::Malformed);
    // `version` is 2: one byte. The same number in two bytes says the same.
    let version = find(&right, b"gversion") + 8;
    let mut long = right.clone();
    long.splice(version..=version, [0x18, 0x02]);
    let mut indefinite = right.clone();
    indefinite[0] = 0xbf;
    indefinite.push(0xff);
    let mut unknown = right.clone();
    let label = find(&unknown, b"policy");
    unknown[label] = b'P';
    let [falling, twice, other] = lists_of_types(c);
    vec![
        spell(long, "an integer longer than it need be"),
        spell(indefinite, "a map of indefinite length"),
        spell([right.as_slice(), &[0]].concat(), "a byte after the statement"),
        spell(right[..right.len() - 1].to_vec(), "a statement cut short"),
        spell(unknown, "a kind of statement nobody knows"),
        spell(Vec::new(), "no bytes at all"),
        spell(sorted(&right), "the fields in another order"),
        spell(falling, "rules with types of files in another order"),
        spell(twice, "rules with a type of files twice"),
        spell(other, "rules with a type of files nobody knows"),
    ]
}

/// Rules of a group with a list of types of files that is none: out of order, with one twice, with a word that is no type.
fn lists_of_types(c: &Clinic) -> [Vec<u8>; 3] {
    let types = [AttachmentType::Image, AttachmentType::Pdf].into_iter().collect();
    let settings = Settings { attachment_types: Some(types), ..Settings::default() };
    let right = sotto_protocol::cbor::encode(&Statement::GroupPolicy(commands::group(c, 2, settings)));
    // Each word after a byte that is its length: 5 and 3 letters are `e` and `c`.
    let at = find(&right, b"eimagecpdf");
    [b"cpdfeimage".as_slice(), b"eimageeimage", b"eimagecexe"].map(|list| {
        let mut bytes = right.clone();
        bytes.splice(at..at + 10, list.iter().copied());
        bytes
    })
}

fn find(bytes: &[u8], what: &[u8]) -> usize {
    bytes.windows(what.len()).position(|w| w == what).unwrap()
}

/// The same statement with the inner map's fields in reverse.
fn sorted(bytes: &[u8]) -> Vec<u8> {
    let mut value: ciborium::Value = ciborium::from_reader(bytes).unwrap();
    let ciborium::Value::Map(outer) = &mut value else { panic!("a statement is a map") };
    let ciborium::Value::Map(fields) = &mut outer[0].1 else { panic!("a policy is a map") };
    fields.reverse();
    let mut out = Vec::new();
    ciborium::into_writer(&value, &mut out).unwrap();
    out
}
