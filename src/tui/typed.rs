//! What becomes of a line: while it is written, and when it is sent.

use std::ops::Range;
use std::sync::Once;
use std::thread;

use super::completion::Kind;
use super::editor;
use super::export::{left_out, report};
use super::keymap::{Act, stack};
use super::overlay::{self, Overlay};
use super::preview::{asks_why, preview, unexpected_day};
use super::room::{Effect, Room};
use super::state::{Said, Tone};
use crate::archive::Recalled;
use crate::export::redact;
use crate::grammar::parts::{Part, meant, parts};
use crate::grammar::{self, GrammarError, Line, RoomCommand};
use crate::log::fold::dated;
use crate::log::retraction::Retraction;
use crate::log::{Change, LINE_LIMIT, List};
use crate::session::archive::with_relatives;
use crate::text::Raw;

/// The row under the prompt while a line is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Hint {
    /// Safe for a terminal.
    pub(super) words: String,
    /// The time of the line, where it falls on another day than one expects: it is told first. Safe for a terminal.
    pub(super) day: Option<String>,
    /// The line would not be understood as it stands.
    pub(super) doubtful: bool,
    /// It is a question.
    pub(super) asks: bool,
    /// What the parts of the line are taken as, in bytes.
    pub(super) parts: Vec<(Range<usize>, Part)>,
    /// The name of a secret that is in it.
    pub(super) secret: Option<&'static str>,
    /// What past incidents tell of what is suspected.
    pub(super) recalled: Option<Recalled>,
}

/// The shortest line that a secret is looked for in, in bytes.
const SECRET: usize = 12;

/// The name of a secret in a line. The rules take some milliseconds to be made: that is done beside the first words.
fn secret_in(line: &str) -> Option<&'static str> {
    static RULES: Once = Once::new();
    if line.is_empty() {
        return None;
    }
    RULES.call_once(|| {
        // Without a thread the rules are made when they are needed.
        let _ = thread::Builder::new().name("rules".into()).spawn(|| redact::first(""));
    });
    if line.len() >= SECRET { redact::first(line) } else { None }
}

impl Room {
    /// What the line will become.
    pub(super) fn hint(&self) -> Hint {
        if self.state.prompt.is_long() {
            return self.hint_of_much();
        }
        let line = self.state.prompt.text();
        let desk = self.session.desk();
        let parts = parts(&line, &desk);
        let read = grammar::read(&line, &desk);
        let asks = matches!(&read, Ok(Line::Change(change)) if asks_why(change, &desk));
        let day = match &read {
            Ok(Line::Change(change)) => unexpected_day(change, &desk),
            _ => None,
        };
        let there = self.edits_what_is_there();
        let (words, doubtful) = match read {
            Ok(Line::Nothing) => (String::new(), false),
            Ok(Line::Change(change)) => {
                let words = self
                    .names(&change)
                    .unwrap_or_else(|| preview(&change, &desk, self.session.ledger(), &self.state.keys));
                (if self.state.replaying.is_some() { format!("logged NOW: {words}") } else { words }, false)
            }
            Ok(Line::Room(RoomCommand::Find(_))) => (self.found(), false),
            Ok(Line::Room(_)) => {
                (self.state.keys.hint(&[Act::Commit], "runs it", stack::PROMPT).unwrap_or_default(), false)
            }
            Err(error) => match meant(&line, &desk) {
                Some((_, known)) => {
                    let tab = self.state.keys.completes();
                    (format!("{} · {tab}{}", error.message, known.subject.raw().for_term()), true)
                }
                None => match &there {
                    Some(keys) => (keys.clone(), true),
                    None => (format!("{} · {}", error.message, error.hint), true),
                },
            },
        };
        let words = match there.filter(|_| !doubtful) {
            Some(keys) => format!("{words} · {keys}"),
            None => words,
        };
        let words = match self.asks_for_suggestions() {
            Some(asks) => format!("{words} · {asks}"),
            None => words,
        };
        let recalled = self.of_the_past(&line, &parts);
        Hint { words, day, doubtful, asks, parts, secret: secret_in(&line), recalled }
    }

    /// The keys for what the command of the line has set already, where they would write that into the line.
    pub(super) fn edits_what_is_there(&self) -> Option<String> {
        let found = self.state.offer.found.as_ref()?;
        let kind = found.kind;
        let line = self.state.prompt.text();
        let is_whole = || found.choices.first().is_some_and(|choice| choice.label.as_str() == line);
        let is_named = kind == Kind::Palette && self.state.offer.chosen.is_none() && is_whole();
        let is_one =
            (kind == Kind::Mend || is_named) && grammar::present(&line, &self.session.desk()).is_some();
        let is_list = kind == Kind::Folded && line.trim_start().starts_with('/');
        if !is_one && !is_list {
            return None;
        }
        let editor = (Act::Editor, "in your editor");
        let all = [Some((Act::Complete, "edits what is there")), is_one.then_some(editor)];
        let all = all.into_iter().flatten().chain([(Act::DetailsOfLine, "history")]);
        Some(self.state.keys.hints(&all.collect::<Vec<_>>(), stack::COMPLETION))
    }

    /// Asks whether so much is meant to be sent.
    fn hint_of_much(&self) -> Hint {
        let lines = self.state.prompt.lines();
        let bytes = lines.iter().map(|line| line.len() + 1).sum::<usize>();
        let size = match lines.len() {
            1 => format!("{} KiB", bytes / 1024),
            lines => format!("{lines} lines, {} KiB", bytes / 1024),
        };
        let keys = &self.state.keys;
        let send = keys.hint(&[Act::Commit], "sends it in one piece", stack::PROMPT);
        let send = if bytes > LINE_LIMIT { Some("too long to be sent".into()) } else { send };
        let clear = keys.hint(&[Act::Clear], "sets it aside", stack::PROMPT);
        let words: Vec<String> = [Some(size), send, clear].into_iter().flatten().collect();
        Hint { words: words.join(" · "), asks: true, ..Hint::default() }
    }

    /// Sends the line: it becomes a change, or the room does what it says, or it stays with the reason beneath it.
    pub(super) fn send(&mut self) -> Effect {
        self.state.notices.clear();
        let line = self.state.prompt.text();
        if self.walk_stops(&line) {
            return Effect::None;
        }
        let again = self.state.said.take().is_some_and(|said| said.may_be_text && said.line == line);
        let meant = if again { format!("\\{}", line.trim_start()) } else { line.clone() };
        match grammar::read(&meant, &self.session.desk()) {
            Ok(Line::Nothing) => {
                self.state.prompt.set_aside();
                self.state.said =
                    Some(Said::new(Tone::Plain, "nothing is logged: there is nothing to see in the line"));
            }
            Ok(Line::Change(change)) => self.commit(*change, &line),
            Ok(Line::Room(command)) => return self.run(command, &line),
            Err(error) => self.refuse(error, line),
        }
        Effect::None
    }

    fn commit(&mut self, change: Change, line: &str) {
        let retraction = Retraction::ahead_of(&change, &self.session.teller());
        let undated = dated::count(self.session.incident());
        let decided = matches!(change, Change::DecisionMade { .. });
        let text_behind_a_time = grammar::behind_a_time(&change);
        let done = self.session.teller().words(&change).brief();
        let relates = matches!(change, Change::ItemAdded { list: List::Related, .. });
        match self.session.commit(change) {
            Ok(made) => {
                let filled = self.state.is_at_gap().then(|| self.state.fills_gap.take()).flatten();
                self.state.prompt.set_aside();
                let was_past = self.end_replay();
                self.show_made(made);
                self.state.said = match text_behind_a_time {
                    Some(hint) => Some(Said::new(Tone::Plain, format!("logged {hint}; /undo takes it back"))),
                    None => relates.then(|| self.related()).flatten(),
                };
                self.walk_on(line);
                if let Some((filled, _)) = filled {
                    self.filled_gap(filled);
                }
                if let Some(words) = dated::told(undated, self.session.incident()) {
                    let walked = self.state.said.take().map(|said| said.words);
                    let more = walked.unwrap_or_else(|| "/undo takes it back".into());
                    self.state.said = Some(Said::new(Tone::Good, format!("{words} · {more}")));
                }
                if let Some(retraction) = retraction {
                    let words = retraction.done(&self.session.teller(), self.session.by());
                    self.state.said = Some(Said::new(Tone::Good, words));
                }
                if decided && self.state.said.is_none() {
                    // It stands in no pane: that it was taken is said.
                    let shows = self.state.keys.hint(&[Act::Report], "shows it in the report", stack::PROMPT);
                    let words = ["decision kept".to_owned()].into_iter().chain(shows).collect::<Vec<_>>();
                    self.state.said = Some(Said::new(Tone::Good, words.join(" · ")));
                }
                if was_past {
                    self.say_it_is_now();
                } else if self.state.said.is_none() && self.session.incident().entry(made).is_none() {
                    // What is on the timeline is seen.
                    self.state.said = Some(Said::new(Tone::Good, format!("{done} · /undo takes it back")));
                }
            }
            Err(error) => self.state.said = Some(Said::new(Tone::Bad, error.to_string()).about(line)),
        }
    }

    fn refuse(&mut self, error: GrammarError, line: String) {
        let GrammarError { span, message, mut hint, may_be_text } = error;
        if may_be_text {
            let offered = self.state.offer.found.as_ref().and_then(|found| found.choices.first());
            let offered = offered.map(|choice| format!("writes {}", choice.label));
            let keys = &self.state.keys;
            let first = offered.and_then(|words| keys.hint(&[Act::Complete], &words, stack::COMPLETION));
            hint = first.map_or(hint, |first| format!("{first}; \\ before it makes it text"));
            let again = self.state.keys.hint(&[Act::Commit], "again logs it as it stands", stack::PROMPT);
            hint.extend(again.map(|again| format!("; {again}")));
        }
        let words = message;
        self.state.said = Some(Said { tone: Tone::Bad, words, hint, line, span, may_be_text });
    }

    /// Hands the line to the person's editor; of a command alone, with what it has set already.
    pub(super) fn edit(&mut self) -> Effect {
        if self.state.prompt.aside().is_some() {
            // A search needs no editor; the line that was set aside for it is the one that its file is to hold.
            self.leave_search();
        }
        let line = self.state.prompt.text();
        let line = grammar::present(&line, &self.session.desk()).unwrap_or(line);
        match self.session.draft_for_editor(&line) {
            Ok(file) => Effect::Edit(file),
            Err(error) => {
                self.fail(format!("there is no file for an editor: {error}; the line is as it was"));
                Effect::None
            }
        }
    }

    /// Takes the line back from the editor; the line of before is one Up away.
    pub(super) fn edited_elsewhere(&mut self, ended: Result<(), String>) {
        if let Err(why) = ended {
            return self.fail(format!("{} {why}; the line is as it was", editor::name()));
        }
        let draft = self.session.edited_draft();
        let line = draft.as_ref().map(|draft| draft.as_typed().trim_end_matches(['\r', '\n']));
        let line = line.unwrap_or_default();
        if line != self.state.prompt.text() {
            // It is the same line, and fills the same gap.
            let gap = self.state.fills_gap.take();
            self.state.prefill(line);
            self.state.fills_gap = gap;
            self.find_as_typed();
        }
    }

    pub(super) fn fail(&mut self, words: impl Into<String>) {
        let words = Raw::new(words).for_term().to_string();
        let line = self.state.prompt.text();
        self.state.said = Some(Said::new(Tone::Bad, words).about(&line));
    }

    fn run(&mut self, command: RoomCommand, line: &str) -> Effect {
        let incident = self.session.incident();
        let effect = match command {
            RoomCommand::Find(wanted) => {
                self.keep_find(wanted);
                Effect::None
            }
            RoomCommand::Export => return self.export(line),
            RoomCommand::Copy => {
                let (text, found) = report(&with_relatives(self.session.folder(), incident));
                Effect::Copy {
                    what: "the report",
                    text: text.as_typed().to_owned(),
                    left_out: left_out(&found),
                }
            }
            RoomCommand::Help => {
                self.state.overlay = Some(overlay::help(&self.state.keys));
                Effect::None
            }
            RoomCommand::Handoff => {
                self.state.overlay = Some(Overlay::handoff());
                Effect::None
            }
            RoomCommand::Insights => {
                self.insights();
                Effect::None
            }
            RoomCommand::Doubts => {
                self.state.prompt.set_aside();
                // They are doubts about what is on record now.
                self.end_replay();
                self.review(0);
                return Effect::None;
            }
            RoomCommand::Quit => Effect::Quit,
            RoomCommand::Replay(at) => return self.replay(at),
            RoomCommand::Attach { file, subject } => {
                self.attach(&file, subject, line);
                return Effect::None;
            }
        };
        self.state.prompt.set_aside();
        effect
    }

    fn export(&mut self, line: &str) -> Effect {
        let incident = with_relatives(self.session.folder(), self.session.incident());
        match self.exporter.write(&incident, self.session.folder()) {
            Ok((path, more)) => {
                self.state.prompt.set_aside();
                let more = Raw::new(more).for_term().to_string();
                self.say(format!("the report is in {}", path.display()), more);
            }
            Err(error) => {
                let why = Raw::new(format!("the report was not written: {error}")).for_term();
                self.state.said = Some(Said::new(Tone::Bad, why.to_string()).about(line));
            }
        }
        Effect::None
    }
}
