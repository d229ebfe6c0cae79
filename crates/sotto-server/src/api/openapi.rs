//! `GET /openapi.json`: the description of all routes, made from the handlers.

use axum::http::header;
use axum::response::IntoResponse;
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Sotto server",
        description = "Requests carry `sotto-version: 1` and, unless they say otherwise, a `sotto-device` or `sotto-session` proof; \
                       where they say so, a `sotto-workstation` proof. Every failure is an ErrorResponse. The log's bodies are CBOR; docs/PROTOCOL.md \
                       describes them.",
        license(name = "Apache-2.0 OR MIT")
    ),
    paths(
        super::server::show,
        super::org::found,
        super::workstations::admit,
        super::workstations::list,
        super::control::open,
        super::commands::list,
        super::commands::begin,
        super::commands::receipt,
        super::commands::report,
        super::enrol::enrol,
        super::devices::add,
        super::registration::start,
        super::registration::finish,
        super::sign_in::start,
        super::sign_in::finish,
        super::sign_in::list,
        super::recovery::start,
        super::directory::list,
        super::statements::accept,
        super::share::show,
        super::session::begin,
        super::entries::append,
        super::feed::open,
        super::threads::read,
        super::range::read,
        super::files::show,
        super::files::withdraw,
        super::files::read,
        super::files::store,
        super::health::alive,
        super::health::ready,
    )
)]
struct Description;

/// The OpenAPI 3.1 document, as pretty JSON.
#[must_use]
pub fn document() -> String {
    // Serialising the document's own types cannot fail; an empty document would fail the test that compares it.
    Description::openapi().to_pretty_json().unwrap_or_default()
}

/// The document.
pub async fn show() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], document())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Set it to write the checked-in document anew.
    const UPDATE: &str = "SOTTO_UPDATE_OPENAPI";

    #[test]
    fn the_checked_in_document_is_the_codes() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
        let made = document() + "\n";
        if std::env::var_os(UPDATE).is_some() {
            std::fs::write(path, &made).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap(), made, "run the test with {UPDATE}=1");
        assert!(made.contains("\"openapi\": \"3.1.0\""));
    }
}
