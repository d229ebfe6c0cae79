//! What a hit shows: the part of the text around the first match, and where the matched words are in it.

use super::query::Query;
use super::words;

/// Characters of a snippet.
const SNIPPET_CHARS: usize = 160;
/// Characters before the first match, so that it is read in its sentence.
const LEAD_CHARS: usize = 40;

/// A part of a text with the matched words in it.
#[derive(Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The part; an ellipsis stands where text was left out.
    pub text: String,
    /// The matched words: UTF-16 offsets in the part, start inclusive and end exclusive, rising.
    pub marks: Vec<(u32, u32)>,
}

/// Cuts the snippet of a text for a query.
pub fn cut(text: &str, query: &Query) -> Snippet {
    let matched: Vec<_> = words::words(text).filter(|word| query.matches(word)).map(|word| word.range).collect();
    let first = matched.first().map_or(0, |range| range.start);
    let start = boundary_before(text, first, LEAD_CHARS);
    let part = text.get(start..).unwrap_or_default();
    let length = part.char_indices().nth(SNIPPET_CHARS).map_or(part.len(), |(at, _)| at);
    let end = start + length;
    let mut snippet = Snippet { text: String::with_capacity(length + 6), marks: Vec::new() };
    if start > 0 {
        snippet.text.push('…');
    }
    let shift = utf16(&snippet.text);
    snippet.text.extend(text.get(start..end).unwrap_or_default().chars().map(|c| if c.is_control() { ' ' } else { c }));
    if end < text.len() {
        snippet.text.push('…');
    }
    for range in matched.iter().filter(|range| range.end <= end) {
        let before = utf16(text.get(start..range.start).unwrap_or_default());
        let length = utf16(text.get(range.clone()).unwrap_or_default());
        snippet.marks.push((shift + before, shift + before + length));
    }
    snippet
}

/// The byte `chars` characters before `at`, or the start of the text.
fn boundary_before(text: &str, at: usize, chars: usize) -> usize {
    let head = text.get(..at).unwrap_or_default();
    if head.chars().count() <= chars { 0 } else { head.char_indices().rev().nth(chars - 1).map_or(0, |(byte, _)| byte) }
}

fn utf16(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(snippet: &Snippet) -> Vec<String> {
        let units: Vec<u16> = snippet.text.encode_utf16().collect();
        snippet.marks.iter().map(|(from, to)| String::from_utf16(&units[*from as usize..*to as usize]).unwrap()).collect()
    }

    #[test]
    fn marks_are_utf16_and_blind_to_case_and_diacritics() {
        let snippet = cut("😀 José Pérez: POTASIO 3.1", &Query::parse("pere potas"));
        assert_eq!(marked(&snippet), ["Pérez", "POTASIO"]);
        assert_eq!(snippet.marks[0], (8, 13));
    }

    #[test]
    fn a_long_text_is_cut_around_its_first_match() {
        let text = format!("{} needle {}", "ñ ".repeat(500), "hay ".repeat(500));
        let snippet = cut(&text, &Query::parse("needle"));
        assert_eq!(marked(&snippet), ["needle"]);
        assert!(snippet.text.starts_with('…') && snippet.text.ends_with('…'));
        assert_eq!(snippet.text.chars().count(), SNIPPET_CHARS + 2);
    }

    proptest::proptest! {
        #[test]
        fn marks_lie_in_the_snippet(text in "\\PC{0,400}", query in "\\PC{1,3}") {
            let query = Query::parse(&query);
            let snippet = cut(&text, &query);
            for mark in marked(&snippet) {
                assert!(words::words(&mark).any(|word| query.matches(&word)));
            }
        }
    }
}
