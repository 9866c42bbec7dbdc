//! `warroom listen`: alert senders feed the timeline.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::failure::Failure;
use super::{completing, find, open, out};
use crate::config::Config;
use crate::session::Opening;
use crate::text::Raw;
use crate::web::{Beside, Goal, Limits, Listener, OpenOn, Setup, StartError, Tokens};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  warroom listen\n  warroom listen --open-on severity=critical\n  \
    warroom listen --bind 0.0.0.0:9095 --token-file token --host warroom.example.org\n  \
    curl -d '{\"text\":\"failover done\"}' -H 'Content-Type: application/json' http://127.0.0.1:9095/\n\n\
    All senders post JSON to /, and are told apart by its shape: Alertmanager (version 4), Grafana, PagerDuty (v3), \
    GitHub (deployments, workflow runs), and scripts with {\"text\": …}, and `at` (2024-08-10T12:30:00Z), `tag`, `id`, `by` where they like. \
    For Alertmanager:\n\n  \
    receivers:\n  - name: warroom\n    webhook_configs:\n    - url: http://127.0.0.1:9095/\n      \
    max_alerts: 1000\n      \
    # with --token-file:\n      # http_config: { authorization: { credentials_file: /etc/alertmanager/token } }\n\n\
    A call is answered with 200 when it is on disk, and with 503 until then: the sender sends it again, and nothing is \
    stored twice. An alert is one entry, with every time that it fired and how that ended.\n\n\
    Callers from elsewhere need the token: as a bearer, as the password of Basic, or to sign with (Grafana with its \
    timestamp in X-Grafana-Alerting-Timestamp; GitHub; PagerDuty). The file is read at the start; two lines in it are \
    two tokens, for the time of a change. GET /healthz says whether saving works; GET /metrics is for Prometheus, and \
    needs the token where there is one.\n\n\
    An alert that starts an incident gives it its title, and its severity: critical is 1, error 2, warning 3, a number \
    is itself. It goes on until it is interrupted (Ctrl-C).")]
pub(super) struct Args {
    /// An id, an unambiguous start of one, or a folder [default: the unresolved incident, of several the one written to last]
    #[arg(short, long, conflicts_with = "open_on", add = completing::incidents())]
    incident: Option<String>,
    /// Where to listen [default: 127.0.0.1:9095]
    #[arg(long, value_name = "ADDR")]
    bind: Option<SocketAddr>,
    /// A file with the token that callers have to know, readable for its owner only
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Where no incident is open, start one on an alert with this label; several times for several
    #[arg(long, value_name = "LABEL=VALUE", value_parser = open_on)]
    open_on: Vec<OpenOn>,
    /// A name that callers may use for this machine, besides localhost and addresses; several times for several
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
}

fn open_on(text: &str) -> Result<OpenOn, String> {
    match text.split_once('=') {
        Some((label, value)) if !label.is_empty() => {
            Ok(OpenOn { label: label.to_owned(), value: value.to_owned() })
        }
        _ => Err("write a label and its value, as severity=critical".to_owned()),
    }
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    let named = args.incident.clone().or_else(find::from_environment);
    let goal = match &named {
        Some(named) => Goal::Fixed(find::folder(Some(named), config)?),
        None => Goal::Unresolved(args.open_on.clone()),
    };
    let mut signals = signals()?;
    let tokens = args.token_file.as_deref().or(config.token_file.as_deref()).map(tokens).transpose()?;
    let has_tokens = tokens.is_some();
    let setup = Setup {
        bind: args.bind.unwrap_or(config.listen.bind),
        tokens,
        hosts: args.host.clone(),
        tell: Arc::new(out::aside),
        ..setup(goal, config)
    };
    let listener = Listener::start(setup)?;
    let who = if has_tokens { "callers need the token" } else { "callers on this machine need no token" };
    out::aside(&format!("listening on http://{}/; {who}; Ctrl-C ends", listener.address()));
    let signal = signals.forever().next().unwrap_or_default();
    match listener.stop().join("\n") {
        nothing if nothing.is_empty() => Ok(u8::try_from(128 + signal).unwrap_or(1)),
        unsaved => {
            Err(Failure::new(unsaved, "make room or mend the disk; senders send again what was not answered"))
        }
    }
}

/// What a listener needs, as the settings have it.
fn setup(goal: Goal, config: &Config) -> Setup {
    Setup {
        bind: config.listen.bind,
        tokens: None,
        hosts: Vec::new(),
        goal,
        incidents: config.incidents.clone(),
        opening: Opening { stays: true, ..open::opening(config) },
        zone: config.zone.clone(),
        style: config.clock,
        limits: Limits::default(),
        tell: Arc::new(|_| {}),
    }
}

/// Listens beside the room of an incident, where the settings say so. A room opens all the same where that cannot be: it is
/// said in it, as is where it listens.
pub(super) fn beside_room(folder: &Path, config: &Config) -> (Option<Beside>, Option<String>) {
    if !config.listen.room {
        return (None, None);
    }
    let started = config.token_file.as_deref().map(tokens).transpose().and_then(|tokens| {
        let (folder, config) = (folder.to_owned(), config.clone());
        let setup = move || {
            let goal = Goal::Fixed(folder.clone());
            Setup { tokens: tokens.clone(), ..setup(goal, &config) }
        };
        Ok(Beside::start(setup)?)
    });
    match started {
        Ok(beside) => {
            let told = match &beside {
                Beside::Listening(listener) => format!("listening on {}", listener.address()),
                Beside::Waiting(_) => format!(
                    "another room or program listens on {}; this room does as soon as that has ended",
                    config.listen.bind
                ),
            };
            (Some(beside), Some(told))
        }
        Err(Failure { message, .. }) => (None, Some(format!("not listening for alerts: {message}"))),
    }
}

fn tokens(path: &Path) -> Result<Tokens, Failure> {
    Tokens::read(path).map_err(|error| {
        let name = Raw::new(path.to_string_lossy()).for_term();
        Failure::new(format!("the token file {name} {error}"), error.hint())
    })
}

/// The signals that end it.
fn signals() -> Result<Signals, Failure> {
    Signals::new([SIGHUP, SIGINT, SIGTERM]).map_err(|error| {
        Failure::new(format!("no signal can be listened for: {error}"), "nothing was written; try again")
    })
}

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        Self::new(error.to_string(), error.hint())
    }
}
