//! Chunks of sealed files, and the hash over a file.

use serde_json::{Value, json};
use sotto_crypto::file::FileSeal;
use sotto_protocol::file::{FileKey, plain_bytes};
use sotto_protocol::limits::FILE_CHUNK_BYTES;
use sotto_protocol::verify::{file_hash, sha256};
use sotto_protocol::{FileId, ThreadId};

/// The last chunk of three files: of one byte, padded to the second step, and the second chunk of two.
pub fn files() -> Value {
    let (key, thread, file) = (FileKey::from_bytes([0x51; 32]), ThreadId::from_bytes([0x52; 16]), FileId::from_bytes([0x53; 16]));
    let chunks: Vec<Value> = [1, 5_000, FILE_CHUNK_BYTES as u64 + 5]
        .into_iter()
        .map(|bytes| {
            let seal = FileSeal::new(&key, thread, file, bytes).unwrap();
            let number = seal.chunks() - 1;
            let content: Vec<u8> = (0..plain_bytes(bytes, number)).map(|n| u8::try_from(n % 251).unwrap()).collect();
            let sealed = seal.seal(number, &content).unwrap();
            json!({"bytes": bytes, "number": number, "content": hex::encode(&content), "sealed": hex::encode(sealed)})
        })
        .collect();
    let parts = ["first", "second"].map(|part| sha256(&[part.as_bytes()]));
    json!({
        "key": hex::encode(key.as_bytes()),
        "thread": thread.to_string(),
        "file": file.to_string(),
        "chunks": chunks,
        "hash": {
            "chunks": parts.map(|hash| hex::encode(hash.as_bytes())),
            "hash": hex::encode(file_hash(&parts).as_bytes()),
        },
    })
}
