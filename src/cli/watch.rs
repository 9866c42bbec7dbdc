//! `warroom watch`: the timeline as plain lines, as it grows, for screen readers, shared screens and pipes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::failure::Failure;
use super::{find, late, out, share};
use crate::config::Config;
use crate::grammar::Times;
use crate::log::{Change, Stamp};
use crate::model::{Entry, Face, Incident, Moment};
use crate::session::clock::{Clock as _, Wall};
use crate::session::watch::{News, Watch};
use crate::share::Fault;
use crate::text::Raw;

/// How often it is looked whether something is new: as often as a room does.
const LOOK: Duration = Duration::from_millis(250);
/// How many entries are told at the beginning, for whoever comes late.
const FIRST: usize = 10;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  warroom watch\n  warroom watch --all | tee timeline.txt\n  \
    warroom watch --since 10:30 -i 2024-08-10\n  warroom watch --json | jq -r .text\n  \
    warroom watch --nats nats://nats.example:4222/2024-08-10-checkout-n81gaj5g\n\n\
    It goes on until it is interrupted (Ctrl-C), and writes nothing.")]
pub(super) struct Args {
    #[command(flatten)]
    of: find::Named,
    /// An incident that another host shares: the address that `warroom share` printed, or its name. Nothing of it comes here
    #[arg(long, value_name = "ADDRESS", conflicts_with_all = ["named", "incident"])]
    nats: Option<String>,
    #[command(flatten)]
    server: share::Server,
    /// Begin with the entries from this time on [default: with the last ten]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, conflicts_with = "all")]
    since: Option<String>,
    /// Begin with all entries
    #[arg(long)]
    all: bool,
    /// Print each as one line of JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    let ended = signals()?;
    let mut watch = match &args.nats {
        Some(address) => args.server.watch(address, config)?,
        None => Watch::new(&args.of.folder(config)?),
    };
    watch.take()?;
    if watch.incident().id.is_blank() {
        return Err(Failure::new(
            "there is no sound journal to watch",
            "`warroom doctor` says what is wrong, and repairs what can be",
        ));
    }
    let mut trouble: Option<Fault> = None;
    let mut teller = Lines { json: args.json, day: None };
    let title = watch.incident().title.for_term();
    out::aside(&format!("watching {title}; Ctrl-C ends"));
    for line in teller.begin(&watch, args)? {
        if !out::line(&line)? {
            return Ok(0);
        }
    }
    loop {
        match ended.load(Ordering::Relaxed) {
            0 => {}
            signal => return Ok(u8::try_from(128 + signal).unwrap_or(1)),
        }
        if !out::is_read(LOOK) {
            return Ok(0);
        }
        let came = watch.take()?;
        if watch.trouble() != trouble.as_ref() {
            trouble = watch.trouble().cloned();
            out::aside(&trouble.as_ref().map_or_else(
                || "connected again".to_owned(),
                |why| format!("not connected: {why}; it is tried again"),
            ));
        }
        for stamp in came {
            for line in teller.tell(&watch, stamp) {
                if !out::line(&line)? {
                    return Ok(0);
                }
            }
        }
    }
}

/// The signal that came, as a number; 0 before one did.
fn signals() -> Result<Arc<AtomicUsize>, Failure> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let came = Arc::new(AtomicUsize::new(0));
    for signal in [SIGHUP, SIGINT, SIGTERM] {
        let number = usize::try_from(signal).unwrap_or_default();
        signal_hook::flag::register_usize(signal, Arc::clone(&came), number).map_err(|error| {
            Failure::new(format!("no signal can be listened for: {error}"), "nothing was written; try again")
        })?;
    }
    Ok(came)
}

/// What is told, a line each.
struct Lines {
    json: bool,
    /// The day of the last line.
    day: Option<NaiveDate>,
}

impl Lines {
    /// The entries that it begins with.
    fn begin(&mut self, watch: &Watch, args: &Args) -> Result<Vec<String>, Failure> {
        let incident = watch.incident();
        let entries = &incident.timeline;
        let from = match &args.since {
            _ if args.all => 0,
            None => entries.len().saturating_sub(FIRST),
            Some(since) => {
                let times = Times { now: Wall.now(), zone: &incident.zone, past: None, typed_last: None };
                let since = times.read_whole(since).map_err(|e| Failure::argument("--since", &e))?;
                entries.partition_point(|entry| entry.at.sort_key() < since.at.sort_key())
            }
        };
        Ok(entries.within(from..entries.len()).flat_map(|entry| self.entry(entry, incident)).collect())
    }

    fn tell(&mut self, watch: &Watch, stamp: Stamp) -> Vec<String> {
        let incident = watch.incident();
        match watch.news(stamp, Wall.now()) {
            None => Vec::new(),
            Some(News::Entry(entry)) => self.entry(entry, incident),
            Some(News::Change { record, words }) => {
                let at = record.stamp.instant();
                if self.json {
                    let by = record.by.for_term();
                    let told = json!({ "event": "change", "id": record.stamp.to_string(), "at": at,
                        "by": by.as_str(), "text": words.as_str() });
                    return vec![told.to_string()];
                }
                let what = match record.change() {
                    Some(Change::EntryTextChanged { .. } | Change::EntryTimeChanged { .. }) => "edited: ",
                    // They are new, and no change of what was there.
                    Some(
                        Change::DecisionMade { .. } | Change::UpdateSent { .. } | Change::ActionAdded { .. },
                    ) => "",
                    _ => "changed: ",
                };
                self.line(incident, &Moment::stamped(at), &record.by, &format!("{what}{words}"))
            }
        }
    }

    fn entry(&mut self, entry: &Entry, incident: &Incident) -> Vec<String> {
        if self.json {
            return vec![of_entry(entry).to_string()];
        }
        let mut notes = Vec::new();
        if entry.struck {
            notes.push("struck out".to_owned());
        }
        if entry.key {
            notes.push("key entry".to_owned());
        }
        notes.extend(late::logged(entry, incident));
        if entry.edited {
            notes.push("edited".to_owned());
        }
        let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
        self.line(
            incident,
            &entry.moment(),
            entry.told_by(),
            &format!("{}{notes}", entry.with_state(&Face::of(incident)).for_term()),
        )
    }

    /// The line, and before it the day where that is another than before.
    fn line(&mut self, incident: &Incident, when: &Moment, by: &Raw, words: &str) -> Vec<String> {
        let face = Face::of(incident);
        let mut lines = self.turned(face.date(&when.at));
        lines.push(format!("{} {}: {words}", face.labelled(when), by.for_term()));
        lines
    }

    fn turned(&mut self, day: Option<NaiveDate>) -> Vec<String> {
        match day {
            Some(date) if day != self.day => {
                self.day = day;
                vec![date.format("%A %Y-%m-%d").to_string()]
            }
            _ => Vec::new(),
        }
    }
}

/// As it stands in `incident.json`, and that it is one. Control characters stand there as JSON writes them.
fn of_entry(entry: &Entry) -> Value {
    let mut told = serde_json::to_value(entry).unwrap_or_default();
    if let Some(fields) = told.as_object_mut() {
        fields.insert("event".into(), "entry".into());
        fields.insert("late".into(), entry.late().is_some().into());
    }
    told
}
