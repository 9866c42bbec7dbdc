//! How the doubts of an import begin that something a person says settles: who writes such a doubt and who settles it hold to
//! these words, and so do the doubts of incidents that were imported before.

/// The times name no zone.
pub const NO_ZONE: &str = "no zone is given";
/// The times are "local" ones.
pub const LOCAL: &str = "times are local times, and where is not said";
/// The times name no day.
pub const NO_DATE: &str = "no date is given";
/// The days name no year.
pub const NO_YEAR: &str = "no year is given";
/// Nothing tells the start.
pub const NO_START: &str = "no line says when it began";
/// Nothing tells the end: it was counted, or taken to be the last row.
pub const NO_END: &str = "no line says when it was over";
/// Nothing tells the end, and no row does.
pub const NOT_ENDED: &str = "it is not told when it ended";
/// The cause was taken from a sentence.
pub const NO_CAUSE: &str = "no part is about the cause";
