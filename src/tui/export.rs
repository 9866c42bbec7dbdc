//! `/export`: the report as a file in the folder where the program was started, and never over somebody else's.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::export::redact::{self, Found, Redacted};
use crate::export::{Outline, file, markdown, templates};
use crate::model::Incident;
use crate::store::attachments::{self, ATTACHMENTS};
use crate::text::Raw;

/// How many names are tried.
const TRIES: u32 = 1_000;

/// Markdown without secrets, and what was left out of it.
pub(super) type Written = (Raw, Vec<Found>);

/// The report.
pub(super) fn report(incident: &Incident) -> Written {
    let told = |incident: &Incident| markdown::render(&Outline::of(incident));
    let redacted = redact::redacted(incident);
    // A secret may stand where the report does not go: in what machines told.
    let found = if redacted.found.is_empty() { Vec::new() } else { redacted.found_in(&told(incident)) };
    (Raw::new(told(&redacted.incident)), found)
}

/// The state for whoever takes over.
pub(super) fn handoff(incident: &Incident) -> Written {
    let Redacted { incident, found, .. } = redact::redacted(incident);
    let template = templates::BUILT_IN.iter().find(|template| template.name == "handoff");
    let text = match template.map(|template| templates::render(template.source, &incident)) {
        Some(Ok(text)) => text,
        Some(Err(error)) => error.message,
        None => String::new(),
    };
    (Raw::new(text), found)
}

/// What to say about what was left out; empty where nothing was.
pub(super) fn left_out(found: &[Found]) -> String {
    if found.is_empty() {
        return String::new();
    }
    format!("{}; the record itself still has them", redact::summary(found))
}

/// Writes reports, and knows which it wrote.
#[derive(Debug)]
pub(super) struct Exporter {
    folder: PathBuf,
    written: Option<(PathBuf, Raw)>,
}

impl Exporter {
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), written: None }
    }

    /// Where the program was started.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes the report; where it is, and what there is to know about it. `folder` is the incident's.
    pub(super) fn write(&mut self, incident: &Incident, folder: &Path) -> io::Result<(PathBuf, String)> {
        let (text, found) = report(incident);
        let name = incident.id.for_file_name();
        let name = if name.as_str().is_empty() { "incident" } else { name.as_str() };
        for n in 1..=TRIES {
            let file_name = if n == 1 { format!("{name}.md") } else { format!("{name}-{n}.md") };
            let path = self.folder.join(file_name);
            if self.may_write(&path, text.as_typed()) {
                file::save(&path, text.as_typed())?;
                let missing = attachments::missing(folder, incident);
                let beside = file::links_pictures(text.as_typed(), incident, &missing).then(|| {
                    format!(
                        "its pictures are seen with {} copied beside it",
                        folder.join(ATTACHMENTS).display()
                    )
                });
                let missing = file::told_missing(&missing, folder);
                self.written = Some((path.clone(), text));
                let left = Some(left_out(&found)).filter(|left| !left.is_empty());
                return Ok((
                    path,
                    left.into_iter().chain(beside).chain(missing).collect::<Vec<_>>().join(" · "),
                ));
            }
        }
        Err(io::Error::new(io::ErrorKind::AlreadyExists, "all names for it are taken"))
    }

    /// Whether nothing would be lost: there is no such file, or it holds the same text, or what this room wrote.
    fn may_write(&self, path: &Path, text: &str) -> bool {
        let Ok(found) = fs::symlink_metadata(path) else { return true };
        if !found.is_file() {
            return false;
        }
        let own =
            self.written.as_ref().filter(|(written, _)| written == path).map(|(_, text)| text.as_typed());
        fs::read(path)
            .is_ok_and(|held| held == text.as_bytes() || own.is_some_and(|own| held == own.as_bytes()))
    }
}
