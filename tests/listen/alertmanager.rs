//! The real Alertmanager fires, repeats, resolves; both sides are restarted in between, and the listener is killed before it
//! can answer. Each alert is one entry, and says in the end what became of it.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};

use chrono::{SecondsFormat, TimeDelta};
use serde_json::{Value, json};
use warroom::session::clock::{Clock as _, Wall};

use super::disk::{killed_before_it_answers, slow};
use super::{Answer, Listening, answer, house, told};
use crate::support::{House, free};

/// The program of the Debian package `prometheus-alertmanager`.
struct Alertmanager {
    child: Child,
    address: SocketAddr,
}

impl Alertmanager {
    /// Starts it, with what it kept before, sending to this address.
    fn start(house: &House, to: SocketAddr) -> Self {
        let folder = house.path().join("alertmanager");
        fs::create_dir_all(&folder).unwrap();
        let config = folder.join("config.yml");
        let text = format!(
            "route: {{ receiver: room, group_by: [alertname], group_wait: 0s, group_interval: 1s, repeat_interval: 1s }}\n\
             receivers: [ {{ name: room, webhook_configs: [ {{ url: 'http://{to}/', max_alerts: 1000 }} ] }} ]\n"
        );
        fs::write(&config, text).unwrap();
        let address = free();
        let child = Command::new("prometheus-alertmanager")
            .arg(format!("--config.file={}", config.display()))
            .arg(format!("--storage.path={}", folder.join("data").display()))
            .arg(format!("--web.listen-address={address}"))
            .arg("--cluster.listen-address=")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let one = Self { child, address };
        while TcpStream::connect(address).is_err() {
            std::thread::yield_now();
        }
        one
    }

    /// Tells it of alerts, as Prometheus does: those that began at this time, and when they ended, if they have.
    fn fire(&self, names: &[&str], began: &str, ended: Option<&str>) {
        let alerts = names.iter().map(|name| {
            let mut alert = json!({
                "labels": { "alertname": name, "severity": "critical" },
                "annotations": { "summary": format!("{name} is too high") },
                "startsAt": began,
                "endsAt": (Wall.now() + TimeDelta::hours(1)).to_rfc3339(),
                "generatorURL": "http://metrics.example.net/graph",
            });
            if let Some(ended) = ended {
                alert["endsAt"] = ended.into();
            }
            alert
        });
        let body = Value::from(alerts.collect::<Vec<_>>()).to_string();
        let request = format!(
            "POST /api/v2/alerts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let sent: Answer = answer(&mut stream);
        assert_eq!(sent.status, 200, "{sent:?}");
    }

    /// Ends as a service is stopped: what it remembers of what it sent is written.
    fn stop(mut self) {
        assert!(Command::new("kill").arg(self.child.id().to_string()).status().unwrap().success());
        self.child.wait().unwrap();
    }
}

impl Drop for Alertmanager {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The entries, once they are as they should be; whether each has ended.
fn until(house: &House, wanted: &[(&str, bool)]) {
    loop {
        let all = told(&house.json());
        let state = |(text, fired): &(String, Value)| {
            let fired = fired.as_array().unwrap();
            assert_eq!(fired.len(), 1, "{text} fired once: {fired:?}");
            (text.split(':').next().unwrap().to_owned(), fired[0].get("ended").is_some())
        };
        // They come in two calls, either of which may be the first.
        let states: BTreeSet<_> = all.iter().map(state).collect();
        let wanted = wanted.iter().map(|(name, ended)| ((*name).to_owned(), *ended));
        if all.len() == states.len() && states == wanted.collect() {
            return;
        }
    }
}

/// Waits until the listener has heard again of what it knows.
fn until_repeated(listening: &Listening) {
    let before = listening.metric("alerts_known_total");
    while listening.metric("alerts_known_total") == before {}
}

#[test]
#[ignore = "needs prometheus-alertmanager and strace"]
fn each_alert_is_one_entry_whatever_is_restarted() {
    let house = house();
    let at = free();
    let listen = |args: &[&str]| {
        Listening::run(house.command(&[&["listen", "--bind", &at.to_string()], args].concat()))
    };
    let time = |minutes: i64| {
        (Wall.now() - TimeDelta::minutes(minutes)).to_rfc3339_opts(SecondsFormat::Millis, true)
    };
    let (first, second, over) = (time(30), time(20), time(1));

    let listening = listen(&[]);
    let sender = Alertmanager::start(&house, at);
    sender.fire(&["cpu", "disk"], &first, None);
    until(&house, &[("cpu", false), ("disk", false)]);
    until_repeated(&listening);

    // The listener goes and comes; meanwhile something fires.
    drop(listening);
    sender.fire(&["net"], &second, None);
    let listening = listen(&[]);
    until(&house, &[("cpu", false), ("disk", false), ("net", false)]);
    until_repeated(&listening);

    // Alertmanager goes and comes. It has forgotten what fires, and is told again.
    sender.stop();
    let sender = Alertmanager::start(&house, at);
    sender.fire(&["cpu", "disk"], &first, None);
    sender.fire(&["net"], &second, None);
    until_repeated(&listening);

    // The listener is killed when the end of one is on disk, and nobody was told so.
    drop(listening);
    let listening = slow(&house, at);
    sender.fire(&["cpu"], &first, Some(&over));
    killed_before_it_answers(&house, listening, "\"ended\"");
    let listening = listen(&[]);
    until_repeated(&listening);
    sender.fire(&["disk"], &first, Some(&over));
    until(&house, &[("cpu", true), ("disk", true), ("net", false)]);
    until_repeated(&listening);
    until(&house, &[("cpu", true), ("disk", true), ("net", false)]);
    assert_eq!(listening.metric("alerts_unsaved"), 0);
    let mut journal = String::new();
    fs::File::open(house.only_incident().join("journal.jsonl"))
        .unwrap()
        .read_to_string(&mut journal)
        .unwrap();
    assert_eq!(journal.matches("\"alert_reported\"").count(), 5, "{journal}");
}
