//! Whether the server makes administrators of nobody but whom the root grants the key that they made.

use sotto_protocol::role::Role;
use sotto_protocol::statement::{AdminGrant, AdminRequest, Scope, Signed, Signer, Statement};
use sotto_protocol::{ErrorCode, GrantId};

use super::support::{Clinic, Person, now, public, random, sign};

const HOUR: u64 = 3_600_000;

fn request(clinic: &Clinic, person: &Person, issued_at: u64) -> AdminRequest {
    let (grant, admin_key) = (GrantId::from_bytes(random::bytes()), public(&random::key()));
    AdminRequest { org: clinic.org, account: person.account, generation: person.generation, grant, admin_key, issued_at }
}

fn by(person: &Person, request: &AdminRequest) -> Signed {
    sign(&person.signing, Signer::Account(person.account, person.generation), &Statement::AdminRequest(request.clone()))
}

fn grant_of(request: &AdminRequest) -> AdminGrant {
    let AdminRequest { org, account, generation, grant, admin_key, .. } = *request;
    AdminGrant {
        org,
        grant,
        account,
        generation,
        admin_key,
        scopes: Scope::ALL.to_vec(),
        not_before: now() - HOUR,
        not_after: now() + HOUR,
    }
}

fn by_root(clinic: &Clinic, grant: AdminGrant) -> Signed {
    sign(&clinic.root, Signer::Root, &Statement::AdminGrant(grant))
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_request_of_the_own_device_is_granted_and_only_its_key() {
    let clinic = Clinic::found().await;
    let host = clinic.first_person().await;
    let helper = clinic.person_as(&host, Role::ItAdmin).await;
    let asks = request(&clinic, &helper, now());
    let refused = Err(ErrorCode::NotPermitted);
    assert_eq!(host.post_statement(&clinic, &by(&host, &request(&clinic, &host, now()))).await, refused, "a physician");
    assert_eq!(host.post_statement(&clinic, &by(&helper, &asks)).await, refused, "brought by another's device");
    for off in [now() - 2 * HOUR, now() + 2 * HOUR] {
        assert_eq!(helper.post_statement(&clinic, &by(&helper, &request(&clinic, &helper, off))).await, Err(ErrorCode::ClockSkew));
    }
    assert_eq!(helper.post_statement(&clinic, &by_root(&clinic, grant_of(&asks))).await, refused, "nobody asked");
    helper.post_statement(&clinic, &by(&helper, &asks)).await.unwrap();

    let thiefs = AdminGrant { admin_key: public(&random::key()), ..grant_of(&asks) };
    assert_eq!(helper.post_statement(&clinic, &by_root(&clinic, thiefs)).await, refused, "another key");
    let by_admin = sign(&clinic.admin, Signer::Admin(clinic.grant), &Statement::AdminGrant(grant_of(&asks)));
    assert_eq!(helper.post_statement(&clinic, &by_admin).await, refused, "signed by an admin");
    let granted = by_root(&clinic, grant_of(&asks));
    let version = host.post_statement(&clinic, &granted).await.unwrap();
    assert_eq!(helper.post_statement(&clinic, &granted).await, Ok(version), "a repeat gets the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_of_keys_that_were_replaced_is_worth_nothing() {
    let clinic = Clinic::found().await;
    let host = clinic.first_person().await;
    let helper = clinic.person_as(&host, Role::ItAdmin).await;
    let asks = request(&clinic, &helper, now());
    helper.post_statement(&clinic, &by(&helper, &asks)).await.unwrap();
    let (invite, signed, key) = clinic.invite(helper.account, 2);
    host.post_statement(&clinic, &signed).await.unwrap();
    let back = Person::enrol(&clinic, &invite, &key).await.unwrap();
    assert_eq!(
        back.post_statement(&clinic, &by_root(&clinic, grant_of(&asks))).await,
        Err(ErrorCode::NotPermitted),
        "of the first generation"
    );
    let replayed = request(&clinic, &helper, now() + 1);
    assert_eq!(back.post_statement(&clinic, &by(&helper, &replayed)).await, Err(ErrorCode::NotPermitted), "signed by the old keys");
    let fresh = request(&clinic, &back, now() + 1);
    back.post_statement(&clinic, &by(&back, &fresh)).await.unwrap();
    back.post_statement(&clinic, &by_root(&clinic, grant_of(&fresh))).await.unwrap();
}
