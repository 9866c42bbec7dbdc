//! Calls of alert senders: each is refused, or becomes reports that a journal has room for.

use chrono::{DateTime, Duration};
use warroom::ingest::{ALERTS, Delivery, read};
use warroom::log::{LINE_LIMIT, Reported};
use warroom::text::link_target;

/// What a line of the journal has besides the report, in bytes.
const AROUND: usize = 1_024;

/// A call, as one of GitHub and as one of anybody.
pub fn any_call(bytes: &[u8]) {
    let now = DateTime::parse_from_rfc3339("2024-08-10T12:45:30Z").unwrap_or_default().to_utc();
    for github_event in [None, Some("workflow_run"), Some("deployment_status")] {
        let delivery = Delivery { body: bytes, github_event, now, serial: "serial" };
        let taken = read(&delivery);
        assert_eq!(taken, read(&delivery), "the same call says the same");
        let Ok(taken) = taken else { continue };
        assert!(taken.told.len() <= ALERTS + 1);
        for told in &taken.told {
            let reported = &told.reported;
            let at = reported.when.at.instant();
            assert!(at.is_some_and(|at| at <= now + Duration::minutes(15)), "{reported:?}");
            assert!(reported.url.as_ref().is_none_or(|url| link_target(url).is_some()), "{reported:?}");
            assert!(
                !reported.text.as_typed().is_empty() && !reported.key.as_typed().is_empty(),
                "{reported:?}"
            );
            assert!(
                reported.key.as_typed().len() <= 256,
                "an identity of {} bytes",
                reported.key.as_typed().len()
            );
            let line = serde_json::to_string(reported).unwrap_or_default();
            assert!(line.len() + AROUND < LINE_LIMIT, "{} bytes", line.len());
            assert_eq!(serde_json::from_str::<Reported>(&line).ok().as_ref(), Some(reported));
        }
    }
}
