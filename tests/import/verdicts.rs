//! What whole documents say of their suspects: which row settles whom, and what is never the cause.

use warroom::import;
use warroom::log::{About, Change};

pub(super) fn read(summary: &str, rows: &str, end: &str) -> import::Reading {
    let text = format!(
        "# Portal\n\nDate: 2024-05-17\nTime zone: UTC\n\n{summary}\n\n## Timeline\n\n- 14:02 Login fails\n{rows}\n\n{end}\n"
    );
    import::read(text.as_bytes(), "portal.md").unwrap()
}

/// The hypotheses, as "+ raised", "- ruled out" and "= confirmed", with the clock of each.
pub(super) fn told(reading: &import::Reading) -> Vec<String> {
    let line = |sign: char, about: &About| {
        let at = about.when.as_ref().map(|when| when.at.to_string()).unwrap_or_default();
        let clock = at.get(11..16).map(|clock| format!(" {clock}")).unwrap_or_default();
        format!("{sign}{clock} {}", about.subject.raw().for_term())
    };
    let of = |found: &import::Found| match &found.change {
        Change::HypothesisRaised(about) => Some(line('+', about)),
        Change::HypothesisRuledOut(about) => Some(line('-', about)),
        Change::HypothesisConfirmed(about) => Some(line('=', about)),
        _ => None,
    };
    reading.found.iter().filter_map(of).collect()
}

pub(super) fn rows(rows: &str) -> Vec<String> {
    told(&read("", rows, ""))
}

#[test]
fn the_end_of_an_outage_acquits_nobody() {
    for end in [
        "All clear, incident closed",
        "All clear.",
        "All-clear given",
        "Resolved",
        "Resolved, all good",
        "Everything back to normal, all green",
        "Incident closed, nothing found since",
    ] {
        assert_eq!(
            rows(&format!("- 15:10 Hypothesis: mail relay\n- 15:50 {end}")),
            ["+ 15:10 mail relay"],
            "{end}"
        );
    }
    // in the midst of it, it is the answer to a suspicion
    let midst = "- 15:10 Hypothesis: mail relay\n- 15:12 All clear\n- 15:20 Paged the web team\n- 15:30 Fix deployed\n- 15:50 Over";
    assert_eq!(rows(midst), ["+ 15:10 mail relay", "- 15:12 mail relay"]);
}

#[test]
fn what_a_row_confirms_stays_confirmed() {
    for verdict in [
        "Confirmed: it is the mail relay",
        "Confirmed: mail relay",
        "Confirmed, it was the mail relay",
        "Confirmed",
        "Hypothesis confirmed",
        "Mail relay confirmed",
        "Mail relay confirmed by a packet capture",
        "Mail relay confirmed as the cause",
        "Mail relay queue full – Confirmed",
        "That was it.",
    ] {
        for end in ["All clear, incident closed", "Resolved", "Dead end for the vendor call, closed"] {
            let told = rows(&format!("- 15:10 Hypothesis: mail relay\n- 15:18 {verdict}\n- 15:50 {end}"));
            assert_eq!(told, ["+ 15:10 mail relay", "= 15:18 mail relay"], "{verdict} / {end}");
        }
    }
    for open in ["Mail relay not confirmed", "Mail relay still to be confirmed", "Mail relay confirmed?"] {
        let told = rows(&format!("- 15:10 Hypothesis: mail relay\n- 15:18 {open}\n- 15:50 Resolved"));
        assert!(!told.iter().any(|told| told.starts_with('=')), "{open}: {told:?}");
    }
}

#[test]
fn the_cause_is_what_is_blamed() {
    for (text, cause) in [
        ("Exports were cut off by the proxy's idle timeout.", "= proxy's idle timeout"),
        ("Orders were dropped by the message broker.", "= Orders were dropped by the message broker"),
        ("The outage was due to a stale DNS record on the resolver.", "= stale DNS record on the resolver"),
        ("Logins failed because of an expired certificate.", "= expired certificate"),
    ] {
        assert_eq!(told(&read("", "", &format!("## Root cause\n\n{text}"))), [cause], "{text}");
    }
    for text in ["Site down for 71 minutes.", "Users could not log in."] {
        let none: [&str; 0] = [];
        assert_eq!(told(&read(&format!("## Summary\n\n{text}"), "", "")), none, "{text}");
    }
}
