//! Bytes to lines: encodings, line ends, and what was once read in the wrong code page.

use encoding_rs::{WINDOWS_1252, WINDOWS_1254};
use proptest::prelude::*;
use warroom::import::decode::{LARGEST, decode};

fn lines(bytes: &[u8]) -> Vec<String> {
    decode(bytes).unwrap().lines
}

/// UTF-8 read in a code page, unassigned bytes as control characters.
fn broken(text: &str, page: &'static encoding_rs::Encoding) -> String {
    page.decode_without_bom_handling(text.as_bytes()).0.into_owned()
}

#[test]
fn line_ends_and_marks_are_taken_off() {
    let wanted = ["one", "", "two"];
    for text in ["one\n\ntwo\n", "one\r\n\r\ntwo\r\n", "one\r\rtwo", "\u{feff}one\n\ntwo"] {
        assert_eq!(lines(text.as_bytes()), wanted, "{text:?}");
    }
    assert!(lines(b"").is_empty());
}

#[test]
fn utf_16_is_read_with_and_without_a_mark() {
    let text = "# Disk full\n\n- 10:00 UTC: alarm – “hot”\n";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let wanted: Vec<_> = text.lines().collect();
    for (bytes, mark) in [(&little, [0xFF, 0xFE]), (&big, [0xFE, 0xFF])] {
        assert_eq!(lines(bytes), wanted);
        assert_eq!(lines(&[&mark[..], bytes].concat()), wanted);
    }
    assert!(decode(&little).unwrap().doubts[0].1.contains("UTF-16LE"));
}

#[test]
fn what_is_not_utf_8_is_read_as_windows_1252_and_said() {
    let decoded = decode(b"all good\ncaf\xE9 \x93down\x94\n").unwrap();
    assert_eq!(decoded.lines, ["all good", "café “down”"]);
    assert_eq!(decoded.doubts, [(Some(2), "not UTF-8, read as Windows-1252: line 2".into())]);
}

#[test]
fn a_nul_is_shown_and_said() {
    let decoded = decode(b"a\0b\nc").unwrap();
    assert_eq!(decoded.lines, ["a\u{fffd}b", "c"]);
    assert_eq!(decoded.doubts[0].0, Some(1));
}

#[test]
fn real_text_is_left_alone() {
    for text in [
        "Ağ geçidi çöktü, şifre sıfırlandı, İzmir",
        "L’équipe a redémarré à 10h47 : « voilà »",
        "Größe überschritten, Straße, Ärger",
        "障害が発生しました",
        "Ångström, señor, São Paulo",
    ] {
        let decoded = decode(text.as_bytes()).unwrap();
        assert_eq!((decoded.lines[0].as_str(), decoded.doubts.len()), (text, 0));
    }
}

#[test]
fn a_good_line_beside_a_broken_one_stays_as_it_is() {
    let text = format!("São Paulo\n{}", broken("it’s down – again 🚨", WINDOWS_1252));
    let decoded = decode(text.as_bytes()).unwrap();
    assert_eq!(decoded.lines, ["São Paulo", "it’s down – again 🚨"]);
    assert_eq!(decoded.doubts[0].0, Some(2));
}

/// Windows-1254 has no character for 0x8F, 0x9D and others: what read it may have dropped them.
#[test]
fn a_lost_byte_is_repaired_only_where_it_is_certain() {
    let drop = |text: &str| {
        broken(text, WINDOWS_1254)
            .replace(['\u{81}', '\u{8d}', '\u{8e}', '\u{8f}', '\u{90}', '\u{9d}', '\u{9e}'], "")
    };
    let document = format!("{}\n{}\n{}", drop("“why” – ✔️ done"), drop("🚨 ok"), drop("👏 – ok"));
    let decoded = decode(document.as_bytes()).unwrap();
    assert_eq!(decoded.lines[0], "“why” – ✔️ done");
    assert_eq!(decoded.lines[1], "🚨 ok");
    assert_ne!(decoded.lines[2], "👏 – ok");
    let left = decoded.doubts.iter().find(|(_, doubt)| doubt.contains("lost a byte")).unwrap();
    assert_eq!(left.0, Some(3));
}

#[test]
fn a_document_that_is_too_long_is_refused_with_its_size() {
    let error = decode(&vec![b'a'; LARGEST + 1]).unwrap_err();
    assert_eq!(error.size, LARGEST + 1);
    assert!(error.to_string().contains(&(LARGEST + 1).to_string()));
}

proptest! {
    /// Any text that was read wrongly as a whole comes back; a dash in it shows that it was.
    #[test]
    fn text_read_in_the_wrong_code_page_comes_back(text in "[a-zA-Zäöüßéèàçğışñ0-9 “”’–…🚨💤✔]{0,40}", page in 0..2_usize) {
        let text = format!("{text} – x");
        let page = [WINDOWS_1252, WINDOWS_1254][page];
        prop_assert_eq!(lines(broken(&text, page).as_bytes()), vec![text]);
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        decode(&bytes).unwrap();
    }
}
