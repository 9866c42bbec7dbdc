//! `warroom share` and `warroom join`: one incident on several hosts.

use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::{completing, find, open, out};
use crate::config::Config;
use crate::model::Shared;
use crate::session::folders;
use crate::session::joining::{self, NotShared};
use crate::session::watch::Watch;
use crate::share::{Address, BadAddress, Fault, LinkError, Name, shown};
use crate::store::sharing;
use crate::text::Raw;

/// The server, and what lets one in.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Server {
    /// A file of credentials (.creds) [default: that of the settings]
    #[arg(long, value_name = "FILE")]
    creds: Option<PathBuf>,
    /// A file of certificates (PEM) that the server's is checked against, beside those of the system
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  warroom share --nats tls://nats.example:4222\n  \
    warroom share 2024-08-10-checkout --creds oncall.creds\n  warroom share --stop\n\n\
    It prints the line that others join with. A room that is open goes on by itself: what is saved is sent, what others \
    send is saved here. Where no room is open, what is said goes when one is, or when this is run again. Attached files \
    stay where they are.")]
pub(super) struct ShareArgs {
    /// An id, an unambiguous start of one, or a folder [default: the unresolved incident, of several the one written to last]
    #[arg(add = completing::incidents())]
    incident: Option<String>,
    /// The address of the server; several of one cluster with commas [default: that of the settings]
    #[arg(long, value_name = "URL")]
    nats: Option<String>,
    #[command(flatten)]
    server: Server,
    /// On how many servers of a cluster its stream lies, where it is made now: 1, 3 or 5
    #[arg(long, value_name = "N", value_parser = ["1", "3", "5"])]
    replicas: Option<String>,
    /// Share it no more from this host; what is on the server stays there
    #[arg(long, conflicts_with_all = ["nats", "creds", "ca", "replicas"])]
    stop: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  warroom join nats://nats.example:4222/2024-08-10-checkout-n81gaj5g\n  \
    warroom join 2024-08-10-checkout-n81gaj5g --read-only\n\n\
    `warroom share` prints the address. What was joined once is an incident of this host, too: `warroom open` opens it, \
    and goes on without the server.")]
pub(super) struct JoinArgs {
    /// The address that `warroom share` printed, or the name at its end where the settings name the server
    address: String,
    #[command(flatten)]
    server: Server,
    /// Only read: nothing is changed from here
    #[arg(long)]
    read_only: bool,
    /// Bring it here, and open no room
    #[arg(long)]
    detach: bool,
}

impl Server {
    /// Where something is shared, by what was named and what the settings say.
    fn shared(&self, server: String, name: &Name, config: &Config) -> Result<Shared, Failure> {
        let file = |given: &Option<PathBuf>, set: &Option<PathBuf>| match given {
            // A room is opened elsewhere later.
            Some(path) => std::path::absolute(path).map(Some),
            None => Ok(set.clone()),
        };
        let files = file(&self.creds, &config.share.credentials)
            .and_then(|credentials| Ok((credentials, file(&self.ca, &config.share.ca)?)));
        let (credentials, ca) = files.map_err(|error| {
            Failure::usage(
                format!("a file of the server cannot be named: {error}"),
                "name it by its whole path",
            )
        })?;
        Ok(Shared { server, name: name.to_string(), credentials, ca, ..config.share.clone() })
    }
}

impl Server {
    /// Where this address leads.
    fn at(&self, address: &str, config: &Config) -> Result<(Shared, Name), Failure> {
        let server = Some(config.share.server.as_str()).filter(|server| !server.is_empty());
        let Address { server, name } = Address::read(address, server).map_err(|error| {
            let hint = match error {
                BadAddress::NoServer => {
                    "name it before the incident: nats://nats.example:4222/2024-08-10-checkout-n81gaj5g, or as `server` under \
                     [share] in the settings"
                }
                BadAddress::NoName(_) => {
                    "name what `warroom share` printed: nats://nats.example:4222/2024-08-10-checkout-n81gaj5g"
                }
            };
            Failure::usage(error.to_string(), hint)
        })?;
        Ok((self.shared(server, &name, config)?, name))
    }

    /// Watches an incident there.
    pub(super) fn watch(&self, address: &str, config: &Config) -> Result<Watch, Failure> {
        let (shared, _) = self.at(address, config)?;
        Watch::on_server(&shared).map_err(|error| failure("watched", error))
    }
}

pub(super) fn share(args: &ShareArgs, config: &Config) -> Result<u8, Failure> {
    let folder = find::folder(args.incident.as_deref(), config)?;
    let before = sharing::read(&folder)?;
    if before.as_ref().is_some_and(|shared| shared.read_only) {
        return Err(Failure::new(
            "it was joined to be read: it is shared from where it was",
            "join it again without --read-only to write to it; nothing has changed",
        ));
    }
    if args.stop {
        return stop(&folder);
    }
    let known = before.as_ref().map(|shared| shared.server.clone());
    let server = args.nats.clone().or_else(|| known.clone());
    let server = server.or_else(|| Some(config.share.server.clone()).filter(|server| !server.is_empty()));
    let server = server.ok_or_else(|| {
        Failure::usage(
            "no server is named",
            "name one: --nats nats://nats.example:4222, or `server` under [share] in the settings",
        )
    })?;
    let name = joining::name_of(&folder)?.ok_or_else(|| failure("shared", NotShared::Empty))?;
    let mut shared = args.server.shared(server, &name, config)?;
    let replicas = args.replicas.as_ref().and_then(|count| count.parse().ok());
    let elsewhere = known.filter(|known| *known != shared.server);
    if let Some(before) = before.filter(|_| elsewhere.is_none()) {
        // What let one in before does so again.
        if args.server.creds.is_none() {
            shared.credentials = before.credentials.or(shared.credentials);
        }
        if args.server.ca.is_none() {
            shared.ca = before.ca.or(shared.ca);
        }
        if replicas.is_some() && before.replicas != replicas {
            out::aside(
                "a stream that is there already stays on as many servers as it lies on (`nats stream edit` moves it)",
            );
        }
    }
    shared.replicas = replicas.or(shared.replicas);
    let count = joining::share(&folder, &shared).map_err(|error| failure("shared", error))?;
    let changes = if count == 1 { "1 change is".to_owned() } else { format!("{count} changes are") };
    let address = Address { server: shared.server, name };
    out::aside(&format!("shared: {changes} on the server; others join with this, and what lets them in"));
    if let Some(known) = elsewhere {
        out::aside(&format!(
            "it was shared over {}: who joined it there gets no more from here until they join it with this",
            Raw::new(shown(&known)).for_term()
        ));
    }
    out::result(&format!("warroom join {}\n", Raw::new(address.to_string()).for_term()))?;
    Ok(0)
}

fn stop(folder: &Path) -> Result<u8, Failure> {
    let was = sharing::remove(folder)?;
    out::aside(if was {
        "shared no more from here; what is on the server stays there, and others go on"
    } else {
        "it was not shared from here"
    });
    Ok(0)
}

pub(super) fn join(args: &JoinArgs, config: &Config) -> Result<u8, Failure> {
    let (mut shared, name) = args.server.at(&args.address, config)?;
    shared.read_only = args.read_only;
    let folder = match known(&name, config) {
        Some(folder) => {
            // It goes on without the server, too: the room says whether that is there.
            let was_to_be_read = sharing::read(&folder)?.is_some_and(|before| before.read_only);
            match (was_to_be_read, shared.read_only) {
                (true, false) => out::aside("it was joined to be read, and is written to from now on"),
                (false, true) => out::aside("it is only read from here from now on"),
                _ => {}
            }
            sharing::write(&folder, &shared)?;
            folder
        }
        None => brought(&shared, config)?,
    };
    if args.detach || !out::shows_a_room() {
        out::result(&format!("{}\n", Raw::new(folder.to_string_lossy()).for_term()))?;
        return Ok(0);
    }
    open::room(&folder, config)
}

/// Brings an incident here.
fn brought(shared: &Shared, config: &Config) -> Result<PathBuf, Failure> {
    let not_joined = |error| failure("joined", error);
    let ledger = joining::fetch(shared).map_err(not_joined)?;
    let (created, incident) = joining::found(&ledger, shared, &config.incidents).map_err(not_joined)?;
    let (title, count) = (incident.title.for_term(), ledger.records().len());
    let changes = if count == 1 { "change" } else { "changes" };
    out::aside(&format!(
        "joined {title}: {count} {changes} from {}",
        Raw::new(shown(&shared.server)).for_term()
    ));
    Ok(created.folder)
}

/// The folder of an incident that is here already.
fn known(name: &Name, config: &Config) -> Option<PathBuf> {
    let is_it = |folder: &PathBuf| joining::name_of(folder).ok().flatten().as_ref() == Some(name);
    folders(&config.incidents).unwrap_or_default().into_iter().find(is_it)
}

/// What was not done, why, and what to do.
fn failure(done: &str, error: NotShared) -> Failure {
    let hint = match error {
        NotShared::Store(error) => return error.into(),
        NotShared::Link(LinkError::Name(_)) => NO_SUCH,
        NotShared::Link(_) => "nothing has changed here; try again",
        NotShared::Lost(ref fault) => remedy(fault),
        NotShared::Empty => "`warroom doctor` says what is wrong, and repairs what can be",
    };
    Failure::new(format!("not {done}: {error}"), hint)
}

/// What is done where an incident is not on a server.
const NO_SUCH: &str = "nothing has changed here; see that the address is what `warroom share` printed";

/// What a person does about what is wrong between this host and a server.
fn remedy(fault: &Fault) -> &'static str {
    match fault {
        Fault::Address(_) => {
            "nothing has changed; an address looks like nats://nats.example:4222 or tls://nats.example:4222"
        }
        Fault::File(_) => {
            "nothing has changed; --creds names a file as `nsc` writes one, --ca a file of certificates (PEM); the settings may \
             name them, too"
        }
        Fault::Absent(_) => "nothing has changed; see that the server runs, and that it is at that address",
        Fault::Silent => {
            "nothing has changed; see that a NATS server is at that address, and that nothing between holds it up"
        }
        Fault::NoTls => {
            "nothing has changed; name it with nats:// and without --ca where it needs no TLS, or give the server a certificate"
        }
        Fault::Untrusted(_) => {
            "nothing has changed; name with --ca the file of certificates of who vouches for it, and the server as its certificate \
             does"
        }
        Fault::NotLetIn(_) => {
            "nothing has changed; name user and password (nats://USER:PASSWORD@HOST, other signs than letters and digits as %20) \
             or --creds FILE"
        }
        Fault::NotPermitted(_) => {
            "nothing has changed; ask who runs the server for the rights to this incident, or join with --read-only where you may \
             read"
        }
        Fault::NoJetStream => "nothing has changed; start the server with JetStream: `nats-server -js`",
        Fault::TooFewServers(_) => {
            "nothing has changed; share with --replicas 1, or over a cluster of that many servers"
        }
        Fault::Nothing => NO_SUCH,
        Fault::Other(_) => "nothing has changed; try again, and see what the server's log says",
    }
}
