//! Message text is readable nowhere but in an open vault: not on a disk, not in the server's memory, not in a log; each scan with its control.

use std::process::Command;

use sotto_journeys::Clinic;
use sotto_testkit::scan::{self, Canary};

#[test]
fn disks_logs_and_the_servers_memory_hold_no_text() {
    let clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    let physician = clinic.enrol("Paul Physician", "Physician").unwrap();
    // Made at run time, so that no program's own data holds it.
    let canary = Canary::new(&["creatinine", "is", "four", "point", "one"].join("~"));
    let title = Canary::new(&["Renal", "consult", "for", "bed", "nine"].join("~"));
    let thread = nurse.run(&["thread", "new", "--with", "Paul Physician", "--title", title.text()]).unwrap().text("/row/thread").unwrap();
    nurse.run(&["send", &thread, canary.text()]).unwrap();
    physician.run(&["sign-in", "Paul Physician"]).unwrap();
    let started = std::time::Instant::now();
    while physician.texts(&thread).unwrap_or_default().is_empty() && started.elapsed().as_secs() < 60 {}
    assert_eq!(physician.texts(&thread).unwrap(), [canary.text()]);

    let server = clinic.server_id().unwrap();
    for word in [&canary, &title, &Canary::new("Paul Physician"), &Canary::new("Testdale Clinic")] {
        assert_eq!(scan::memory(server, word).unwrap(), [], "in the server's memory");
        assert_eq!(scan::files(&clinic.data(), word).unwrap(), [], "in the server's files");
        assert_eq!(log_lines(&clinic, word), 0, "in the server's log");
    }
    for word in [&canary, &title] {
        for home in [nurse.home(), physician.home()] {
            assert_eq!(scan::files(home, word).unwrap(), [], "in a workstation's home");
        }
    }
    // Controls: the organisation's id does travel in the clear, and the scans see it.
    let control = Canary::new(&thread);
    std::fs::write(nurse.home().join("control"), canary.text()).unwrap();
    assert_eq!(scan::files(nurse.home(), &canary).unwrap().len(), 1, "the file scan sees what is there");
    assert!(!scan::memory(std::process::id(), &control).unwrap().is_empty(), "the memory scan sees what is there");
}

fn log_lines(clinic: &Clinic, word: &Canary) -> usize {
    std::fs::read_to_string(clinic.server_log()).unwrap_or_default().lines().filter(|line| line.contains(word.text())).count()
}

/// The vault opens with no other tool: the stock `sqlite3` sees no database in it.
#[test]
fn another_tool_does_not_open_the_vault() {
    let clinic = Clinic::found().unwrap();
    let accounts = std::fs::read_dir(clinic.admin.home().join("accounts")).unwrap();
    let vault = accounts.flatten().map(|entry| entry.path().join("vault.db")).find(|path| path.is_file()).unwrap();
    let script = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('select count(*) from sqlite_master')";
    let output = Command::new("python3").args(["-c", script]).arg(&vault).output().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("file is not a database"));
}
