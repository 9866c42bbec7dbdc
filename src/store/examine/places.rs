//! The folder and its files: whose they are, who may read them, and what stands there that should not.

use rustix::fs::{Mode, Stat};
use rustix::process::geteuid;

use super::super::dir::{Dir, PRIVATE_FILE, PRIVATE_FOLDER, not_a_file};
use super::super::{DRAFT, JOURNAL, LOCK, SNAPSHOT, atomic};
use super::Finding;

/// The rights of a file or folder: what `chmod` sets.
pub(super) fn rights(stat: &Stat) -> Mode {
    Mode::from_raw_mode(stat.st_mode)
}

/// As a number.
pub(super) fn number(mode: Mode) -> u32 {
    u32::try_from(u64::from(mode.as_raw_mode())).unwrap_or_default()
}

/// Looks at all that stands in a folder.
pub(super) fn look(dir: &Dir, findings: &mut Vec<Finding>) {
    if let Ok(stat) = dir.own_stat() {
        guard(None, &stat, PRIVATE_FOLDER, findings);
    }
    let mut names = match dir.names() {
        Ok(names) => names,
        Err(error) => {
            findings.push(Finding::Unreadable { name: None, why: format!("it cannot be read: {error}") });
            return;
        }
    };
    names.sort();
    for name in names {
        let Ok(Some(stat)) = dir.stat(&name) else { continue };
        let own = [JOURNAL, SNAPSHOT, LOCK, DRAFT].contains(&name.as_str());
        if let Some(what) = not_a_file(&stat) {
            findings.extend(own.then_some(Finding::NotAFile { name, what }));
            continue;
        }
        guard(Some(&name), &stat, wanted(&stat, own), findings);
        let stale = |of| atomic::is_stale(&name, of, false);
        if stale(SNAPSHOT) || stale(JOURNAL) || stale(DRAFT) {
            let is_copy = stale(SNAPSHOT);
            findings.push(Finding::Leftover { name, is_copy });
        }
    }
}

/// What a file's rights should be: of what somebody else put there only that nobody but its owner may read it.
pub(super) fn wanted(stat: &Stat, own: bool) -> Mode {
    if own { PRIVATE_FILE } else { rights(stat) & Mode::RWXU }
}

fn guard(name: Option<&str>, stat: &Stat, wanted: Mode, findings: &mut Vec<Finding>) {
    let name = name.map(str::to_owned);
    let mine = stat.st_uid == geteuid().as_raw();
    let mode = rights(stat);
    if !mine {
        findings.push(Finding::Owner { name: name.clone(), uid: stat.st_uid });
    }
    if mode != wanted {
        let (mode, wanted) = (number(mode), number(wanted));
        findings.push(Finding::Mode { name, mode, wanted, mine });
    }
}
