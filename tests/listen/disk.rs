//! The disk is full, or the listener is killed between writing and answering: what comes again is one entry. (Bad inputs 82, 83.)

use std::fs;
use std::io::Write as _;
use std::net::{SocketAddr, TcpStream};
use std::process::Command;

use rustix::process::{Pid, Resource, Rlimit, Signal, kill_process, prlimit};

use super::{Listening, alerts, answer, house, told};
use crate::support::House;

fn journal(house: &House) -> std::path::PathBuf {
    house.only_incident().join("journal.jsonl")
}

#[test]
fn a_full_disk_is_said_and_what_comes_again_is_stored_once() {
    let house = house();
    let listening = Listening::start(&house, &[]);
    assert_eq!(listening.post(&alerts(&[("cpu", 0, None)])).stored(), (1, 0));
    let limit = |bytes: Option<u64>| {
        let pid = Some(Pid::from_child(&listening.child));
        prlimit(pid, Resource::Fsize, Rlimit { current: bytes, maximum: None }).unwrap();
    };
    let length = fs::metadata(journal(&house)).unwrap().len();
    limit(Some(length + 10));
    for _ in 0..3 {
        let answer = listening.post(&alerts(&[("disk", 1, None), ("cpu", 0, None)]));
        assert_eq!(answer.status, 503, "{answer:?}");
        assert!(answer.head.contains("\r\nretry-after: "), "{answer:?}");
    }
    listening.until("NOT SAVED so far: disk full");
    let health = listening.get("/healthz");
    assert_eq!((health.status, health.body.as_str()), (503, "not saved\n"));
    assert_eq!(listening.metric("alerts_unsaved"), 1);
    assert_eq!(told(&house.json()).len(), 1);
    limit(None);
    // It is saved as soon as there is room; until then a caller is told to come again.
    while listening.post(&alerts(&[("disk", 1, None)])).status == 503 {}
    listening.until("all is saved again");
    assert_eq!(listening.post(&alerts(&[("disk", 1, None)])).stored(), (0, 1));
    assert_eq!(listening.get("/healthz").body, "ok\n");
    let text = fs::read_to_string(journal(&house)).unwrap();
    assert_eq!((text.matches("disk is too high").count(), told(&house.json()).len()), (1, 2));
}

/// The listener under strace, whose journal takes a minute to say that it is written.
pub(super) fn slow(house: &House, at: SocketAddr) -> Listening {
    let me = house.command(&["listen", "--bind", &at.to_string()]);
    let mut command = Command::new("strace");
    let path = journal(house).to_string_lossy().into_owned();
    let log = house.path().join("trace").to_string_lossy().into_owned();
    command.args(["-f", "-qq", "-o", &log, "-P", &path, "-e", "trace=fdatasync"]);
    command
        .args(["-e", "inject=fdatasync:delay_exit=60000000", "--"])
        .arg(me.get_program())
        .args(me.get_args());
    command.env_clear();
    for (name, value) in me.get_envs() {
        command.env(name, value.unwrap());
    }
    command.current_dir(house.path());
    Listening::run(command)
}

/// Waits until this stands in the journal, and kills the listener before it can say so.
pub(super) fn killed_before_it_answers(house: &House, listening: Listening, text: &str) {
    while !fs::read_to_string(journal(house)).unwrap().contains(text) {
        std::thread::yield_now();
    }
    let parent = listening.child.id();
    let children = fs::read_to_string(format!("/proc/{parent}/task/{parent}/children")).unwrap();
    let own = Pid::from_raw(children.trim().parse().unwrap()).unwrap();
    kill_process(own, Signal::KILL).unwrap();
    // The thread that strace holds goes with strace.
    let address = listening.address;
    drop(listening);
    while TcpStream::connect(address).is_ok() {}
}

#[test]
#[ignore = "needs strace"]
fn a_kill_between_saving_and_answering_makes_no_second_entry() {
    let house = house();
    let call = alerts(&[("cpu", 0, None), ("disk", 1, Some(3))]).to_string();
    let listening = slow(&house, SocketAddr::from(([127, 0, 0, 1], 0)));
    let mut stream = TcpStream::connect(listening.address).unwrap();
    let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    write!(stream, "{head}Content-Length: {}\r\n\r\n{call}", call.len()).unwrap();
    killed_before_it_answers(&house, listening, "disk is too high");
    assert_eq!(answer(&mut stream).status, 0, "it had answered");
    let again = Listening::start(&house, &[]);
    let answer = super::post(again.address, &call, &[]);
    assert_eq!(answer.stored(), (0, 2));
    assert_eq!(told(&house.json()).len(), 2);
}
