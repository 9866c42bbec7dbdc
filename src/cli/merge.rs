//! `warroom merge`: two records of one outage become one.

use super::failure::Failure;
use super::{find, open, out};
use crate::archive::{Digest, duplicates};
use crate::config::Config;
use crate::log::merge::Difference;
use crate::session;
use crate::session::merge::{self, NotMerged, Outcome};
use crate::text::Raw;

/// The most columns of a value that is told beforehand.
const VALUE: usize = 60;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  warroom merge 2024-08-10-checkout-page-outage 2024-08-10-orders-stuck\n  \
    warroom merge 2024-08-10-checkout 2024-08-10-orders --dry-run\n  \
    warroom merge 2024-08-10-checkout 2024-08-10-orders --undo\n\n\
    All that FROM has and INTO lacks is added to INTO, with its own times and authors; what both say differently stands in \
    INTO as notes that begin with \"From\". FROM keeps everything, says where it went, and is left out of lists and \
    figures. Interrupted, it is completed by running it again."
)]
pub(super) struct Args {
    /// The incident that has all of it then: an id, an unambiguous start of one, or a folder
    into: String,
    /// The incident that becomes a part of it
    from: String,
    /// Only say what would be done
    #[arg(long)]
    dry_run: bool,
    /// Take it back, in both
    #[arg(long, conflicts_with = "dry_run")]
    undo: bool,
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    let (into, from) = (find::folder(Some(&args.into), config)?, find::folder(Some(&args.from), config)?);
    let opening = || open::opening(config);
    if args.undo {
        let done = merge::take_back(&into, &from, opening)?;
        let (into, from) = (done.into.for_term(), done.from.for_term());
        out::result(&format!(
            "{from} is no part of {into} any more; what was said in {into} since stays there.\n"
        ))?;
        return Ok(0);
    }
    let prospect = merge::prospect(&into, &from)?;
    let digest = |folder| session::peek(folder, None).map(|peeked| Digest::of(&peeked.incident));
    if let (Ok(one), Ok(other)) = (digest(&into), digest(&from))
        && prospect.entries + prospect.hypotheses + prospect.actions > 0
        && duplicates::likely(&one, [&other]).is_none()
    {
        out::aside("Note: little speaks for these two being one outage; `--undo` takes it back.");
    }
    let done = if args.dry_run { prospect } else { merge::merge(&into, &from, opening)? };
    out::result(&told(&done, args.dry_run))?;
    Ok(0)
}

fn told(done: &Outcome, dry_run: bool) -> String {
    let (into, from) = (done.into.for_term(), done.from.for_term());
    if done.idle {
        return format!("{from} is a part of {into} already, with all that it has.\n");
    }
    let count = |n: usize, one: &str, several: &str| match n {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {several}")),
    };
    let parts = [
        count(done.entries, "entry", "entries"),
        count(done.hypotheses, "hypothesis", "hypotheses"),
        count(done.actions, "action", "actions"),
        count(done.filled.len(), "field", "fields"),
        count(done.differing.len(), "note", "notes"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let parts = if parts.is_empty() { "nothing that is missing there".to_owned() } else { parts.join(", ") };
    if dry_run {
        return format!("{from} would bring into {into}: {parts}. Nothing was changed.\n{}", fields(done));
    }
    format!(
        "{from} is a part of {into} now, and brought: {parts}.\n\
         Take it back: warroom merge {into} {from} --undo, or /undo in {into}.\n"
    )
}

/// Field by field, what is filled, and what both say.
fn fields(done: &Outcome) -> String {
    let (into, from) = (done.into.for_term(), done.from.for_term());
    let row = |what: &Raw, value: String| format!("  {}: {value}\n", what.for_term());
    let said = |text: &Raw| text.for_term().cut(VALUE).to_string();
    let mut out = String::new();
    if !done.new.is_empty() {
        out.push_str(&format!("\nComes in, and is not in {into} yet:\n"));
        out.extend(done.new.iter().map(|(what, text)| format!("  {what}: {}\n", said(text))));
    }
    if !done.filled.is_empty() {
        out.push_str(&format!("\nComes in where {into} says nothing, or beside what it says:\n"));
        out.extend(done.filled.iter().map(|(what, value)| row(what, said(value))));
    }
    if !done.differing.is_empty() {
        out.push_str(&format!("\n{into} holds, and what {from} says becomes a note:\n"));
        let both = |one: &Difference| format!("{}, not: {}", said(&one.own), said(&one.other));
        out.extend(done.differing.iter().map(|one| row(&one.what, both(one))));
    }
    out
}

impl From<NotMerged> for Failure {
    fn from(error: NotMerged) -> Self {
        let hint = match &error {
            NotMerged::Store(_) => "",
            NotMerged::Same => "name two incidents; `warroom list` shows all",
            NotMerged::Elsewhere(..) => {
                "nothing was changed; merge into that one, or take that merge back with --undo"
            }
            NotMerged::TooLong { .. } => "nothing was changed; shorten it there, and try again",
            NotMerged::Commit(_) | NotMerged::Unsaved(_) => {
                "what was written of it is on disk, and hides nothing; mend that, and run it again: it is then completed"
            }
            NotMerged::NotThere(..) => {
                "nothing was changed; `warroom show --json` has `merged` and `merged_into`"
            }
        };
        match error {
            NotMerged::Store(error) => error.into(),
            other => Self::new(other.to_string(), hint),
        }
    }
}
