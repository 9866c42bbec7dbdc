//! `warroom new`: starts an incident.

use std::path::PathBuf;

use super::failure::Failure;
use super::{open, out};
use crate::config::Config;
use crate::grammar::{self, Times};
use crate::session::clock::{Clock as _, Wall};
use crate::session::{self, Created, New};
use crate::store::StoreError;
use crate::text::Raw;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  warroom new Checkout slow --sev 1\n  \
    warroom new \"Login down\" --tz PDT --started \"10:15am\" --detach")]
pub(super) struct Args {
    /// What people call it
    #[arg(required = true)]
    title: Vec<String>,
    /// 1 is the worst
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=5))]
    sev: Option<u8>,
    /// The zone to print times in: an IANA name, an offset, or an abbreviation in use
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    tz: Option<String>,
    /// When the harm began: 10:42, -5m, "2024-08-18 10:15 PDT"
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    started: Option<String>,
    /// A service that is affected; several times for several
    #[arg(long, value_name = "NAME")]
    service: Vec<String>,
    /// Put the incident in this folder, which has to be missing or empty
    #[arg(long, value_name = "FOLDER")]
    dir: Option<PathBuf>,
    /// Print the id and open no room
    #[arg(long)]
    detach: bool,
}

impl Args {
    /// Whether a person is going to see a room.
    pub(super) fn opens_a_room(&self) -> bool {
        !self.detach && out::shows_a_room()
    }
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    let title = Raw::new(args.title.join(" ").trim());
    if title.is_blank() {
        return Err(Failure::usage("the title is empty", "for example: warroom new Checkout slow"));
    }
    let zone = match &args.tz {
        Some(name) => grammar::zone(name.trim(), None).map_err(|e| Failure::argument("--tz", &e))?,
        None => config.zone.clone(),
    };
    let times = Times { now: Wall.now(), zone: &zone, past: None, typed_last: None };
    let started = args.started.as_ref().map(|text| times.read_whole(text)).transpose();
    let started = started.map_err(|e| Failure::argument("--started", &e))?;
    if !args.detach {
        open::needs_a_terminal()?;
    }
    let services: Vec<Raw> = args.service.iter().map(|name| Raw::new(name.trim())).collect();
    if services.iter().any(Raw::is_blank) {
        return Err(Failure::usage("the name of a service is empty", "for example: --service checkout"));
    }
    let new = New { severity: args.sev, zone, started, services, ..titled(title, config) };
    let created = session::create(&new, &config.incidents, args.dir.as_deref(), &Wall)?;
    if args.detach {
        out::result(&format!("{}\n", created.id))?;
        return Ok(0);
    }
    open::room(&created.folder, config)
}

/// Starts an incident of which only the title is known.
pub(super) fn start(title: &Raw, config: &Config) -> Result<Created, StoreError> {
    session::create(&titled(title.clone(), config), &config.incidents, None, &Wall)
}

/// What an incident starts with where nothing else is said.
fn titled(title: Raw, config: &Config) -> New {
    let Config { name: by, zone, clock, .. } = config.clone();
    New { title, severity: None, zone, clock, started: None, services: Vec::new(), by }
}
