//! Lies about who is who: swapped keys, devices that nobody enrolled, people who are said to be still in.

use sotto_client::Session;
use sotto_client::view::DirectoryWarning;
use sotto_crypto::statement::sign;
use sotto_crypto::{OsRandom, SealingPair, SigningKey};
use sotto_protocol::api::{Base64, DirectoryResponse};
use sotto_protocol::feed::Frame;
use sotto_protocol::key::Suite;
use sotto_protocol::statement::{DeviceCert, Revocations, Signed, Signer, Statement};
use sotto_protocol::{AccountId, DeviceId, cbor, limits};

use super::server::{Honest, Lie};
use super::support::{self, until};
use super::{SECRET, Scene};

/// Changes the statements of every directory.
struct Directory<F>(F);

impl<F: FnMut(&mut DirectoryResponse) + Send> Lie for Directory<F> {
    fn json(&mut self, path: &str, truth: Vec<u8>) -> Vec<u8> {
        let parsed = if path == "/v1/directory" { serde_json::from_slice(&truth).ok() } else { None };
        let Some(mut page) = parsed else { return truth };
        (self.0)(&mut page);
        serde_json::to_vec(&page).unwrap()
    }
}

fn statement(bytes: &Base64) -> (Signed, Statement) {
    let signed = bytes.signed().unwrap();
    let statement = cbor::parse_canonical(&signed.statement, limits::STATEMENT_BYTES).unwrap();
    (signed, statement)
}

async fn warned(session: &Session, of: DirectoryWarning) {
    until(session, async || (session.session().await.unwrap().directory_warning == Some(of)).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_swapped_key_is_forged_and_nothing_is_sealed_to_it() {
    let scene = Scene::begin().await;
    for resigned in [false, true] {
        let thief = SigningKey::generate(&mut OsRandom::new());
        let theirs = SealingPair::generate(Suite::XWing, &mut OsRandom::new()).public().clone();
        scene.hostile.tell(Directory(move |page: &mut DirectoryResponse| {
            for bytes in &mut page.statements {
                let (mut signed, Statement::AccountCert(mut cert)) = statement(bytes) else { continue };
                cert.sealing_key = theirs.clone();
                let swapped = Statement::AccountCert(cert);
                if resigned {
                    signed = sign(&signed.signer, &swapped, &thief);
                } else {
                    signed.statement = cbor::encode(&swapped).into();
                }
                *bytes = Base64(cbor::encode(&signed));
            }
        }));
        let name = if resigned { "Petra Late" } else { "Paul Late" };
        let (_, late) = scene.clinic.enrol(&scene.ida, name).await;
        scene.nurse.reconnect().unwrap();
        warned(&scene.nurse, DirectoryWarning::Forged).await;
        assert!(scene.nurse.directory().await.unwrap().iter().all(|person| person.account != late), "nobody can write to the thief");
    }
    scene.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ghost_device_is_forged() {
    let scene = Scene::begin().await;
    let (thief, nils) = (SigningKey::generate(&mut OsRandom::new()), scene.nils);
    scene.hostile.tell(Directory(move |page: &mut DirectoryResponse| {
        let Some(Statement::DeviceCert(real)) =
            page.statements.iter().rev().map(|bytes| statement(bytes).1).find(|s| matches!(s, Statement::DeviceCert(_)))
        else {
            return;
        };
        let ghost = DeviceCert { device: DeviceId::from_bytes([66; 16]), account: nils, device_key: thief.verify_key(), ..real };
        let signed = sign(&Signer::Account(nils, ghost.generation), &Statement::DeviceCert(ghost), &thief);
        page.statements.push(Base64(cbor::encode(&signed)));
        page.version += 1;
    }));
    scene.clinic.enrol(&scene.ida, "Paul Late").await;
    scene.nurse.reconnect().unwrap();
    warned(&scene.nurse, DirectoryWarning::Forged).await;
    // The warning outlives the lock, and the lie.
    scene.hostile.tell(Honest);
    scene.nurse.lock().await.unwrap();
    let nurse = scene.ward.sign_in(scene.nora, &support::password()).await.unwrap();
    until(&nurse, async || (nurse.directory().await.unwrap().len() == 4).then_some(())).await;
    assert_eq!(nurse.session().await.unwrap().directory_warning, Some(DirectoryWarning::Forged));
    Scene { nurse, ..scene }.end().await;
}

fn revocations(page: &DirectoryResponse) -> impl Iterator<Item = Revocations> {
    page.statements.iter().filter_map(|bytes| if let Statement::Revocations(list) = statement(bytes).1 { Some(list) } else { None })
}

async fn out(scene: &Scene, name: &str) -> AccountId {
    let (_, account) = scene.clinic.enrol(&scene.ida, name).await;
    scene.ida.revoke_person(account).await.unwrap();
    account
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_list_of_who_is_out_is_forged() {
    let scene = Scene::begin().await;
    let gone = out(&scene, "Gone First").await;
    until(&scene.nurse, async || scene.nurse.directory().await.unwrap().into_iter().find(|p| p.account == gone && p.revoked)).await;
    let mut old: Option<Base64> = None;
    let real = scene.ida.status().await.unwrap().directory;
    assert!(real > 0);
    // The list that Nora has is given to her again in the place of the newer one.
    let (told, keep) = std::sync::mpsc::channel();
    scene.hostile.tell(Directory(move |page: &mut DirectoryResponse| {
        let newest = revocations(page).map(|list| list.version).max();
        for bytes in &mut page.statements {
            if let (_, Statement::Revocations(list)) = statement(bytes)
                && Some(list.version) == newest
            {
                match &old {
                    Some(old) => *bytes = old.clone(),
                    None => old = Some(bytes.clone()),
                }
                told.send(list.version).ok();
            }
        }
    }));
    out(&scene, "Gone Second").await;
    until(&scene.nurse, async || keep.try_recv().ok()).await;
    out(&scene, "Gone Third").await;
    warned(&scene.nurse, DirectoryWarning::Forged).await;
    scene.end().await;
}

/// Keeps everything new about who is who to itself.
struct Silent(u64);

impl Lie for Silent {
    fn json(&mut self, path: &str, truth: Vec<u8>) -> Vec<u8> {
        let parsed = if path == "/v1/directory" { serde_json::from_slice::<DirectoryResponse>(&truth).ok() } else { None };
        let Some(mut page) = parsed else { return truth };
        page.statements.clear();
        page.version = self.0;
        serde_json::to_vec(&page).unwrap()
    }

    fn frame(&mut self, _: &str, truth: Frame) -> Vec<Frame> {
        if matches!(truth, Frame::Directory { .. }) { Vec::new() } else { vec![truth] }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_out_cannot_be_kept_from_one_of_two_who_talk() {
    let scene = Scene::begin().await;
    let thread = scene.thread().await;
    scene.hostile.tell(Silent(scene.nurse.status().await.unwrap().directory));
    let gone = out(&scene, "Gone Tomorrow").await;
    until(&scene.colleague, async || scene.colleague.directory().await.unwrap().into_iter().find(|p| p.account == gone && p.revoked)).await;
    assert_eq!(scene.nurse.session().await.unwrap().directory_warning, None, "nothing tells her so far");
    support::say(&scene.colleague, thread, SECRET).await;
    warned(&scene.nurse, DirectoryWarning::Withheld).await;
    // It gives in: the warning ends with what it was about.
    scene.hostile.tell(Honest);
    scene.nurse.reconnect().unwrap();
    support::say(&scene.colleague, thread, SECRET).await;
    until(&scene.nurse, async || scene.nurse.directory().await.unwrap().into_iter().find(|p| p.account == gone && p.revoked)).await;
    until(&scene.nurse, async || scene.nurse.session().await.unwrap().directory_warning.is_none().then_some(())).await;
    scene.end().await;
}
