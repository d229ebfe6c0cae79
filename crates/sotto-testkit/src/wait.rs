//! How a test waits: for a condition, asked again until it holds or the patience is over. Never for an amount of time.

use std::future::Future;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// How long anything in a test may take on a slow, shared machine before it counts as not happening.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// How long between two looks.
const PAUSE: Duration = Duration::from_millis(20);

/// Asks until the answer is `Some`; `what` completes "waited in vain for".
///
/// # Errors
/// When [`PATIENCE`] is over.
pub async fn until_some<T, F: Future<Output = Option<T>>>(what: &str, ask: impl FnMut() -> F) -> Result<T> {
    until_some_within(PATIENCE, what, ask).await
}

/// As [`until_some`], with a patience of its own.
///
/// # Errors
/// When the patience is over.
pub async fn until_some_within<T, F: Future<Output = Option<T>>>(patience: Duration, what: &str, mut ask: impl FnMut() -> F) -> Result<T> {
    let started = Instant::now();
    loop {
        if let Some(answer) = ask().await {
            return Ok(answer);
        }
        if started.elapsed() > patience {
            bail!("waited in vain for {what}, {} s", patience.as_secs());
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Asks until the answer is yes.
///
/// # Errors
/// When [`PATIENCE`] is over.
pub async fn until<F: Future<Output = bool>>(what: &str, mut ask: impl FnMut() -> F) -> Result<()> {
    until_some(what, || {
        let answer = ask();
        async move { answer.await.then_some(()) }
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[tokio::test]
    async fn it_asks_again_until_the_answer_is_there() {
        let asked = Cell::new(0);
        let answer = until_some("the third answer", || async {
            asked.set(asked.get() + 1);
            (asked.get() == 3).then_some("yes")
        });
        assert_eq!(answer.await.unwrap(), "yes");
        assert_eq!(asked.get(), 3);
    }

    #[tokio::test]
    async fn its_patience_ends() {
        let never = until_some_within(Duration::ZERO, "nothing", || async { None::<()> });
        assert!(never.await.unwrap_err().to_string().contains("nothing"));
    }
}
