//! What is wrong between a host and a server is told apart, each with what to do about it.

use super::server::{Server, Setup};
use crate::support::{House, texts};

/// Some people at a server with passwords; one of them may do nothing of what sharing needs.
const PEOPLE: &str = "jetstream { store_dir: store }\nauthorization { users: [\n\
    { user: lead, password: right }\n{ user: guest, password: right, permissions: { publish: hall, subscribe: hall } }\n] }\n";

/// A house with an incident to share.
fn house() -> House {
    let house = House::new();
    house.done(&["new", "Checkout is down", "--detach"]);
    house
}

/// What is said where it fails: the error and the hint.
fn refused(house: &House, args: &[&str]) -> (String, String) {
    let output = house.command(args).output().unwrap();
    let (out, err) = texts(&output);
    assert!(!output.status.success() && out.is_empty(), "{args:?}: {out}{err}");
    let error = err.lines().find_map(|line| line.strip_prefix("Error: ")).unwrap_or_else(|| panic!("{err}"));
    let hint = err.lines().find_map(|line| line.strip_prefix("Hint: ")).unwrap_or_else(|| panic!("{err}"));
    (error.to_owned(), hint.to_owned())
}

/// Sharing fails, with these words in the error and in the hint.
fn fails(args: &[&str], error: &str, hint: &str) {
    let house = house();
    let (told, helps) = refused(&house, &[&["share"], args].concat());
    assert!(told.contains(error), "{args:?}: {told}, not {error}");
    assert!(helps.contains(hint), "{args:?}: {helps}, not {hint}");
    assert!(!house.only_incident().join("shared.json").exists());
}

#[test]
fn what_is_no_address_is_refused_before_anything_is_asked() {
    for (address, why) in [
        ("http://nats.example:4222", "http://nats.example:4222 is no address of a server"),
        ("nats://nats.example:99999", "invalid port"),
        ("wss://nats.example", "wss:// is nothing that it speaks"),
        ("nats://lead:secret@nats.example:x", "nats://nats.example:x is no address"),
        ("", "is no address of a server"),
    ] {
        fails(&["--nats", address], why, "an address looks like nats://nats.example:4222");
    }
}

#[test]
fn a_file_that_is_none_is_named() {
    let house = house();
    let file = house.path().join("plain.txt");
    std::fs::write(&file, "nothing of that kind\n").unwrap();
    let file = file.to_str().unwrap().to_owned();
    for (option, path, why) in [
        ("--ca", "/nowhere/ca.crt", "/nowhere/ca.crt: No such file"),
        ("--ca", &file, "plain.txt: there is no certificate in it"),
        ("--creds", "/nowhere/lead.creds", "/nowhere/lead.creds"),
        ("--creds", &file, "plain.txt: "),
    ] {
        fails(&["--nats", "nats://127.0.0.1:1", option, path], why, "--creds names a file");
    }
}

#[test]
fn a_name_by_itself_needs_a_server() {
    let name = "2024-08-10-checkout-n81gaj5g";
    for args in [["join", name].as_slice(), &["watch", "--nats", name]] {
        let (error, hint) = refused(&House::new(), args);
        assert_eq!(error, "no server is named");
        assert!(hint.contains("`server` under [share] in the settings"), "{hint}");
    }
}

#[test]
fn nobody_listens_there() {
    // The first port is nobody's.
    fails(&["--nats", "nats://127.0.0.1:1"], "nobody can be reached there", "see that the server runs");
}

#[test]
#[ignore = "needs nats-server"]
fn one_server_has_no_replicas_and_no_tls() {
    let server = Server::start();
    let (plain, tls) = (server.url(), format!("tls://{}", server.address));
    fails(&["--nats", &plain, "--replicas", "3"], "not as many servers as replicas", "--replicas 1");
    fails(&["--nats", &tls], "the server does not speak TLS", "name it with nats:// and without --ca");
}

#[test]
#[ignore = "needs nats-server"]
fn a_certificate_that_nobody_knows_is_not_trusted() {
    let passwords = super::secure::PASSWORDS;
    let server =
        Server::with(&Setup { config: Some("server.conf"), environment: passwords, ..Setup::default() });
    fails(&["--nats", &server.url()], "is not trusted", "name with --ca");
}

#[test]
#[ignore = "needs nats-server"]
fn who_is_not_let_in_and_who_may_not_are_told_apart() {
    let server = Server::with(&Setup { plain: PEOPLE, ..Setup::default() });
    let as_user = |user: &str| format!("nats://{user}@{}", server.address);
    fails(&["--nats", &server.url()], "does not let this host in", "name user and password");
    fails(&["--nats", &as_user("lead:wrong")], "does not let this host in", "name user and password");
    fails(
        &["--nats", &as_user("guest:right")],
        "does not permit it",
        "ask who runs the server for the rights",
    );
}

#[test]
#[ignore = "needs nats-server"]
fn a_server_without_jetstream_keeps_nothing() {
    let server = Server::with(&Setup { plain: "max_payload: 1048576\n", ..Setup::default() });
    fails(&["--nats", &server.url()], "has no JetStream", "`nats-server -js`");
}
