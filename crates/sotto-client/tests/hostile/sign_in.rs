//! A lie at signing in: the sealed keys of somebody else.

use std::sync::{Arc, Mutex};

use sotto_client::view::ErrorCode;
use sotto_protocol::api::SignInFinishResponse;

use super::Scene;
use super::server::Lie;
use super::support::password;

/// Keeps the first bundle that is given out and gives it to everybody after: whole, or under the right name.
struct Another {
    kept: Arc<Mutex<Option<SignInFinishResponse>>>,
    whole: bool,
}

impl Lie for Another {
    fn json(&mut self, path: &str, truth: Vec<u8>) -> Vec<u8> {
        let parsed = if path == "/v1/sign-in/finish" { serde_json::from_slice::<SignInFinishResponse>(&truth).ok() } else { None };
        let Some(real) = parsed else { return truth };
        let mut kept = self.kept.lock().unwrap();
        match &*kept {
            Some(other) if self.whole => serde_json::to_vec(other).unwrap(),
            Some(other) => serde_json::to_vec(&SignInFinishResponse { account: real.account, ..other.clone() }).unwrap(),
            None => {
                *kept = Some(real);
                truth
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_persons_keys_do_not_open() {
    let scene = Scene::begin().await;
    let kept = Arc::default();
    let spare = scene.clinic.let_in_over(&scene.ida, "spare", scene.hostile.address).await;
    for whole in [true, false] {
        scene.hostile.tell(Another { kept: Arc::clone(&kept), whole });
        if whole {
            let session = spare.sign_in_new("nils.night", &password(), &scene.clinic.code(scene.nils)).await.unwrap();
            session.lock().await.unwrap();
        }
        let refused = spare.sign_in_new("nora.nurse", &password(), &scene.clinic.code(scene.nora)).await;
        assert_eq!(refused.map(drop).map_err(|error| error.code), Err(ErrorCode::BundleDamaged), "whole: {whole}");
        assert_eq!(spare.view().people.len(), 1, "nobody is offered whose keys are not here");
    }
    scene.end().await;
}
