//! Files of credentials, as an operator with keys gives them out: each says by itself what its owner may.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use nkeys::KeyPair;
use serde_json::{Value, json};

use super::hosts::{Host, Hosts, Way};
use super::server::{Server, Setup};
use crate::terminal::QUIT;

/// What a key says of another one: its claims, signed.
fn signed(by: &KeyPair, of: &KeyPair, name: &str, claims: &Value) -> String {
    let all = json!({
        "jti": name, "iat": 1, "iss": by.public_key(), "sub": of.public_key(), "name": name, "nats": claims,
    });
    let header = json!({ "typ": "JWT", "alg": "ed25519-nkey" });
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let said = format!("{}.{}", part(&header), part(&all));
    let signature = by.sign(said.as_bytes()).unwrap();
    format!("{said}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// Who gives out credentials of one account.
struct Operator {
    account: KeyPair,
    config: String,
}

impl Operator {
    fn new() -> Self {
        let (operator, account, system) =
            (KeyPair::new_operator(), KeyPair::new_account(), KeyPair::new_account());
        let itself = json!({ "type": "operator", "version": 2, "system_account": system.public_key() });
        let every = json!({
            "subs": -1, "data": -1, "payload": -1, "imports": -1, "exports": -1, "wildcards": true, "conn": -1, "leaf": -1,
        });
        let mut limits = every.clone();
        for limit in ["mem_storage", "disk_storage", "streams", "consumer"] {
            limits[limit] = (-1).into();
        }
        let account_of = |key, name, limits: &Value| {
            signed(&operator, key, name, &json!({ "type": "account", "version": 2, "limits": limits }))
        };
        let config = format!(
            "jetstream {{ store_dir: store }}\noperator: {}\nsystem_account: {}\nresolver: MEMORY\n\
             resolver_preload: {{ {}: {}, {}: {} }}\n",
            signed(&operator, &operator, "operator", &itself),
            system.public_key(),
            system.public_key(),
            account_of(&system, "system", &every),
            account.public_key(),
            account_of(&account, "operations", &limits),
        );
        Self { account, config }
    }

    /// The content of a file of credentials for somebody who may do this.
    fn credentials(&self, publish: &[String], subscribe: &[String]) -> String {
        let user = KeyPair::new_user();
        let claims = json!({
            "type": "user", "version": 2, "subs": -1, "data": -1, "payload": -1,
            "pub": { "allow": publish }, "sub": { "allow": subscribe },
        });
        format!(
            "-----BEGIN NATS USER JWT-----\n{}\n------END NATS USER JWT------\n\n\
             -----BEGIN USER NKEY SEED-----\n{}\n------END USER NKEY SEED------\n",
            signed(&self.account, &user, "user", &claims),
            user.seed().unwrap()
        )
    }
}

#[test]
#[ignore = "needs nats-server"]
fn files_of_credentials_let_in_and_say_who_may_write() {
    let operator = Operator::new();
    let server = Server::with(&Setup { plain: &operator.config, ..Setup::default() });
    let folder = tempfile::tempdir().unwrap();
    let way = |name: &str, publish: &[String], subscribe: &[String], more: &[&str]| {
        let file = folder.path().join(name);
        std::fs::write(&file, operator.credentials(publish, subscribe)).unwrap();
        let more = ["--creds", file.to_str().unwrap()].into_iter().chain(more.iter().copied());
        Way { server: server.url(), more: more.map(str::to_owned).collect(), ..Way::default() }
    };
    let all = [">".to_owned()];
    let mut hosts = Hosts::by(&[way("lead.creds", &all, &all, &[]), way("scribe.creds", &all, &all, &[])]);
    hosts.say("with a key");
    hosts.all_show("with a key");
    let (stream, name) = (hosts.stream(), &hosts.name);
    let publish = [
        format!("$JS.API.STREAM.INFO.{stream}"),
        format!("$JS.API.STREAM.MSG.GET.{stream}"),
        format!("$JS.API.CONSUMER.CREATE.{stream}"),
        format!("$JS.API.CONSUMER.MSG.NEXT.{stream}.*"),
        format!("$JS.ACK.{stream}.>"),
    ];
    let subscribe = [format!("warroom.{name}.here"), format!("_INBOX.{stream}.>")];
    let mut observer = Host::joined(&way("observer.creds", &publish, &subscribe, &["--read-only"]), name);
    hosts.say("and once more");
    observer.room.shows("and once more on 0");
    observer.room.shows("and once more on 1");
    observer.room.shows("⇅ shared");
    observer.room.types(QUIT);
    hosts.all_show("and once more");
    hosts.end_alike();
}
