//! A server that takes what it is sent and never answers: a lock waits for nothing of it, and leaves no key in memory.

use std::sync::Arc;

use sotto_client::view::{AdminStanding, ErrorCode, Role};
use tokio::sync::Notify;

use super::Scene;
use super::server::{Honest, Lie};
use super::support::{password, until};

/// Says nothing more once it was sent the new keys.
struct Silent(Arc<Notify>);

impl Lie for Silent {
    fn hold(&mut self, path: &str) -> bool {
        let held = path == "/v1/registration/finish";
        if held {
            self.0.notify_one();
        }
        held
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_leaves_no_key_to_a_call_that_the_server_keeps_waiting() {
    let scene = Scene::begin().await;
    scene.ida.set_role(scene.nora, Role::ItAdmin.into()).await.unwrap();
    let may_ask = async || (scene.nurse.permissions().await.unwrap().admin == AdminStanding::MayAsk).then_some(());
    until(&scene.nurse, may_ask).await;
    let mut nurse = scene.nurse.clone();
    for call in ["ask_admin", "change_password"] {
        let (reached, code) = (Arc::new(Notify::new()), scene.clinic.code(scene.nora));
        scene.hostile.tell(Silent(Arc::clone(&reached)));
        let asking = nurse.clone();
        let waits = tokio::spawn(async move {
            match call {
                "ask_admin" => asking.ask_admin(&password(), &code).await,
                _ => asking.change_password(&password(), &password(), &code).await,
            }
        });
        reached.notified().await;
        assert!(!nurse.is_zeroized());
        nurse.lock().await.unwrap();
        assert!(nurse.is_zeroized(), "{call} holds the keys of a locked session");
        assert!(!waits.is_finished(), "{call} was with the server");
        waits.abort();
        scene.hostile.tell(Honest);
        nurse = scene.ward.sign_in(scene.nora, &password()).await.unwrap();
    }
    assert_eq!(nurse.permissions().await.unwrap().admin, AdminStanding::MayAsk, "what the server never took did not happen");
    nurse.lock().await.unwrap();
    assert_eq!(nurse.permissions().await.map(drop).map_err(|error| error.code), Err(ErrorCode::Locked));
    scene.end().await;
}
