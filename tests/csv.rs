//! The timeline as CSV: a spreadsheet gets every cell as it was typed, and runs none of them.

use proptest::prelude::*;
use warroom::export::csv as table;
use warroom::model::Incident;
use warroom::text::Raw;

use crate::html::everywhere;
use crate::scene::Scene;

/// The rows as a reader of CSV finds them, the header among them.
fn rows(incident: &Incident) -> Vec<Vec<String>> {
    let text = table::render(incident).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The cells of one column.
fn column(incident: &Incident, name: &str) -> Vec<String> {
    let mut rows = rows(incident).into_iter();
    let at = rows.next().unwrap().iter().position(|cell| cell == name).unwrap();
    rows.map(|row| row[at].clone()).collect()
}

#[test]
fn a_night_with_all_kinds_of_rows() {
    let mut scene = Scene::new("Europe/Berlin").after(&[
        "/started 2024-08-10 13:50",
        "~14:00 the \"big\" pump, too @jan #pump #north",
        "14:05..14:20 two lines,\nand a comma",
        "/suspect 14:21 relay",
        "/out 14:30 relay: it clicks",
        "/star last",
        "a slip",
        "/strike last",
    ]);
    scene.says("jan", "14:31 back");
    insta::assert_snapshot!(table::render(&scene.incident()).unwrap().replace("\r\n", "␍␊\n"));
}

#[test]
fn times_are_in_the_zone_of_the_incident_as_far_as_they_are_known() {
    let mut incident =
        Scene::new("America/Los_Angeles").after(&["5:10 a", "5:20 b", "5:30 c", "5:40 d"]).incident();
    for (at, entry) in ["2024-08-10T12:10:00Z", "T08:30:00Z", "--04-17T10:00:00Z", "2022-06-02"]
        .iter()
        .zip(incident.timeline.iter_mut())
    {
        entry.at = at.parse().unwrap();
    }
    assert_eq!(
        column(&incident, "at"),
        ["2024-08-10T05:10:00-07:00", "T08:30:00Z", "'--04-17T10:00:00Z", "2022-06-02"]
    );
    assert_eq!(column(&incident, "date"), ["2024-08-10", "", "", "2022-06-02"]);
    assert_eq!(column(&incident, "time"), ["05:10:00", "08:30:00", "10:00:00", ""]);
}

#[test]
fn no_cell_is_a_formula() {
    for (text, cell) in [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+1", "'+1"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'    =1"),
        ("\r=1", "'␍=1"),
        ("\n=1", "'\n=1"),
        ("  =1", "'  =1"),
        ("\u{200b}=1", "'=1"),
        ("＝1", "'＝1"),
        ("1-2", "1-2"),
        ("'=1", "'=1"),
        ("a\r\n=1", "a\n=1"),
    ] {
        assert_eq!(Raw::new(text).for_cell().as_str(), cell);
        let incident = everywhere::with(text);
        assert!(column(&incident, "text").iter().all(|found| found == cell), "{text:?}");
        for name in ["by", "hypothesis"] {
            let acts = |cell: &String| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            assert!(!column(&incident, name).iter().any(acts), "{name} {text:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Every cell is read back as it was typed, made visible; every row has all cells, and ends as RFC 4180 has it.
    #[test]
    fn cells_are_read_back(text in everywhere::any()) {
        let incident = everywhere::with(&text);
        let rows_of_text: Vec<String> = Raw::new(text.as_str()).for_term_lines().iter().map(ToString::to_string).collect();
        let shown = rows_of_text.join("\n");
        let found = rows(&incident);
        prop_assert_eq!(found.len(), incident.timeline.len() + 1);
        prop_assert!(found.iter().all(|row| row.len() == found[0].len()));
        for cell in column(&incident, "text") {
            prop_assert!(cell == shown || cell.strip_prefix('\'') == Some(&shown), "{:?} is {:?}", &text, cell);
        }
        let text = table::render(&incident).unwrap();
        prop_assert!(text.ends_with("\r\n") && !text.contains(|c: char| c.is_control() && !matches!(c, '\r' | '\n')));
    }
}
