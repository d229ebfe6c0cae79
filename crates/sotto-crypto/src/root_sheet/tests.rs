//! Do any M of N sheets bring the secrets back, fewer never, and does every slip show?

use proptest::prelude::*;
use proptest::sample::subsequence;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng as _;
use sotto_protocol::OrgId;
use sotto_protocol::key::Suite;

use super::*;
use crate::{SealingPair, Secret32, SigningKey};

const FACTS: SheetFacts<'_> = SheetFacts { clinic: "Testdale\n 1  ABCD", server: "https://localhost:8443" };

fn secrets(seed: u8) -> RootSecrets {
    let rng = &mut ChaCha20Rng::from_seed([seed; 32]);
    RootSecrets {
        root: SigningKey::from_seed(Secret32::from_bytes([seed; 32])),
        directory_key: Secret32::from_bytes([seed ^ 0x55; 32]),
        archive: SealingPair::generate(Suite::XWing, rng),
    }
}

fn sheets(secrets: &RootSecrets, needed: u8, of: u8, seed: u8) -> Vec<Sheet> {
    split(secrets, Splitting::new(needed, of).unwrap(), &mut ChaCha20Rng::from_seed([seed; 32]))
}

fn same(a: &RootSecrets, b: &RootSecrets) -> bool {
    a.root.seed() == b.root.seed() && a.directory_key == b.directory_key && a.archive.private() == b.archive.private()
}

fn splitting() -> impl Strategy<Value = (u8, u8)> {
    (2_u8..=16).prop_flat_map(|of| (2..=of, Just(of)))
}

#[test]
fn a_sheet_looks_like_this() {
    let sheet = &sheets(&secrets(7), 2, 3, 9)[1];
    insta::assert_snapshot!(sheet.print(FACTS).as_str());
    assert_eq!(Sheet::parse_text(&sheet.print(FACTS)), Ok(sheet.clone()));
    assert!(!format!("{sheet:?} {:?}", secrets(7)).contains("7, 7, 7, 7"), "a secret shows in Debug");
}

#[test]
fn one_of_one_is_the_secret_itself_and_one_of_several_is_not_made() {
    let all = sheets(&secrets(3), 1, 1, 1);
    assert_eq!(all.len(), 1);
    assert!(same(&combine(&all, secrets(3).org()).unwrap(), &secrets(3)));
    for (needed, of) in [(0, 0), (0, 1), (1, 2), (3, 2), (2, 17), (17, 17)] {
        assert_eq!(Splitting::new(needed, of), None, "{needed} of {of}");
    }
    assert_eq!(Splitting::new(2, 3), Some(Splitting::USUAL));
}

#[test]
fn what_does_not_belong_is_said() {
    let (mine, org) = (secrets(1), secrets(1).org());
    let (first, again) = (sheets(&mine, 2, 3, 1), sheets(&mine, 2, 3, 2));
    let other = sheets(&secrets(2), 2, 3, 1);
    let refused = |sheets: &[&Sheet]| combine(&sheets.iter().copied().cloned().collect::<Vec<_>>(), org).err();
    assert_eq!(refused(&[]), Some(CombineError::TooFew));
    assert_eq!(refused(&[&first[0]]), Some(CombineError::TooFew));
    assert_eq!(refused(&[&first[0], &first[0]]), Some(CombineError::Repeated));
    assert_eq!(refused(&[&first[0], &again[1]]), Some(CombineError::Mixed));
    assert_eq!(refused(&[&first[0], &other[1]]), Some(CombineError::Foreign));
    assert!(combine(&other, org).is_err() && combine(&other, secrets(2).org()).is_ok());
    // Somebody who has one real sheet and prints another that reads well.
    let made_up = Sheet { share: other[1].share.clone(), ..first[1].clone() };
    let made_up = Sheet::parse_text(&made_up.print(FACTS)).unwrap();
    assert_eq!(refused(&[&first[0], &made_up]), Some(CombineError::Unfit));
    assert_eq!(refused(&[&first[0], &first[2], &made_up]), Some(CombineError::Unfit), "one too many must fit as well");
}

#[test]
fn missing_repeated_and_foreign_lines_are_named() {
    let all = sheets(&secrets(5), 2, 3, 5);
    let (text, other) = (all[0].print(FACTS), all[1].print(FACTS));
    let lines: Vec<&str> = text.lines().filter(|line| line.trim_start().starts_with(|c: char| c.is_ascii_digit())).collect();
    let others: Vec<&str> = other.lines().filter(|line| line.trim_start().starts_with(|c: char| c.is_ascii_digit())).collect();
    assert_eq!(Sheet::parse_text(&lines.join("\n")), Ok(all[0].clone()), "the words do not count");
    for place in 0..lines.len() {
        let number = u8::try_from(place).unwrap() + 1;
        let mut short = lines.clone();
        short.remove(place);
        assert_eq!(Sheet::parse_text(&short.join("\n")), Err(SheetTextError::Missing(number)));
        let mut twice = lines.clone();
        twice.insert(place, lines[place]);
        assert_eq!(Sheet::parse_text(&twice.join("\n")), Err(SheetTextError::Line(number + 1)));
    }
    let mut mixed = lines;
    mixed[7] = others[7];
    assert_eq!(Sheet::parse_text(&mixed.join("\n")), Err(SheetTextError::Damaged));
    assert_eq!(Sheet::parse_text("no sheet at all"), Err(SheetTextError::NotASheet));
    assert_eq!(Sheet::parse_text(&"1 ".repeat(9_000)), Err(SheetTextError::NotASheet));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_m_of_n_bring_them_back((needed, of) in splitting(), seed: u8, pick in any::<prop::sample::Index>(), more in 0_usize..3) {
        let all = sheets(&secrets(seed), needed, of, seed);
        prop_assert_eq!(all.len(), usize::from(of));
        let start = pick.index(all.len());
        let count = (usize::from(needed) + more).min(all.len());
        let some: Vec<Sheet> = all.iter().cycle().skip(start).step_by(1).take(count).cloned().collect();
        prop_assert!(same(&combine(&some, secrets(seed).org()).unwrap(), &secrets(seed)));
    }

    #[test]
    fn any_m_minus_one_do_not((needed, of, few) in splitting().prop_flat_map(|(needed, of)| {
        let all: Vec<usize> = (0..usize::from(of)).collect();
        (Just(needed), Just(of), subsequence(all, usize::from(needed) - 1))
    }), seed: u8) {
        let all = sheets(&secrets(seed), needed, of, seed);
        let few: Vec<Sheet> = few.into_iter().map(|place| all[place].clone()).collect();
        prop_assert_eq!(combine(&few, secrets(seed).org()).err(), Some(CombineError::TooFew));
        // Nor where somebody lies about how many are needed.
        let lying: Vec<Sheet> = few.into_iter().map(|sheet| Sheet { splitting: Splitting { needed: 1, of }, ..sheet }).collect();
        prop_assert_eq!(combine(&lying, secrets(seed).org()).err(), Some(if lying.is_empty() { CombineError::TooFew } else { CombineError::Unfit }));
    }

    #[test]
    fn a_flipped_character_is_refused_with_its_line(seed: u8, at in any::<prop::sample::Index>(), other in "[0-9A-HJKMNP-TV-Z]") {
        let sheet = sheets(&secrets(seed), 2, 3, seed)[0].clone();
        let text = sheet.print(FACTS).to_string();
        let start = text.find("\n 1  ").unwrap() + 1;
        let end = text.find("\nThe last group").unwrap();
        let places: Vec<usize> = (start..end).filter(|place| text.as_bytes()[*place].is_ascii_alphanumeric()).collect();
        let place = places[at.index(places.len())];
        prop_assume!(text[place..=place] != other);
        let mut flipped = text.clone();
        flipped.replace_range(place..=place, &other);
        let line = u8::try_from(text[start..place].lines().count().max(1)).unwrap();
        let line = if text.as_bytes()[place - 1] == b'\n' { line + 1 } else { line };
        let refused = Sheet::parse_text(&flipped).unwrap_err();
        prop_assert!(matches!(refused, SheetTextError::Line(told) | SheetTextError::Missing(told) if told == line), "{refused:?}, not {line}");
    }

    #[test]
    fn whatever_is_read_is_what_was_written(text in "( ?[0-9]{1,2} ( [0-9A-Z]{4}){1,7}\n){0,15}") {
        if let Ok(sheet) = Sheet::parse_text(&text) {
            prop_assert_eq!(Sheet::parse_text(&sheet.print(FACTS)), Ok(sheet));
        }
    }
}

#[test]
fn another_organisation_is_another_root() {
    assert_ne!(secrets(1).org(), secrets(2).org());
    assert_eq!(combine(&sheets(&secrets(1), 2, 2, 1), OrgId::from_bytes([0; 16])).err(), Some(CombineError::Foreign));
}
