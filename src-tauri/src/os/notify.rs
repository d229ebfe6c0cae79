//! What does the desktop say while the person looks elsewhere? How many conversations wait; never whose, and never a word of them.

use sotto_client::Session;
use sotto_client::view::{ThreadFilter, ThreadListRequest};
use tauri::AppHandle;
use tauri_plugin_notification::NotificationExt;

use crate::windows;
use crate::words::Words;

/// Remembers how many conversations waited, to speak only when there are more.
#[derive(Debug, Default)]
pub(crate) struct Notifier {
    waiting: u32,
}

impl Notifier {
    /// Threads changed: tells the person if more conversations wait than before, our window is not in front, and the clinic's rules let it.
    pub async fn consider(&mut self, app: &AppHandle, session: &Session) {
        let request = ThreadListRequest { filter: ThreadFilter::Unread, after: None, limit: 1 };
        let Ok(page) = session.threads(request).await else { return };
        if self.is_news(page.counts.unread, windows::is_content_focused(app))
            && session.may_notify().unwrap_or(false)
            && let Ok(preferences) = session.preferences().await
        {
            let body = Words::of(preferences.language).waiting(page.counts.unread);
            if let Err(error) = app.notification().builder().title(windows::TITLE).body(body).show() {
                tracing::info!(%error, "this desktop shows no notifications");
            }
        }
    }

    fn is_news(&mut self, waiting: u32, looking: bool) -> bool {
        let more = waiting > std::mem::replace(&mut self.waiting, waiting);
        more && !looking
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_more_than_before_and_only_behind_the_persons_back_is_news() {
        let mut notifier = Notifier::default();
        assert!(notifier.is_news(1, false));
        assert!(!notifier.is_news(1, false), "the same one again");
        assert!(!notifier.is_news(2, true), "they see it");
        assert!(!notifier.is_news(1, false), "one was read");
        assert!(notifier.is_news(2, false));
    }
}
