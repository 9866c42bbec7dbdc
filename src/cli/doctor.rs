//! `warroom doctor`: what is wrong with an incident, or with all of them and what they stand on, and what to do; with
//! `--repair` what can be put right is, and no byte is lost.

mod around;
mod index;
mod journal;
mod page;
mod rows;

use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::{completing, find, open, out};
use crate::config::{self, Config, Flags};
use crate::session::clock::{Clock as _, Wall};
use crate::session::{self, Mended};
use crate::store::examine::{self, Examined, Finding};
use crate::store::{self, Rescued};
use crate::text::Raw;
use page::Page;
use rows::{Mark, Row};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  warroom doctor\n  warroom doctor 2024-08-10\n  \
    warroom doctor 2024-08-10 --repair\n  warroom doctor --json | jq '.[] | select(.weight == \"wrong\")'\n\n\
    Exit code 0 where nothing is wrong or all was repaired, 1 where something is left.\n\
    A journal is never rewritten: what can be repaired is appended to it.")]
pub(super) struct Args {
    /// An id, an unambiguous start of one, or a folder; without it, the surroundings and all incidents
    #[arg(add = completing::incidents())]
    incident: Option<String>,
    /// Put right what can be, without losing a byte
    #[arg(long)]
    repair: bool,
    /// The findings as a JSON array
    #[arg(long)]
    json: bool,
}

/// The most columns that the ids have in the list.
const WIDEST: usize = 40;

pub(super) fn run(args: &Args, flags: &Flags) -> Result<u8, Failure> {
    let config = config::load(flags)?;
    // Where they cannot be read, the surroundings say so.
    let rescued = store::rescue_files(&config.rescue).unwrap_or_default();
    let mut page = Page::new(args.repair);
    if let Some(name) = &args.incident {
        let folder = find::folder(Some(name), &config)?;
        let patient = Patient::seen(folder, args.repair, &config, &rescued);
        patient.in_full(&mut page);
    } else {
        around::look(&mut page, &config);
        page.add(&index::look(&config, args.repair));
        let folders = folders(&config);
        let patients: Vec<Patient> =
            folders.into_iter().map(|folder| Patient::seen(folder, args.repair, &config, &rescued)).collect();
        // Read again: what was repaired may have taken them in.
        let rescued = store::rescue_files(&config.rescue);
        around::rescue(&mut page, &config, rescued.as_deref(), &patients);
        page.section("Incidents");
        if patients.is_empty() {
            page.say("none yet: `warroom new TITLE` starts one");
        }
        let columns = patients.iter().map(|patient| patient.id().len()).max().unwrap_or_default().min(WIDEST);
        for patient in &patients {
            patient.in_a_row(&mut page, columns);
        }
    }
    out::result(&if args.json { page.json() } else { page.text() })?;
    Ok(u8::from(page.wrong() > 0))
}

fn folders(config: &Config) -> Vec<PathBuf> {
    // Where they cannot be read, the surroundings say so.
    let mut folders = session::folders(&config.incidents).unwrap_or_default();
    folders.sort();
    folders
}

/// What is told of an incident that was examined, and repaired where that was asked for.
struct Patient {
    folder: PathBuf,
    title: String,
    records: usize,
    writers: usize,
    bytes: Option<u64>,
    /// Rescue files that belong to it.
    rescued: Vec<PathBuf>,
    /// What was repaired; none where nothing had to be.
    repaired: Option<Vec<Row>>,
    done: Vec<String>,
    /// What is found in it now.
    left: Vec<Row>,
    sound: Vec<Row>,
}

impl Patient {
    fn seen(folder: PathBuf, repair: bool, config: &Config, rescued: &[Rescued]) -> Self {
        let found = examine::examine(&folder, Wall.now(), rescued);
        if !repair || !found.findings.iter().any(Finding::can_be_mended) {
            return Self::of(folder, &found, None, config);
        }
        let before = rows::all(&found, config);
        let mended = session::mend(&folder, open::opening(config), rescued);
        // The rescue files too: opening takes them in.
        let rescued = store::rescue_files(&config.rescue).unwrap_or_default();
        let found = examine::examine(&folder, Wall.now(), &rescued);
        Self::of(folder, &found, Some((before, mended)), config)
    }

    fn of(folder: PathBuf, found: &Examined, repair: Option<(Vec<Row>, Mended)>, config: &Config) -> Self {
        let mut left = rows::all(found, config);
        let (before, mended) = repair.unzip();
        let repaired = before.map(|before| rows::repaired(before, &left));
        let Mended { done, troubles } = mended.unwrap_or_default();
        left.splice(0..0, troubles.iter().map(|trouble| rows::trouble(trouble)));
        let rescued = found.findings.iter().filter_map(|finding| match finding {
            Finding::Rescued { path, .. } => Some(path.clone()),
            _ => None,
        });
        Self {
            folder,
            title: found.incident.title.for_term().to_string(),
            records: found.ledger.records().len(),
            writers: found.writers,
            bytes: found.bytes,
            rescued: rescued.collect(),
            repaired,
            done,
            left,
            sound: rows::sound(found),
        }
    }

    fn id(&self) -> String {
        let name = self.folder.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_else(|| self.folder.to_string_lossy().into_owned());
        Raw::new(name).for_term().to_string()
    }

    /// All that was found, row by row.
    fn in_full(&self, page: &mut Page) {
        page.of_incident(Some(&self.id()));
        page.section(format!("{}  {}", self.id(), self.title).trim_end());
        page.say(&shown(&self.folder));
        if let Some(bytes) = self.bytes {
            let records = rows::count(self.records, "record", "records");
            let writers = rows::count(self.writers, "writer", "writers");
            page.say(&format!("{records} by {writers}, {}", rows::size(bytes)));
        }
        if let Some(repaired) = &self.repaired {
            page.section("Repaired");
            page.add_all(repaired);
            for done in &self.done {
                page.say(done);
            }
            page.section("Now");
        }
        page.add_all(&self.left);
        page.add_all(&self.sound);
    }

    /// One row for all of it; `--json` still has each finding.
    fn in_a_row(&self, page: &mut Page, columns: usize) {
        page.of_incident(Some(&self.id()));
        let mut words = Vec::new();
        if let Some(repaired) = self.repaired.as_ref().filter(|repaired| !repaired.is_empty()) {
            words.push(format!("repaired: {}", rows::brief(repaired)));
        }
        words.extend((!self.left.is_empty()).then(|| rows::brief(&self.left)));
        if words.is_empty() {
            words.push(rows::count(self.records, "record", "records"));
        }
        let mark = self.left.iter().map(|row| row.mark).max().unwrap_or(Mark::Ok);
        page.item(mark, &self.id(), columns, &words.join("; "));
        for row in self.repaired.iter().flatten().chain(&self.left) {
            page.count(row);
        }
    }
}

/// A path as it may be printed, and typed into a shell.
fn shown(path: &Path) -> String {
    let home = std::env::var_os("HOME").filter(|home| !home.is_empty());
    let below = home.and_then(|home| path.strip_prefix(home).ok().map(Path::to_path_buf));
    let path = below.map_or_else(|| path.to_owned(), |below| Path::new("~").join(below));
    Raw::new(path.to_string_lossy()).for_term().to_string()
}
