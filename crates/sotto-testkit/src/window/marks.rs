//! How are the fields and buttons of a form found? By the marks (`data-testid`) that the pages carry for journeys: their words change more
//! often than their places.

use anyhow::Result;
use fantoccini::Locator;
use fantoccini::elements::Element;
use serde_json::json;

use super::App;

impl App {
    /// Waits for the field with that mark and types into it.
    ///
    /// # Errors
    /// Where it is not there in time or takes no text.
    pub async fn fill(&self, mark: &str, text: &str) -> Result<()> {
        let type_now = || async { self.marked(mark).await?.send_keys(text).await.ok() };
        self.watch(&format!("the field marked {mark} to take text"), type_now).await
    }

    /// Waits for the button with that mark and presses it.
    ///
    /// # Errors
    /// Where it is not there in time or cannot be pressed.
    pub async fn press(&self, mark: &str) -> Result<()> {
        self.watch(&format!("the button marked {mark} to be pressed"), || async { self.hit(self.marked(mark).await?).await }).await
    }

    /// Waits until what has that mark says something, and tells what.
    ///
    /// # Errors
    /// Where it does not in time.
    pub async fn read(&self, mark: &str) -> Result<String> {
        let read_now = || async {
            let marked = self.marked(mark).await?;
            let value = marked.prop("value").await.ok().flatten().filter(|value| !value.is_empty());
            match value {
                Some(value) => Some(value),
                None => marked.text().await.ok().filter(|text| !text.is_empty()),
            }
        };
        self.watch(&format!("what is marked {mark}"), read_now).await
    }

    /// Waits until the list with that mark has items, and tells them.
    ///
    /// # Errors
    /// Where it does not in time.
    pub async fn items(&self, mark: &str) -> Result<Vec<String>> {
        let script = "return [...document.querySelectorAll(`[data-testid=${arguments[0]}] li`)].map((item) => item.textContent);";
        let read_now = || async {
            let items = self.client.execute(script, vec![json!(mark)]).await.ok()?;
            serde_json::from_value(items).ok().filter(|items: &Vec<String>| !items.is_empty())
        };
        self.watch(&format!("the list marked {mark}"), read_now).await
    }

    /// Whether something with that mark is there now.
    pub async fn has(&self, mark: &str) -> bool {
        self.marked(mark).await.is_some()
    }

    async fn marked(&self, mark: &str) -> Option<Element> {
        self.client.find(Locator::Css(&format!("[data-testid={mark}]"))).await.ok()
    }
}
