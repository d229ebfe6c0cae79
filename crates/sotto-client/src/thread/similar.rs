//! Could one patient be taken for another? Compares names the way a hurried eye does.

use super::patient_name;
use crate::view::PatientView;

/// `LAST, First` of the first other patient whose name is easily taken for this one's.
///
/// The same record number is the same patient, whatever the spelling.
pub(crate) fn find_similar<'a>(patient: &PatientView, others: impl Iterator<Item = &'a PatientView>) -> Option<String> {
    let own = folded(patient);
    others
        .filter(|other| other.mrn != patient.mrn)
        .find(|other| is_close(&own, &folded(other)))
        .map(|other| patient_name(&other.family, &other.given))
}

/// Family and given name in lower case without marks and punctuation.
fn folded(patient: &PatientView) -> (Vec<char>, Vec<char>) {
    let fold = |text: &str| text.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).map(without_mark).collect();
    (fold(&patient.family), fold(&patient.given))
}

/// The letter under the marks that Western European names have; a hurried eye does not see them.
const fn without_mark(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    }
}

/// The family names are within a slip of the pen, and so are the given names, or they begin alike under the same family name.
/// A shared family name alone is too common to warn of: a warning on every second row is read by nobody.
fn is_close(a: &(Vec<char>, Vec<char>), b: &(Vec<char>, Vec<char>)) -> bool {
    let begin_alike = a.0 == b.0 && a.1.first() == b.1.first();
    within_slips(&a.0, &b.0, 1) && (begin_alike || within_slips(&a.1, &b.1, 2))
}

/// Whether at most `most` insertions, deletions or replacements lead from one to the other.
fn within_slips(a: &[char], b: &[char], most: usize) -> bool {
    if a.len().abs_diff(b.len()) > most {
        return false;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut last = i + 1;
        for (right, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let above = *cell;
            last = (diagonal + usize::from(left != right)).min(above + 1).min(last + 1);
            diagonal = above;
            *cell = last;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().is_some_and(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patient(family: &str, given: &str, mrn: &str) -> PatientView {
        PatientView {
            family: family.into(),
            given: given.into(),
            preferred: None,
            birth_date: "1960-05-04".into(),
            mrn: mrn.into(),
            pronouns: None,
            language: None,
            similar: None,
        }
    }

    #[test]
    fn names_that_a_hurried_eye_confuses_are_named() {
        let others = [patient("Okafor", "Ada", "1"), patient("Núñez", "Carlos", "2"), patient("Andersen", "Liv", "3")];
        let similar = |family: &str, given: &str, mrn: &str| find_similar(&patient(family, given, mrn), others.iter());
        assert_eq!(similar("Nunez", "Carla", "9").as_deref(), Some("NÚÑEZ, Carlos"));
        assert_eq!(similar("Nunez", "Cristina", "9").as_deref(), Some("NÚÑEZ, Carlos"));
        assert_eq!(similar("Nunez", "Maria", "9"), None, "many share a family name");
        assert_eq!(similar("Anderson", "Liv", "9").as_deref(), Some("ANDERSEN, Liv"));
        assert_eq!(similar("Andersen", "Liv", "3"), None, "the same record number is the same person");
        assert_eq!(similar("Brown", "Ada", "9"), None);
        assert_eq!(similar("Anderson", "Gunnar", "9"), None);
    }

    #[test]
    fn distance_counts_slips() {
        let slips = |a: &str, b: &str, most| within_slips(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>(), most);
        assert!(slips("smith", "smyth", 1));
        assert!(slips("smith", "smit", 1));
        assert!(!slips("smith", "mist", 1));
        assert!(slips("", "a", 1));
    }
}
