//! A login from registration to the second machine, between the client's half and the server's.

use ring::rand::SystemRandom;
use sotto_credential::opaque::{LoginRefused, LoginState, MalformedMessage, ServerSetup, check_record};
use sotto_crypto::login::{self, Login};
use sotto_crypto::opaque::{OpaqueError, Registered, Registration, SignIn};
use sotto_crypto::{OsRandom, Secret32};
use sotto_protocol::limits::OPAQUE_BYTES;
use sotto_protocol::{LoginHandle, OrgId, WorkstationId};

use super::workstation_secret;
use crate::clinic::{Clinic, seed};

const PASSWORD: &[u8] = b"demo valley clinic";

struct Setting {
    server: ServerSetup,
    handle: LoginHandle,
    at: (OrgId, WorkstationId),
    registered: Registered,
}

fn setting() -> Setting {
    let clinic = Clinic::new();
    let handle = login::handle(&workstation_secret(), &Login::parse("n.rahman").unwrap());
    let server = ServerSetup::generate(&SystemRandom::new());
    let registered = register(&server, handle);
    Setting { server, handle, at: (clinic.org, clinic.station.workstation), registered }
}

fn register(server: &ServerSetup, handle: LoginHandle) -> Registered {
    let (registration, request) = Registration::start(PASSWORD, &workstation_secret(), &mut OsRandom::new()).unwrap();
    let response = server.register(handle, &request).unwrap();
    assert!(request.len() <= OPAQUE_BYTES && response.len() <= OPAQUE_BYTES);
    let registered = registration.finish(&response, &mut OsRandom::new()).unwrap();
    check_record(&registered.record).unwrap();
    registered
}

/// The client's answer, and what the server says to it.
type Played = (Result<sotto_crypto::opaque::SignedIn, OpaqueError>, Option<Result<(), LoginRefused>>);

fn play(s: &Setting, password: &[u8], secret: &Secret32, record: Option<&[u8]>, client_at: (OrgId, WorkstationId)) -> Played {
    let (sign_in, request) = SignIn::start(password, secret, &mut OsRandom::new()).unwrap();
    let started = s.server.start_login(s.handle, record, &request, s.at, &SystemRandom::new()).unwrap();
    assert!(started.response.len() <= OPAQUE_BYTES);
    // A server that restarts between the two messages goes on.
    let state = LoginState::from_bytes(&started.state.to_bytes()).unwrap();
    let signed_in = sign_in.finish(&started.response, client_at, &mut OsRandom::new());
    let said = signed_in.as_ref().ok().map(|signed_in| state.finish(&signed_in.finish, s.at));
    (signed_in, said)
}

#[test]
fn the_right_password_gives_the_same_key_at_every_login() {
    let s = setting();
    let server = ServerSetup::from_bytes(&s.server.to_bytes()).unwrap();
    let s = Setting { server, ..s };
    for _ in 0..2 {
        let (signed_in, said) = play(&s, PASSWORD, &workstation_secret(), Some(&s.registered.record), s.at);
        assert_eq!(signed_in.unwrap().export_key, s.registered.export_key);
        assert_eq!(said, Some(Ok(())));
    }
    assert_ne!(register(&s.server, s.handle).export_key, s.registered.export_key);
}

#[test]
fn anything_less_is_a_wrong_password() {
    let s = setting();
    let record = Some(s.registered.record.as_slice());
    let (org, station) = s.at;
    let elsewhere = Clinic::new().office.workstation;
    let secret = workstation_secret();
    let attempts = [
        ("another password", play(&s, b"demo valley clinik", &secret, record, s.at)),
        ("the password on a machine that was not let in", play(&s, PASSWORD, &seed("guessed secret"), record, s.at)),
        ("a login that nobody has", play(&s, PASSWORD, &secret, None, s.at)),
        ("a login passed on to another machine", play(&s, PASSWORD, &secret, record, (org, elsewhere))),
        ("a login passed on to another organisation", play(&s, PASSWORD, &secret, record, (OrgId::from_bytes([9; 16]), station))),
    ];
    for (name, (signed_in, said)) in attempts {
        assert_eq!(signed_in.map(drop), Err(OpaqueError::WrongPassword), "{name}");
        assert_eq!(said, None, "{name}");
    }
}

#[test]
fn a_login_under_another_handle_is_not_this_one() {
    let s = setting();
    let other = Setting { handle: LoginHandle::from_bytes([1; 16]), ..setting() };
    let (signed_in, _) =
        play(&Setting { server: s.server, at: s.at, ..other }, PASSWORD, &workstation_secret(), Some(&s.registered.record), s.at);
    assert_eq!(signed_in.map(drop), Err(OpaqueError::WrongPassword));
}

#[test]
fn another_server_with_the_record_is_refused() {
    let s = setting();
    let thief = Setting { server: ServerSetup::generate(&SystemRandom::new()), registered: setting().registered, ..s };
    let (signed_in, _) = play(&thief, PASSWORD, &workstation_secret(), Some(&s.registered.record), s.at);
    assert_eq!(signed_in.map(drop), Err(OpaqueError::WrongPassword));
}

#[test]
fn a_finish_fits_its_own_attempt_machine_and_bytes_only() {
    let s = setting();
    let record = Some(s.registered.record.as_slice());
    let (sign_in, request) = SignIn::start(PASSWORD, &workstation_secret(), &mut OsRandom::new()).unwrap();
    let start = || s.server.start_login(s.handle, record, &request, s.at, &SystemRandom::new()).unwrap();
    let (first, second) = (start(), start());
    let finish = sign_in.finish(&first.response, s.at, &mut OsRandom::new()).unwrap().finish;
    let stored = first.state.to_bytes();
    let again = || LoginState::from_bytes(&stored).unwrap();
    assert_eq!(second.state.finish(&finish, s.at), Err(LoginRefused::WrongPassword));
    for place in 0..finish.len() {
        let mut damaged = finish.clone();
        damaged[place] ^= 1;
        assert_eq!(again().finish(&damaged, s.at), Err(LoginRefused::WrongPassword), "byte {place}");
        assert_eq!(again().finish(&finish[..place], s.at), Err(LoginRefused::Malformed));
    }
    assert_eq!(again().finish(&finish, s.at), Ok(()));
}

#[test]
fn a_fake_answer_looks_like_a_true_one() {
    let s = setting();
    let (_, request) = SignIn::start(PASSWORD, &workstation_secret(), &mut OsRandom::new()).unwrap();
    let answer = |record: Option<&[u8]>| s.server.start_login(s.handle, record, &request, s.at, &SystemRandom::new()).unwrap().response;
    let (known, unknown) = (answer(Some(&s.registered.record)), answer(None));
    assert_eq!(known.len(), unknown.len());
    // The part that depends on the handle alone is the same for a handle that has no record: asking twice tells nothing.
    assert_eq!(known[..32], unknown[..32]);
}

#[test]
fn bytes_that_are_no_message_are_refused_and_not_looked_at() {
    let s = setting();
    let clinic = Clinic::new();
    for length in [0, 1, 31, 33, 95, 97, 191, 193, 10_000] {
        let bytes = vec![0x55; length];
        assert_eq!(s.server.register(s.handle, &bytes), Err(MalformedMessage), "{length}");
        assert!(s.server.start_login(s.handle, None, &bytes, s.at, &SystemRandom::new()).is_err(), "{length}");
        assert_eq!(check_record(&bytes), Err(MalformedMessage), "{length}");
        assert!(ServerSetup::from_bytes(&bytes).is_err() && LoginState::from_bytes(&bytes).is_err(), "{length}");
        let (sign_in, _) = SignIn::start(PASSWORD, &workstation_secret(), &mut OsRandom::new()).unwrap();
        assert_eq!(sign_in.finish(&bytes, s.at, &mut OsRandom::new()).map(drop), Err(OpaqueError::Malformed), "{length}");
        let (registration, _) = Registration::start(PASSWORD, &workstation_secret(), &mut OsRandom::new()).unwrap();
        assert_eq!(registration.finish(&bytes, &mut OsRandom::new()).map(drop), Err(OpaqueError::Malformed), "{length}");
    }
    // No group element at all, and the identity, which would make every password alike.
    for element in [[0xff; 32], [0; 32]] {
        assert_eq!(
            s.server.register(login::handle(&clinic.directory_key, &Login::parse("omar").unwrap()), &element),
            Err(MalformedMessage)
        );
    }
}

#[test]
fn debug_tells_no_secret() {
    let s = setting();
    let (sign_in, _) = SignIn::start(PASSWORD, &workstation_secret(), &mut OsRandom::new()).unwrap();
    let (registration, _) = Registration::start(PASSWORD, &workstation_secret(), &mut OsRandom::new()).unwrap();
    let shown = format!("{:?} {sign_in:?} {registration:?} {:?}", s.server, s.registered.export_key);
    assert_eq!(shown, "ServerSetup(..) SignIn(..) Registration(..) ExportKey(SecretVec(..))");
}
