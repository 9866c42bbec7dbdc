//! `warroom log`: plain text from any shell or program, as it is.

use std::ffi::OsString;

use super::failure::Failure;
use super::intake::{Intake, Refusal, Source, no_option, only_text};
use super::{completing, described, out};
use crate::config::Config;
use crate::grammar::{self, marks};
use crate::log::{About, Change};
use crate::model::{Incident, Moment, Side, Subject};
use crate::session::Session;
use crate::text::Raw;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  warroom log rolled back to 4710\n  warroom log --at -5m --tag deploy 'v2 is out'\n  \
    kubectl get events | warroom log --tag k8s\n  warroom log --one --against database < pool.txt\n\n\
    Options stand before the text; after `--` everything is text. Nothing in it is a command, a time or a \
    hypothesis; #tags and @people are listed with the entry, and stay in it. What is logged is on disk when the \
    program ends with exit code 0."
)]
pub(super) struct Args {
    /// An id, an unambiguous start of one, or a folder
    #[arg(short, long, add = completing::incidents())]
    incident: Option<String>,
    /// When it happened, as the prompt takes it: 10:42, -5m, "yesterday 23:50"
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
    /// A tag besides those in the text; may be given several times
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// It is evidence for this hypothesis
    #[arg(long = "for", value_name = "SUBJECT", conflicts_with = "against", add = completing::subjects())]
    supports: Option<String>,
    /// It is evidence against this hypothesis
    #[arg(long, value_name = "SUBJECT", add = completing::subjects())]
    against: Option<String>,
    /// All of standard input is one entry, not a line each
    #[arg(long)]
    one: bool,
    /// What to log, its words joined; without it, standard input
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    text: Vec<OsString>,
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    no_option(&args.text)?;
    let only = only_text(&args.text).and_then(|text| Form::note(args, &text));
    let intake = Intake::open_or_add(args.incident.as_deref(), config, only)?;
    let form = intake.as_ref().map(|intake| Form::of(args, intake.session())).transpose()?;
    if let Some(option) = option_within(&args.text) {
        out::aside(&format!("note: --{option} stands behind the text, and was logged as text"));
    }
    let source = match (args.text.is_empty(), args.one) {
        (false, _) => Source::Words(&args.text),
        (true, true) => Source::Whole,
        (true, false) => Source::Lines,
    };
    let Some((intake, form)) = intake.zip(form) else { return Ok(0) };
    intake.take(source, |session, text| form.log(session, text))
}

/// What all that is logged in one go has in common.
struct Form {
    when: Option<Moment>,
    tags: Vec<Raw>,
    evidence: Option<(Side, Subject)>,
}

impl Form {
    fn of(args: &Args, session: &Session) -> Result<Self, Failure> {
        let when = args.at.as_ref().map(|at| session.desk().times().read_whole(at)).transpose();
        let when = when.map_err(|error| Failure::argument("--at", &error))?;
        let tags = args.tag.iter().map(|tag| tag_of(tag)).collect::<Result<_, _>>()?;
        let evidence = match (&args.supports, &args.against) {
            (Some(subject), _) => Some((Side::For, known(subject, "--for", session.incident())?)),
            (None, Some(subject)) => Some((Side::Against, known(subject, "--against", session.incident())?)),
            (None, None) => None,
        };
        Ok(Self { when, tags, evidence })
    }

    /// The entry that a text becomes, where that does not depend on what stands in the incident.
    fn note(args: &Args, text: &str) -> Option<Change> {
        let depends = args.at.is_some() || args.supports.is_some() || args.against.is_some();
        let tags = args.tag.iter().map(|tag| tag_of(tag)).collect::<Result<_, _>>();
        Some(grammar::plain(text, tags.ok().filter(|_| !depends)?, None))
    }

    /// Logs one text; whether there was anything in it.
    fn log(&self, session: &mut Session, text: &str) -> Result<bool, Refusal> {
        if Raw::new(text).is_blank() {
            return Ok(false);
        }
        let (tags, when) = (self.tags.clone(), self.when.clone());
        session.commit(match &self.evidence {
            None => grammar::plain(text, tags, when),
            Some((side, subject)) => {
                let about =
                    About { subject: subject.clone(), text: Some(Raw::new(text)), when: when.map(Box::new) };
                Change::EvidenceAdded { side: *side, about, tags }
            }
        })?;
        Ok(true)
    }
}

fn tag_of(given: &str) -> Result<Raw, Failure> {
    let sigil = if given.starts_with('#') { "" } else { "#" };
    marks::tag(&format!("{sigil}{given}")).map(Raw::new).ok_or_else(|| {
        let message = format!("--tag: \"{}\" is no tag", Raw::new(given).for_term());
        Failure::usage(message, "it is letters, digits, _, - and ., with a letter among them: --tag deploy")
    })
}

/// The hypothesis that is meant, under the name it has.
pub(super) fn known(given: &str, option: &str, incident: &Incident) -> Result<Subject, Failure> {
    if let Some(hypothesis) = incident.hypothesis(&Subject::new(given)) {
        return Ok(hypothesis.subject.clone());
    }
    let all =
        incident.hypotheses.iter().map(|h| format!("{} ({})", h.subject.raw().for_term(), h.status.words()));
    let all = all.collect::<Vec<_>>().join(", ");
    let there = if all.is_empty() { "none was raised yet".to_owned() } else { format!("there are: {all}") };
    let message = format!("{option}: there is no hypothesis about {}; {there}", Raw::new(given).for_term());
    Err(Failure::new(message, "raise one with `warroom say '?SUBJECT'`; nothing was logged"))
}

/// An option that stands among the words of the text, where it is none.
fn option_within(words: &[OsString]) -> Option<String> {
    let mut command = described();
    // Only a command that was built knows the options that go with every command.
    command.build();
    let log = command.find_subcommand("log")?;
    let is_option = |name: &str| log.get_arguments().any(|arg| arg.get_long() == Some(name));
    let long = |word: &OsString| Some(word.to_str()?.strip_prefix("--")?.split('=').next()?.to_owned());
    words.iter().skip(1).filter_map(long).find(|name| is_option(name))
}
