//! How a request that failed is answered: a code, a status, and nothing of the inside.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sotto_protocol::ErrorCode;
use sotto_protocol::api::ErrorResponse;

use crate::limits::RETRY_BUSY_S;
use crate::store::StoreError;
use crate::store::throttle::Wait;

/// A refused request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the request was refused: {code}")]
pub struct Refused {
    /// What the client may branch on.
    pub code: ErrorCode,
    /// Seconds to wait, where waiting helps.
    pub retry_after_s: Option<u64>,
}

/// What a handler returns.
pub type Result<T, E = Refused> = std::result::Result<T, E>;

impl From<ErrorCode> for Refused {
    fn from(code: ErrorCode) -> Self {
        let waiting_helps = matches!(code, ErrorCode::ServerBusy | ErrorCode::Throttled | ErrorCode::DiskFull);
        Self { code, retry_after_s: waiting_helps.then_some(RETRY_BUSY_S) }
    }
}

impl From<Wait> for Refused {
    fn from(wait: Wait) -> Self {
        Self { code: ErrorCode::Throttled, retry_after_s: Some(wait.seconds()) }
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        error.code().into()
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = ErrorResponse { code: self.code, retry_after_s: self.retry_after_s };
        let mut response = (status(self.code), Json(body)).into_response();
        if let Some(seconds) = self.retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        // For the metrics, which count refusals by code.
        response.extensions_mut().insert(self.code);
        response
    }
}

/// The HTTP status (RFC 9110) of a code.
const fn status(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::NotEnrolled
        | ErrorCode::WorkstationUnknown
        | ErrorCode::SignatureInvalid
        | ErrorCode::ClockSkew
        | ErrorCode::RequestReplayed
        | ErrorCode::WrongPassword
        | ErrorCode::WrongCode
        | ErrorCode::RecoveryCodeUnknown => StatusCode::UNAUTHORIZED,
        ErrorCode::DeviceRevoked
        | ErrorCode::AccountRevoked
        | ErrorCode::WorkstationRevoked
        | ErrorCode::NotAMember
        | ErrorCode::NotPermitted
        | ErrorCode::MemberNotPermitted
        | ErrorCode::UnknownRoot
        | ErrorCode::InviteExpired
        | ErrorCode::TokenExpired => StatusCode::FORBIDDEN,
        ErrorCode::NotFound | ErrorCode::InviteUnknown | ErrorCode::TokenUnknown => StatusCode::NOT_FOUND,
        ErrorCode::Conflict | ErrorCode::InviteUsed | ErrorCode::TokenUsed | ErrorCode::LoginTaken | ErrorCode::StaleEpoch => {
            StatusCode::CONFLICT
        }
        ErrorCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::Malformed | ErrorCode::InviteMalformed => StatusCode::BAD_REQUEST,
        ErrorCode::UpgradeRequired => StatusCode::UPGRADE_REQUIRED,
        ErrorCode::Throttled => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::ServerBusy => StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::DiskFull => StatusCode::INSUFFICIENT_STORAGE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_and_a_busy_server_say_when_to_come_back() {
        let full = Refused::from(StoreError::DiskFull);
        assert_eq!((full.into_response().status().as_u16(), full.retry_after_s), (507, Some(RETRY_BUSY_S)));
        let busy = Refused::from(ErrorCode::ServerBusy).into_response();
        assert_eq!(busy.headers()[header::RETRY_AFTER], "1");
        assert_eq!(Refused::from(ErrorCode::Malformed).retry_after_s, None);
    }
}
