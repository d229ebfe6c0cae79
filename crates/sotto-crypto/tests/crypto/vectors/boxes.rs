//! Boxes of both suites, sealed by a generator with a fixed seed, and what must not open.

use serde_json::{Value, json};
use sotto_crypto::{SealingPair, hpke};
use sotto_protocol::cbor;
use sotto_protocol::key::{SealedBox, Suite};

use crate::clinic::rng;

const INFO: &[u8] = b"sotto/box/v1\0member";
const AAD: &[u8] = b"thread, epoch, account, generation";
const PLAINTEXT: &[u8] = b"thirty-two bytes of a thread key";

pub fn boxes() -> Value {
    Value::Array([Suite::XWing, Suite::X25519].map(of).to_vec())
}

fn of(suite: Suite) -> Value {
    let pair = SealingPair::generate(suite, &mut rng("vector pair"));
    let sealed = hpke::seal(pair.public(), INFO, AAD, PLAINTEXT, &mut rng("vector box")).unwrap();
    assert_eq!(pair.open(INFO, AAD, &sealed).unwrap().as_bytes(), PLAINTEXT);
    json!({
        "suite": u8::from(suite),
        "private": hex::encode(pair.private().as_bytes()),
        "public": hex::encode(&pair.public().key),
        "info": hex::encode(INFO),
        "aad": hex::encode(AAD),
        "plaintext": hex::encode(PLAINTEXT),
        "box": hex::encode(cbor::encode(&sealed)),
        "refused": refused(&pair, &sealed),
    })
}

fn refused(pair: &SealingPair, sealed: &SealedBox) -> Value {
    let change = |name: &str, change: &dyn Fn(&mut SealedBox)| {
        let mut changed = sealed.clone();
        change(&mut changed);
        assert!(pair.open(INFO, AAD, &changed).is_err(), "{name}");
        json!({"name": name, "box": hex::encode(cbor::encode(&changed)), "info": hex::encode(INFO), "aad": hex::encode(AAD)})
    };
    let same = |name: &str, info: &[u8], aad: &[u8]| {
        assert!(pair.open(info, aad, sealed).is_err(), "{name}");
        json!({"name": name, "box": hex::encode(cbor::encode(sealed)), "info": hex::encode(info), "aad": hex::encode(aad)})
    };
    let other = if sealed.suite == Suite::XWing { Suite::X25519 } else { Suite::XWing };
    json!([
        change("the first byte of enc", &|b| b.enc[0] ^= 1),
        change("the last byte of enc", &|b| *b.enc.last_mut().unwrap() ^= 1),
        change("enc cut short", &|b| {
            b.enc.pop();
        }),
        change("the ciphertext's first byte", &|b| b.ciphertext[0] ^= 1),
        change("the tag", &|b| *b.ciphertext.last_mut().unwrap() ^= 1),
        change("another suite's number", &|b| b.suite = other),
        same("another purpose", b"sotto/box/v1\0archive", AAD),
        same("another place", INFO, b"thread, epoch, another account, generation"),
    ])
}
