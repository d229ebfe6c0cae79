//! What a query asks of the index, and whether a text answers it.
//!
//! FTS5 reads a prefix from the newest document on only where it keeps a list for prefixes of just that length; for any other it first
//! collects every document of every word (seconds for a common word, measured). So a word asks for the longest kept prefix of
//! itself, and the text decides; where that lets too much through, the exact question is asked, and is cheap for that very reason.

use super::words::{self, Word};

/// The prefix lengths that the index keeps (`prefix` in the schema), falling. Each costs writes; a shorter word must be whole.
const KEPT: [usize; 3] = [8, 5, 3];
/// Characters from which on a word of the query may be the beginning of one.
const BEGINNING: usize = 3;
/// Words of a query that count.
const WORDS: usize = 12;

/// A query's words, folded. Any text makes one; a text without letters and digits makes an empty one.
#[derive(Clone, PartialEq, Eq)]
pub struct Query(Vec<String>);

impl Query {
    /// Cuts a query into its words.
    pub fn parse(text: &str) -> Self {
        let mut found: Vec<String> = words::words(text).take(WORDS).map(|word| word.folded).collect();
        found.sort_unstable();
        found.dedup();
        Self(found)
    }

    /// Whether there is nothing to look for.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a word of a text is one that the query has: it begins with it, and one of two characters or fewer must be the whole word.
    pub fn matches(&self, word: &Word) -> bool {
        self.0.iter().any(|wanted| meets(wanted, word))
    }

    /// Whether a text has all the words.
    pub fn answered_by(&self, text: &str) -> bool {
        let words: Vec<Word> = words::words(text).collect();
        self.0.iter().all(|wanted| words.iter().any(|word| meets(wanted, word)))
    }

    /// An expression that the index answers from its newest document on; it may let texts through that [`Query::answered_by`] does not.
    pub fn quick(&self) -> String {
        join(self.0.iter().map(|word| {
            let length = word.chars().count();
            match KEPT.iter().find(|kept| **kept <= length) {
                Some(kept) => format!("\"{}\"*", word.chars().take(*kept).collect::<String>()),
                None => format!("\"{word}\""),
            }
        }))
    }

    /// The expression that lets nothing else through, where [`Query::quick`] is not that already.
    pub fn exact(&self) -> Option<String> {
        let longer = |word: &String| word.chars().count() > 1 && !KEPT.contains(&word.chars().count());
        self.0
            .iter()
            .any(longer)
            .then(|| join(self.0.iter().map(|word| if word.chars().count() == 1 { format!("\"{word}\"") } else { format!("\"{word}\"*") })))
    }
}

fn meets(wanted: &str, word: &Word) -> bool {
    if whole(wanted) { word.folded == wanted } else { word.folded.starts_with(wanted) }
}

fn whole(wanted: &str) -> bool {
    wanted.chars().nth(BEGINNING - 1).is_none()
}

/// Quoted words of letters and digits: nothing in it is the person's syntax.
fn join(terms: impl Iterator<Item = String>) -> String {
    terms.collect::<Vec<_>>().join(" AND ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_ask_for_the_longest_prefix_the_index_keeps() {
        let quick = |text: &str| Query::parse(text).quick();
        assert_eq!(quick("k"), "\"k\"");
        assert_eq!(quick("bp"), "\"bp\"");
        assert_eq!(quick("pota"), "\"pot\"*");
        assert_eq!(quick("Potassium 3.1"), "\"1\" AND \"3\" AND \"potassiu\"*");
        assert_eq!(Query::parse("potas k").exact(), None);
        assert_eq!(Query::parse("pota k").exact().unwrap(), "\"k\" AND \"pota\"*");
    }

    #[test]
    fn the_text_decides() {
        let query = Query::parse("potas k");
        assert!(query.answered_by("K+ (potassium) low"));
        assert!(!query.answered_by("potatoes, k"));
        assert!(!query.answered_by("potassium, keep"), "a short word is a whole word");
    }
}
