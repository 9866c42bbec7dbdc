//! The tables of the index, and how its file is opened: a cache that is thrown away where anything about it is not as it
//! was left.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Read as _};
use std::ops::Range;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::IndexError;
use super::cards::COLUMNS;

/// The version of the tables, of what is put into them, and of how words are folded.
const VERSION: i32 = 3;
/// Which program wrote the index: another version may read incidents in another way.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");
/// What stands in the header of the file, so that no other program's is taken for the index: `warr`.
const OURS: u32 = u32::from_be_bytes(*b"warr");
/// How the file of a database begins, how long its header is, and where in that the program is named.
const MAGIC: &[u8] = b"SQLite format 3\0";
const HEADER: usize = 100;
const NAMED_AT: Range<usize> = 68..72;
/// How long it is waited for another process that writes.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// `told` holds the passages of an incident as JSON; `words` has their words only, and so does not say them twice. An index
/// of the beginnings of words would make it three times as long and as slow to fill, and find nothing sooner.
const TABLES: &str = "
    CREATE TABLE program(version TEXT NOT NULL);
    CREATE TABLE digest(id INTEGER PRIMARY KEY, digest TEXT NOT NULL, facts TEXT NOT NULL);
    CREATE TABLE told(id INTEGER PRIMARY KEY, passages TEXT NOT NULL);
    CREATE VIRTUAL TABLE words USING fts5(
        title, causes, hypotheses, actions, entries, rest,
        content='', contentless_delete=1, tokenize='ascii');
    CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, 'row');
";
const DROPS: &str = "
    DROP TABLE IF EXISTS vocabulary; DROP TABLE IF EXISTS words; DROP TABLE IF EXISTS told;
    DROP TABLE IF EXISTS digest; DROP TABLE IF EXISTS incident; DROP TABLE IF EXISTS program;
";

/// Opens the file, which is made where it is missing, with the tables as this version has them; whether they are new.
pub(super) fn open(path: &Path) -> Result<(Connection, bool), IndexError> {
    match opened(path) {
        // What is no index any more is made anew, once.
        Err(IndexError::Sql(error)) if is_broken(&error) => {
            remove(path)?;
            opened(path)
        }
        result => result,
    }
}

fn opened(path: &Path) -> Result<(Connection, bool), IndexError> {
    let path = checked(path)?;
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    let fresh = prepare(&mut connection)?;
    Ok((connection, fresh))
}

/// Opens the file for reading only. One that is damaged or another version's is left alone.
pub(super) fn look_into(path: &Path) -> Result<Connection, IndexError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let path = canonical(path)?;
    sound(&path)?;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.execute_batch("PRAGMA trusted_schema=OFF; PRAGMA cache_size=-65536; PRAGMA mmap_size=0;")?;
    if is_current(&connection)? {
        Ok(connection)
    } else {
        Err(IndexError::NotUsed("it is another version's".to_owned()))
    }
}

/// An index that nobody else sees and that is gone with the process.
pub(super) fn in_memory() -> Result<Connection, IndexError> {
    let mut connection = Connection::open_in_memory()?;
    prepare(&mut connection)?;
    Ok(connection)
}

/// Sets it up, and makes the tables where they are missing or another version's; whether it did.
fn prepare(connection: &mut Connection) -> Result<bool, IndexError> {
    // What is deleted is overwritten, in the file and, since that is cut to nothing, in the journal of a change.
    connection.execute_batch(
        "PRAGMA trusted_schema=OFF; PRAGMA secure_delete=ON; PRAGMA journal_mode=TRUNCATE;
         PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536; PRAGMA mmap_size=0;",
    )?;
    renew(connection)
}

/// Makes the tables where they are missing or another version's; whether it did.
pub(super) fn renew(connection: &mut Connection) -> Result<bool, IndexError> {
    if is_current(connection)? {
        return Ok(false);
    }
    let change = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Another process may have been faster.
    let fresh = !is_current(&change)?;
    if fresh {
        change.execute_batch(DROPS)?;
        change.execute_batch(&format!("CREATE TABLE incident({COLUMNS});"))?;
        change.execute_batch(TABLES)?;
        change.execute("INSERT INTO program(version) VALUES (?1)", [PROGRAM])?;
        change.pragma_update(None, "application_id", OURS)?;
        change.pragma_update(None, "user_version", VERSION)?;
    }
    change.commit()?;
    Ok(fresh)
}

fn is_current(connection: &Connection) -> Result<bool, IndexError> {
    let version: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version != VERSION {
        return Ok(false);
    }
    let program: String = connection.query_row("SELECT version FROM program", [], |row| row.get(0))?;
    Ok(program == PROGRAM)
}

/// The path of the file, which is a plain one of this user's that nobody else reads; it is made where it is missing.
fn checked(path: &Path) -> Result<PathBuf, IndexError> {
    let path = canonical(path)?;
    match fs::symlink_metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
            match made {
                // Another process was faster.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    sound(&path)?;
                }
                // As it was asked for, whatever the umask takes away.
                made => made?.set_permissions(Permissions::from_mode(0o600))?,
            }
        }
        there => {
            let there = there?;
            sound(&path)?;
            if there.permissions().mode() & 0o077 != 0 {
                fs::set_permissions(&path, Permissions::from_mode(0o600))?;
            }
        }
    }
    Ok(path)
}

/// The path with no link in it but for its last part: the folder's own are the person's business, and the
/// database would follow none.
fn canonical(path: &Path) -> Result<PathBuf, IndexError> {
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => Ok(fs::canonicalize(folder)?.join(name)),
        _ => Err(IndexError::NotUsed("it has no folder".to_owned())),
    }
}

/// A link, a device, another program's file, or what somebody else put there is not used.
fn sound(path: &Path) -> Result<(), IndexError> {
    let there = fs::symlink_metadata(path)?;
    let wrong = if !there.is_file() {
        "it is no plain file"
    } else if there.uid() != rustix::process::geteuid().as_raw() {
        "it belongs to somebody else"
    } else if there.nlink() > 1 {
        "it has a second name"
    } else if !is_ours(path)? {
        "it is no index of warroom's"
    } else {
        return Ok(());
    };
    Err(IndexError::NotUsed(wrong.to_owned()))
}

/// Whether the file was made by this program, as its header says; an empty one is going to be.
fn is_ours(path: &Path) -> io::Result<bool> {
    let mut header = Vec::new();
    File::open(path)?.take(HEADER as u64).read_to_end(&mut header)?;
    let named = header.get(NAMED_AT).is_some_and(|bytes| bytes == OURS.to_be_bytes());
    Ok(header.is_empty() || (header.starts_with(MAGIC) && named))
}

/// Whether the file is no index: damaged, another program's, or with tables that nobody made.
pub(super) fn is_broken(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase, TypeMismatch, Unknown};
    match error {
        rusqlite::Error::SqliteFailure(failure, _) => {
            matches!(failure.code, DatabaseCorrupt | NotADatabase | TypeMismatch | Unknown)
        }
        rusqlite::Error::SqlInputError { .. }
        | rusqlite::Error::QueryReturnedNoRows
        | rusqlite::Error::FromSqlConversionFailure(..)
        | rusqlite::Error::InvalidColumnType(..)
        | rusqlite::Error::Utf8Error(..) => true,
        _ => false,
    }
}

/// Takes everything out of the index, so that no word of it is left in the bytes of its files. One that is not there has
/// none, and another program's file is left alone.
///
/// # Errors
/// Where the files are still there, with what is in them.
pub(super) fn wipe(path: &Path) -> Result<(), IndexError> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
        Ok(_) if sound(path).is_err() => return Ok(()),
        Ok(_) => {}
    }
    // Emptied rather than removed first: a process that has it open would go on with what it holds.
    if emptied(path).is_err() {
        remove(path)?;
    }
    Ok(())
}

fn emptied(path: &Path) -> Result<(), IndexError> {
    let (mut connection, _) = opened(path)?;
    let change = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive)?;
    change.execute_batch(DROPS)?;
    change.pragma_update(None, "user_version", 0)?;
    change.commit()?;
    connection.execute_batch("VACUUM")?;
    Ok(())
}

/// Removes the index, as one that is broken; nothing that is not the index.
pub(super) fn remove(path: &Path) -> Result<(), IndexError> {
    sound(path)?;
    for ending in ["", "-journal", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        match fs::remove_file(PathBuf::from(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}
