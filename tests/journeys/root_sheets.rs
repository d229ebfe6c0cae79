//! The root on printed sheets: two of three are checked in a drill, make a second administrator, and outlive the founder.

use std::path::{Path, PathBuf};

use sotto_journeys::{Clinic, Terminal};

fn sheet(clinic: &Clinic, number: u8) -> PathBuf {
    clinic.sheets().join(format!("root-sheet-{number}-of-3.txt"))
}

/// The status of a drill over these files, and what it printed.
fn check(terminal: &Terminal, files: &[&Path]) -> (i32, serde_json::Value) {
    let files: Vec<&str> = files.iter().map(|file| file.to_str().unwrap()).collect();
    let answer = terminal.ask_without(&[["org", "sheets", "check"].as_slice(), &files].concat()).unwrap();
    (answer.status, answer.lines[0].clone())
}

#[test]
fn a_drill_says_what_the_sheets_are_worth_and_nothing_that_is_on_them() {
    let clinic = Clinic::found().unwrap();
    let ward = clinic.let_in("ward").unwrap();
    let [first, second, third] = [1, 2, 3].map(|number| sheet(&clinic, number));
    #[cfg(unix)]
    for file in [&first, &second, &third] {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let (status, told) = check(&ward, &[&first, &third]);
    assert_eq!((status, &told["problem"], &told["sheets"][1]["index"]), (0, &serde_json::Value::Null, &3.into()));
    let text = std::fs::read_to_string(&first).unwrap();
    let secret: Vec<&str> = text.lines().filter(|line| line.starts_with(" 9 ")).flat_map(|line| line.split_whitespace().skip(1)).collect();
    assert!(secret.len() == 7 && !secret.iter().any(|group| told.to_string().contains(group)), "a share is printed");
    assert_eq!(check(&ward, &[&second]).0, 80, "sheets_too_few");
    assert_eq!(check(&ward, &[&second, &second]).0, 79, "sheet_repeated");

    let typed = clinic.folder().join("typed.txt");
    let line = text.lines().find(|line| line.starts_with(" 5 ")).unwrap();
    let slip = line.char_indices().map(|(place, c)| if place == 8 { if c == 'X' { 'Y' } else { 'X' } } else { c }).collect::<String>();
    std::fs::write(&typed, text.to_lowercase().replace(&line.to_lowercase(), &slip)).unwrap();
    let (status, told) = check(&ward, &[&typed, &second]);
    assert_eq!((status, &told["sheets"][0]["line"]), (77, &5.into()), "sheet_malformed");
    let said = ward.says(&["org", "sheets", "check", typed.to_str().unwrap()], "es_ES.UTF-8").unwrap();
    assert!(said.contains("carácter por carácter"), "{said}");
    std::fs::write(&typed, text.to_lowercase()).unwrap();
    assert_eq!(check(&ward, &[&typed, &second]).0, 0, "small letters do");

    let other = Clinic::found_with(&["--split", "1-of-1"]).unwrap();
    let theirs = other.sheets().join("root-sheet-1-of-1.txt");
    assert_eq!(check(&other.admin, &[&theirs]).0, 0, "one of one");
    assert_eq!(check(&ward, &[&theirs]).0, 78, "sheet_foreign");
}

/// Somebody whose role administers asks for the grant that it needs.
fn ask(clinic: &Clinic, terminal: &Terminal, name: &str) {
    let code = clinic.folder().join("code.txt");
    std::fs::write(&code, clinic.code(name, 1).unwrap()).unwrap();
    let codes = terminal.run(&["people", "ask-admin", "--code-file", code.to_str().unwrap()]).unwrap();
    assert_eq!(codes.object().unwrap()["codes"].as_array().unwrap().len(), 10, "new recovery codes");
}

#[test]
fn a_second_administrator_goes_on_when_the_founder_is_out() {
    let clinic = Clinic::found().unwrap();
    let vera = clinic.enrol("Vera Second", "Administrator").unwrap();
    let sami = clinic.enrol("Sami Third", "Administrator").unwrap();
    let nora = clinic.enrol("Nora Nurse", "RN").unwrap();
    for name in ["Vera Second", "Sami Third"] {
        clinic.admin.run(&["people", "role", name, "it_admin"]).unwrap();
    }
    let invite = |terminal: &Terminal, name: &str, login: &str| {
        terminal.ask(&["invite", "--name", name, "--title", "RN", "--login", login, "--role", "nurse"]).unwrap()
    };
    assert_eq!(invite(&vera, "Nils Night", "nils.night").status, 65, "a role alone signs nothing");
    assert_eq!(nora.ask(&["people", "ask-admin", "--code-file", "nothing"]).unwrap().status, 63);
    assert_eq!(clinic.admin.ask(&["people", "grant-admin", "Vera Second"]).unwrap().status, 63, "nobody asked");
    ask(&clinic, &vera, "Vera Second");
    clinic.admin.run(&["people", "grant-admin", "Vera Second"]).unwrap();
    let text = invite(&vera, "Nils Night", "nils.night").text("/text").unwrap();
    let ward = Terminal::new(clinic.folder(), "ward").unwrap();
    let token = vera.run(&["workstation", "token", "--name", "ward", "--location", "Ward 3", "--kind", "shared"]).unwrap();
    ward.run(&["workstation", "enrol", &token.text("/text").unwrap()]).unwrap();
    ward.confirm(&["enrol", &text]).unwrap();

    vera.run(&["people", "revoke", "Ida Admin"]).unwrap();
    assert_eq!(clinic.admin.ask(&["people", "list"]).unwrap().status, 31, "account_revoked");
    assert_eq!(vera.ask(&["people", "grant-admin", "Sami Third"]).unwrap().status, 63, "her vault has no root key");
    ask(&clinic, &sami, "Sami Third");
    let sheets = [sheet(&clinic, 2), sheet(&clinic, 3)].map(|file| file.display().to_string());
    assert_eq!(sami.ask(&["people", "grant-admin", "Sami Third", "--sheets", &sheets[0]]).unwrap().status, 80);
    sami.run(&["people", "grant-admin", "Sami Third", "--sheets", &sheets[0], &sheets[1]]).unwrap();
    sami.run(&["people", "revoke", "Nora Nurse"]).unwrap();
    assert_eq!(nora.ask(&["status"]).unwrap().status, 31, "account_revoked");
}
