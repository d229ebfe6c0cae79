//! Which machines were let in: tokens, who used them, and the certificates made with them.

use std::collections::{HashMap, HashSet};

use super::StatementError;
use super::check::{unused, within};
use crate::statement::{WorkstationCert, WorkstationToken};
use crate::{TokenId, WorkstationId};

/// The part of a directory that is about machines.
#[derive(Debug, Clone, Default)]
pub(super) struct Workstations {
    tokens: HashMap<TokenId, WorkstationToken>,
    used: HashSet<TokenId>,
    certs: HashMap<WorkstationId, WorkstationCert>,
}

impl Workstations {
    /// A machine's certificate.
    pub(super) fn cert(&self, workstation: &WorkstationId) -> Option<&WorkstationCert> {
        self.certs.get(workstation)
    }

    /// All certificates, in no order.
    pub(super) fn certs(&self) -> impl Iterator<Item = &WorkstationCert> {
        self.certs.values()
    }

    /// A token, and whether it was used.
    pub(super) fn token(&self, token: &TokenId) -> Option<(&WorkstationToken, bool)> {
        self.tokens.get(token).map(|t| (t, self.used.contains(token)))
    }

    /// All tokens, in no order.
    pub(super) fn tokens(&self) -> impl Iterator<Item = (&WorkstationToken, bool)> {
        self.tokens.values().map(|token| (token, self.used.contains(&token.token)))
    }

    /// Whether a token is new. That its signer may make it is checked before.
    pub(super) fn check_token(&self, s: &WorkstationToken) -> Result<(), StatementError> {
        unused(self.tokens.contains_key(&s.token))
    }

    /// Whether a certificate is what its token allows.
    pub(super) fn check_cert(&self, token: &TokenId, s: &WorkstationCert) -> Result<(), StatementError> {
        let (asked, used) = self.token(token).ok_or(StatementError::UnknownSigner)?;
        unused(used)?;
        if s.token != *token || s.kind != asked.kind {
            return Err(StatementError::NotPermitted);
        }
        unused(self.certs.contains_key(&s.workstation))?;
        within(s.issued_at, asked.not_before, asked.not_after)
    }

    /// Takes in a checked token.
    pub(super) fn insert_token(&mut self, token: WorkstationToken) {
        self.tokens.insert(token.token, token);
    }

    /// Takes in a checked certificate; its token is used from here on.
    pub(super) fn insert_cert(&mut self, cert: WorkstationCert) {
        self.used.insert(cert.token);
        self.certs.insert(cert.workstation, cert);
    }
}
