//! What `say` and `log` share: texts from the arguments or from standard input go into one incident, one after the other.
//! Each that is refused is reported with the number of its line, and all others are on disk at the end.

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, BufRead as _, IsTerminal as _, Read as _};
use std::ops::Range;
use std::path::Path;

use super::failure::Failure;
use super::{find, marked, open, out};
use crate::config::Config;
use crate::grammar::GrammarError;
use crate::log::{Change, LINE_LIMIT, Record};
use crate::session::attach::NotAttached;
use crate::session::{self, Added, CommitError, Session};
use crate::store::sharing;
use crate::text::Raw;

/// More than this is read of no text: it could not be written, and an endless one would fill the memory.
const MOST: u64 = LINE_LIMIT as u64 + 2;

/// Where the texts come from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source<'a> {
    /// One text: these words, joined.
    Words(&'a [OsString]),
    /// Standard input, a text a line.
    Lines,
    /// Standard input as one text.
    Whole,
}

/// A text as it came.
struct Piece<'a> {
    /// What was read of it, without the end of its line.
    bytes: &'a [u8],
    /// How long it is, in bytes, where it is longer than what was read.
    whole: Option<usize>,
    /// The number of its line, where there are several.
    number: Option<usize>,
}

/// Refuses what looks like an option and is none: logged as text, it would hide what was meant, and what waits on standard
/// input. `-5m` is a time, and after `--` everything is text.
pub(super) fn no_option(words: &[OsString]) -> Result<(), Failure> {
    let Some(first) = words.first().map(|word| word.to_string_lossy()) else { return Ok(()) };
    let is_time = first.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    if !first.starts_with('-') || is_time || first.contains(' ') || std::env::args_os().any(|arg| arg == "--")
    {
        return Ok(());
    }
    let shown = Raw::new(first.as_ref()).for_term();
    let hint = "see --help; write `--` before a text that begins so";
    Err(Failure::usage(format!("{shown} is no option"), hint))
}

impl Source<'_> {
    /// Hands over one text after the other.
    fn read(self, mut piece: impl FnMut(Piece<'_>)) -> io::Result<()> {
        let hint = match self {
            Self::Words(words) => {
                let words: Vec<_> = words.iter().map(|word| word.as_encoded_bytes()).collect();
                piece(Piece { bytes: &words.join(&b' '), whole: None, number: None });
                return Ok(());
            }
            Self::Lines => "A line each, Ctrl-D ends.",
            Self::Whole => "One text, Ctrl-D ends.",
        };
        let (mut input, mut bytes) = (io::stdin().lock(), Vec::new());
        if input.is_terminal() {
            out::aside(hint);
        }
        if matches!(self, Self::Whole) {
            input.by_ref().take(MOST).read_to_end(&mut bytes)?;
            let rest = usize::try_from(io::copy(&mut input, &mut io::sink())?).unwrap_or(usize::MAX);
            let whole = (rest > 0).then(|| rest.saturating_add(bytes.len()));
            piece(Piece { bytes: without_end(&bytes), whole, number: None });
            return Ok(());
        }
        for number in 1.. {
            bytes.clear();
            let length = input.by_ref().take(MOST).read_until(b'\n', &mut bytes)?;
            if length == 0 {
                break;
            }
            let cut = length as u64 == MOST && !bytes.ends_with(b"\n");
            let rest = if cut { input.skip_until(b'\n')? } else { 0 };
            let whole = (rest > 0).then_some(length + rest);
            piece(Piece { bytes: without_end(&bytes), whole, number: Some(number) });
        }
        Ok(())
    }
}

fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Why a text was not taken in.
#[derive(Debug, Default)]
pub(super) struct Refusal {
    message: String,
    /// The part of the text it is about, in bytes.
    span: Option<Range<usize>>,
    hint: Option<String>,
}

impl Refusal {
    pub(super) fn new(message: &str, hint: &str) -> Self {
        Self { message: message.to_owned(), span: None, hint: Some(hint.to_owned()) }
    }
}

impl From<CommitError> for Refusal {
    fn from(error: CommitError) -> Self {
        Self { message: error.to_string(), ..Self::default() }
    }
}

impl From<NotAttached> for Refusal {
    fn from(error: NotAttached) -> Self {
        Self { message: error.message, span: None, hint: Some(error.hint) }
    }
}

impl From<GrammarError> for Refusal {
    fn from(error: GrammarError) -> Self {
        Self { message: error.message, span: Some(error.span), hint: Some(error.hint) }
    }
}

/// The one text that there is, where it stands in the arguments and is all UTF-8.
pub(super) fn only_text(words: &[OsString]) -> Option<String> {
    let words: Option<Vec<&str>> = words.iter().map(|word| word.to_str()).collect();
    Some(words?.join(" ")).filter(|text| !Raw::new(text.as_str()).is_blank())
}

/// An incident that is open for texts.
pub(super) struct Intake {
    session: Session,
    /// The one text there is was handed over already.
    is_said: bool,
    /// The trouble that was told of last.
    told: Option<String>,
    all_taken: bool,
    /// Something was taken in.
    is_taken: bool,
    /// How many texts had bytes that are no UTF-8.
    mended: usize,
}

impl Intake {
    /// Opens an incident, and says what was found.
    pub(super) fn open(incident: Option<&str>, config: &Config) -> Result<Self, Failure> {
        Self::of(&find::folder(incident, config)?, config, None)
    }

    /// As [`open`](Self::open), but where all there is to say is a change that holds whatever stands in the incident, that is
    /// added without reading all of a long one. Nothing where it is on disk then.
    pub(super) fn open_or_add(
        incident: Option<&str>,
        config: &Config,
        only: Option<Change>,
    ) -> Result<Option<Self>, Failure> {
        let folder = find::folder(incident, config)?;
        let added = only.map(|change| session::add(&folder, &open::opening(config), change));
        match added {
            Some(Added::Saved(_)) => {
                tell_of_waiting(&folder);
                Ok(None)
            }
            Some(Added::Unsaved(record)) => Self::of(&folder, config, Some(record)).map(Some),
            Some(Added::Untried) | None => Self::of(&folder, config, None).map(Some),
        }
    }

    fn of(folder: &Path, config: &Config, unsaved: Option<Record>) -> Result<Self, Failure> {
        let is_said = unsaved.is_some();
        let mut session = Session::open_with(folder, open::opening(config), unsaved)?;
        for notice in session.notices() {
            out::aside(notice);
        }
        session.pump();
        if let Some(reason) = session.saving().read_only {
            let message = format!("this incident is read-only ({reason}): nothing was taken");
            return Err(Failure::new(message, "make it writable, or name another incident with -i"));
        }
        Ok(Self { session, is_said, told: None, all_taken: true, is_taken: false, mended: 0 })
    }

    pub(super) fn session(&self) -> &Session {
        &self.session
    }

    /// Hands every text of a source to `take`, which tells whether there was anything in it. Comes back when all that was
    /// taken in is on disk; the exit code says whether that is all there was.
    ///
    /// # Errors
    /// What is not on disk and where it is kept, or why the source could not be read to its end.
    pub(super) fn take(
        mut self,
        source: Source<'_>,
        mut take: impl FnMut(&mut Session, &str) -> Result<bool, Refusal>,
    ) -> Result<u8, Failure> {
        let read = if self.is_said { Ok(()) } else { source.read(|piece| self.one(&piece, &mut take)) };
        if self.mended > 0 {
            out::aside(&format!(
                "bytes that are no UTF-8, in {} of the texts: \u{fffd} stands for them",
                self.mended
            ));
        }
        let flushed = self.session.flush(|reason| out::aside(&format!("not saved yet: {reason}; waiting")));
        let folder = (self.is_said || self.is_taken).then(|| self.session.folder().to_owned());
        let left = self.session.finish();
        let unread = read.map_err(|e| format!("cannot read standard input: {e}"));
        if let Err(unsaved) = left {
            unread.unwrap_or_else(|reason| out::aside(&format!("Error: {reason}")));
            return Err(unsaved.into());
        }
        if let Err(reason) = flushed {
            // It failed once and was saved on the way out.
            out::aside(&format!("saved late: {reason}"));
        }
        if let Some(folder) = folder {
            tell_of_waiting(&folder);
        }
        unread.map_err(|reason| Failure::new(reason, "what came before is saved"))?;
        Ok(u8::from(!self.all_taken))
    }

    /// Takes one text. A blank line between others says nothing.
    fn one(&mut self, piece: &Piece<'_>, take: impl FnOnce(&mut Session, &str) -> Result<bool, Refusal>) {
        let text = String::from_utf8_lossy(piece.bytes);
        let number = piece.number;
        if let Some(bytes) = piece.whole {
            return self.refuse(&text, number, &CommitError::TooLong { bytes }.into());
        }
        match take(&mut self.session, &text) {
            Ok(true) => {
                self.is_taken = true;
                self.mended += usize::from(matches!(text, Cow::Owned(_)));
            }
            Ok(false) if number.is_some() && text.trim().is_empty() => {}
            Ok(false) => {
                let nothing = Refusal::new("there is nothing to see in it", "say what happened");
                self.refuse(&text, number, &nothing);
            }
            Err(refusal) => self.refuse(&text, number, &refusal),
        }
        self.tell_of_trouble();
    }

    fn refuse(&mut self, text: &str, number: Option<usize>, refusal: &Refusal) {
        self.all_taken = false;
        out::aside(&report(text, number, refusal));
    }

    /// Lines may come for hours: what cannot be saved is said when it happens, not at the end.
    fn tell_of_trouble(&mut self) {
        let trouble = self.session.saving().trouble;
        if trouble != self.told {
            if let Some(reason) = &trouble {
                out::aside(&format!("NOT SAVED so far: {reason}; it is kept and tried again"));
            }
            self.told = trouble;
        }
    }
}

/// Says that others do not have it yet, where nobody sends it from here.
fn tell_of_waiting(folder: &Path) {
    if sharing::waits(folder) {
        out::aside(
            "saved here; others get it when a room of it is open on this host, or with `warroom share` again",
        );
    }
}

/// What is wrong, the text with the part it is about marked, and what to do.
fn report(text: &str, number: Option<usize>, refusal: &Refusal) -> String {
    let place = number.map_or(String::new(), |n| format!("line {n}: "));
    let mut out = format!("Error: {place}{}", refusal.message);
    if !text.trim().is_empty() {
        out.push_str(&marked::rows(&Raw::new(text), refusal.span.as_ref()));
    }
    if let Some(hint) = &refusal.hint {
        out.push_str(&format!("\nHint: {hint}"));
    }
    out
}
