//! Templates: the report in the form that a team uses. A template is a file of Markdown with the names of what goes where;
//! what was typed is made safe by itself.

mod budget;
mod engine;
mod filters;
mod guard;
mod pieces;
mod record;
mod shelf;
mod tags;

use std::fmt;

pub use engine::{Rendered, rendered};
pub use filters::{FILTERS, FUNCTIONS, TESTS, Tool};
pub use pieces::{PIECES, Piece};
pub use shelf::{BUILT_IN, BuiltIn, LoadError, Origin, Template, find, list};

use crate::model::Incident;

/// Where in a template something is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The words there; empty where they are not known.
    pub what: String,
}

/// Why a template gives no report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct TemplateError {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub place: Option<Place>,
    /// What to do.
    pub hint: String,
}

impl TemplateError {
    /// Something is wrong with all of it.
    fn whole(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), place: None, hint: hint.into() }
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(place) = &self.place else { return f.write_str(&self.message) };
        write!(f, "line {}: {}", place.line, self.message)?;
        let said = place.what.is_empty() || place.what.contains('\n') || self.message.contains(&place.what);
        if said { Ok(()) } else { write!(f, ", in `{}`", place.what) }
    }
}

/// Tells an incident in the form of a template, as Markdown.
///
/// # Errors
/// Where the template makes no sense, names what there is not, or goes beyond a limit: with the line, and what to do.
pub fn render(source: &str, incident: &Incident) -> Result<String, TemplateError> {
    rendered(source, incident).map(|report| report.markdown)
}
