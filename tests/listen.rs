//! `warroom listen`: what alert senders post becomes entries, once each, whatever happens on the way.

mod alertmanager;
mod disk;
mod hostile;
mod senders;
mod signed;

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::SystemTime;

use serde_json::{Value, json};

use crate::support::{House, texts};
use crate::terminal::{QUIT, Terminal};

/// The listener in a process of its own. Waiting for what it says has no time limit.
struct Listening {
    child: Child,
    said: Receiver<String>,
    /// What it said before it said where it listens.
    before: RefCell<VecDeque<String>>,
    address: SocketAddr,
}

impl Listening {
    fn start(house: &House, args: &[&str]) -> Self {
        let listen = ["listen", "--bind", "127.0.0.1:0"];
        Self::run(house.command(&[&listen, args].concat()))
    }

    fn run(mut command: Command) -> Self {
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (sender, said) = channel();
        thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| sender.send(line)));
        // What is said before and after may come in either order.
        let mut before = VecDeque::new();
        let address = loop {
            let line: String = said.recv().unwrap_or_else(|_| panic!("it ended: {before:?}"));
            if let Some((_, rest)) = line.split_once("listening on http://") {
                break rest.split('/').next().unwrap().parse().unwrap();
            }
            before.push_back(line);
        };
        Self { child, said, before: before.into(), address }
    }

    /// Waits until it says this.
    fn until(&self, part: &str) {
        let next = || self.before.borrow_mut().pop_front().or_else(|| self.said.recv().ok());
        while !next().unwrap_or_else(|| panic!("it ended and never said {part}")).contains(part) {}
    }

    fn post(&self, body: &Value) -> Answer {
        post(self.address, &body.to_string(), &[])
    }

    /// Posts what a file in `tests/data/listen` has.
    fn post_file(&self, name: &str) -> Answer {
        post(self.address, &file(name), &[])
    }

    fn get(&self, path: &str) -> Answer {
        call(self.address, &format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"))
    }

    fn metric(&self, name: &str) -> u64 {
        let all = self.get("/metrics").body;
        let row = all.lines().find_map(|row| row.strip_prefix(&format!("warroom_{name} ")));
        row.unwrap_or_else(|| panic!("no {name} in {all}")).parse().unwrap()
    }

    fn code_after(&mut self, signal: &str) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What was answered.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// How many reports were new, and how many known.
    fn stored(&self) -> (u64, u64) {
        assert_eq!(self.status, 200, "{self:?}");
        let json = self.json();
        (json["stored"].as_u64().unwrap(), json["known"].as_u64().unwrap())
    }
}

fn file(name: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/listen");
    std::fs::read_to_string(folder.join(name).with_extension("json")).unwrap()
}

/// Posts JSON, with more headers.
fn post(address: SocketAddr, body: &str, more: &[(&str, &str)]) -> Answer {
    let mut head = format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n",
        body.len()
    );
    for (name, value) in more {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    call(address, &format!("{head}\r\n{body}"))
}

/// Sends these bytes, and reads what is answered until the end.
fn call(address: SocketAddr, request: &str) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    // Whoever is refused early may not take all of it.
    let _ = stream.write_all(request.as_bytes());
    answer(&mut stream)
}

fn answer(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    Answer { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
}

fn house() -> House {
    let house = House::new();
    house.done(&["new", "Mail", "--detach"]);
    house
}

/// A call of Alertmanager with these alerts: name, when it fired and when that ended, in minutes after 12:00.
fn alerts(all: &[(&str, u32, Option<u32>)]) -> Value {
    let at = |minute: u32| format!("2024-08-10T12:{minute:02}:00Z");
    let alerts = all.iter().map(|(name, fired, ended)| {
        json!({
            "status": if ended.is_some() { "resolved" } else { "firing" },
            "labels": { "alertname": name, "severity": "critical" },
            "annotations": { "summary": format!("{name} is too high") },
            "startsAt": at(*fired),
            "endsAt": ended.map_or("0001-01-01T00:00:00Z".to_owned(), at),
            "fingerprint": name,
        })
    });
    json!({ "version": "4", "status": "firing", "alerts": alerts.collect::<Vec<_>>() })
}

/// The entries of alerts in an incident: text, and each time with how it ended, in JSON.
fn told(incident: &Value) -> Vec<(String, Value)> {
    let timeline = incident["timeline"].as_array().unwrap();
    let alerts = timeline.iter().filter(|entry| entry["kind"] == "alert");
    alerts
        .map(|entry| (entry["text"].as_str().unwrap().to_owned(), entry["machine"]["alert"]["fired"].clone()))
        .collect()
}

fn titles(house: &House) -> BTreeMap<String, Value> {
    let list: Value = serde_json::from_str(&house.done(&["list", "--json"])).unwrap();
    let all = list.as_array().unwrap().iter();
    all.map(|one| (one["title"].as_str().unwrap().to_owned(), one.clone())).collect()
}

#[test]
fn an_alert_is_one_entry_however_often_it_is_sent() {
    let house = house();
    let mut listening = Listening::start(&house, &[]);
    listening.until("alerts go to ");
    assert_eq!(listening.post(&alerts(&[("cpu", 0, None), ("disk", 2, None)])).stored(), (2, 0));
    // What was answered is on disk.
    assert_eq!(told(&house.json()).len(), 2);
    for _ in 0..100 {
        assert_eq!(listening.post(&alerts(&[("cpu", 0, None)])).stored(), (0, 1));
    }
    assert_eq!(listening.post(&alerts(&[("cpu", 0, Some(9)), ("disk", 2, None)])).stored(), (1, 1));
    // It comes late, and changes nothing.
    assert_eq!(listening.post(&alerts(&[("cpu", 0, None)])).stored(), (0, 1));
    assert_eq!(listening.post(&alerts(&[("cpu", 20, None)])).stored(), (1, 0));
    // Its end is heard of first.
    assert_eq!(listening.post(&alerts(&[("net", 5, Some(6))])).stored(), (1, 0));
    assert_eq!(listening.post(&alerts(&[("net", 5, None)])).stored(), (0, 1));
    let at = |minute: &str| format!("2024-08-10T12:{minute}:00Z");
    let all = told(&house.json());
    assert_eq!(all.len(), 3);
    assert_eq!(
        all[0],
        (
            "cpu: cpu is too high".to_owned(),
            json!([{ "at": at("00"), "ended": { "at": at("09") } }, { "at": at("20") }])
        )
    );
    assert_eq!(all[1].1, json!([{ "at": at("02") }]));
    assert_eq!(all[2].1, json!([{ "at": at("05"), "ended": { "at": at("06") } }]));
    assert_eq!((listening.metric("alerts_stored_total"), listening.metric("alerts_known_total")), (5, 103));
    assert_eq!(listening.code_after("-TERM"), Some(143));
    let shown = house.done(&["show"]);
    assert_eq!(shown.matches("too high").count(), 3, "{shown}");
}

#[test]
fn signals_end_it_as_they_end_others() {
    let house = house();
    for (signal, code) in [("-INT", 130), ("-TERM", 143), ("-HUP", 129)] {
        let mut listening = Listening::start(&house, &[]);
        assert_eq!(listening.post(&alerts(&[(signal, 0, None)])).stored(), (1, 0));
        assert_eq!(listening.code_after(signal), Some(code));
    }
    assert_eq!(told(&house.json()).len(), 3);
}

#[test]
fn alerts_go_to_the_unresolved_incident_or_wait() {
    let house = House::new();
    let listening = Listening::start(&house, &[]);
    listening.until("no incident is open: callers are told to try again");
    let answer = listening.post(&alerts(&[("cpu", 0, None)]));
    assert_eq!(answer.status, 503, "{answer:?}");
    assert!(answer.head.contains("\r\nretry-after: ") && answer.body.contains("warroom new"), "{answer:?}");
    house.done(&["new", "First", "--detach"]);
    assert_eq!(listening.post(&alerts(&[("cpu", 0, None)])).stored(), (1, 0));
    listening.until("-first");
    // Another one is started and written to: new alerts belong there, and what belongs to the first stays there.
    house.done(&["new", "Second", "--detach"]);
    // Files that are written within one tick of the system's clock have one time.
    let journal = house.path().join("data/incidents").join(id(&house, "First")).join("journal.jsonl");
    File::options().append(true).open(journal).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
    assert_eq!(listening.post(&alerts(&[("disk", 1, None), ("cpu", 0, Some(4))])).stored(), (2, 0));
    listening.until("-second");
    house.done(&["say", "-i", &id(&house, "First"), "/resolved"]);
    house.done(&["say", "-i", &id(&house, "Second"), "/resolved"]);
    let waits = listening.post(&alerts(&[("disk", 1, Some(8)), ("net", 3, None)]));
    assert_eq!(waits.status, 503, "{waits:?}");
    let of = |title: &str| {
        let json = house.done(&["show", "--json", "-i", &id(&house, title)]);
        told(&serde_json::from_str(&json).unwrap())
    };
    let (first, second) = (of("First"), of("Second"));
    assert_eq!((first.len(), first[0].0.as_str()), (1, "cpu: cpu is too high"));
    assert_eq!(first[0].1[0]["ended"]["at"], "2024-08-10T12:04:00Z");
    assert_eq!((second.len(), second[0].0.as_str()), (1, "disk: disk is too high"));
    assert_eq!(
        second[0].1[0]["ended"]["at"], "2024-08-10T12:08:00Z",
        "its end is known though it is resolved"
    );
}

fn id(house: &House, title: &str) -> String {
    titles(house)[title]["id"].as_str().unwrap().to_owned()
}

#[test]
fn the_end_of_an_alert_is_known_after_a_restart_though_its_incident_is_resolved() {
    let house = house();
    assert_eq!(Listening::start(&house, &[]).post(&alerts(&[("cpu", 0, None)])).stored(), (1, 0));
    house.done(&["say", "/resolved"]);
    let listening = Listening::start(&house, &[]);
    assert_eq!(listening.post(&alerts(&[("cpu", 0, Some(7))])).stored(), (1, 0));
    assert_eq!(told(&house.json())[0].1[0]["ended"]["at"], "2024-08-10T12:07:00Z");
}

#[test]
fn an_alert_starts_an_incident_where_it_may() {
    let house = House::new();
    let open_on = ["--open-on", "severity=critical", "--open-on", "page=yes"];
    let listening = Listening::start(&house, &open_on);
    listening.until("no incident is open: an alert may start one");
    assert_eq!(listening.post(&alerts(&[("gone", 0, Some(1))])).status, 503, "one that is over starts none");
    let mut mild = alerts(&[("mild", 0, None)]);
    mild["alerts"][0]["labels"]["severity"] = "warning".into();
    assert_eq!(listening.post(&mild).status, 503);
    let mut all = alerts(&[("cpu", 0, None), ("disk", 1, None)]);
    all["alerts"][0]["labels"]["service"] = "checkout".into();
    assert_eq!(listening.post(&all).stored(), (2, 0));
    listening.until("started ");
    assert_eq!(listening.post(&mild).stored(), (1, 0));
    let incident = house.json();
    assert_eq!(incident["title"], "cpu: cpu is too high");
    assert_eq!((&incident["severity"], &incident["services"]), (&json!(1), &json!(["checkout"])));
    assert_eq!(incident["milestones"], json!({}), "when it was detected is for a person to say");
    assert_eq!((told(&incident).len(), titles(&house).len()), (3, 1));
}

#[test]
fn a_named_incident_takes_all_of_it() {
    let house = house();
    house.done(&["new", "Other", "--detach"]);
    let mail = id(&house, "Mail");
    house.done(&["say", "-i", &mail, "/resolved"]);
    let listening = Listening::start(&house, &["-i", &mail]);
    assert_eq!(listening.post(&alerts(&[("cpu", 0, None)])).stored(), (1, 0));
    let json = house.done(&["show", "--json", "-i", &mail]);
    assert_eq!(told(&serde_json::from_str(&json).unwrap()).len(), 1);
}

#[test]
fn what_cannot_listen_says_why() {
    let house = house();
    let token = house.path().join("token");
    let refused = |args: &[&str], code: i32, parts: &[&str]| {
        let output = house.run(&[&["listen"], args].concat());
        let err = texts(&output).1;
        assert_eq!(output.status.code(), Some(code), "{err}");
        assert!(parts.iter().all(|part| err.contains(part)), "{args:?}: {err}");
    };
    let taken = Listening::start(&house, &[]);
    let address = taken.address.to_string();
    refused(
        &["--bind", &address],
        1,
        &["cannot listen on 127.0.0.1:", "Hint: another program may listen there"],
    );
    refused(&["--bind", "0.0.0.0:0"], 1, &["can be reached from other machines", "--token-file"]);
    refused(&["--bind", "here"], 2, &["--bind"]);
    refused(&["--open-on", "critical"], 2, &["severity=critical"]);
    let path = token.to_string_lossy().into_owned();
    refused(&["--token-file", &path], 1, &["cannot be read"]);
    let write = |content: &str, mode: u32| {
        use std::os::unix::fs::PermissionsExt;
        std::fs::write(&token, content).unwrap();
        std::fs::set_permissions(&token, PermissionsExt::from_mode(mode)).unwrap();
    };
    write("a-token-of-some-length\n", 0o640);
    refused(&["--token-file", &path], 1, &["by others than its owner (mode 640)", "chmod 600"]);
    for content in ["", "short\n", "with blanks in it that is none\n", &"a-token-of-some-length\n".repeat(3)]
    {
        write(content, 0o600);
        refused(&["--token-file", &path], 1, &["has to hold one token", "openssl rand"]);
    }
}

#[test]
fn a_room_listens_where_the_settings_say_so() {
    let house = house();
    let config = house.path().join("config.toml");
    std::fs::write(&config, "[listen]\nbind = \"127.0.0.1:0\"\nroom = true\n").unwrap();
    let path = config.to_string_lossy().into_owned();
    let mut room = Terminal::start(&house, &["open", "--config", &path], (100, 30));
    room.shows("listening on 127.0.0.1:");
    let screen = room.screen.screen().contents();
    let address = screen.split("listening on ").nth(1).unwrap().split_whitespace().next().unwrap();
    let address: SocketAddr = address.parse().unwrap();
    assert_eq!(post(address, &alerts(&[("cpu", 0, None)]).to_string(), &[]).stored(), (1, 0));
    room.shows("cpu is too high");
    // Where the address is taken, a room opens all the same, and listens as soon as it is free.
    std::fs::write(&config, format!("[listen]\nbind = \"{address}\"\nroom = true\n")).unwrap();
    let mut other = Terminal::start(&house, &["open", "--config", &path], (100, 30));
    other.shows("another room or program listens on 127.0.0.1:");
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
    while TcpStream::connect(address).is_err() {
        std::thread::yield_now();
    }
    assert_eq!(post(address, &alerts(&[("disk", 0, None)]).to_string(), &[]).stored(), (1, 0));
    other.shows("disk is too high");
    other.types(QUIT);
    assert_eq!(other.ends().exit_code(), 0);
    assert!(TcpStream::connect(address).is_err(), "it goes on without its room");
}

#[test]
fn a_room_from_the_list_listens_too() {
    let house = house();
    house.done(&["new", "Other", "--detach"]);
    let config = house.path().join("config.toml");
    std::fs::write(&config, "[listen]\nbind = \"127.0.0.1:0\"\nroom = true\n").unwrap();
    let mut list = Terminal::start(&house, &["--config", &config.to_string_lossy()], (100, 30));
    list.shows("Other");
    list.types("Mail\r");
    list.shows("listening on 127.0.0.1:");
    list.types(QUIT);
    assert_eq!(list.ends().exit_code(), 0);
}

#[test]
fn what_the_settings_of_the_listener_cannot_be_is_said() {
    let told = |text: &str| {
        let read = warroom::config::file::read(text);
        let words = read.complaints.into_iter().map(|complaint| complaint.words).collect::<Vec<_>>();
        (read.settings.listen, words)
    };
    let (listen, words) =
        told("[listen]\nbind = \"[::1]:80\"\ntoken_file = \"~/token\"\nroom = true\nport = 1\n");
    assert_eq!((listen.bind.to_string().as_str(), listen.room), ("[::1]:80", true));
    assert_eq!(listen.token_file.as_deref(), Some("~/token"));
    assert_eq!(words, ["no setting of the listener is called \"port\""]);
    let (listen, words) = told("[listen]\nbind = \"here\"\ntoken_file = 1\nroom = \"yes\"\n");
    assert_eq!(listen, warroom::settings::ListenSettings::default());
    assert_eq!(words.len(), 3, "{words:?}");
    assert!(words[0].starts_with("\"bind\" has to be an address with its port"), "{words:?}");
    assert_eq!(told("listen = 1\n").1, ["listen is a table, [listen], with bind, token_file, room"]);
}
