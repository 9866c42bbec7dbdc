//! How many were hit, and what was lost.

use warroom::import::impact::read;
use warroom::text::Raw;

/// Percent, of whom, count, about.
type Share = (Option<f64>, Option<&'static str>, Option<u64>, bool);

#[test]
fn shares_and_counts() {
    let table: &[(&str, &[Share])] = &[
        ("70% of our shoppers saw errors.", &[(Some(70.0), Some("our shoppers"), None, false)]),
        ("About 12.5 % of logins failed", &[(Some(12.5), Some("logins"), None, true)]),
        ("a 25% degradation in user experience", &[(Some(25.0), None, None, false)]),
        ("roughly 40 percent of merchants could not sell", &[(Some(40.0), Some("merchants"), None, true)]),
        ("~30% of requests timed out", &[(Some(30.0), Some("requests"), None, true)]),
        ("12,000 orders were late", &[(None, None, Some(12_000), false)]),
        ("approximately 3 million users were logged out", &[(None, None, Some(3_000_000), true)]),
        ("About half of our customers", &[(Some(50.0), Some("customers"), None, true)]),
        ("9 in 10 singers lost their song", &[(Some(90.0), Some("singers"), None, false)]),
        ("roughly one in five orders was late", &[(Some(20.0), Some("orders"), None, true)]),
        ("6 students out of 10 (60%) waited", &[(Some(60.0), None, None, false)]),
        ("112 of 640 passengers (17.5 %) walked", &[(Some(17.5), None, None, false)]),
        ("Two-thirds of our guests left", &[(Some(67.0), Some("guests"), None, true)]),
        ("every visitor saw a cat", &[(Some(100.0), Some("visitor"), None, false)]),
        ("nobody could log in", &[(Some(100.0), Some("users"), None, false)]),
        ("20-30% of requests failed", &[(Some(30.0), Some("requests"), None, false)]),
        ("It hit all users.", &[(Some(100.0), Some("users"), None, false)]),
        ("For 20% of users (not the other 80%) pages were slow", &[(Some(20.0), Some("users"), None, false)]),
    ];
    for (text, expected) in table {
        let got = read(text, true);
        let got: Vec<_> = got
            .affected
            .iter()
            .map(|a| (a.percent.map(|p| p.0), a.of.as_ref().map(Raw::as_typed), a.count, a.approximate))
            .collect();
        assert_eq!(got, *expected, "{text}");
    }
}

#[test]
fn other_numbers_are_none() {
    for text in [
        "CPU usage was at 100% for an hour",
        "our SLO is 99.9% availability",
        "the disk was 97% full",
        "memory went from 20% to 95%",
        "On 12 May 2023, our users were asleep",
        "HTTP 502 errors at 10:42",
        "a plan for $20 per month",
        "all affected users were told",
        "3 of 5 nodes were down",
        "packet loss of 4% on the link",
    ] {
        let got = read(text, true);
        assert!(got.affected.is_empty() && got.losses.is_empty(), "{text}: {got:?}");
    }
}

#[test]
fn losses() {
    let table = [
        ("We lost $150,000.", vec!["$150,000"]),
        ("This cost about €2k in refunds", vec!["about €2k in refunds"]),
        ("an estimated £3.5 million in lost sales", vec!["an estimated £3.5 million in lost sales"]),
        ("120 orders lost", vec!["120 orders lost"]),
        ("40,000 USD of revenue", vec!["40,000 USD of revenue"]),
    ];
    for (text, expected) in table {
        assert_eq!(read(text, true).losses, expected, "{text}");
    }
}
