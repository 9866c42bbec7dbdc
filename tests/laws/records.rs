//! The line of a record: what damages it is found, what it may not be is refused.

use warroom::log::{Damage, LINE_LIMIT, Record};

use crate::scene::Scene;

fn line() -> Vec<u8> {
    let mut scene = Scene::new("UTC");
    let stamp = scene.say("10:42 größer als \"alles\" \u{1b}[2J #db");
    scene.ledger.get(stamp).unwrap().line().into_bytes()
}

/// A line with a right checksum around whatever it says.
fn sealed(open: &str) -> Vec<u8> {
    format!("{open},\"crc\":\"{:08x}\"}}", crc32c::crc32c(open.as_bytes())).into_bytes()
}

#[test]
fn every_byte_counts() {
    let line = line();
    assert!(Record::read(&line).is_ok());
    for at in 0..line.len() {
        for bit in 0..8 {
            let mut bad = line.clone();
            bad[at] ^= 1 << bit;
            assert_eq!(Record::read(&bad), Err(Damage::Checksum), "bit {bit} of byte {at}");
        }
        assert_eq!(Record::read(&line[..at]), Err(Damage::Checksum), "cut at {at}");
    }
    let with_return = [&line[..], b"\r"].concat();
    assert_eq!(Record::read(&with_return), Record::read(&line));
    assert!(Record::read(&[&line[..], b" "].concat()).is_err());
    assert!(Record::read(&[b" ", &line[..]].concat()).is_err());
}

#[test]
fn a_right_checksum_around_something_else_is_damage() {
    let record = |stamp: &str, rest: &str| {
        sealed(&format!(
            "{{\"v\":1,\"stamp\":{stamp},\"by\":\"a\",{rest}\"change\":{{\"title_set\":{{\"title\":\"x\"}}}}"
        ))
    };
    assert!(Record::read(&record("\"5-0-aaaaaaaa-1\"", "")).is_ok());
    // The year 3000 is accepted.
    assert!(Record::read(&record("\"32503680000000-0-aaaaaaaa-1\"", "")).is_ok());
    for stamp in [
        "\"-5-0-aaaaaaaa-1\"",
        "\"1e308-0-aaaaaaaa-1\"",
        "\"253402300800000-0-aaaaaaaa-1\"",
        "\"5-0-aaaaaaaa\"",
        "\"05-0-aaaaaaaa-1\"",
        "\"5-0-AAAAAAAA-1\"",
        "\"5-0-aaaaaaaa-1-1\"",
        "\"5-4294967296-aaaaaaaa-1\"",
        "\"\"",
        "5",
        "null",
    ] {
        assert_eq!(Record::read(&record(stamp, "")), Err(Damage::Form), "{stamp}");
    }
    assert_eq!(Record::read(&record("\"5-0-aaaaaaaa-1\"", "\"wall\":-1,")), Err(Damage::Form));
    for open in ["{\"v\":1", "{", "[", "{\"v\":1,\"stamp\":\"5-0-aaaaaaaa-1\",\"by\":\"a\"", "null"] {
        assert_eq!(Record::read(&sealed(open)), Err(Damage::Form), "{open}");
    }
    let deep = "[".repeat(100_000);
    let line = sealed(&format!("{{\"v\":9,\"stamp\":\"5-0-aaaaaaaa-1\",\"by\":\"a\",\"change\":{deep}"));
    assert_eq!(Record::read(&line), Err(Damage::Form));
}

#[test]
fn a_line_has_a_limit() {
    assert_eq!(Record::read(&vec![b'['; LINE_LIMIT + 1]), Err(Damage::TooLong));
    assert_eq!(Record::read(&vec![b'['; LINE_LIMIT]), Err(Damage::Checksum));
    assert_eq!(Record::read(b""), Err(Damage::Checksum));
}
