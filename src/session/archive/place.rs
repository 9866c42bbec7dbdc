//! Where the index is: in a file beside the incidents, else with this process.

use std::path::PathBuf;

use crate::archive::index::{Index, IndexError};

/// Where the index is.
#[derive(Debug)]
pub(super) enum Place {
    /// In this file.
    File {
        path: PathBuf,
        /// As it was opened, as long as it is the one there.
        open: Option<Box<Index>>,
        /// Whether another process may have taken something out of it.
        doubted: bool,
    },
    /// With this process.
    Memory(Box<Index>),
    /// There is no room for it.
    Nowhere,
}

impl Place {
    /// Whether it is a file that is still to be made.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::File { path, .. } if path.symlink_metadata().is_err())
    }

    /// In this file, which is not opened yet.
    pub fn of(path: PathBuf) -> Self {
        Self::File { path, open: None, doubted: true }
    }

    /// Uses the index. The second is whether something may have been taken out of it by others; who has looked says so by
    /// setting it back.
    pub fn with<T>(
        &mut self,
        visit: impl FnOnce(&mut Index, &mut bool) -> Result<T, IndexError>,
    ) -> Result<T, IndexError> {
        match self {
            Self::File { path, open, doubted } => {
                // Taken out, and put back where all is well with it.
                let mut index = match open.take().filter(|index| index.is_in(path)) {
                    Some(mut index) => {
                        *doubted |= index.has_stirred()?;
                        index
                    }
                    None => {
                        *doubted = true;
                        Box::new(Index::open(path)?)
                    }
                };
                let answer = visit(&mut index, doubted)?;
                *open = Some(index);
                Ok(answer)
            }
            Self::Memory(index) => visit(index, &mut false),
            Self::Nowhere => Err(IndexError::NotUsed("it has no place".to_owned())),
        }
    }
}
