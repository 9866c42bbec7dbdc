//! What sentences say of suspects.

use warroom::import::hypotheses::verdict::{Verdict, read};

use Verdict::{Confirmed, Open, RuledOut};

/// What a text says of whom, as far as it has a name.
fn says(text: &str) -> Vec<(Verdict, String)> {
    let said = read(text, false);
    said.sayings
        .into_iter()
        .filter(|s| !s.subject.is_empty() && s.weight > 1)
        .map(|s| (s.verdict, s.subject))
        .collect()
}

fn check(table: &[(&str, Verdict, &[&str])]) {
    let mut wrong = Vec::new();
    for (text, verdict, subjects) in table {
        let expected: Vec<(Verdict, String)> = subjects.iter().map(|s| (*verdict, (*s).to_owned())).collect();
        let got = says(text);
        if got != expected {
            wrong.push(format!("{text}\n   got {got:?}\n   for {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), table.len(), wrong.join("\n"));
}

#[test]
fn what_was_ruled_out() {
    check(&[
        ("The network was ruled out.", RuledOut, &["network"]),
        ("Message broker ruled out after a look at its queues.", RuledOut, &["message broker"]),
        ("We ruled out DNS.", RuledOut, &["DNS"]),
        ("Ruled the storage array out within minutes.", RuledOut, &["storage array"]),
        (
            "Looked at the mail relay and the web cache, which were ruled out.",
            RuledOut,
            &["mail relay", "web cache"],
        ),
        ("The CDN was eliminated as a cause.", RuledOut, &["CDN"]),
        ("The replica turned out not to be the problem.", RuledOut, &["replica"]),
        ("Disk latency was not the cause.", RuledOut, &["disk latency"]),
        ("The scheduler wasn't to blame.", RuledOut, &["scheduler"]),
        ("The certificate had nothing to do with it.", RuledOut, &["certificate"]),
        ("The new kernel was a red herring.", RuledOut, &["new kernel"]),
        ("Storage team says all clear.", RuledOut, &["storage"]),
        ("Kafka brokers checked, all clear.", RuledOut, &["Kafka brokers"]),
        ("No sign of a brute-force attack.", RuledOut, &["brute-force attack"]),
        ("There was no evidence of packet loss.", RuledOut, &["packet loss"]),
        ("Found no anomalies in the payment queue.", RuledOut, &["payment queue"]),
        ("No errors were found in the search cluster.", RuledOut, &["search cluster"]),
        ("The ingress metrics showed no anomalies.", RuledOut, &["ingress"]),
        ("The latest release had not introduced any regressions.", RuledOut, &["latest release"]),
        ("Nothing unusual in the firewall.", RuledOut, &["firewall"]),
        ("We incorrectly assumed a memory leak and added nodes.", RuledOut, &["memory leak"]),
        ("Time was lost as the team wrongly blamed the VPN.", RuledOut, &["VPN"]),
        ("We suspected the session store, but it was fine.", RuledOut, &["session store"]),
        ("Checked the proxy, but found nothing.", RuledOut, &["proxy"]),
        ("Briefly considered a power failure, but the racks were up.", RuledOut, &["power failure"]),
        ("We chased a clock skew theory, only to learn it was harmless.", RuledOut, &["clock skew"]),
        ("Restarted the login pods, to no avail.", RuledOut, &["login pods"]),
        ("Restarting the mail gateway did not help.", RuledOut, &["mail gateway"]),
        ("Increased the thread pool, but the errors persisted.", RuledOut, &["thread pool"]),
        ("First guess: the cron job. It wasn't.", RuledOut, &["cron job"]),
        ("Suspected the autoscaler; dead end.", RuledOut, &["autoscaler"]),
        ("Misleading path: spent an hour on the message bus.", RuledOut, &["message bus"]),
        ("False lead: the backup job", RuledOut, &["backup job"]),
        ("The outage was unrelated to the migration.", RuledOut, &["migration"]),
        ("Message bus exonerated.", RuledOut, &["message bus"]),
        ("Which takes the mail relay off the list.", RuledOut, &["mail relay"]),
        ("Stopped looking at the storage array.", RuledOut, &["storage array"]),
        ("Swapped the switch, controller therefore ok", RuledOut, &["controller"]),
        ("Our bet: the firewall. Rejected.", RuledOut, &["firewall"]),
        ("Theory B: packet loss. Pings are flat everywhere, dismissed", RuledOut, &["packet loss"]),
        ("Suspected the mail relay. Flushed it, and the errors did not budge.", RuledOut, &["mail relay"]),
        ("Could be the proxy. Read its log, nothing odd there either", RuledOut, &["proxy"]),
        ("We thought of a bot attack and blocked two networks, to no avail.", RuledOut, &["bot attack"]),
        (
            "Convinced that the new kernel was to blame, we removed it. It made no difference.",
            RuledOut,
            &["new kernel"],
        ),
        ("The DNS theory was dropped.", RuledOut, &["DNS"]),
    ]);
}

#[test]
fn what_was_suspected() {
    check(&[
        ("Suspecting a possible disk failure or kernel bug.", Open, &["disk failure", "kernel bug"]),
        ("Suspected a faulty switch.", Open, &["faulty switch"]),
        ("First guess: the message broker", Open, &["message broker"]),
        ("Initial hypothesis: a traffic surge.", Open, &["traffic surge"]),
        ("Initially thought it was a DNS problem.", Open, &["DNS"]),
        ("We assumed the cache was cold.", Open, &["cache"]),
        ("Initial assumption was an expired token.", Open, &["expired token"]),
        ("It might be the message queue.", Open, &["message queue"]),
        ("Could this be a rate limiting issue?", Open, &["rate limiting"]),
        ("\"Maybe the mail relay is stuck?\"", Open, &["mail relay"]),
        ("The mail relay was initially suspected.", Open, &["mail relay"]),
        ("Attention turned to a suspected cable fault", Open, &["cable fault"]),
        ("The storage array could not be ruled out.", Open, &["storage array"]),
        ("Began looking into a possible bot attack.", Open, &["bot attack"]),
        ("The team believed that the upstream provider was down.", Open, &["upstream provider"]),
        ("The logs pointed to the object store.", Open, &["object store"]),
        ("Suspect #2: the session store", Open, &["session store"]),
        ("Firewall suspected; dump under way.", Open, &["firewall"]),
        ("I think the mail relay is stuck.", Open, &["mail relay"]),
        ("The most likely cause is a full disk.", Open, &["full disk"]),
        ("Message broker?", Open, &["message broker"]),
        ("Errors are probably due to an expired token.", Open, &["expired token"]),
    ]);
}

#[test]
fn what_was_found() {
    check(&[
        ("The root cause was a full disk on the primary.", Confirmed, &["full disk"]),
        ("Root cause identified as an expired certificate.", Confirmed, &["expired certificate"]),
        ("A stale DNS record was identified as the cause.", Confirmed, &["stale DNS record"]),
        (
            "Identified a deadlock in the billing worker as the culprit.",
            Confirmed,
            &["billing worker deadlock"],
        ),
        ("Traced to a missing index.", Confirmed, &["missing index"]),
        ("It turned out to be a typo in the zone file.", Confirmed, &["zone file typo"]),
        ("Discovered a misconfiguration in the ingress.", Confirmed, &["ingress misconfiguration"]),
        ("Found the culprit: a runaway query.", Confirmed, &["runaway query"]),
        ("Pinpointed a race condition in the scheduler.", Confirmed, &["race condition"]),
        ("The outage was caused by an expired licence.", Confirmed, &["expired licence"]),
        ("Discovered that the log volume ran out of inodes.", Confirmed, &["inodes"]),
        ("Engineer realized that the rate limiter was set too low.", Confirmed, &["rate limiter"]),
        ("The job scheduler was to blame.", Confirmed, &["job scheduler"]),
        ("Broken symlink identified.", Confirmed, &["broken symlink"]),
        ("Found it: the log shipper fills the disk.", Confirmed, &["log shipper"]),
        ("Dead battery = reason for the fault", Confirmed, &["Dead battery"]),
        (
            "There were problems with the storage array; the job scheduler was the root of it all.",
            Confirmed,
            &["job scheduler"],
        ),
    ]);
}

#[test]
fn what_says_nothing_of_a_suspect() {
    for text in [
        "Service fully restored.",
        "On-call engineer paged.",
        "We rolled back the release.",
        "Temporary files were cleared.",
        "Escalated to the network team.",
        "All systems are back to normal.",
        "Issue detected by an alert.",
        "Error rates went down.",
        "Deployed the fix to production.",
        "Due to a bug this did not happen.",
        "The block height had not yet synced, so we waited.",
        "What happened?",
    ] {
        assert_eq!(says(text), [], "{text}");
    }
}
