//! How far has a new vault come? The newest part of every thread first; the rest while it is used.

use super::{Arrival, Session};
use crate::error::Result;
use crate::view::FillingView;

impl Session {
    /// How much of the past this vault has taken in, or nothing where it has everything. Changes are told as `filling`.
    ///
    /// # Errors
    /// `locked`.
    pub async fn filling(&self) -> Result<Option<FillingView>> {
        Ok(self.enter()?.core().filling())
    }

    /// Waits until the list can be shown: everybody's newest messages are here, or the first attempt to get them failed.
    pub(crate) async fn arrived(&self) {
        let Ok(call) = self.enter() else { return };
        let mut arrival = call.core().arrival.subscribe();
        let waited = async {
            arrival.wait_for(|arrival| *arrival != Arrival::Awaited).await.ok();
            Ok(())
        };
        call.run(waited).await.ok();
    }
}
