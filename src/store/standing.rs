//! What a folder stands on: a disk of this machine, or a network file system, on which appending and locking are not what
//! they are on a disk, so that only one process may write.

use std::io;
use std::path::Path;

/// What a folder stands on. The name is what people call the kind: "ext4", "NFS".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A file system of this machine. Any number of its processes may write at once.
    Local(String),
    /// A network file system, or one that may be: one writer only.
    Network(String),
}

/// The network file systems, and those behind which one may hide. Numbers from `linux/magic.h`, but for those that are
/// not in the kernel's tree: Lustre's (`lustre_user.h`), GPFS's, the shared folders of virtual machines, and GFS2's
/// (`gfs2_ondisk.h`).
const NETWORK: &[(u32, &str)] = &[
    (0x6969, "NFS"),
    (0x517b, "SMB"),
    (0xfe53_4d42, "SMB"),
    (0xff53_4d42, "CIFS"),
    (0x6573_5546, "FUSE"),
    (0x0102_1997, "9p"),
    (0x00c3_6400, "Ceph"),
    (0x5346_414f, "AFS"),
    (0x6b41_4653, "AFS"),
    (0x7375_7245, "Coda"),
    (0x564c, "NetWare"),
    (0x7461_636f, "OCFS2"),
    (0x0116_1970, "GFS2"),
    (0x0bd0_0bd0, "Lustre"),
    (0x4750_4653, "GPFS"),
    (0x786f_4256, "a VirtualBox shared folder"),
    (0xbacb_acbc, "a VMware shared folder"),
];

/// File systems of one machine on which people keep data. From `linux/magic.h`, but for ZFS, bcachefs and NTFS, which
/// bring their own.
const LOCAL: &[(u32, &str)] = &[
    (0xef53, "ext4"),
    (0x5846_5342, "XFS"),
    (0x9123_683e, "Btrfs"),
    (0xf2f5_2010, "F2FS"),
    (0x2fc1_2fc1, "ZFS"),
    (0xca45_1a4e, "bcachefs"),
    (0x0102_1994, "tmpfs"),
    (0x8584_58f6, "ramfs"),
    (0x794c_7630, "overlayfs"),
    (0xf15f, "eCryptfs"),
    (0x4d44, "FAT"),
    (0x2011_bab0, "exFAT"),
    (0x7366_746e, "NTFS"),
    (0x3434, "NILFS2"),
    (0x5265_4973, "ReiserFS"),
    (0x9660, "ISO 9660"),
    (0x7371_7368, "SquashFS"),
];

impl Standing {
    /// What a path stands on.
    ///
    /// # Errors
    /// Where there is nothing at the path, or the system does not tell.
    pub fn of(path: &Path) -> io::Result<Self> {
        let found = rustix::fs::statfs(path)?;
        #[cfg(any(target_os = "linux", target_os = "android"))]
        {
            // How wide the field is, and whether it has a sign, differs from machine to machine; the numbers have 32 bits.
            let magic = u32::try_from(i128::from(found.f_type) & 0xffff_ffff).unwrap_or_default();
            Ok(Self::of_magic(magic))
        }
        #[cfg(target_vendor = "apple")]
        {
            // MNT_LOCAL of sys/mount.h.
            const LOCAL: u32 = 0x1000;
            let name = found.f_fstypename.iter().map_while(|c| u8::try_from(*c).ok().filter(|c| *c != 0));
            let name = String::from_utf8_lossy(&name.collect::<Vec<_>>()).into_owned();
            Ok(if found.f_flags & LOCAL == 0 { Self::Network(name) } else { Self::Local(name) })
        }
        #[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
        {
            drop(found);
            Ok(Self::Local("a kind that is not known on this system".to_owned()))
        }
    }

    /// What stands for this number in `statfs`. A number that is not known is taken for a disk: most network file
    /// systems are.
    pub fn of_magic(magic: u32) -> Self {
        let named = |table: &[(u32, &'static str)]| {
            table.iter().find(|(number, _)| *number == magic).map(|(_, name)| (*name).to_owned())
        };
        match (named(NETWORK), named(LOCAL)) {
            (Some(name), _) => Self::Network(name),
            (None, Some(name)) => Self::Local(name),
            (None, None) => Self::Local(format!("a file system of kind 0x{magic:x}")),
        }
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        match self {
            Self::Local(name) | Self::Network(name) => name,
        }
    }

    /// Whether only one process may write there.
    pub fn one_writer_only(&self) -> bool {
        matches!(self, Self::Network(_))
    }
}
