//! The one table of keys. The room acts by it, and the help and the hints read it.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// Where a key acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// Everywhere.
    Anywhere,
    /// In a list of completions.
    Choices,
    /// While a completion is shown.
    Completion,
    /// In the prompt.
    Prompt,
    /// In each pane.
    Panes,
    /// In the timeline.
    Timeline,
    /// In the hypotheses.
    Hypotheses,
    /// In the actions.
    Actions,
    /// In what lies over the panes.
    Overlay,
    /// In the list of incidents, before a room is open.
    List,
}

impl Place {
    /// All of them, in the order of the help.
    pub const ALL: [Self; 10] = [
        Self::Anywhere,
        Self::Prompt,
        Self::Completion,
        Self::Choices,
        Self::Panes,
        Self::Timeline,
        Self::Hypotheses,
        Self::Actions,
        Self::Overlay,
        Self::List,
    ];

    /// What the help calls it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Anywhere => "anywhere",
            Self::Prompt => "in the prompt",
            Self::Completion => "while a completion is shown",
            Self::Choices => "in a list of completions",
            Self::Panes => "in every pane",
            Self::Timeline => "in the timeline",
            Self::Hypotheses => "in the hypotheses",
            Self::Actions => "in the actions",
            Self::Overlay => "over the panes (help, details, report …)",
            Self::List => "in the list of incidents",
        }
    }
}

/// How a key edits the prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the table says what each does")]
pub enum Edit {
    Newline,
    Head,
    End,
    Back,
    Forward,
    WordBack,
    WordForward,
    DeleteBack,
    Delete,
    KillToEnd,
    KillToHead,
    KillWordBack,
    KillWord,
    Yank,
}

/// What a pane key writes into the prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the table says what each writes")]
pub enum Prefill {
    Find,
    Undo,
    Redo,
    EditText,
    EditTime,
    Star,
    Strike,
    Suspect,
    Test,
    Out,
    Confirm,
    Park,
    Reopen,
    Worse,
    Task,
    Done,
    Drop,
}

impl Prefill {
    /// One word for it, where there is no room for more.
    pub fn word(self) -> &'static str {
        match self {
            Self::Find => "find",
            Self::Undo => "undo",
            Self::Redo => "redo",
            Self::EditText => "edit",
            Self::EditTime => "time",
            Self::Star => "star",
            Self::Strike => "strike",
            Self::Suspect | Self::Task => "new",
            Self::Test => "test",
            Self::Out => "out",
            Self::Confirm => "confirm",
            Self::Park => "park",
            Self::Reopen => "reopen",
            Self::Worse => "worse",
            Self::Done => "done",
            Self::Drop => "drop",
        }
    }
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the table says what each does")]
pub enum Act {
    Quit,
    Redraw,
    Suspend,
    Clear,
    NextPane,
    PreviousPane,
    ToPrompt,
    PageUp,
    PageDown,
    Help,
    Phases,
    Report,
    Commit,
    Editor,
    Complete,
    ChooseUp,
    ChooseDown,
    TakeChosen,
    Dismiss,
    Edit(Edit),
    Earlier,
    Later,
    Up,
    Down,
    First,
    Last,
    Prefill(Prefill),
    Details,
    Close,
}

impl Act {
    /// Whether it only moves what is seen.
    pub fn scrolls(self) -> bool {
        matches!(self, Self::PageUp | Self::PageDown | Self::Up | Self::Down | Self::First | Self::Last)
    }
}

/// A key with what is held down with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chord {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// Keys that do one thing in one place.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where.
    pub place: Place,
    /// The keys.
    pub chords: &'static [Chord],
    /// What they do.
    pub act: Act,
    /// How people call the keys.
    pub keys: &'static str,
    /// One line of help.
    pub help: &'static str,
}

/// What the keys of a place write into the prompt: each key, and a word for it.
pub fn prefills(place: Place) -> impl Iterator<Item = (Prefill, String)> {
    BINDINGS.iter().filter(move |b| b.place == place).filter_map(|binding| {
        let Act::Prefill(prefill) = binding.act else { return None };
        let key = binding.keys.split(',').next().unwrap_or_default();
        Some((prefill, format!("{key} {}", prefill.word())))
    })
}

/// What a key does in the first of these places where it does anything.
pub fn act(key: KeyEvent, places: &[Place]) -> Option<Act> {
    let chord = Chord::of(key);
    let in_place = |place: &Place| BINDINGS.iter().find(|b| b.place == *place && b.chords.contains(&chord));
    places.iter().find_map(in_place).map(|binding| binding.act)
}

/// The character that a key types, if it types one.
pub fn typed(key: KeyEvent) -> Option<char> {
    let KeyCode::Char(c) = key.code else { return None };
    let held = key.modifiers.intersection(KeyModifiers::CONTROL.union(KeyModifiers::ALT));
    // Both together are the third level of a European keyboard.
    (held.is_empty() || held == KeyModifiers::CONTROL.union(KeyModifiers::ALT)).then_some(c)
}

impl Chord {
    /// A character tells by itself whether Shift was held, and with Ctrl case does not count.
    fn of(key: KeyEvent) -> Self {
        let modifiers = key.modifiers.intersection(KeyModifiers::CONTROL.union(KeyModifiers::ALT));
        let code = match key.code {
            KeyCode::Char(c) if modifiers.contains(KeyModifiers::CONTROL) => {
                KeyCode::Char(c.to_ascii_lowercase())
            }
            code => code,
        };
        Self { code, modifiers }
    }
}

const fn key(code: KeyCode) -> Chord {
    Chord { code, modifiers: KeyModifiers::NONE }
}

const fn c(char: char) -> Chord {
    key(KeyCode::Char(char))
}

const fn ctrl(char: char) -> Chord {
    Chord { code: KeyCode::Char(char), modifiers: KeyModifiers::CONTROL }
}

const fn alt(code: KeyCode) -> Chord {
    Chord { code, modifiers: KeyModifiers::ALT }
}

const fn row(
    place: Place,
    chords: &'static [Chord],
    act: Act,
    keys: &'static str,
    help: &'static str,
) -> Binding {
    Binding { place, chords, act, keys, help }
}

use Act as A;
use Edit as E;
use KeyCode as K;
use Place as P;
use Prefill as F;

/// All keys, in the order of the help.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    row(P::Anywhere, &[ctrl('q')], A::Quit, "Ctrl-Q", "leave; the line not sent is kept"),
    row(P::Anywhere, &[key(K::Tab)], A::NextPane, "Tab", "next pane"),
    row(P::Anywhere, &[key(K::BackTab)], A::PreviousPane, "Shift-Tab", "previous pane"),
    row(P::Anywhere, &[key(K::Esc)], A::ToPrompt, "Esc", "back to the prompt; ends a search; never clears the line"),
    row(P::Anywhere, &[key(K::PageUp)], A::PageUp, "PgUp", "scroll the timeline up"),
    row(P::Anywhere, &[key(K::PageDown)], A::PageDown, "PgDn", "scroll the timeline down"),
    row(P::Anywhere, &[key(K::F(1))], A::Help, "F1", "this help"),
    row(P::Anywhere, &[key(K::F(2))], A::Phases, "F2", "the phases of the outage, and the hypotheses under them"),
    row(P::Anywhere, &[key(K::F(3))], A::Prefill(F::Find), "F3", "find in the timeline"),
    row(P::Anywhere, &[key(K::F(4))], A::Report, "F4", "the report as it stands, and what it lacks"),
    row(P::Anywhere, &[ctrl('c')], A::Clear, "Ctrl-C", "clear the line; Up brings it back"),
    row(P::Anywhere, &[ctrl('l')], A::Redraw, "Ctrl-L", "draw the screen again"),
    row(P::Anywhere, &[ctrl('z')], A::Suspend, "Ctrl-Z", "suspend; `fg` comes back"),

    row(P::Prompt, &[key(K::Enter)], A::Commit, "Enter", "log the line, or run the command"),
    row(P::Prompt, &[alt(K::Enter), ctrl('j')], A::Edit(E::Newline), "Alt-Enter, Ctrl-J", "a new line in the same entry"),
    row(P::Prompt, &[ctrl('g')], A::Editor, "Ctrl-G", "write the line in your editor ($VISUAL)"),
    row(P::Prompt, &[key(K::Up), ctrl('p')], A::Earlier, "Up", "earlier lines"),
    row(P::Prompt, &[key(K::Down), ctrl('n')], A::Later, "Down", "later lines"),
    row(P::Prompt, &[ctrl('a'), key(K::Home)], A::Edit(E::Head), "Ctrl-A, Home", "to the beginning"),
    row(P::Prompt, &[ctrl('e'), key(K::End)], A::Edit(E::End), "Ctrl-E, End", "to the end"),
    row(P::Prompt, &[ctrl('b'), key(K::Left)], A::Edit(E::Back), "Ctrl-B, Left", "back a character"),
    row(P::Prompt, &[ctrl('f'), key(K::Right)], A::Edit(E::Forward), "Ctrl-F, Right", "forward a character"),
    row(P::Prompt, &[alt(K::Char('b')), alt(K::Left), Chord { code: K::Left, modifiers: KeyModifiers::CONTROL }], A::Edit(E::WordBack), "Alt-B", "back a word"),
    row(P::Prompt, &[alt(K::Char('f')), alt(K::Right), Chord { code: K::Right, modifiers: KeyModifiers::CONTROL }], A::Edit(E::WordForward), "Alt-F", "forward a word"),
    row(P::Prompt, &[key(K::Backspace), ctrl('h')], A::Edit(E::DeleteBack), "Backspace", "delete the character before"),
    row(P::Prompt, &[key(K::Delete), ctrl('d')], A::Edit(E::Delete), "Delete", "delete the character under the cursor"),
    row(P::Prompt, &[ctrl('k')], A::Edit(E::KillToEnd), "Ctrl-K", "cut to the end"),
    row(P::Prompt, &[ctrl('u')], A::Edit(E::KillToHead), "Ctrl-U", "cut to the beginning"),
    row(P::Prompt, &[ctrl('w'), alt(K::Backspace)], A::Edit(E::KillWordBack), "Ctrl-W", "cut the word before"),
    row(P::Prompt, &[alt(K::Char('d'))], A::Edit(E::KillWord), "Alt-D", "cut the word after"),
    row(P::Prompt, &[ctrl('y')], A::Edit(E::Yank), "Ctrl-Y", "paste what was cut"),

    row(P::Completion, &[key(K::Tab)], A::Complete, "Tab", "write it into the line: the chosen one, else the first"),
    row(P::Choices, &[key(K::Up), ctrl('p')], A::ChooseUp, "Up", "choose the one above"),
    row(P::Choices, &[key(K::Down), ctrl('n')], A::ChooseDown, "Down", "choose the one below"),
    row(P::Choices, &[key(K::Enter)], A::TakeChosen, "Enter", "take the chosen one; with none chosen, send the line"),
    row(P::Choices, &[key(K::Esc)], A::Dismiss, "Esc", "close the list; the line stays"),

    row(P::Panes, &[key(K::Up), c('k')], A::Up, "Up, k", "up"),
    row(P::Panes, &[key(K::Down), c('j')], A::Down, "Down, j", "down"),
    row(P::Panes, &[key(K::Home), c('g')], A::First, "Home, g", "to the first"),
    row(P::Panes, &[key(K::End), c('G')], A::Last, "End, G", "to the last"),
    row(P::Panes, &[key(K::Enter)], A::Details, "Enter", "details: all of it, and its whole history"),
    row(P::Panes, &[c('?')], A::Help, "?", "this help (not in the hypotheses)"),
    row(P::Panes, &[c('f')], A::Prefill(F::Find), "f", "find in the timeline"),
    row(P::Panes, &[c('u')], A::Prefill(F::Undo), "u", "take back your last change"),
    row(P::Panes, &[c('U')], A::Prefill(F::Redo), "U", "let it count again"),

    row(P::Timeline, &[c('e')], A::Prefill(F::EditText), "e", "edit the text"),
    row(P::Timeline, &[c('T')], A::Prefill(F::EditTime), "T", "edit the time"),
    row(P::Timeline, &[c('s')], A::Prefill(F::Star), "s", "star: part of the short story"),
    row(P::Timeline, &[c('-')], A::Prefill(F::Strike), "-", "strike out"),

    row(P::Hypotheses, &[c('n'), c('?')], A::Prefill(F::Suspect), "n, ?", "raise a new one"),
    row(P::Hypotheses, &[c('t')], A::Prefill(F::Test), "t", "start testing it"),
    row(P::Hypotheses, &[c('x')], A::Prefill(F::Out), "x", "rule it out"),
    row(P::Hypotheses, &[c('c')], A::Prefill(F::Confirm), "c", "confirm it as the cause"),
    row(P::Hypotheses, &[c('p')], A::Prefill(F::Park), "p", "park it"),
    row(P::Hypotheses, &[c('o')], A::Prefill(F::Reopen), "o", "open it again"),
    row(P::Hypotheses, &[c('w')], A::Prefill(F::Worse), "w", "what following it made worse"),

    row(P::Actions, &[c('n')], A::Prefill(F::Task), "n", "add a new one"),
    row(P::Actions, &[c('d')], A::Prefill(F::Done), "d", "it is done"),
    row(P::Actions, &[c('D')], A::Prefill(F::Drop), "D", "it will not be done"),

    row(P::Overlay, &[key(K::Up)], A::Up, "Up", "up; typing goes on in the prompt"),
    row(P::Overlay, &[key(K::Down)], A::Down, "Down", "down"),
    row(P::Overlay, &[key(K::PageUp)], A::PageUp, "PgUp", "a page up"),
    row(P::Overlay, &[key(K::PageDown)], A::PageDown, "PgDn", "a page down"),
    row(P::Overlay, &[key(K::Home)], A::First, "Home", "to the beginning"),
    row(P::Overlay, &[key(K::End)], A::Last, "End", "to the end"),
    row(P::Overlay, &[key(K::Esc), key(K::Enter)], A::Close, "Esc, Enter", "close"),

    row(P::List, &[key(K::Enter)], A::Commit, "Enter", "open the chosen incident; with none chosen, start one with this title"),
    row(P::List, &[key(K::Down), ctrl('n'), key(K::Tab)], A::Down, "Down, Tab", "choose the one below"),
    row(P::List, &[key(K::Up), ctrl('p'), key(K::BackTab)], A::Up, "Up, Shift-Tab", "choose the one above; with none chosen, earlier lines"),
    row(P::List, &[key(K::PageDown)], A::PageDown, "PgDn", "a page down"),
    row(P::List, &[key(K::PageUp)], A::PageUp, "PgUp", "a page up"),
    row(P::List, &[key(K::Esc)], A::ToPrompt, "Esc", "choose none; never clears the line"),
    row(P::List, &[ctrl('q')], A::Quit, "Ctrl-Q", "leave"),
];
