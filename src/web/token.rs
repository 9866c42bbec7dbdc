//! The tokens that callers have to know: one, or two while one takes the place of the other.

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// The most bytes that a file with tokens has.
const LONGEST: u64 = 4 << 10;
/// The fewest characters of a token: fewer can be guessed.
const SHORTEST: usize = 16;
/// How many tokens there may be.
const MOST: usize = 2;

/// The tokens of a file; never printed.
#[derive(Clone)]
pub struct Tokens(Vec<String>);

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} tokens", self.0.len())
    }
}

/// Why a file has no tokens that count.
#[derive(Debug, thiserror::Error)]
pub enum BadTokens {
    /// It cannot be read.
    #[error("cannot be read: {0}")]
    Unread(#[from] io::Error),
    /// Others may read it.
    #[error("can be read by others than its owner (mode {0:o})")]
    Open(u32),
    /// It holds something else.
    #[error("has to hold one token, or two in two lines, each of 16 characters or more without blanks")]
    Content,
}

impl BadTokens {
    /// What can be done about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unread(_) => "name a file with a token",
            Self::Open(_) => "`chmod 600` it, and change the token if somebody may have seen it",
            Self::Content => "make one: (umask 077; openssl rand -hex 32 > token)",
        }
    }
}

impl Tokens {
    /// Reads the file.
    ///
    /// # Errors
    /// Where others than its owner may read it, as with the keys of SSH, or it has no tokens in it.
    pub fn read(path: &Path) -> Result<Self, BadTokens> {
        let file = File::open(path)?;
        let data = file.metadata()?;
        let mode = data.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(BadTokens::Open(mode));
        }
        let mut bytes = Vec::new();
        file.take(LONGEST + 1).read_to_end(&mut bytes)?;
        let text = String::from_utf8(bytes).map_err(|_| BadTokens::Content)?;
        let tokens: Vec<String> =
            text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        let is_one =
            |token: &String| token.len() >= SHORTEST && token.bytes().all(|byte| byte.is_ascii_graphic());
        let is_whole = u64::try_from(text.len()).is_ok_and(|length| length <= LONGEST);
        if !is_whole || tokens.is_empty() || tokens.len() > MOST || !tokens.iter().all(is_one) {
            return Err(BadTokens::Content);
        }
        Ok(Self(tokens))
    }

    /// Whether this is one of them.
    pub(super) fn has(&self, given: &[u8]) -> bool {
        // All are compared, whichever it is: the time tells nothing.
        self.0.iter().fold(false, |found, token| found | same(token.as_bytes(), given))
    }

    /// The secrets that senders sign with.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(String::as_bytes)
    }
}

/// Whether two secrets are the same, in a time that depends on neither: of both only the hashes are compared.
pub(super) fn same(one: &[u8], other: &[u8]) -> bool {
    Sha256::digest(one).as_slice().ct_eq(Sha256::digest(other).as_slice()).into()
}
