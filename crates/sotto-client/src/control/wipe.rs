//! How is a person's vault, or the whole machine, wiped? Keys first, by the store; signed here, and gone on with after any crash.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use sotto_protocol::api::{Base64, DirectoryVersion, ReceiptRequest};
use sotto_protocol::limits::STATEMENT_BYTES;
use sotto_protocol::statement::{Command, CommandOutcome, Erased, ErasedKind, Receipt, Statement};
use sotto_protocol::{ErrorCode, cbor};
use sotto_store::home::WorkstationItem;
use sotto_store::wipe::{self, Destroyed, Kind, Target, Tombstone};
use sotto_store::{Home, Keyring, receipts, statements_file};

use crate::clock::Clock;
use crate::error::{Attempt as _, ClientError, Result};
use crate::transport::{Http, WorkstationSigner};

/// How long a machine that is wiped tries to tell so before its key goes; the receipt is signed by then and can be told later.
pub(super) const TELLING: Duration = Duration::from_secs(5);
/// Bytes of an order and of a kept receipt, at most: a statement, an address and a certificate.
const ORDER_BYTES: usize = 2 * STATEMENT_BYTES;

/// What a tombstone says: the command, and where its receipt goes, since the machine's own file goes first.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Order {
    /// The canonical [`Command`]; empty where the machine wipes itself because nobody heard it for too long.
    command: ByteBuf,
    /// Where the server is, `https://host:port`.
    server: String,
    /// Its authority, DER.
    ca_der: ByteBuf,
}

/// What is kept of a machine's wipe: the receipt, and where it goes.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    order: Order,
    /// The signed receipt; empty where there was no command.
    receipt: ByteBuf,
}

/// What a wipe works on. Nothing of it needs a session.
pub(crate) struct Wiping<'a> {
    pub home: &'a Home,
    pub keyring: &'a Keyring,
    pub clock: &'a dyn Clock,
    /// What others keep: the window's data, logs.
    pub extra: &'a [PathBuf],
}

impl Order {
    /// What a tombstone of this command says; of none where the machine wipes itself.
    pub fn new(command: Option<&Command>, server: &str, ca_der: &[u8]) -> Self {
        let command = command.map(cbor::encode).unwrap_or_default();
        Self { command: ByteBuf::from(command), server: server.to_owned(), ca_der: ByteBuf::from(ca_der) }
    }

    fn command(&self) -> Option<Command> {
        cbor::parse_canonical(&self.command, STATEMENT_BYTES).ok()
    }
}

impl Wiping<'_> {
    /// Wipes; when it returns, the receipt is kept and, of a machine, its key is gone. Blocks.
    ///
    /// # Errors
    /// Those of the disk before anything was begun, and of keyring and disk where the key could not be destroyed: the next start goes on.
    pub fn wipe(&self, target: Target, order: &Order) -> Result<()> {
        let begun_at_ms = self.clock.wall_ms();
        let tombstone = Tombstone { command: cbor::encode(order), target, begun_at_ms };
        let tombstone = wipe::begin(self.home, self.keyring, tombstone).attempting("begin a wipe")?;
        self.go_on(&tombstone)
    }

    /// Goes on with every wipe that a crash interrupted. To be called at a start, before anything is opened.
    ///
    /// # Errors
    /// As [`Self::wipe`].
    pub fn resume(&self) -> Result<()> {
        // Asked anew after each: the end of a workstation's wipe is the end of its people's too.
        while let Some(tombstone) = wipe::pending(self.home).attempting("look for a wipe that was begun")?.first() {
            tracing::warn!("a wipe was interrupted and goes on");
            self.go_on(tombstone)?;
        }
        Ok(())
    }

    fn go_on(&self, tombstone: &Tombstone) -> Result<()> {
        if wipe::load_receipt(self.home, tombstone)?.is_none() {
            let destroyed = wipe::run(self.home, self.keyring, tombstone, self.extra);
            if tombstone.target == Target::Workstation {
                self.forget_machine();
            }
            let order: Option<Order> = cbor::parse_canonical(&tombstone.command, ORDER_BYTES).ok();
            let kept = self.sign(tombstone, order, &destroyed)?;
            wipe::store_receipt(self.home, tombstone, &kept).attempting("keep the receipt of a wipe")?;
        }
        wipe::finish(self.home, self.keyring, tombstone).attempting("end a wipe")
    }

    /// What is the machine's and not any person's: the directory's copy, and which commands were done.
    fn forget_machine(&self) {
        let name = self.home.workstation_keyring_name(WorkstationItem::Commands);
        let gone = [self.keyring.delete(&name), statements_file::delete(self.home)];
        if gone.iter().any(std::result::Result::is_err) {
            tracing::warn!("the machine's copy of the directory was not deleted: it holds nothing of a person");
        }
    }

    /// The receipt, kept where its target leaves a place: of a person among the others, of a machine in the wipe's own file.
    fn sign(&self, tombstone: &Tombstone, order: Option<Order>, destroyed: &Destroyed) -> Result<Vec<u8>> {
        // A tombstone that was damaged still wipes; there is nobody to tell.
        let Some(order) = order else { return Ok(Vec::new()) };
        let Some(command) = order.command() else { return Ok(cbor::encode(&Kept { order, receipt: ByteBuf::new() })) };
        let signed = match load_signer(self.home, self.keyring)? {
            Some(signer) => cbor::encode(&signer.sign(&Statement::Receipt(self.receipt(&command, tombstone, destroyed)))),
            None => Vec::new(),
        };
        if tombstone.target != Target::Workstation {
            receipts::store(self.home, command.command, &signed).attempting("keep a receipt")?;
        }
        Ok(cbor::encode(&Kept { order, receipt: ByteBuf::from(signed) }))
    }

    fn receipt(&self, command: &Command, tombstone: &Tombstone, destroyed: &Destroyed) -> Receipt {
        let there = destroyed.lines.iter().any(|line| line.destroyed + line.left > 0);
        Receipt {
            org: command.org,
            command: command.command,
            workstation: command.workstation,
            outcome: if there { CommandOutcome::Done } else { CommandOutcome::Nothing },
            erased: erased(destroyed),
            begun_at: tombstone.begun_at_ms,
            // A clock that was set back meanwhile is no reason for a receipt that nobody takes.
            ended_at: self.clock.wall_ms().max(tombstone.begun_at_ms),
        }
    }
}

/// The receipt of a machine that was wiped, with where it goes; `None` where nothing was wiped or nobody is to be told.
///
/// # Errors
/// Those of the disk; `server_certificate` for an address that does not hold.
pub(crate) fn load_undelivered(home: &Home, clock: &Arc<dyn Clock>) -> Result<Option<(Http, Vec<u8>)>> {
    let Some(wiped) = wipe::load_wiped(home).attempting("read whether this was wiped")? else { return Ok(None) };
    let kept: Option<Kept> = cbor::parse_canonical(&wiped.receipt, ORDER_BYTES).ok();
    let Some(Kept { order, receipt }) = kept.filter(|kept| !kept.receipt.is_empty()) else { return Ok(None) };
    Ok(Some((Http::new(&order.server, &order.ca_der, Arc::clone(clock))?, receipt.into_vec())))
}

/// Gives the server the receipt of a machine that was wiped.
///
/// # Errors
/// Those of the server; `conflict` where it has another one.
pub(crate) async fn deliver(http: &Http, receipt: Vec<u8>) -> Result<()> {
    http.push_json::<DirectoryVersion>("/v1/receipts", None, &ReceiptRequest { receipt: Base64(receipt) }).await.map(drop)
}

/// The machine's key alone: the secret beside it goes earlier.
fn load_signer(home: &Home, keyring: &Keyring) -> Result<Option<WorkstationSigner>> {
    let kept = keyring.get(&home.workstation_keyring_name(WorkstationItem::Key)).attempting("read the workstation's key")?;
    let damaged = ClientError::new(ErrorCode::VaultCorrupt, "read the workstation's key");
    kept.map(|kept| WorkstationSigner::parse(kept.as_bytes()).ok_or(damaged)).transpose()
}

/// The store's list by the kinds that a receipt tells apart.
fn erased(destroyed: &Destroyed) -> Vec<Erased> {
    let of = |wanted: ErasedKind| {
        let lines = destroyed.lines.iter().filter(move |line| kind(line.kind) == wanted);
        let (found, left) = lines.fold((0u32, 0u32), |(found, left), line| {
            (found.saturating_add(line.destroyed).saturating_add(line.left), left.saturating_add(line.left))
        });
        Erased { kind: wanted, found, left }
    };
    ErasedKind::ALL.into_iter().map(of).filter(|one| one.found > 0).collect()
}

const fn kind(kind: Kind) -> ErasedKind {
    match kind {
        Kind::KDev
        | Kind::DeviceKey
        | Kind::Anchor
        | Kind::Attempts
        | Kind::KPin
        | Kind::PinAttempts
        | Kind::Share
        | Kind::WorkstationSecret => ErasedKind::KeyringEntries,
        Kind::VaultKey | Kind::PinKey => ErasedKind::WrappedKeys,
        Kind::Vault | Kind::VaultLog => ErasedKind::Vaults,
        Kind::AccountFile | Kind::Folder | Kind::Link | Kind::Tile | Kind::WorkstationFile => ErasedKind::OtherFiles,
        Kind::Extra | Kind::Refused => ErasedKind::AppData,
    }
}
