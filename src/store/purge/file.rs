//! Puts a file in the place of another, and overwrites what is left of that one.

use std::fs::File;
use std::io::{self, Write as _};
use std::os::unix::fs::FileExt as _;

use rustix::fs::{Gid, Uid, fchown, fstat};

use crate::store::atomic;
use crate::store::dir::{Access, Dir};

/// How much is overwritten at once.
const PIECE: usize = 64 * 1024;

/// Puts a file in the place of the one with this name; for its owner only, who stays the same. Within: whether the place is
/// durable, too. Where that fails, a power cut may bring back the old one, which then must not be touched.
pub(super) fn replace(dir: &Dir, name: &str, content: &[u8]) -> io::Result<io::Result<()>> {
    let old = dir.stat(name)?;
    let (own, mut file) = atomic::temporary(dir, name, Access::Write)?;
    let placed = file
        .write_all(content)
        .and_then(|()| {
            let new = fstat(&file)?;
            match old {
                Some(old) if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid) => {
                    Ok(fchown(&file, Some(Uid::from_raw(old.st_uid)), Some(Gid::from_raw(old.st_gid)))?)
                }
                _ => Ok(()),
            }
        })
        .and_then(|()| file.sync_all())
        .and_then(|()| dir.rename(&own, name));
    if placed.is_err() {
        // What stopped it is what gets reported.
        drop(dir.remove(&own));
    }
    placed.map(|()| dir.sync())
}

/// Overwrites the bytes of a file that has no name any more, as far as the disk really writes where they were.
pub(super) fn overwrite(file: &File) -> io::Result<()> {
    let stat = fstat(file)?;
    if stat.st_nlink > 0 {
        let why = "it was replaced, but its old content has another name somewhere (a hard link), and is still there";
        return Err(io::Error::other(why));
    }
    let zeros = vec![0; PIECE];
    let (mut at, end) = (0, u64::try_from(stat.st_size).unwrap_or(0));
    while at < end {
        let piece = usize::try_from(end - at).map_or(PIECE, |rest| rest.min(PIECE));
        file.write_all_at(&zeros[..piece], at)?;
        at += piece as u64;
    }
    file.sync_all()
}
