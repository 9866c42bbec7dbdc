//! What nobody should send, and callers who want no answer. The numbers are those of the bad inputs.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use warroom::model::{Clock, Zone};
use warroom::session::Opening;
use warroom::session::clock::Wall;
use warroom::web::{Goal, Limits, Listener, Setup};

use super::{Answer, Listening, alerts, answer, call, house, post, told};
use crate::support::House;

/// As long as no test waits.
const NEVER: Duration = Duration::from_secs(3_600);
/// As soon as it is looked.
const SOON: Duration = Duration::from_millis(50);

/// A listener in this process, with limits of its own.
fn within(house: &House, limits: Limits, tell: impl Fn(&str) + Send + Sync + 'static) -> Listener {
    let rescue = house.path().join("rescue");
    let opening = Opening { by: "alice".into(), clock: Arc::new(Wall), rescue, stays: true };
    Listener::start(Setup {
        bind: SocketAddr::from(([127, 0, 0, 1], 0)),
        tokens: None,
        hosts: vec!["alerts.example.org".into()],
        goal: Goal::Fixed(house.only_incident()),
        incidents: house.path().join("data/incidents"),
        opening,
        zone: Zone::default(),
        style: Clock::H24,
        limits,
        tell: Arc::new(tell),
    })
    .unwrap()
}

fn is_refused(answer: &Answer, status: u16, what: &str) {
    assert_eq!(answer.status, status, "{what}: {answer:?}");
    let json: Value = serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{what}: {answer:?}"));
    assert!(json["error"].is_string() && json["hint"].is_string(), "{what}: {answer:?}");
}

/// Bad input 70.
#[test]
fn a_body_that_is_too_long_is_not_read() {
    let house = house();
    let listening = Listening::start(&house, &[]);
    let memory = || {
        let status = fs::read_to_string(format!("/proc/{}/status", listening.child.id())).unwrap();
        let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        most.trim().trim_end_matches(" kB").parse::<u64>().unwrap()
    };
    assert_eq!(listening.post(&json!({ "text": "x".repeat(1 << 19) })).stored(), (1, 0));
    let before = memory();
    let text = |length: usize| format!("{{\"text\":\"{}\"}}", "x".repeat(length - r#"{"text":""}"#.len()));
    assert_eq!(post(listening.address, &text(1 << 20), &[]).stored(), (1, 0));
    is_refused(&post(listening.address, &text((1 << 20) + 1), &[]), 413, "1 MiB and a byte");
    is_refused(&post(listening.address, &text(3 << 20), &[]), 413, "3 MiB");
    let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    is_refused(
        &call(listening.address, &format!("{head}Content-Length: 10000000000\r\n\r\n{{")),
        413,
        "10 GB",
    );
    let mut stream = TcpStream::connect(listening.address).unwrap();
    stream.write_all(format!("{head}Transfer-Encoding: chunked\r\n\r\n").as_bytes()).unwrap();
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(1 << 16));
    // Without end: until the other side has enough of it.
    while stream.write_all(chunk.as_bytes()).is_ok() {}
    let status = answer(&mut stream).status;
    assert!(matches!(status, 0 | 413), "{status}");
    assert!(memory() - before < 24 << 10, "{} KiB, and {before} before", memory());
    assert_eq!(told(&house.json()).len(), 2);
}

/// Bad input 71.
#[test]
fn what_is_packed_or_no_json_is_not_read() {
    let house = house();
    let listening = Listening::start(&house, &[]);
    let text = alerts(&[("cpu", 0, None)]).to_string();
    for encoding in ["gzip", "deflate", "br", "identity"] {
        is_refused(&post(listening.address, &text, &[("Content-Encoding", encoding)]), 415, encoding);
    }
    for kind in ["", "Content-Type: text/plain\r\n", "Content-Type: application/x-www-form-urlencoded\r\n"] {
        let request = format!(
            "POST / HTTP/1.1\r\nHost: localhost\r\n{kind}Content-Length: {}\r\n\r\n{text}",
            text.len()
        );
        is_refused(&call(listening.address, &request), 415, kind);
    }
    let kind = "Content-Type: Application/JSON; charset=utf-8";
    let request = format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\n{kind}\r\nContent-Length: {}\r\n\r\n{text}",
        text.len()
    );
    assert_eq!(call(listening.address, &request).stored(), (1, 0));
}

/// Bad input 72: who says nothing, or too little, is let go.
#[test]
fn the_slow_are_let_go() {
    let house = house();
    let limits = Limits { head: SOON, request: SOON, linger: SOON, ..Limits::default() };
    let listener = within(&house, limits, |_| {});
    for part in ["", "P", "POST / HTTP/1.1\r\nHost: localhost\r\nX-Long: "] {
        let mut stream = TcpStream::connect(listener.address()).unwrap();
        stream.write_all(part.as_bytes()).unwrap();
        let status = answer(&mut stream).status;
        assert!(matches!(status, 0 | 408), "{part}: {status}");
    }
    for body in ["", "{", "{\"text\":\"half"] {
        let mut stream = TcpStream::connect(listener.address()).unwrap();
        let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n";
        write!(stream, "{head}{body}").unwrap();
        is_refused(&answer(&mut stream), 408, body);
    }
    assert_eq!(listener.stop(), [""; 0]);
    assert_eq!(told(&house.json()), []);
}

/// Bad input 72: a thousand who say nothing keep nobody out, though none of them is let go for that alone.
#[test]
fn the_silent_make_room_for_others() {
    let house = house();
    let limits = Limits { head: NEVER, request: NEVER, linger: SOON, connections: 8, ..Limits::default() };
    let listener = within(&house, limits, |_| {});
    let mut silent = Vec::new();
    for n in 0..1_000 {
        // The first ones are closed by then; one that is lost on the way is none.
        silent.extend(TcpStream::connect(listener.address()));
        if n % 100 == 99 {
            let sent = post(listener.address(), &alerts(&[(&n.to_string(), 0, None)]).to_string(), &[]);
            assert_eq!(sent.stored(), (1, 0), "{n}");
        }
        // No more than a process may have.
        silent.truncate(500);
    }
    let mut first = silent.remove(0);
    assert!(matches!(first.read(&mut [0; 1]), Ok(0) | Err(_)), "the oldest goes first");
    drop(silent);
    listener.stop();
    assert_eq!(told(&house.json()).len(), 10);
}

/// Bad inputs 73, 74 and 79.
#[test]
fn what_is_no_call_of_a_sender_is_refused() {
    let house = house();
    let listening = Listening::start(&house, &[]);
    let open = |count: usize| format!("{}{}", "[".repeat(count), "]".repeat(count));
    let alert =
        |field: &str| format!("{{\"alerts\":[{{\"labels\":{{\"alertname\":\"a\"}},\"startsAt\":{field}}}]}}");
    let bodies = [
        String::new(),
        "up".into(),
        "null".into(),
        "[]".into(),
        "{}".into(),
        "\"text\"".into(),
        "{\"alerts\":{}}".into(),
        "{\"text\":\"x\"} and more".into(),
        "{\"text\":\"\\ud800\"}".into(),
        "{\"text\":\"\u{1}\"}".into(),
        "\u{feff}{\"text\":\"x\"}".into(),
        open(129),
        open(100_000),
        format!("{{\"text\":\"x\",\"more\":{}}}", open(100_000)),
        "{\"a\":".repeat(100_000),
        alert("1e999999"),
        format!("{{\"text\":\"x\",\"more\":{}}}", "9".repeat(5_000)),
        format!("{{\"text\":\"x\",\"more\":[{}0]}}", "0,".repeat(200_000)),
    ];
    for body in &bodies {
        let short: String = body.chars().take(60).collect();
        let answer = post(listening.address, body, &[]);
        is_refused(&answer, 400, &short);
        assert!(!answer.body.contains("999") && !answer.body.contains("\\ud800"), "an echo: {answer:?}");
    }
    let mut bytes = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"text\":\"".to_vec();
    bytes.extend(b"\xff\"}");
    let mut stream = TcpStream::connect(listening.address).unwrap();
    stream.write_all(&bytes).unwrap();
    is_refused(&answer(&mut stream), 400, "no UTF-8");
    assert_eq!(told(&house.json()), []);
    // A number where there should be a text is no reason to lose the alert.
    assert_eq!(post(listening.address, &alert("5"), &[]).stored(), (1, 0));
}

/// Bad input 75.
#[test]
fn a_time_that_cannot_be_right_is_that_of_the_receipt_and_marked() {
    let house = house();
    let listening = Listening::start(&house, &[]);
    let times = [
        json!("0001-01-01T00:00:00Z"),
        json!("9999-12-31T23:59:59Z"),
        json!("1969-12-31T23:59:59Z"),
        json!("2024-08-10T12:00:00"),
        json!("2024-08-10"),
        json!("2024-02-30T12:00:00Z"),
        json!("yesterday"),
        json!(""),
        json!(1_723_291_200),
        json!(null),
        json!("99999999999999999999-01-01T00:00:00Z"),
    ];
    for (n, time) in times.iter().enumerate() {
        let mut call = alerts(&[(&format!("a{n}"), 0, None)]);
        call["alerts"][0]["startsAt"] = time.clone();
        assert_eq!(listening.post(&call).stored(), (1, 0), "{time}");
        assert_eq!(listening.post(&call).stored(), (0, 1), "{time}, again");
        call["alerts"][0]["status"] = "resolved".into();
        call["alerts"][0]["endsAt"] = time.clone();
        assert_eq!(listening.post(&call).stored(), (1, 0), "{time}, resolved");
        assert_eq!(listening.post(&call).stored(), (0, 1), "{time}, resolved again");
    }
    let incident = house.json();
    let created = incident["timeline"].as_array().unwrap();
    assert_eq!(created.len(), times.len());
    for entry in created {
        assert_eq!(entry["approximate"], true, "{entry}");
        let day = |time: &Value| time.as_str().unwrap()[..10].to_owned();
        assert_eq!(day(&entry["at"]), day(&entry["logged_at"]), "{entry}");
        assert_eq!(entry["machine"]["alert"]["fired"].as_array().unwrap().len(), 1);
    }
}

/// Bad input 76.
#[test]
fn what_is_too_much_of_one_alert_is_cut_with_a_mark() {
    let house = house();
    let listening = Listening::start(&house, &[]);
    let mut call = alerts(&[("labels", 0, None), ("text", 1, None), ("fits", 2, None)]);
    let labels = call["alerts"][0]["labels"].as_object_mut().unwrap();
    labels.extend((0..1_000).map(|n| (format!("\u{1b}[31m{n}"), json!("\u{7}"))));
    call["alerts"][1]["annotations"]["summary"] = "é".repeat(200_000).into();
    call["alerts"][2]["annotations"]["summary"] = "\u{1b}]0;title\u{7}up".into();
    call["alerts"][2]["fingerprint"] = "x\u{1}".repeat(30_000).into();
    assert_eq!(listening.post(&call).stored(), (3, 0));
    assert_eq!(listening.post(&call).stored(), (0, 3));
    assert_eq!(listening.metric("values_cut_total"), 4);
    let incident = house.json();
    let tags = |n: usize| incident["timeline"][n]["tags"].as_array().unwrap().contains(&json!("truncated"));
    assert_eq!([tags(0), tags(1), tags(2)], [true, true, false]);
    let text = incident["timeline"][1]["text"].as_str().unwrap();
    assert!(text.starts_with("text: éé") && text.ends_with("é…") && text.chars().count() < 400, "{text}");
    let shown = house.done(&["show"]);
    assert!(!shown.contains(['\u{1b}', '\u{7}']), "{shown}");
    // A text of a script is cut, too, where a line of the journal would not have room for it.
    assert_eq!(listening.post(&json!({ "text": "x\u{1}".repeat(30_000) })).stored(), (1, 0));
}

/// Bad input 77: more alerts than a call may have, and more than a sender sends.
#[test]
fn alerts_that_are_missing_are_said() {
    let house = house();
    let listening = Listening::start(&house, &[]);
    let all: Vec<Value> = (0..10_000).map(|n| json!({ "labels": { "n": n.to_string() } })).collect();
    let call = json!({ "alerts": all, "groupLabels": { "job": "api" }, "truncatedAlerts": 3 });
    for (stored, known) in [(1_001, 0), (0, 1_001)] {
        let answer = listening.post(&call);
        assert_eq!((answer.stored(), answer.json()["truncated"].as_u64()), ((stored, known), Some(9_003)));
    }
    let incident = house.json();
    let timeline = incident["timeline"].as_array().unwrap();
    let said: Vec<_> =
        timeline.iter().filter(|entry| entry["tags"] == json!(["alert", "truncated"])).collect();
    assert!(
        matches!(said[..], [one] if one["text"].as_str().unwrap().starts_with("9003 more alerts")),
        "{said:?}"
    );
    assert_eq!(timeline.len(), 1_001);
}

/// Bad input 77: many callers at once. Each alert is there, once.
#[test]
fn a_thousand_calls_at_once_are_all_stored() {
    let house = house();
    let listening = Listening::start(&house, &[]);
    let numbers = Mutex::new(0..1_000);
    let address = listening.address;
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                loop {
                    let Some(n) = numbers.lock().unwrap().next() else { return };
                    let text = alerts(&[(&format!("a{}", n % 500), 0, None)]).to_string();
                    while post(address, &text, &[]).status != 200 {}
                }
            });
        }
    });
    let all = told(&house.json());
    let names: std::collections::BTreeSet<_> = all.iter().map(|(text, _)| text).collect();
    assert_eq!((all.len(), names.len()), (500, 500));
}

/// A listener that writes nothing before its gate is opened: who is to be told something waits there.
fn gated(house: &House, limits: Limits) -> (Listener, Sender<()>) {
    let (open, closed): (_, Receiver<()>) = channel();
    let closed = Mutex::new(closed);
    // Open for good once the other end is gone.
    (within(house, limits, move |_| closed.lock().unwrap().recv().unwrap_or_default()), open)
}

/// Bad input 77: what does not fit into the queue is told to come again.
#[test]
fn a_queue_that_is_full_is_said() {
    let house = house();
    let (listener, open) = gated(&house, Limits { queue: 1, request: NEVER, ..Limits::default() });
    let address = listener.address();
    let (sender, answers) = channel();
    for n in 0..3 {
        let sender = sender.clone();
        thread::spawn(move || {
            sender.send(post(address, &alerts(&[(&format!("a{n}"), 0, None)]).to_string(), &[])).unwrap();
        });
    }
    // Nothing is written before the gate opens: one waits, and there is no room for the others.
    for _ in 0..2 {
        let answer = answers.recv().unwrap();
        is_refused(&answer, 503, "no room");
        assert!(answer.body.contains("too many calls wait"), "{answer:?}");
        assert!(answer.head.contains("\r\nretry-after: "), "{answer:?}");
    }
    drop(open);
    assert_eq!(answers.recv().unwrap().stored(), (1, 0));
    listener.stop();
    assert_eq!(told(&house.json()).len(), 1);
}

/// Who is not answered in time comes again; what was taken is not lost for that.
#[test]
fn a_disk_that_does_not_answer_in_time_is_said() {
    let house = house();
    let (listener, open) = gated(&house, Limits { request: SOON, ..Limits::default() });
    let text = alerts(&[("cpu", 0, None)]).to_string();
    is_refused(&post(listener.address(), &text, &[]), 503, "not in time");
    drop(open);
    listener.stop();
    assert_eq!(told(&house.json()).len(), 1);
}

/// Bad input 80.
#[test]
fn of_keys_that_stand_twice_the_last_counts() {
    let house = house();
    let listening = Listening::start(&house, &[]);
    let twice = r#"{"alerts":[{"status":"firing","status":"resolved","labels":{"alertname":"a","alertname":"b"},
        "startsAt":"2024-08-10T12:00:00Z","endsAt":"2024-08-10T12:05:00Z"}]}"#;
    assert_eq!(post(listening.address, twice, &[]).stored(), (1, 0));
    assert_eq!(listening.metric("keys_repeated_total"), 2);
    let all = told(&house.json());
    assert_eq!((all[0].0.as_str(), &all[0].1[0]["ended"]["at"]), ("b", &json!("2024-08-10T12:05:00Z")));
}

/// Bad input 81.
#[test]
fn only_a_post_under_its_own_name_and_from_no_page_is_taken() {
    let house = house();
    let listener = within(&house, Limits::default(), |_| {});
    let text = alerts(&[("cpu", 0, None)]).to_string();
    let with = |line: &str, headers: &str| {
        let content = format!("Content-Type: application/json\r\nContent-Length: {}\r\n", text.len());
        call(listener.address(), &format!("{line} HTTP/1.1\r\n{headers}{content}\r\n{text}"))
    };
    let here = "Host: localhost\r\n";
    for method in ["GET", "PUT", "DELETE", "TRACE", "OPTIONS", "PATCH", "BREW"] {
        assert_eq!(with(&format!("{method} /"), here).status, 405, "{method}");
    }
    assert_eq!(with("POST /metrics", here).status, 405);
    is_refused(&with("POST /alerts", here), 404, "elsewhere");
    for host in [
        "",
        "Host: evil\r\n",
        "Host: evil.example.org:9095\r\n",
        "Host: localhost.evil.org\r\n",
        "Host: localhost\r\nHost: localhost\r\n",
        "Host: 127.0.0.1.evil.org\r\n",
        "Host: \r\n",
    ] {
        let status = with("POST /", host).status;
        assert!(matches!(status, 400 | 403), "{host}: {status}");
    }
    is_refused(&with("POST http://evil/", here), 403, "the name in the target");
    for origin in ["https://evil.example.org", "null", "http://localhost"] {
        is_refused(&with("POST /", &format!("{here}Origin: {origin}\r\n")), 403, origin);
    }
    assert_eq!(told(&house.json()), []);
    for host in
        ["localhost", "LOCALHOST:9095", "127.0.0.1:1", "[::1]:9095", "10.1.2.3", "Alerts.Example.org:443"]
    {
        assert_eq!(with("POST /", &format!("Host: {host}\r\n")).status, 200, "{host}");
    }
}

/// Bad input 81: what stands behind a request is none.
#[test]
fn nothing_is_smuggled_in_behind_a_request() {
    let house = house();
    let listening = Listening::start(&house, &[]);
    let second = alerts(&[("smuggled", 0, None)]).to_string();
    let hidden = format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{second}",
        second.len()
    );
    let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    let first = r#"{"text":"first"}"#;
    let chunked = format!("{:x}\r\n{first}\r\n0\r\n\r\n{hidden}", first.len());
    for request in [
        format!("{head}Content-Length: {}\r\nTransfer-Encoding: chunked\r\n\r\n{chunked}", chunked.len()),
        format!("{head}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n{chunked}"),
        format!("{head}Transfer-Encoding: chunked, identity\r\n\r\n{chunked}"),
        format!("{head}Content-Length: {}\r\nContent-Length: 4\r\n\r\n{first}{hidden}", first.len()),
        format!("{head}Content-Length: {}\r\n\r\n{first}{hidden}", first.len()),
        format!("{head}Content-Length: +{}\r\n\r\n{first}{hidden}", first.len()),
    ] {
        let answer = call(listening.address, &request);
        assert!(matches!(answer.status, 200 | 400), "{answer:?}");
        assert_eq!(answer.head.matches("http/1.1 ").count() + answer.body.matches("HTTP/1.1 ").count(), 1);
    }
    let texts: Vec<_> = told(&house.json()).into_iter().map(|(text, _)| text).collect();
    assert!(texts.iter().all(|text| text == "first"), "{texts:?}");
}

/// A caller who goes before the answer, and one who takes none of it, are no loss.
#[test]
fn callers_who_go_are_let_go() {
    let house = house();
    let listening = Listening::start(&house, &[]);
    let text = alerts(&[("cpu", 0, None)]).to_string();
    let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    for _ in 0..20 {
        let mut stream = TcpStream::connect(listening.address).unwrap();
        // Whether all of it arrives is not for those to know who do not wait.
        let _ = write!(stream, "{head}Content-Length: {}\r\n\r\n{text}", text.len());
    }
    assert_eq!(listening.post(&alerts(&[("disk", 0, None)])).stored(), (1, 0));
    assert_eq!(told(&house.json()).iter().filter(|(text, _)| text.starts_with("disk")).count(), 1);
}
