//! Tokens and signatures: who knows them gets in, nobody else, and nothing that was sent is said again. (Bad inputs 67 to 69.)

use std::os::unix::fs::PermissionsExt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha2::Sha256;
use warroom::session::clock::{Clock as _, Wall};

use super::{Answer, Listening, alerts, house, post, told};
use crate::support::House;

const OLD: &str = "an-old-token-that-is-replaced";
const NEW: &str = "the-new-token-that-replaces-it";

fn listening(house: &House) -> Listening {
    let token = house.path().join("token");
    std::fs::write(&token, format!("{OLD}\n{NEW}\n")).unwrap();
    std::fs::set_permissions(&token, PermissionsExt::from_mode(0o600)).unwrap();
    Listening::start(house, &["--token-file", &token.to_string_lossy()])
}

fn signed(secret: &str, text: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().iter().fold(String::new(), |all, byte| format!("{all}{byte:02x}"))
}

fn body(name: &str) -> String {
    alerts(&[(name, 0, None)]).to_string()
}

/// It is refused, and of what was sent nothing is said.
fn is_refused(answer: &Answer, what: &str) {
    assert_eq!(answer.status, 401, "{what}: {answer:?}");
    assert!(answer.head.contains("\r\nwww-authenticate: bearer"), "{answer:?}");
    assert!(!answer.body.contains(OLD) && !answer.body.contains("cpu"), "{answer:?}");
}

#[test]
fn both_tokens_open_in_each_form() {
    let house = house();
    let listening = listening(&house);
    for (n, token) in [OLD, NEW].into_iter().enumerate() {
        let basic = format!("Basic {}", STANDARD.encode(format!("anybody:{token}")));
        for (m, given) in [format!("Bearer {token}"), format!("bearer {token}"), basic].iter().enumerate() {
            let sent = post(listening.address, &body(&format!("cpu-{n}-{m}")), &[("Authorization", given)]);
            assert_eq!(sent.stored(), (1, 0), "{given}");
        }
    }
    assert_eq!(told(&house.json()).len(), 6);
}

#[test]
fn without_the_token_nothing_is_stored() {
    let house = house();
    let listening = listening(&house);
    let wrong = [
        vec![],
        vec![("Authorization", "Bearer".to_owned())],
        vec![("Authorization", format!("Bearer {}", &OLD[1..]))],
        vec![("Authorization", format!("Bearer  {OLD}"))],
        vec![("Authorization", format!("Bearer {OLD} {OLD}"))],
        vec![("Authorization", format!("Bearer {OLD}x"))],
        vec![("Authorization", format!("Token {OLD}"))],
        vec![("Authorization", format!("Basic {}", STANDARD.encode(format!("{OLD}:"))))],
        vec![("Authorization", format!("Basic {}", STANDARD.encode(format!("x:{OLD} "))))],
        vec![("Authorization", format!("Basic {OLD}"))],
        vec![("Authorization", format!("Bearer {}", "x".repeat(7_000)))],
        vec![("Authorization", "Bearer x".to_owned()), ("Authorization", format!("Bearer {OLD}"))],
        vec![("X-Token", OLD.to_owned())],
    ];
    for headers in wrong {
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        is_refused(&post(listening.address, &body("cpu"), &headers), &format!("{headers:?}"));
    }
    // One that no header has room for.
    let long = format!("Bearer {}", "x".repeat(10_000));
    assert_eq!(post(listening.address, &body("cpu"), &[("Authorization", &long)]).status, 431);
    // Addresses are logged on the way.
    let text = body("cpu");
    for name in ["token", "access_token", "key"] {
        let request = format!(
            "POST /?{name}={OLD} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{text}",
            text.len()
        );
        is_refused(&super::call(listening.address, &request), name);
    }
    assert_eq!(told(&house.json()), []);
    assert_eq!(listening.get("/metrics").status, 401);
    assert_eq!(listening.get("/healthz").body, "ok\n");
}

#[test]
fn grafana_signs_with_the_time_and_each_call_counts_once() {
    let house = house();
    let listening = listening(&house);
    let text = body("cpu");
    let now = Wall.now().timestamp();
    let with = |secret: &str, time: &str, signed_text: &str| {
        let signature = signed(secret, &format!("{time}:{signed_text}"));
        let headers =
            [("X-Grafana-Alerting-Signature", signature.as_str()), ("X-Grafana-Alerting-Timestamp", time)];
        post(listening.address, &text, &headers)
    };
    is_refused(&with(OLD, &now.to_string(), &body("other")), "of another body");
    is_refused(&with("no-token-of-anybody", &now.to_string(), &text), "by somebody else");
    is_refused(&with(OLD, &(now - 400).to_string(), &text), "too old");
    is_refused(&with(OLD, &(now + 400).to_string(), &text), "of times to come");
    is_refused(&with(OLD, "soon", &text), "no time");
    is_refused(&with(OLD, &i64::MIN.to_string(), &text), "a time there is not");
    let without_time = signed(OLD, &text);
    let without_time = [("X-Grafana-Alerting-Signature", without_time.as_str())];
    is_refused(&post(listening.address, &text, &without_time), "without its time");
    assert_eq!(told(&house.json()), []);
    assert_eq!(with(NEW, &now.to_string(), &text).stored(), (1, 0));
    is_refused(&with(NEW, &now.to_string(), &text), "sent again by somebody");
    assert_eq!(with(NEW, &(now - 1).to_string(), &text).stored(), (0, 1), "sent again by Grafana");
}

/// What was not stored is not remembered: it comes again as it was.
#[test]
fn a_signed_call_that_waits_is_taken_later() {
    let house = House::new();
    let listening = listening(&house);
    let (text, time) = (body("cpu"), Wall.now().timestamp().to_string());
    let signature = signed(OLD, &format!("{time}:{text}"));
    let headers =
        [("X-Grafana-Alerting-Signature", signature.as_str()), ("X-Grafana-Alerting-Timestamp", &time)];
    assert_eq!(post(listening.address, &text, &headers).status, 503);
    house.done(&["new", "Mail", "--detach"]);
    assert_eq!(post(listening.address, &text, &headers).stored(), (1, 0));
}

#[test]
fn github_and_pagerduty_sign_the_body() {
    let house = house();
    let listening = listening(&house);
    let text = super::file("github-deployment");
    let by = |secret: &str, text: &str| format!("sha256={}", signed(secret, text));
    let github = |signature: &str| post(listening.address, &text, &[("X-Hub-Signature-256", signature)]);
    is_refused(&github(&by(OLD, "another body")), "of another body");
    is_refused(&github(&by("no-token-of-anybody", &text)), "by somebody else");
    is_refused(&github(&signed(OLD, &text)), "in another form");
    is_refused(&github(""), "empty");
    assert_eq!(github(&by(OLD, &text)).stored(), (1, 0));
    let page = super::file("pagerduty-triggered");
    let pagerduty = |signature: &str| post(listening.address, &page, &[("X-PagerDuty-Signature", signature)]);
    is_refused(&pagerduty(&format!("v0={}", signed(OLD, &page))), "of another version");
    is_refused(&pagerduty(&format!("v1={}", signed(OLD, &text))), "of another body");
    let both = format!("v1={},v1={}", signed("a-secret-that-is-over", &page), signed(NEW, &page));
    assert_eq!(pagerduty(&both).stored(), (1, 0));
    assert_eq!(pagerduty(&both).stored(), (0, 1));
    let told: Vec<Value> = house.json()["timeline"].as_array().unwrap().clone();
    assert_eq!(told.len(), 2);
}
