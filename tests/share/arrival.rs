//! What comes from other hosts is hostile until it was looked at: rows 108, 110 and 112 of the table of bad inputs; and what
//! an incident is called on a server.

use warroom::log::{Change, LINE_LIMIT, Record, Stamp, Stamped};
use warroom::model::{Clock, Writer, Zone};
use warroom::share::{Address, Name, Refused, read, shown};

use crate::scene::utc;

const YEAR: u64 = 366 * 24 * 60 * 60 * 1000;

fn founding(writer: Writer, ms: u64) -> Record {
    let change = Change::IncidentCreated {
        id: "2024-08-10-checkout".into(),
        title: "Checkout".into(),
        zone: Zone::default(),
        severity: None,
        clock: Clock::default(),
    };
    let stamp = Stamp { ms, counter: 0, writer, n: 1 };
    Stamped { stamp, by: "ana".into(), from: None, wall: None, over: None, after: None, body: change.into() }
        .into()
}

fn name() -> Name {
    Name::of("2024-08-10-checkout", &[founding(Writer::from_bits(7), 1)]).unwrap()
}

#[test]
fn a_name_tells_the_id_and_what_founded_it() {
    let name = name();
    assert_eq!(name.to_string(), "2024-08-10-checkout-70000000");
    assert_eq!(name.stream(), "warroom-2024-08-10-checkout-70000000");
    assert_eq!(name.records(), "warroom.2024-08-10-checkout-70000000.op");
    assert_eq!(name.people(), "warroom.2024-08-10-checkout-70000000.here");
    assert_eq!((name.id(), name.founder()), ("2024-08-10-checkout", Some(Writer::from_bits(7))));
    assert_eq!(name.to_string().parse(), Ok(name));
    // Whatever a folder is called, it is one token of a subject.
    let odd = Name::of("a.b *>/\u{e9}", &[founding(Writer::from_bits(7), 1)]).unwrap();
    assert_eq!(odd.to_string(), "a_b_____-70000000");
    assert!(Name::of("x", &[]).is_none());
    for wrong in
        ["", "x", "-70000000", "x-7000000", "x-7000000A", "a b-70000000", "a.b-70000000", "*-70000000", ">"]
    {
        assert!(wrong.parse::<Name>().is_err(), "{wrong}");
    }
}

#[test]
fn an_address_is_a_server_and_a_name() {
    let name = name();
    let read = |text: &str| Address::read(text, Some("tls://set.example:4222"));
    let whole = read(&format!("nats://a.example:4222/{name}")).unwrap();
    assert_eq!((whole.server.as_str(), &whole.name), ("nats://a.example:4222", &name));
    assert_eq!(read(&name.to_string()).unwrap().server, "tls://set.example:4222");
    assert!(Address::read(&name.to_string(), None).is_err());
    for wrong in ["nats://a.example", "nats://a.example/", "a.example/x", "nats:///", "x"] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
    // What lets one in is shown to nobody.
    let secret =
        read(&format!("nats://ana:hunter2@a.example:4222,nats://ana:hunter2@b.example/{name}")).unwrap();
    assert_eq!(secret.to_string(), format!("nats://a.example:4222,nats://b.example/{name}"));
    assert_eq!(shown("a.example"), "nats://a.example");
}

#[test]
fn what_is_no_record_of_this_incident_is_refused() {
    let (name, now) = (name(), utc("2024-08-10 12:00"));
    let own = Writer::from_bits(9);
    let title = name.to_string();
    let take = |bytes: &[u8]| read(bytes, Some(&title), &name, Some(own), now);
    let at = u64::try_from(now.timestamp_millis()).unwrap();
    let line = founding(Writer::from_bits(7), at).line();
    assert_eq!(take(line.as_bytes()).unwrap().line(), line);
    assert!(matches!(take(b"not JSON"), Err(Refused::Damaged(_))));
    assert!(matches!(take(line.replace("ana", "eve").as_bytes()), Err(Refused::Damaged(_))), "a wrong sum");
    assert!(matches!(take(&vec![b' '; LINE_LIMIT + 1]), Err(Refused::Damaged(_))));
    assert!(matches!(take(&vec![b'x'; 8 << 20]), Err(Refused::Damaged(_))));
    assert_eq!(take(founding(own, at).line().as_bytes()), Err(Refused::Forged));
    assert_eq!(take(founding(Writer::from_bits(8), at).line().as_bytes()), Err(Refused::Foreign));
    for other in [None, Some(""), Some("2024-08-11-checkout-70000000"), Some("2024-08-10-checkout-70000001")]
    {
        assert_eq!(read(line.as_bytes(), other, &name, Some(own), now), Err(Refused::Foreign), "{other:?}");
    }
    assert!(
        take(founding(Writer::from_bits(7), at + YEAR).line().as_bytes()).is_ok(),
        "a clock that is wrong"
    );
    assert_eq!(take(founding(Writer::from_bits(7), at + 101 * YEAR).line().as_bytes()), Err(Refused::NoTime));
}
