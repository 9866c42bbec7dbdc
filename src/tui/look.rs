//! Colours and marks. Sixteen colours only: they are the ones that people have set up to be readable. Nothing is told by
//! colour alone.

use ratatui::style::{Color, Modifier, Style};

use crate::model::{EntryKind, HypothesisStatus};

/// Whether the room uses colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// It does.
    pub colours: bool,
}

impl Look {
    /// As the environment asks: `NO_COLOR` with anything in it turns colours off.
    pub fn of_environment() -> Self {
        Self { colours: std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) }
    }

    fn coloured(self, colour: Color) -> Style {
        if self.colours { Style::new().fg(colour) } else { Style::new() }
    }

    /// What went wrong.
    pub(super) fn bad(self) -> Style {
        self.coloured(Color::Red).add_modifier(Modifier::BOLD)
    }

    /// What went well.
    pub(super) fn good(self) -> Style {
        self.coloured(Color::Green)
    }

    /// What wants attention.
    pub(super) fn warn(self) -> Style {
        self.coloured(Color::Yellow)
    }

    /// What can be acted on.
    pub(super) fn accent(self) -> Style {
        self.coloured(Color::Cyan)
    }

    /// What is beside the point.
    #[expect(clippy::unused_self, reason = "asked for as the other styles are")]
    pub(super) fn quiet(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// The row a key acts on.
    #[expect(clippy::unused_self, reason = "asked for as the other styles are")]
    pub(super) fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// The title of a pane.
    pub(super) fn title(self, focused: bool) -> Style {
        if focused { self.accent().add_modifier(Modifier::BOLD) } else { Style::new() }
    }

    pub(super) fn entry(self, kind: EntryKind) -> (&'static str, Style) {
        match kind {
            EntryKind::Note => ("·", self.quiet()),
            EntryKind::Hypothesis => ("?", self.coloured(Color::Magenta)),
            EntryKind::Milestone => ("◆", self.accent()),
            EntryKind::Status => ("»", self.accent()),
            EntryKind::Severity => ("!", self.warn()),
            EntryKind::Role => ("@", self.coloured(Color::Blue)),
            EntryKind::Alert => ("▲", self.bad()),
            EntryKind::Command => ("$", self.quiet()),
        }
    }

    pub(super) fn hypothesis(self, status: HypothesisStatus) -> (&'static str, Style) {
        match status {
            HypothesisStatus::Open => ("○", Style::new()),
            HypothesisStatus::Testing => ("◐", self.warn()),
            HypothesisStatus::RuledOut => ("✗", self.quiet()),
            HypothesisStatus::Confirmed => ("✔", self.good().add_modifier(Modifier::BOLD)),
            HypothesisStatus::Parked => ("–", self.quiet()),
        }
    }

    pub(super) fn severity(self, severity: Option<u8>) -> Style {
        match severity {
            Some(0 | 1) => self.bad().add_modifier(Modifier::REVERSED),
            Some(2) => self.warn().add_modifier(Modifier::REVERSED),
            Some(_) => Style::new().add_modifier(Modifier::REVERSED),
            None => self.quiet(),
        }
    }
}
