//! What can be found in an incident's folder, and how much it weighs.

use std::path::PathBuf;

use super::{Clockwork, Conflict, DamagedLine, Gap};
use crate::store::presence::Peer;
use crate::text::Raw;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It has to be known, and harms nothing.
    Note,
    /// Something is lost, may get lost, or can be seen by others.
    Wrong,
}

/// One thing that was found.
#[derive(Clone, Debug)]
pub enum Finding {
    /// The folder, or a file of it, cannot be read.
    Unreadable {
        /// The file; none for the folder.
        name: Option<&'static str>,
        /// Why, in words that are safe for a terminal.
        why: String,
    },
    /// The folder stands on a network file system: one writer only.
    Network {
        /// What it is called.
        name: String,
    },
    /// Something else stands where a file should be: a link, a pipe, a folder.
    NotAFile {
        /// The name.
        name: String,
        /// What stands there.
        what: &'static str,
    },
    /// The rights of the folder or of a file are not as they should be.
    Mode {
        /// The file; none for the folder.
        name: Option<String>,
        /// Its rights.
        mode: u32,
        /// What they should be.
        wanted: u32,
        /// It belongs to whoever looks, who then can put it right.
        mine: bool,
    },
    /// It belongs to somebody else.
    Owner {
        /// The file; none for the folder.
        name: Option<String>,
        /// Whose it is.
        uid: u32,
    },
    /// A process holds the lock now.
    LockHeld {
        /// Its number, as far as is known.
        pid: Option<u32>,
    },
    /// Somebody has the incident open now.
    Open(Peer),
    /// A temporary file of a process that is gone.
    Leftover {
        /// Its name.
        name: String,
        /// It is one of `incident.json`, which is only a copy.
        is_copy: bool,
    },
    /// There is no journal.
    JournalMissing {
        /// A sound `incident.json` can stand in.
        can_come_back: bool,
    },
    /// A line of the journal that is no record.
    DamagedLine(DamagedLine),
    /// More damaged lines than are told one by one.
    MoreDamage {
        /// How many.
        lines: usize,
    },
    /// The last line was cut off in writing.
    Torn(DamagedLine),
    /// Two different records have one stamp.
    Conflict(Box<Conflict>),
    /// Records stand there more than once.
    Repeated {
        /// How many lines are repetitions.
        lines: usize,
    },
    /// Records of a writer are missing.
    Gap(Gap),
    /// Records of a newer version, which are kept and passed on.
    Newer {
        /// How many.
        records: usize,
    },
    /// A clock that was wrong when records were stamped.
    Clock(Clockwork),
    /// `incident.json` has what the journal lacks.
    OnlyInSnapshot {
        /// How many things: entries, hypotheses, actions; all other facts count one.
        things: usize,
    },
    /// There is no `incident.json`.
    SnapshotMissing,
    /// It is of no use.
    SnapshotDamaged {
        /// Why, in words.
        why: String,
    },
    /// It was made before the journal's last records.
    SnapshotOlder {
        /// How many records it has not seen.
        records: u64,
    },
    /// It was made from a journal that began otherwise than this one.
    SnapshotOfAnother,
    /// A file that was attached is not there.
    AttachmentMissing {
        /// What it is called in the folder of attachments.
        name: String,
    },
    /// A file that was attached is not what it was, or cannot be read.
    AttachmentChanged {
        /// What it is called in the folder of attachments.
        name: String,
        /// In words that are safe for a terminal.
        why: String,
    },
    /// A line that was typed and not sent.
    Draft {
        /// The file.
        name: String,
        /// The line.
        line: Raw,
    },
    /// A file of the rescue folder that belongs to this incident.
    Rescued {
        /// The file.
        path: PathBuf,
        /// How many records it holds.
        records: usize,
        /// How many of them the journal lacks, or may not have on the disk.
        waiting: usize,
        /// How many of its lines are no records.
        damaged: usize,
    },
}

impl Finding {
    /// How much it weighs.
    pub fn weight(&self) -> Weight {
        let wrong = match self {
            Self::Unreadable { .. }
            | Self::NotAFile { .. }
            | Self::JournalMissing { .. }
            | Self::MoreDamage { .. }
            | Self::Conflict(_)
            | Self::Gap(_)
            | Self::OnlyInSnapshot { .. }
            | Self::AttachmentChanged { .. }
            | Self::SnapshotDamaged { .. } => true,
            // What only its owner may do with it is a matter of taste, unless too little is left for the program.
            Self::Mode { mode, wanted, .. } => mode & 0o077 & !wanted != 0 || mode & wanted != *wanted,
            Self::DamagedLine(line) => !line.is_harmless(),
            Self::Torn(line) => !line.lacking.is_empty(),
            Self::Rescued { waiting, .. } => *waiting > 0,
            Self::Network { .. }
            | Self::Owner { .. }
            | Self::LockHeld { .. }
            | Self::Open(_)
            | Self::Leftover { .. }
            | Self::Repeated { .. }
            | Self::Newer { .. }
            | Self::Clock(_)
            | Self::SnapshotMissing
            | Self::SnapshotOlder { .. }
            | Self::SnapshotOfAnother
            // The record travels without it.
            | Self::AttachmentMissing { .. }
            | Self::Draft { .. } => false,
        };
        if wrong { Weight::Wrong } else { Weight::Note }
    }

    /// Whether it can be put right here without losing a byte.
    pub fn can_be_mended(&self) -> bool {
        match self {
            Self::Mode { mine, .. } => *mine,
            Self::NotAFile { name, .. } => name == crate::store::SNAPSHOT,
            Self::Leftover { is_copy, .. } => *is_copy,
            Self::JournalMissing { can_come_back } => *can_come_back,
            Self::DamagedLine(line) | Self::Torn(line) => !line.lacking.is_empty(),
            Self::OnlyInSnapshot { .. }
            | Self::SnapshotMissing
            | Self::SnapshotDamaged { .. }
            | Self::SnapshotOlder { .. }
            | Self::SnapshotOfAnother => true,
            Self::Rescued { waiting, damaged, .. } => *waiting > 0 || *damaged == 0,
            _ => false,
        }
    }

    /// Its name for programs, which stays as it is.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "unreadable",
            Self::Network { .. } => "network_file_system",
            Self::NotAFile { .. } => "not_a_file",
            Self::Mode { .. } => "mode",
            Self::Owner { .. } => "owner",
            Self::LockHeld { .. } => "lock_held",
            Self::Open(_) => "open",
            Self::Leftover { .. } => "leftover",
            Self::JournalMissing { .. } => "journal_missing",
            Self::DamagedLine(_) => "damaged_line",
            Self::MoreDamage { .. } => "more_damaged_lines",
            Self::Torn(_) => "torn_line",
            Self::Conflict(_) => "conflict",
            Self::Repeated { .. } => "repeated",
            Self::Gap(_) => "gap",
            Self::Newer { .. } => "newer_version",
            Self::Clock(clock) => clock.name(),
            Self::OnlyInSnapshot { .. } => "only_in_snapshot",
            Self::SnapshotMissing => "snapshot_missing",
            Self::SnapshotDamaged { .. } => "snapshot_damaged",
            Self::SnapshotOlder { .. } => "snapshot_older",
            Self::SnapshotOfAnother => "snapshot_of_another_journal",
            Self::AttachmentMissing { .. } => "attachment_missing",
            Self::AttachmentChanged { .. } => "attachment_changed",
            Self::Draft { .. } => "draft",
            Self::Rescued { .. } => "rescue_file",
        }
    }
}
