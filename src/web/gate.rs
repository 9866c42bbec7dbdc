//! Who may call: the name that a caller uses for this machine, where the call comes from, and what it is written in.

use std::net::IpAddr;

use axum::http::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{HeaderMap, Request, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::token::Tokens;

/// Why a call is not answered: the status, what is wrong, and what to do. None of the words came with the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refused {
    pub status: StatusCode,
    pub error: &'static str,
    pub hint: &'static str,
}

/// No token, or a wrong one; which of them is not said.
pub(super) const UNKNOWN: Refused = Refused {
    status: StatusCode::UNAUTHORIZED,
    error: "the token is missing or wrong",
    hint: "send it as `Authorization: Bearer TOKEN`, as the password of Basic, or sign the body with it; never in the address",
};

/// Checks which name the caller uses for this machine. A page in somebody's browser may have made any name of its own lead
/// here, and that name it would have to use; an address it cannot make lead elsewhere.
pub(super) fn check_host<B>(request: &Request<B>, hosts: &[String]) -> Result<(), Refused> {
    const STRANGE: Refused = Refused {
        status: StatusCode::FORBIDDEN,
        error: "this is not the name of this listener",
        hint: "use localhost or an address, or allow the name with --host",
    };
    if request.headers().contains_key(ORIGIN) {
        return Err(Refused {
            status: StatusCode::FORBIDDEN,
            error: "no web page may call this",
            hint: "call it without an Origin header",
        });
    }
    let mut named = request.headers().get_all(HOST).iter();
    let (Some(host), None) = (named.next(), named.next()) else { return Err(STRANGE) };
    let host = host.to_str().map_err(|_| STRANGE)?;
    let of_target = request.uri().authority().map(axum::http::uri::Authority::as_str);
    let is_known = |host: &str| {
        let name = name(host);
        let address = name.trim_start_matches('[').trim_end_matches(']');
        name.eq_ignore_ascii_case("localhost")
            || address.parse::<IpAddr>().is_ok()
            || hosts.iter().any(|known| known.eq_ignore_ascii_case(name))
    };
    ([Some(host), of_target].into_iter().flatten().all(is_known)).then_some(()).ok_or(STRANGE)
}

/// A host without its port.
fn name(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.ends_with(':') => name,
        _ => host,
    }
}

/// Checks that a body is JSON as it is: what is packed could be of any size once it is unpacked.
pub(super) fn check_content(headers: &HeaderMap) -> Result<(), Refused> {
    let refused = |error| Refused {
        status: StatusCode::UNSUPPORTED_MEDIA_TYPE,
        error,
        hint: "send JSON with `Content-Type: application/json`, not compressed",
    };
    if headers.contains_key(CONTENT_ENCODING) {
        return Err(refused("the body is compressed"));
    }
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json").then_some(()).ok_or(refused("the body has to be JSON"))
}

/// Whether a call shows a token: as a bearer, or as the password of Basic with any name.
pub(super) fn shows_token(headers: &HeaderMap, tokens: &Tokens) -> bool {
    let mut given = headers.get_all(AUTHORIZATION).iter();
    let (Some(given), None) = (given.next(), given.next()) else { return false };
    let Some((scheme, rest)) = given.to_str().ok().and_then(|given| given.split_once(' ')) else {
        return false;
    };
    if scheme.eq_ignore_ascii_case("bearer") {
        return tokens.has(rest.as_bytes());
    }
    let decoded = scheme
        .eq_ignore_ascii_case("basic")
        .then(|| STANDARD.decode(rest).ok())
        .flatten()
        .unwrap_or_default();
    let password = decoded.iter().position(|byte| *byte == b':').map(|colon| &decoded[colon + 1..]);
    password.is_some_and(|password| tokens.has(password))
}
