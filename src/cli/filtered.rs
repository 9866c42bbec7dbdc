//! Which incidents a command is about: the options that all commands over many incidents share.

use super::failure::Failure;
use crate::archive::Filter;
use crate::config::Config;
use crate::grammar::days;
use crate::model::Status;
use crate::session::clock::{Clock as _, Wall};
use crate::text::Raw;

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Which incidents")]
pub(super) struct Filtered {
    /// That began on this day or later: 2024, 2024-03, 2024-03-05, 90d, 6w, 3m, 1y, mon, yesterday
    #[arg(long, value_name = "DAY")]
    since: Option<String>,
    /// That began on this day or before; 2024 is all of that year
    #[arg(long, value_name = "DAY")]
    until: Option<String>,
    /// That affected this service; of several, any
    #[arg(long, value_name = "NAME")]
    service: Vec<String>,
    /// Of this severity; of several, any
    #[arg(long, value_name = "N", value_delimiter = ',')]
    sev: Vec<u8>,
    /// Whose cause, trigger, factors or confirmed hypotheses have these words, or another name of the same thing
    #[arg(long, value_name = "WORDS")]
    cause: Option<String>,
    /// With this tag on an entry or an action; of several, any
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// That stand there; of several, any
    #[arg(long, value_name = "STATUS", value_parser = status, value_delimiter = ',')]
    status: Vec<Status>,
    /// That are not resolved
    #[arg(long)]
    open: bool,
}

impl Filtered {
    /// What was asked for. Days are counted from today in the zone of the settings.
    pub(super) fn filter(&self, config: &Config) -> Result<Filter, Failure> {
        let today = config.zone.at(Wall.now()).date_naive();
        let unread = |option: &str, text: &str| {
            let message = format!("{option}: {} is no day", Raw::new(text).for_term());
            Failure::usage(message, format!("write it as {}", days::FORMS))
        };
        let day = |option: &str, text: Option<&str>, read: fn(&str, chrono::NaiveDate) -> Option<_>| {
            text.map(|text| read(text, today).ok_or_else(|| unread(option, text))).transpose()
        };
        let raws = |texts: &[String]| texts.iter().map(|text| Raw::new(text.as_str())).collect();
        Ok(Filter {
            since: day("--since", self.since.as_deref(), Filter::first_day)?,
            until: day("--until", self.until.as_deref(), Filter::last_day)?,
            services: raws(&self.service),
            severities: self.sev.clone(),
            cause: self.cause.as_deref().map(Raw::new),
            also_cause: raws(
                &self.cause.as_deref().map(|cause| config.subjects.forms(cause)).unwrap_or_default(),
            ),
            tags: raws(&self.tag),
            statuses: self.status.clone(),
            open: self.open,
        })
    }
}

fn status(word: &str) -> Result<Status, String> {
    let known = Status::ALL.into_iter().find(|status| status.word().eq_ignore_ascii_case(word));
    known.ok_or_else(|| format!("one of {}", Status::ALL.map(Status::word).join(", ")))
}
