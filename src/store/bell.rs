//! Rings when something happens in an incident's folder, so that nobody has to look there all the time: `inotify(7)`. A
//! network file system tells nothing of what other machines do, and other systems have no inotify: there it is looked often.

use std::path::Path;
use std::sync::Arc;

use super::queue::Queue;

#[cfg(target_os = "linux")]
use inotify::Watch;
#[cfg(not(target_os = "linux"))]
use nothing::Watch;

/// A watch on a folder, where that is to be had: the system has only so many. It ends when it is dropped.
#[derive(Debug)]
pub(super) struct Bell {
    watch: Option<Watch>,
}

impl Bell {
    /// Watches a folder, and calls the writer whenever something happens there.
    pub(super) fn hang(folder: &Path, queue: Arc<Queue>) -> Self {
        Self { watch: Watch::of(folder, move || queue.look()) }
    }

    /// Whether it rings at all.
    pub(super) fn rings(&self) -> bool {
        self.watch.is_some()
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        self.watch.iter().for_each(Watch::end);
    }
}

/// Where the system has no `inotify`.
#[cfg(not(target_os = "linux"))]
mod nothing {
    use std::path::Path;

    /// There is none.
    #[derive(Debug)]
    pub(super) enum Watch {}

    impl Watch {
        pub(super) fn of(_folder: &Path, _ring: impl Fn() + Send + 'static) -> Option<Self> {
            None
        }

        pub(super) fn end(&self) {
            match *self {}
        }
    }
}

#[cfg(target_os = "linux")]
mod inotify {
    use std::mem::MaybeUninit;
    use std::os::fd::OwnedFd;
    use std::path::Path;
    use std::sync::Arc;

    use rustix::fs::inotify::{self, CreateFlags, ReadFlags, Reader, WatchFlags};
    use rustix::io::Errno;

    /// Room for some events and the longest name.
    const BUFFER: usize = 4096;

    /// An `inotify` with one watch, and the thread that waits for it.
    #[derive(Debug)]
    pub(super) struct Watch {
        inotify: Arc<OwnedFd>,
        number: i32,
    }

    impl Watch {
        pub(super) fn of(folder: &Path, ring: impl Fn() + Send + 'static) -> Option<Self> {
            let inotify = Arc::new(inotify::init(CreateFlags::CLOEXEC).ok()?);
            // Closed by whoever wrote: so a process that was killed is noticed, too.
            let happens = WatchFlags::MODIFY
                | WatchFlags::CLOSE_WRITE
                | WatchFlags::CREATE
                | WatchFlags::DELETE
                | WatchFlags::MOVE
                | WatchFlags::MOVE_SELF
                | WatchFlags::DELETE_SELF;
            let number = inotify::add_watch(&*inotify, folder, happens | WatchFlags::ONLYDIR).ok()?;
            let reads = Arc::clone(&inotify);
            std::thread::Builder::new().name("bell".to_owned()).spawn(move || wait(&reads, ring)).ok()?;
            Some(Self { inotify, number })
        }

        /// The thread is told that the watch has gone, and ends.
        pub(super) fn end(&self) {
            // One whose folder is gone has ended by itself.
            let _ = inotify::remove_watch(&*self.inotify, self.number);
        }
    }

    /// Rings for all that happens, until the watch ends.
    fn wait(inotify: &OwnedFd, ring: impl Fn()) {
        let mut buffer = [MaybeUninit::uninit(); BUFFER];
        let mut events = Reader::new(inotify, &mut buffer);
        loop {
            let ends = match events.next() {
                Ok(event) => event.events().contains(ReadFlags::IGNORED),
                Err(Errno::INTR) => false,
                Err(_) => true,
            };
            // What came together is one call.
            if ends || events.is_buffer_empty() {
                ring();
            }
            if ends {
                return;
            }
        }
    }
}
