//! How a statement is signed; `sotto_protocol::directory` checks it.

use serde_bytes::ByteBuf;
use sotto_protocol::cbor;
use sotto_protocol::statement::{Signed, Signer, Statement, signed_bytes};

use crate::sign::SigningKey;

/// Signs a statement. Whether the signer may make it is for every receiver's directory to judge.
#[must_use]
pub fn sign(signer: &Signer, statement: &Statement, key: &SigningKey) -> Signed {
    let statement = cbor::encode(statement);
    let signature = key.sign(&signed_bytes(signer, &statement));
    Signed { statement: ByteBuf::from(statement), signer: *signer, signature }
}
