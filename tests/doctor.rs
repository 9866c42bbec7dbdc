//! `warroom doctor`: every finding is provoked and named, what can be repaired is, and what is repaired loses no byte.

use warroom::store::Standing;

#[test]
fn file_systems_are_told_by_their_numbers() {
    for (magic, name) in [(0x6969, "NFS"), (0xff53_4d42, "CIFS"), (0xfe53_4d42, "SMB"), (0x6573_5546, "FUSE")]
    {
        assert_eq!(Standing::of_magic(magic), Standing::Network(name.into()));
        assert!(Standing::of_magic(magic).one_writer_only());
    }
    assert_eq!(Standing::of_magic(0xef53), Standing::Local("ext4".into()));
    assert_eq!(Standing::of_magic(0xabcd_0001).name(), "a file system of kind 0xabcd0001");
    assert!(!Standing::of_magic(0xabcd_0001).one_writer_only());
    // One that everybody has.
    assert!(!Standing::of(std::path::Path::new("/proc")).unwrap().one_writer_only());
    assert!(Standing::of(std::path::Path::new("/nowhere/at/all")).is_err());
}
