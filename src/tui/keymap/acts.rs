//! Where keys act, and what they do.

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
    /// While the incident is shown as it stood, and nothing is written.
    Replay,
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
    /// While the report is shown.
    Report,
    /// While the handoff is shown.
    Handoff,
    /// While a doubt is shown.
    Review,
    /// In the details of an item.
    Details,
    /// While what is still to be done after all incidents is shown.
    Todos,
    /// In the list of incidents, before a room is open.
    List,
}

impl Place {
    /// All of them, in the order of the help.
    pub const ALL: [Self; 16] = [
        Self::Anywhere,
        Self::Prompt,
        Self::Completion,
        Self::Choices,
        Self::Replay,
        Self::Panes,
        Self::Timeline,
        Self::Hypotheses,
        Self::Actions,
        Self::Overlay,
        Self::Report,
        Self::Handoff,
        Self::Review,
        Self::Details,
        Self::Todos,
        Self::List,
    ];

    /// What the settings call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Anywhere => "anywhere",
            Self::Prompt => "prompt",
            Self::Completion => "completion",
            Self::Choices => "choices",
            Self::Replay => "replay",
            Self::Panes => "panes",
            Self::Timeline => "timeline",
            Self::Hypotheses => "hypotheses",
            Self::Actions => "actions",
            Self::Overlay => "overlay",
            Self::Report => "report",
            Self::Handoff => "handoff",
            Self::Review => "review",
            Self::Details => "details",
            Self::Todos => "open-actions",
            Self::List => "list",
        }
    }

    /// What the help calls it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Anywhere => "anywhere",
            Self::Prompt => "in the prompt",
            Self::Completion => "while a completion is shown",
            Self::Choices => "in a list of completions",
            Self::Replay => "in a replay, while the line is empty",
            Self::Panes => "in every pane",
            Self::Timeline => "in the timeline",
            Self::Hypotheses => "in the hypotheses",
            Self::Actions => "in the actions",
            Self::Overlay => "over the panes (help, details, report …)",
            Self::Report => "while the report is shown",
            Self::Handoff => "while the handoff is shown",
            Self::Review => "while a doubt is shown",
            Self::Details => "in the details of an item",
            Self::Todos => "while the open actions of all incidents are shown",
            Self::List => "in the list of incidents",
        }
    }
}

/// Places that act together, the closest first: it has a key before those behind it.
#[expect(missing_docs, reason = "each is named for where the person is")]
pub mod stack {
    use super::Place::{
        self, Actions, Anywhere, Choices, Completion, Details, Handoff, Hypotheses, List, Overlay, Panes,
        Prompt, Replay, Report, Review, Timeline, Todos,
    };

    pub const OVERLAY: &[Place] = &[Overlay, Anywhere];
    pub const REPORT: &[Place] = &[Report, Overlay, Anywhere];
    pub const HANDOFF: &[Place] = &[Handoff, Overlay, Anywhere];
    pub const REVIEW: &[Place] = &[Review, Overlay, Anywhere];
    pub const DETAILS: &[Place] = &[Details, Overlay, Anywhere];
    pub const TODOS: &[Place] = &[Todos, Overlay, Anywhere];
    pub const PROMPT: &[Place] = &[Prompt, Anywhere];
    pub const COMPLETION: &[Place] = &[Completion, Prompt, Anywhere];
    pub const CHOICES: &[Place] = &[Choices, Completion, Prompt, Anywhere];
    pub const REPLAY: &[Place] = &[Replay, Prompt, Anywhere];
    pub const TIMELINE: &[Place] = &[Timeline, Panes, Anywhere];
    pub const HYPOTHESES: &[Place] = &[Hypotheses, Panes, Anywhere];
    pub const ACTIONS: &[Place] = &[Actions, Panes, Anywhere];
    pub const LIST: &[Place] = &[List, Prompt, Anywhere];

    /// All of them.
    pub const ALL: [&[Place]; 14] = [
        OVERLAY, REPORT, HANDOFF, REVIEW, DETAILS, TODOS, PROMPT, COMPLETION, CHOICES, REPLAY, TIMELINE,
        HYPOTHESES, ACTIONS, LIST,
    ];
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

/// Where a key leads a replay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the table says where each leads")]
pub enum Move {
    Back,
    Forward,
    MinuteBack,
    MinuteForward,
    TenBack,
    TenForward,
    First,
    Last,
    Play,
    Slower,
    Faster,
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
    EditAction,
}

impl Prefill {
    /// One word for it, where there is no room for more.
    pub fn word(self) -> &'static str {
        match self {
            Self::Find => "find",
            Self::Undo => "undo",
            Self::Redo => "redo",
            Self::EditText | Self::EditAction => "edit",
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
    Insights,
    Todos,
    OpenAction,
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
    DetailsOfLine,
    Close,
    FillGap,
    CopyShown,
    NextDoubt,
    PreviousDoubt,
    MendDoubt,
    SettleDoubt,
    NextLink,
    PreviousLink,
    FollowLink,
    Order,
    Fold,
    ToHypothesis,
    ToEntries,
    Replay(Move),
}

impl Act {
    /// Whether it only moves what is seen.
    pub fn scrolls(self) -> bool {
        matches!(self, Self::PageUp | Self::PageDown | Self::Up | Self::Down | Self::First | Self::Last)
    }
}
