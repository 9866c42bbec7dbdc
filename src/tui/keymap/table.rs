//! The one table of keys: where each acts, by what name the settings call it, and what it does.

use crossterm::event::KeyCode;

use super::acts::{Act, Edit, Move, Place, Prefill};
use super::chord::{Chord, SHIFT_ENTER, alt, c, ctrl, ctrl_key, key};

/// Keys that do one thing in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Where.
    pub place: Place,
    /// What the settings call it: unique in its place, and never changed.
    pub name: &'static str,
    /// The keys, unless a person has others.
    pub chords: &'static [Chord],
    /// What they do.
    pub act: Act,
    /// How people call the keys.
    pub keys: &'static str,
    /// One line of help.
    pub help: &'static str,
}

impl Binding {
    /// Whether its keys do in the list of incidents what it says.
    pub fn acts_in_list(&self) -> bool {
        match self.place {
            Place::List => true,
            Place::Prompt => matches!(self.act, Act::Edit(edit) if edit != Edit::Newline),
            Place::Anywhere => {
                matches!(self.act, Act::Help | Act::Clear | Act::Redraw | Act::Suspend | Act::Quit)
            }
            _ => false,
        }
    }
}

const fn row(
    place: Place,
    name: &'static str,
    chords: &'static [Chord],
    act: Act,
    keys: &'static str,
    help: &'static str,
) -> Binding {
    Binding { place, name, chords, act, keys, help }
}

use Act as A;
use Edit as E;
use KeyCode as K;
use Move as M;
use Place as P;
use Prefill as F;

/// All keys, in the order of the help.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    row(P::Anywhere, "quit", &[ctrl('q')], A::Quit, "Ctrl-Q", "leave; the line not sent is kept"),
    row(P::Anywhere, "next-pane", &[key(K::Tab)], A::NextPane, "Tab", "next pane"),
    row(P::Anywhere, "previous-pane", &[key(K::BackTab)], A::PreviousPane, "Shift-Tab", "previous pane"),
    row(P::Anywhere, "to-prompt", &[key(K::Esc)], A::ToPrompt, "Esc", "back to the prompt; ends a replay or a search; never clears the line"),
    row(P::Anywhere, "page-up", &[key(K::PageUp)], A::PageUp, "PgUp", "scroll the timeline up"),
    row(P::Anywhere, "page-down", &[key(K::PageDown)], A::PageDown, "PgDn", "scroll the timeline down"),
    row(P::Anywhere, "help", &[key(K::F(1))], A::Help, "F1", "this help"),
    row(P::Anywhere, "phases", &[key(K::F(2))], A::Phases, "F2", "the phases of the outage, and the hypotheses under them"),
    row(P::Anywhere, "find", &[key(K::F(3))], A::Prefill(F::Find), "F3", "find in the timeline, as you type"),
    row(P::Anywhere, "report", &[key(K::F(4))], A::Report, "F4", "the report as it stands, and what it lacks"),
    row(P::Anywhere, "order", &[key(K::F(5))], A::Order, "F5", "the timeline as it happened, or as we knew it: in the order of logging"),
    row(P::Anywhere, "clear", &[ctrl('c')], A::Clear, "Ctrl-C", "clear the line; Up brings it back"),
    row(P::Anywhere, "redraw", &[ctrl('l')], A::Redraw, "Ctrl-L", "draw the screen again"),
    row(P::Anywhere, "suspend", &[ctrl('z')], A::Suspend, "Ctrl-Z", "suspend; `fg` comes back"),

    row(P::Prompt, "commit", &[key(K::Enter)], A::Commit, "Enter", "log the line, or run the command"),
    row(P::Prompt, "new-line", &[alt(K::Enter), SHIFT_ENTER, ctrl('j')], A::Edit(E::Newline), "Alt-Enter, Shift-Enter, Ctrl-J", "a new line in the same entry (Shift-Enter where the terminal tells it from Enter)"),
    row(P::Prompt, "editor", &[ctrl('g')], A::Editor, "Ctrl-G", "write the line in your editor ($VISUAL)"),
    row(P::Prompt, "history", &[ctrl('o')], A::DetailsOfLine, "Ctrl-O", "all of what the line is about, and its whole history"),
    row(P::Prompt, "earlier", &[key(K::Up), ctrl('p')], A::Earlier, "Up", "earlier lines"),
    row(P::Prompt, "later", &[key(K::Down), ctrl('n')], A::Later, "Down", "later lines"),
    row(P::Prompt, "line-start", &[ctrl('a'), key(K::Home)], A::Edit(E::Head), "Ctrl-A, Home", "to the beginning"),
    row(P::Prompt, "line-end", &[ctrl('e'), key(K::End)], A::Edit(E::End), "Ctrl-E, End", "to the end"),
    row(P::Prompt, "back", &[ctrl('b'), key(K::Left)], A::Edit(E::Back), "Ctrl-B, Left", "back a character"),
    row(P::Prompt, "forward", &[ctrl('f'), key(K::Right)], A::Edit(E::Forward), "Ctrl-F, Right", "forward a character"),
    row(P::Prompt, "word-back", &[alt(K::Char('b')), alt(K::Left), ctrl_key(K::Left)], A::Edit(E::WordBack), "Alt-B", "back a word"),
    row(P::Prompt, "word-forward", &[alt(K::Char('f')), alt(K::Right), ctrl_key(K::Right)], A::Edit(E::WordForward), "Alt-F", "forward a word"),
    row(P::Prompt, "delete-back", &[key(K::Backspace), ctrl('h')], A::Edit(E::DeleteBack), "Backspace", "delete the character before"),
    row(P::Prompt, "delete", &[key(K::Delete), ctrl('d')], A::Edit(E::Delete), "Delete", "delete the character under the cursor"),
    row(P::Prompt, "kill-to-end", &[ctrl('k')], A::Edit(E::KillToEnd), "Ctrl-K", "cut to the end"),
    row(P::Prompt, "kill-to-start", &[ctrl('u')], A::Edit(E::KillToHead), "Ctrl-U", "cut to the beginning"),
    row(P::Prompt, "kill-word-back", &[ctrl('w'), alt(K::Backspace)], A::Edit(E::KillWordBack), "Ctrl-W", "cut the word before"),
    row(P::Prompt, "kill-word", &[alt(K::Char('d'))], A::Edit(E::KillWord), "Alt-D", "cut the word after"),
    row(P::Prompt, "yank", &[ctrl('y')], A::Edit(E::Yank), "Ctrl-Y", "paste what was cut"),

    row(P::Completion, "complete", &[key(K::Tab)], A::Complete, "Tab", "write it into the line: the chosen one, else the first"),
    row(P::Choices, "choose-up", &[key(K::Up), ctrl('p')], A::ChooseUp, "Up", "choose the one above"),
    row(P::Choices, "choose-down", &[key(K::Down), ctrl('n')], A::ChooseDown, "Down", "choose the one below"),
    row(P::Choices, "take-chosen", &[key(K::Enter)], A::TakeChosen, "Enter", "take the chosen one; with none chosen, send the line"),
    row(P::Choices, "dismiss", &[key(K::Esc)], A::Dismiss, "Esc", "close the list; the line stays"),

    row(P::Replay, "back", &[key(K::Left)], A::Replay(M::Back), "Left", "a change back"),
    row(P::Replay, "forward", &[key(K::Right)], A::Replay(M::Forward), "Right", "the next change"),
    row(P::Replay, "minute-back", &[key(K::Up)], A::Replay(M::MinuteBack), "Up", "a minute back"),
    row(P::Replay, "minute-forward", &[key(K::Down)], A::Replay(M::MinuteForward), "Down", "a minute on"),
    row(P::Replay, "ten-back", &[key(K::PageUp)], A::Replay(M::TenBack), "PgUp", "ten minutes back"),
    row(P::Replay, "ten-forward", &[key(K::PageDown)], A::Replay(M::TenForward), "PgDn", "ten minutes on"),
    row(P::Replay, "first", &[key(K::Home)], A::Replay(M::First), "Home", "to the beginning"),
    row(P::Replay, "last", &[key(K::End)], A::Replay(M::Last), "End", "to the end"),
    row(P::Replay, "play", &[c(' ')], A::Replay(M::Play), "Space", "play and pause"),
    row(P::Replay, "slower", &[c('<')], A::Replay(M::Slower), "<", "slower (`+` and `-` begin a line)"),
    row(P::Replay, "faster", &[c('>')], A::Replay(M::Faster), ">", "faster: 1, 10, 60, 600 times"),

    row(P::Panes, "up", &[key(K::Up), c('k')], A::Up, "Up, k", "up"),
    row(P::Panes, "down", &[key(K::Down), c('j')], A::Down, "Down, j", "down"),
    row(P::Panes, "first", &[key(K::Home), c('g')], A::First, "Home, g", "to the first"),
    row(P::Panes, "last", &[key(K::End), c('G')], A::Last, "End, G", "to the last"),
    row(P::Panes, "details", &[key(K::Enter)], A::Details, "Enter", "details: all of it, and its whole history"),
    row(P::Panes, "help", &[c('?')], A::Help, "?", "this help (not in the hypotheses)"),
    row(P::Panes, "find", &[c('f')], A::Prefill(F::Find), "f", "find in the timeline"),
    row(P::Panes, "undo", &[c('u')], A::Prefill(F::Undo), "u", "take back your last change"),
    row(P::Panes, "redo", &[c('U')], A::Prefill(F::Redo), "U", "let it count again"),

    row(P::Timeline, "edit", &[c('e')], A::Prefill(F::EditText), "e", "edit the text"),
    row(P::Timeline, "edit-time", &[c('T')], A::Prefill(F::EditTime), "T", "edit the time: the present one stands in the line"),
    row(P::Timeline, "star", &[c('s')], A::Prefill(F::Star), "s", "star: part of the short story"),
    row(P::Timeline, "strike", &[c('-')], A::Prefill(F::Strike), "-", "strike out"),
    row(P::Timeline, "hypothesis", &[c('h')], A::ToHypothesis, "h", "to the hypothesis that it belongs to"),
    row(P::Timeline, "next-of-hypothesis", &[c('n')], A::ToEntries, "n", "to the next entry about the same hypothesis"),
    row(P::Timeline, "fold", &[c('z')], A::Fold, "z", "fold what machines told, or unfold it (Enter unfolds, too)"),
    row(P::Timeline, "order", &[c('L')], A::Order, "L", "as it happened, or as we knew it"),

    row(P::Hypotheses, "new", &[c('n'), c('?')], A::Prefill(F::Suspect), "n, ?", "raise a new one"),
    row(P::Hypotheses, "test", &[c('t')], A::Prefill(F::Test), "t", "start testing it"),
    row(P::Hypotheses, "rule-out", &[c('x')], A::Prefill(F::Out), "x", "rule it out"),
    row(P::Hypotheses, "confirm", &[c('c')], A::Prefill(F::Confirm), "c", "confirm it as the cause"),
    row(P::Hypotheses, "park", &[c('p')], A::Prefill(F::Park), "p", "park it"),
    row(P::Hypotheses, "reopen", &[c('o')], A::Prefill(F::Reopen), "o", "open it again"),
    row(P::Hypotheses, "worse", &[c('w')], A::Prefill(F::Worse), "w", "what following it made worse"),
    row(P::Hypotheses, "entries", &[c('e')], A::ToEntries, "e", "to its entries: the first, the next"),

    row(P::Actions, "new", &[c('n')], A::Prefill(F::Task), "n", "add a new one"),
    row(P::Actions, "edit", &[c('e')], A::Prefill(F::EditAction), "e", "edit it: the text, the owner, the day it is due"),
    row(P::Actions, "done", &[c('d')], A::Prefill(F::Done), "d", "it is done"),
    row(P::Actions, "drop", &[c('D')], A::Prefill(F::Drop), "D", "it will not be done"),

    row(P::Overlay, "up", &[key(K::Up)], A::Up, "Up", "up; typing goes on in the prompt"),
    row(P::Overlay, "down", &[key(K::Down)], A::Down, "Down", "down"),
    row(P::Overlay, "page-up", &[key(K::PageUp)], A::PageUp, "PgUp", "a page up"),
    row(P::Overlay, "page-down", &[key(K::PageDown)], A::PageDown, "PgDn", "a page down"),
    row(P::Overlay, "first", &[key(K::Home)], A::First, "Home", "to the beginning"),
    row(P::Overlay, "last", &[key(K::End)], A::Last, "End", "to the end"),
    row(P::Overlay, "close", &[key(K::Esc), key(K::Enter)], A::Close, "Esc, Enter", "close"),

    row(P::Report, "fill", &[key(K::Enter)], A::FillGap, "Enter", "write the line that fills the chosen gap; what is there already stands in it"),
    row(P::Report, "copy", &[ctrl('y')], A::CopyShown, "Ctrl-Y", "put the report on the clipboard"),
    row(P::Handoff, "copy", &[ctrl('y')], A::CopyShown, "Ctrl-Y", "put the handoff on the clipboard, as Markdown"),

    row(P::Review, "mend", &[key(K::Enter)], A::MendDoubt, "Enter", "go to what it is about, and write the line that mends it"),
    row(P::Review, "settle", &[c('s')], A::SettleDoubt, "s", "it is as it should be: write the line that settles it"),
    row(P::Review, "next", &[c('n'), key(K::Right)], A::NextDoubt, "n, Right", "the next doubt"),
    row(P::Review, "previous", &[c('p'), key(K::Left)], A::PreviousDoubt, "p, Left", "the previous doubt"),

    row(P::Details, "next-link", &[key(K::Right)], A::NextLink, "Right", "choose the next →: an entry, a hypothesis"),
    row(P::Details, "previous-link", &[key(K::Left)], A::PreviousLink, "Left", "choose the one before"),
    row(P::Details, "follow", &[key(K::Enter)], A::FollowLink, "Enter", "go where the chosen → leads; with none chosen, close"),

    row(P::Todos, "open", &[key(K::Enter)], A::OpenAction, "Enter", "open its incident, and write the line that marks it done"),

    row(P::List, "commit", &[key(K::Enter)], A::Commit, "Enter", "open the chosen incident; with none chosen, start one with this title"),
    row(P::List, "down", &[key(K::Down), ctrl('n'), key(K::Tab)], A::Down, "Down, Tab", "choose the one below"),
    row(P::List, "up", &[key(K::Up), ctrl('p'), key(K::BackTab)], A::Up, "Up, Shift-Tab", "choose the one above; with none chosen, earlier lines"),
    row(P::List, "page-down", &[key(K::PageDown)], A::PageDown, "PgDn", "a page down"),
    row(P::List, "page-up", &[key(K::PageUp)], A::PageUp, "PgUp", "a page up"),
    row(P::List, "to-prompt", &[key(K::Esc)], A::ToPrompt, "Esc", "choose none; never clears the line"),
    row(P::List, "insights", &[key(K::F(2))], A::Insights, "F2", "what past incidents say together"),
    row(P::List, "open-actions", &[key(K::F(3))], A::Todos, "F3", "what is still to be done after all incidents"),
    row(P::List, "quit", &[ctrl('q')], A::Quit, "Ctrl-Q", "leave"),
];
