//! A server that refuses a device in two places at once: on its feed and where it sends. The session ends, and no key stays in memory.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use sotto_client::view::ErrorCode;
use sotto_protocol::feed::Frame;
use tokio::sync::Notify;

use super::server::Lie;
use super::support::say;
use super::{SECRET, Scene};

/// How long a session that is shut out may take to end.
const PATIENCE: Duration = Duration::from_secs(30);

/// Keeps what is sent until an entry comes on the feed, and then says on both that the device is out.
#[derive(Clone, Default)]
struct ShutsOut {
    /// Something was sent.
    sent: Arc<Notify>,
    /// The feed was told.
    told: Arc<Notify>,
}

impl Lie for ShutsOut {
    fn refuse(&mut self, path: &str) -> Option<BoxFuture<'static, ErrorCode>> {
        if path != "/v1/entries" {
            return None;
        }
        self.sent.notify_one();
        let told = Arc::clone(&self.told);
        let refused: BoxFuture<'static, ErrorCode> = Box::pin(async move {
            told.notified().await;
            ErrorCode::DeviceRevoked
        });
        Some(refused)
    }

    fn frame(&mut self, path: &str, truth: Frame) -> Vec<Frame> {
        if path == "/v1/feed" && matches!(truth, Frame::Entry { .. }) {
            self.told.notify_one();
            return vec![Frame::End { code: ErrorCode::DeviceRevoked }];
        }
        vec![truth]
    }
}

// More threads than processors: the two that are told, and the one that ends the session, meet only where each has its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 6)]
async fn a_session_that_is_shut_out_twice_at_once_ends_and_holds_no_key() {
    let scene = Scene::begin().await;
    let thread = scene.thread().await;
    let lie = ShutsOut::default();
    scene.hostile.tell(lie.clone());
    say(&scene.nurse, thread, "this is never taken").await;
    lie.sent.notified().await;
    assert!(!scene.nurse.is_zeroized() && !scene.nurse.is_locked());
    say(&scene.colleague, thread, SECRET).await;
    tokio::time::timeout(PATIENCE, scene.nurse.wait_closed()).await.expect("the session did not end");
    assert!(scene.nurse.is_zeroized(), "somebody holds the keys of a session that is over");
    assert_eq!(scene.nurse.shut_out(), Some(ErrorCode::DeviceRevoked));
    assert_eq!(scene.nurse.thread(thread).await.map(drop).map_err(|error| error.code), Err(ErrorCode::Locked));
    assert_eq!(scene.ward.view().people[0].shut_out, Some(ErrorCode::DeviceRevoked), "whoever comes to the machine reads why");
    scene.end().await;
}
