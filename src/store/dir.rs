//! An open folder. Everything inside it is opened relative to it and never through a symbolic link, so that whoever can
//! put links there cannot make this program read or overwrite something else.

use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use rustix::fs::{self, AtFlags, CWD, FileType, Mode, OFlags, Stat};
use rustix::io::Errno;

use super::StoreError;
use super::planted::{Fault, planted};

/// What only the owner may read and write.
pub(super) const PRIVATE_FILE: Mode = Mode::from_raw_mode(0o600);
/// What only the owner may enter.
pub(super) const PRIVATE_FOLDER: Mode = Mode::from_raw_mode(0o700);

/// How a file is opened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    Append,
    Write,
}

/// An open folder.
#[derive(Debug)]
pub(super) struct Dir {
    fd: OwnedFd,
    path: PathBuf,
}

impl Dir {
    /// Opens a folder that is no symbolic link.
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let fd = fs::openat(CWD, path, flags, Mode::empty()).map_err(|errno| match errno {
            Errno::NOENT => StoreError::NoFolder(path.to_path_buf()),
            Errno::LOOP | Errno::NOTDIR => {
                StoreError::Refused { path: path.to_path_buf(), why: what_stands(path) }
            }
            _ => StoreError::io("open", path)(errno),
        })?;
        Ok(Self { fd, path: path.to_path_buf() })
    }

    /// Where it was opened.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What it is itself: its owner, its rights.
    pub(super) fn own_stat(&self) -> io::Result<Stat> {
        Ok(fs::fstat(&self.fd)?)
    }

    /// Whether its path still leads to it.
    pub(super) fn is_in_place(&self) -> io::Result<bool> {
        let here = fs::fstat(&self.fd)?;
        match fs::statat(CWD, &self.path, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(there) => Ok(is_same(&here, &there)),
            Err(Errno::NOENT | Errno::NOTDIR) => Ok(false),
            Err(errno) => Err(errno.into()),
        }
    }

    /// Refuses a folder of somebody else's that others may write to: they could swap the files at any moment.
    pub(super) fn check_owner(&self) -> Result<(), StoreError> {
        let stat = fs::fstat(&self.fd).map_err(StoreError::io("look at", &self.path))?;
        let open_to_others = u64::from(stat.st_mode) & 0o022 != 0;
        if open_to_others && stat.st_uid != rustix::process::geteuid().as_raw() {
            let why = "somebody else's folder that others may write to";
            return Err(StoreError::Refused { path: self.path.clone(), why });
        }
        Ok(())
    }

    /// The folder in which anybody may put other files in the place of these: itself, or the one it stands in, unless
    /// that lets nobody rename what is somebody else's (its sticky bit).
    pub(super) fn open_to_all(&self) -> io::Result<Option<PathBuf>> {
        let others = |stat: &Stat| u64::from(stat.st_mode) & 0o002 != 0;
        let sticky = |stat: &Stat| u64::from(stat.st_mode) & 0o1000 != 0;
        if others(&fs::fstat(&self.fd)?) {
            return Ok(Some(self.path.clone()));
        }
        let above = fs::statat(&self.fd, "..", AtFlags::empty())?;
        let path = std::path::absolute(&self.path)?;
        Ok(path.parent().filter(|_| others(&above) && !sticky(&above)).map(Path::to_path_buf))
    }

    /// What stands under a name in it; nothing where there is nothing.
    pub(super) fn stat(&self, name: &str) -> io::Result<Option<Stat>> {
        match fs::statat(&self.fd, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) => Ok(Some(stat)),
            Err(Errno::NOENT) => Ok(None),
            Err(errno) => Err(errno.into()),
        }
    }

    /// Opens a regular file; nothing where there is none. Links, devices, pipes and folders are refused.
    pub(super) fn open_file(&self, name: &str, access: Access) -> Result<Option<File>, StoreError> {
        let path = self.path.join(name);
        // Looked at before it is opened: opening a device can already do something.
        let Some(stat) = self.stat(name).map_err(StoreError::io("look at", &path))? else {
            return Ok(None);
        };
        if let Some(why) = not_a_file(&stat) {
            return Err(StoreError::Refused { path, why });
        }
        let mode = match access {
            Access::Read => OFlags::RDONLY,
            Access::Append if planted(Fault::Truncated) => OFlags::RDWR | OFlags::APPEND | OFlags::TRUNC,
            Access::Append if planted(Fault::NoAppend) => OFlags::RDWR,
            Access::Append => OFlags::RDWR | OFlags::APPEND,
            Access::Write => OFlags::RDWR,
        };
        // NONBLOCK: a pipe that was put there in between must not hang the program. Files do not mind.
        let follow = if planted(Fault::LinkFollowed) { OFlags::empty() } else { OFlags::NOFOLLOW };
        let flags = mode | follow | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let fd = match fs::openat(&self.fd, name, flags, Mode::empty()) {
            Ok(fd) => fd,
            Err(Errno::NOENT) => return Ok(None),
            Err(Errno::LOOP) => return Err(StoreError::Refused { path, why: "a symbolic link" }),
            Err(errno) => return Err(StoreError::io("open", &path)(errno)),
        };
        let stat = fs::fstat(&fd).map_err(StoreError::io("look at", &path))?;
        match not_a_file(&stat) {
            Some(why) => Err(StoreError::Refused { path, why }),
            None => Ok(Some(File::from(fd))),
        }
    }

    /// Creates a file that only its owner may read, whatever the umask; fails where anything stands under that name.
    pub(super) fn create_file(&self, name: &str, access: Access) -> io::Result<File> {
        let append = if access == Access::Append { OFlags::APPEND } else { OFlags::empty() };
        let flags =
            OFlags::RDWR | append | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let fd = fs::openat(&self.fd, name, flags, PRIVATE_FILE)?;
        if !planted(Fault::ModeOfUmask) {
            fs::fchmod(&fd, PRIVATE_FILE)?;
        }
        Ok(File::from(fd))
    }

    /// Creates a folder in it that only its owner may enter, whatever the umask.
    pub(super) fn create_folder(&self, name: &str) -> io::Result<()> {
        fs::mkdirat(&self.fd, name, PRIVATE_FOLDER)?;
        Ok(fs::chmodat(&self.fd, name, PRIVATE_FOLDER, AtFlags::empty())?)
    }

    /// Lets only its owner enter it.
    pub(super) fn make_private(&self) -> io::Result<()> {
        Ok(fs::fchmod(&self.fd, PRIVATE_FOLDER)?)
    }

    /// Sets who may do what with a regular file in it.
    pub(super) fn set_mode(&self, name: &str, mode: Mode) -> io::Result<()> {
        // Never through a link. A file that cannot be opened cannot be told from one, but for the look at it before.
        match self.open_file(name, Access::Read) {
            Ok(Some(file)) => Ok(fs::fchmod(&file, mode)?),
            Ok(None) => Ok(()),
            Err(StoreError::Io { source, .. }) if source.kind() == io::ErrorKind::PermissionDenied => {
                Ok(fs::chmodat(&self.fd, name, mode, AtFlags::empty())?)
            }
            Err(error) => Err(io::Error::other(error.to_string())),
        }
    }

    /// Renames in it, in place of what has that name.
    pub(super) fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        Ok(fs::renameat(&self.fd, from, &self.fd, to)?)
    }

    /// Renames in it; an error of the kind `AlreadyExists` where the name is taken.
    pub(super) fn rename_to_new(&self, from: &str, to: &str) -> io::Result<()> {
        if planted(Fault::NameTaken) {
            return self.rename(from, to);
        }
        #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
        match fs::renameat_with(&self.fd, from, &self.fd, to, fs::RenameFlags::NOREPLACE) {
            // Some network file systems do not know how.
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {}
            other => return Ok(other?),
        }
        // At worst this takes the place of an empty folder that somebody makes in this very moment.
        match self.stat(to)? {
            Some(_) => Err(io::ErrorKind::AlreadyExists.into()),
            None => self.rename(from, to),
        }
    }

    /// Removes a file, not what it leads to; it is no error where there is none.
    pub(super) fn remove(&self, name: &str) -> io::Result<()> {
        self.unlink(name, AtFlags::empty())
    }

    /// Removes an empty folder in it.
    pub(super) fn remove_folder(&self, name: &str) -> io::Result<()> {
        self.unlink(name, AtFlags::REMOVEDIR)
    }

    fn unlink(&self, name: &str, flags: AtFlags) -> io::Result<()> {
        match fs::unlinkat(&self.fd, name, flags) {
            Ok(()) | Err(Errno::NOENT) => Ok(()),
            Err(errno) => Err(errno.into()),
        }
    }

    /// The names in it, without `.` and `..`; those that are no UTF-8 come changed, so that they are at least counted.
    pub(super) fn names(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::Dir::read_from(&self.fd)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name != "." && name != ".." {
                names.push(name);
            }
        }
        Ok(names)
    }

    /// Makes the names in it durable.
    pub(super) fn sync(&self) -> io::Result<()> {
        if planted(Fault::NoFolderSync) {
            return Ok(());
        }
        Ok(fs::fsync(&self.fd)?)
    }
}

/// Whether two looks saw one file, by its device and its number there.
pub(super) fn is_same(one: &Stat, other: &Stat) -> bool {
    one.st_dev == other.st_dev && one.st_ino == other.st_ino
}

/// What stands there instead of a regular file.
pub(super) fn not_a_file(stat: &Stat) -> Option<&'static str> {
    match FileType::from_raw_mode(stat.st_mode) {
        FileType::RegularFile => None,
        FileType::Symlink if planted(Fault::LinkFollowed) => None,
        FileType::Symlink => Some("a symbolic link"),
        FileType::Directory => Some("a folder"),
        FileType::Fifo => Some("a pipe"),
        FileType::Socket => Some("a socket"),
        _ => Some("a device"),
    }
}

fn what_stands(path: &Path) -> &'static str {
    match fs::statat(CWD, path, AtFlags::SYMLINK_NOFOLLOW) {
        Ok(stat) if FileType::from_raw_mode(stat.st_mode) == FileType::Symlink => {
            "a symbolic link, not a folder"
        }
        _ => "not a folder",
    }
}
