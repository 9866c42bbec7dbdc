//! The nouns of an incident, as plain data: what `incident.json` holds, and nothing that knows how it came about.

pub mod action;
pub mod at;
pub mod attachment;
pub mod disputed;
pub mod doubt;
pub mod entry;
pub mod face;
pub mod hypothesis;
pub mod id;
pub mod incident;
pub mod inquiry;
pub mod insight;
pub mod machine;
pub mod metrics;
pub mod milestone;
pub mod moment;
pub mod role;
pub mod shared;
pub mod source;
pub mod timeline;
pub mod zone;

pub use action::{Action, ActionKind, ActionStatus};
pub use at::At;
pub use attachment::{Attachment, AttachmentKind};
pub use disputed::{Disputed, DisputedField, DisputedItem};
pub use entry::{Entry, EntryKind};
pub use face::{Face, length, short_length, span, took};
pub use hypothesis::{Evidence, Hypothesis, HypothesisStatus, Reopened, Side, Subject, Test};
pub use id::{Id, Writer};
pub use incident::{
    Affected, Clock, Decision, Impact, Incident, JournalSummary, Lessons, Link, Note, Percent, Resolution,
    SCHEMA, Status, Update,
};
pub use inquiry::Inquiry;
pub use machine::{Alert, Command, Ending, Exit, Firing, Machine};
pub use metrics::{Definition, Measured, Metrics};
pub use milestone::{Milestone, MilestoneKind, Milestones};
pub use moment::{Moment, Precision};
pub use role::{FormerRole, Role};
pub use shared::Shared;
pub use source::{Document, Field, FieldSource, Message, Source};
pub use timeline::Timeline;
pub use zone::{Zone, ZoneError};

/// An instant: no zone is lost by it, since the zone to print it in is the incident's.
pub type Instant = chrono::DateTime<chrono::Utc>;
