//! What a word is: a run of letters and digits, in lower case, without diacritics. The same for index, query and marks.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters of a word that count; what follows is neither indexed nor compared.
const WORD_CHARS: usize = 64;

/// A word of a text and where it stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Folded.
    pub folded: String,
    /// Bytes of the text.
    pub range: Range<usize>,
}

/// The words of a text, in order.
pub fn words(text: &str) -> impl Iterator<Item = Word> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            while rest.next_if(|(_, c)| !in_word(*c)).is_some() {}
            let (start, _) = *rest.peek()?;
            let mut end = start;
            while let Some((at, c)) = rest.next_if(|(_, c)| in_word(*c)) {
                end = at + c.len_utf8();
            }
            let folded = fold(text.get(start..end)?);
            // A run of lone combining marks folds to nothing.
            if !folded.is_empty() {
                return Some(Word { folded, range: start..end });
            }
        }
    })
}

/// The folded words with a space between, as the index takes them.
pub fn joined(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for word in words(text) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(&word.folded);
    }
    joined
}

/// Combining marks belong to the word they are in, or a decomposed "é" would end it.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && is_combining_mark(c))
}

fn fold(run: &str) -> String {
    if run.is_ascii() {
        let mut folded: String = run.chars().take(WORD_CHARS).collect();
        folded.make_ascii_lowercase();
        return folded;
    }
    // Compatibility forms (ligatures, full width) count as what they stand for; lower case may decompose again.
    let kept = |c: &char| c.is_alphanumeric() && !is_combining_mark(*c);
    run.nfkd().flat_map(char::to_lowercase).nfkd().filter(kept).take(WORD_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).map(|word| word.folded).collect()
    }

    #[test]
    fn words_are_folded_runs() {
        assert_eq!(folded("José's K+ is 3.1, ¡URGENTE!"), ["jose", "s", "k", "is", "3", "1", "urgente"]);
        assert_eq!(folded("Jose\u{301} ﬁbrosis ÀÉÎ"), ["jose", "fibrosis", "aei"]);
        assert_eq!(folded("Straße Ελλάδα"), ["straße", "ελλαδα"]);
        assert_eq!(folded(" \u{301}\u{302} -- \0"), Vec::<String>::new());
        assert_eq!(folded(&"x".repeat(200))[0].len(), WORD_CHARS);
    }

    proptest::proptest! {
        #[test]
        fn ranges_are_the_words(text in "\\PC{0,60}") {
            let mut end = 0;
            for word in words(&text) {
                assert!(word.range.start >= end && !text[word.range.clone()].is_empty());
                assert!(word.folded.chars().all(|c| !c.is_ascii() || c.is_ascii_alphanumeric()));
                end = word.range.end;
            }
        }
    }
}
