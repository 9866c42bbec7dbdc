//! What rows and sections say of what they have just named: looked at, tried, asked for.

use super::verdicts::{read, rows, told};

#[test]
fn a_row_answers_the_suspicion_that_it_names() {
    let mut wrong = Vec::new();
    for (text, subject) in ANSWERED {
        let told = midst(text);
        if told != [*subject] {
            wrong.push(format!("{text}: {told:?}, not {subject}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_else_rows_tell_rules_nothing_out() {
    for text in UNANSWERED {
        let none: [String; 0] = [];
        assert_eq!(midst(text), none, "{text}");
    }
}

/// What is ruled out where a row in the midst of an outage says this.
fn midst(text: &str) -> Vec<String> {
    let said =
        rows(&format!("- 15:10 {text}\n- 15:20 Paged the web team\n- 15:25 Still looking\n- 15:50 Over"));
    said.iter().filter_map(|told| told.strip_prefix("- 15:10 ")).map(str::to_owned).collect()
}

#[test]
fn a_later_row_answers_without_a_name() {
    for (first, second) in [
        ("We suspect the database", "Not that either"),
        ("We suspect the database", "DBAs find nothing"),
        ("Possible culprit: the database", "Query times are as usual, DB is innocent"),
        ("Thought the database was acting up", "Reinstalled it, same thing"),
        ("Checked the database", "Everything normal there"),
        ("Restarted the database", "No change"),
    ] {
        let told = rows(&format!(
            "- 15:10 {first}\n- 15:12 {second}\n- 15:20 Paged the web team\n- 15:25 Still looking\n- 15:50 Over"
        ));
        assert!(told.contains(&"- 15:12 database".to_owned()), "{first} / {second}: {told:?}");
    }
    // what helped is no suspect
    let told = rows(
        "- 15:10 Restarted the database\n- 15:12 Everything is normal again\n- 15:20 Paged the web team\n- 15:25 Still looking\n- 15:50 Over",
    );
    assert!(!told.iter().any(|told| told.starts_with('-')), "{told:?}");
}

#[test]
fn sections_on_wrong_ways_name_what_was_not_it() {
    for section in [
        "## Dead ends\n\n1. DNS\n2. The web cache",
        "## What we ruled out\n\n* DNS propagation\n* web cache",
        "### Things that were not the problem\n\n- DNS\n- A web cache",
        "## Attempts that failed\n\n- Restarting DNS\n- Clearing the web cache",
        "## Investigation\n\nTwo theories were considered: DNS and the web cache. Neither held up.",
        "## Debugging steps\n\n1. Checked DNS \u{2013} no issues\n2. Checked the web cache \u{2013} working",
        "## Debugging steps\n\n| Step | Result |\n|---|---|\n| Checked DNS | OK |\n| Restarted the web cache | no effect |",
        "## Suspects\n\n| Suspected cause | Was it? |\n|---|---|\n| DNS | No |\n| Web cache | healthy |",
    ] {
        let told = told(&read("", "- 14:50 Over", section)).join(" ").to_lowercase();
        assert!(told.contains("- dns") && told.contains("- web cache"), "{section}: {told}");
    }
}

/// Rows, and what each rules out.
const ANSWERED: &[(&str, &str)] = &[
    ("Is the office VPN slow again? Ping is 3 ms. That's not it.", "office VPN slow"),
    ("Could be the CDN. Purged it, same 502s.", "CDN"),
    ("Duplicate jobs in the scheduler? Counted them: no.", "Duplicate jobs"),
    ("Browser extension? Happens in three browsers, scratch that.", "Browser extension"),
    ("Cookie store blamed, everyone told to log out - useless", "Cookie store"),
    ("Suspected that the mail gateway drops messages; queue is empty", "mail gateway drops messages"),
    ("Suspected the mail gateway; its queue was empty", "mail gateway"),
    ("Someone thinks the storage node is dead. It is not, it only waits for a reboot", "storage node"),
    (
        "Marta has a feeling that the proxy throttles us. Logs show 200 everywhere, feeling was wrong.",
        "proxy throttles",
    ),
    ("Renderer not the bottleneck after all", "Renderer"),
    ("Idea: an expired API key. Keys valid until 2030 -> abandoned", "expired API key"),
    ("Kernel update tried on two nodes. Did not fix the crashes", "Kernel update"),
    ("Switch suspected, replaced with the spare, same message", "switch"),
    ("Packet loss between sites was considered; traceroute clean, hypothesis discarded", "Packet loss"),
    ("Bucket policy compared with yesterday: identical. Ruled out.", "Bucket policy"),
    ("req rate is flat, so no flood", "flood"),
    ("Stolen credentials considered; never used outside, discarded", "Stolen credentials"),
    ("Not a DDoS: flow data is normal", "DDoS"),
    ("Our line card isn't it either", "line card"),
    ("DHCP was next on our list; leases looked good, so we crossed it off", "DHCP"),
    ("we asked the hoster, they had no known outage. Okay, not the hoster.", "hoster"),
    ("Database team: nothing wrong on our side", "database"),
    ("Slow sync is a consequence, not the cause", "slow sync"),
    ("Maybe the proxy: dropped", "proxy"),
    ("DB connections looked healthy", "DB"),
    ("Checked Redis, all green", "Redis"),
    ("Redis metrics were normal", "Redis"),
    ("No errors in the nginx logs", "nginx"),
    ("Database came back clean", "database"),
    ("The firewall was not to blame", "firewall"),
    ("The firewall is off the hook", "firewall"),
    ("Cleared the firewall of suspicion", "firewall"),
    ("Firewall exonerated", "firewall"),
    ("We first looked into the database, but queries were running fine", "database"),
    ("Initially suspected a DDoS attack but traffic was at its usual level", "DDoS attack"),
    ("Restarted the mail relay, no change", "mail relay"),
    ("Scaling the workers did nothing", "workers"),
    ("Rolling back the release did not help", "release"),
    ("Rolled back the release; errors continued", "release"),
    ("Rebooted the load balancer to no avail", "load balancer"),
    ("Tried bumping the heap size. Nope.", "heap size"),
    ("Flushing the DNS cache made no difference", "DNS cache"),
    ("Increased memory limits, pods still OOMing", "memory limits"),
    ("Disk? Plenty of space.", "disk"),
    ("It's always DNS... except today it wasn't", "DNS"),
    ("Blamed the intern's deploy. Innocent.", "intern's deploy"),
    ("False lead: thought the CDN cached the errors", "CDN"),
    ("Red herring - a spike in cron jobs", "cron jobs spike"),
    ("Went down the rabbit hole of TLS handshakes", "TLS handshakes"),
    ("Wasted 20 minutes on the Kafka cluster", "Kafka cluster"),
    ("Chased a memory leak that did not exist", "memory leak"),
    ("First guess was the network. Wrong.", "network"),
    ("Investigated the database for slow queries; none found", "database"),
    ("Looked at recent deployments: nothing went out this week", "recent deployments"),
    ("Network team confirms no packet loss", "packet loss"),
    ("Verified that the SSL certificate was valid", "SSL certificate"),
    ("MySQL is up and running, so it's not the database", "database"),
    ("Ruled out hardware failure", "hardware failure"),
    ("Hardware failure excluded by the vendor", "hardware failure"),
    ("AWS status page shows no incidents, so AWS is not the cause", "AWS"),
    ("Confirmed that the database was not the problem", "database"),
    ("Eliminated network as a cause", "network"),
    ("Network issues were eliminated as possible causes", "network"),
    ("Could it be memory? Free shows 12 GB left, so no", "memory"),
    ("Theory 1: cron overlap – disproved by the lock file", "cron overlap"),
    ("Theory A (bad RAM) did not hold", "bad RAM"),
    ("Suspected bad RAM; memtest passed", "bad RAM"),
    ("Checked for a brute force attack; login counts flat", "brute force attack"),
    ("Thought it might be the router but rebooting it changed nothing", "router"),
    ("The suspicion against the router did not hold up", "router"),
    ("Router theory falls apart when the office next door works", "router"),
    ("Dismissed the possibility of a leap second bug", "leap second bug"),
    ("We stopped blaming the payment provider", "payment provider"),
    ("Payment provider says everything is fine on their end", "payment provider"),
    ("Support of the payment provider sees nothing unusual", "payment"),
    ("Could not reproduce with the new app version, so the app is not it", "app"),
    ("Deployed a fix for the session store, but the problem persisted", "session store"),
    ("Fix attempt: raise the timeout of the gateway. No effect.", "timeout of gateway"),
    ("We were sure it was the load balancer. It was not.", "load balancer"),
    ("Everyone pointed at the database, wrongly", "database"),
    ("Mistook it for a network outage", "network outage"),
    ("Misdiagnosed as a network outage", "network outage"),
    ("Incorrectly attributed to the CDN", "CDN"),
    ("Focused on the cache layer, which turned out to be healthy", "cache layer"),
    ("Hosting provider contacted, no issue on their end", "Hosting provider"),
    ("Upstream outage? Their status page is green", "upstream outage"),
    ("lol it's not the cache", "cache"),
    ("Nginx config tested with nginx -t: OK", "nginx t"),
    ("Ran a query on the read replica, lag 0, so replication isn't to blame", "replication"),
    ("Went through nginx access logs, nothing stood out", "nginx access"),
    ("Asked AWS support, no ongoing incident in our region", "AWS support"),
    ("Disk usage checked: 43%, OK", "disk usage"),
    ("\"It must be the CDN\" - it was not", "CDN"),
    ("First suspicion: the CDN. Bypassing it gave the same result", "CDN"),
    ("CDN provider denies any problem", "CDN provider"),
    ("Tried restarting Apache2, but nothing changed", "Apache2"),
    ("restart of apache did not fix it", "apache"),
    ("Restarting of MySQL: no improvement", "MySQL"),
    ("mysql restarted, still error 500", "mysql"),
    ("Reverted commit 4fe2a, no luck", "commit 4fe2a"),
    ("Attempted fix: clearing the object cache (unsuccessful)", "object cache"),
    (
        "We believed that the new checkout code was guilty and reverted it; errors went on",
        "new checkout code",
    ),
    ("Could not find anything wrong with the load balancer", "load balancer"),
    ("No anomalies in the DB metrics", "DB"),
    ("No issue with the load balancer detected", "load balancer"),
    ("Kafka lag is zero, Kafka is innocent", "Kafka"),
    ("Traffic was not higher than on other days -> no DDoS", "DDoS"),
    ("The attack theory is off the table", "attack"),
    ("Hypothesis \"bad deploy\" rejected: last deploy was on Monday", "bad deploy"),
    ("H1 memory leak: rejected", "H1 memory leak"),
    ("Suspect #1: Redis. Verdict: not guilty.", "Redis"),
    ("Possible cause: clock skew (later ruled out)", "clock skew"),
    ("Turns out the memory leak was not the problem", "memory leak"),
    ("It was not the memory leak we thought it was", "memory leak"),
    ("Confirmed it was not DNS", "DNS"),
    ("DNS: not it.", "DNS"),
    ("DNS - nope", "DNS"),
    ("DNS = fine", "DNS"),
    ("DNS resolution verified as working", "DNS resolution"),
    ("Verified DNS resolution is working correctly", "DNS resolution"),
    ("Tested with another DNS resolver - same problem, so DNS is excluded", "DNS"),
    ("Our DBA swears it is not the database", "database"),
    ("False alarm about the disk: it was a stale graph", "disk"),
    ("Not caused by the morning's release, which touched only CSS", "morning's release"),
    ("Release of the morning looks unrelated", "release"),
];

/// Rows that rule nothing out.
const UNANSWERED: &[&str] = &[
    "Requests were rejected",
    "Packets to the gateway were dropped",
    "The balancer's health check port is wrong",
    "About half of all searches came back empty",
    "The token of the sync job was rejected",
    "Health checks are green",
    "Customer reports no errors since the restart",
    "Support receives many complaints",
    "Users could not log in",
    "The on-call engineer did not answer the phone",
    "No further alerts",
    "The page did not load for customers in Europe",
    "Escalated to the database team",
    "Restarted the app servers",
    "Restarted the app servers, no change",
    "Restarted the app pods, no change",
    "The backup did not run on Sunday",
    "The alert did not fire",
    "Dashboard shows no data for payments",
    "The new limit was not applied to all pods",
    "Traffic back to normal",
    "Everything looks normal again",
    "Error rate is normal",
    "Is anybody looking at this?",
    "Should we wake the vendor?",
    "Can you join the call?",
    "We do not know yet what is going on",
    "Deploy of the fix started",
    "Customers on the old plan were not affected",
    "The EU region was not affected",
    "Monitoring detects no new errors",
    "Orders are not being processed",
    "The reports page does not show any invoices",
    "All orders processed correctly",
    "Site still not reachable",
    "Fix verified on staging",
    "Verified that checkout works again",
    "Customers confirm that everything works",
    "No data was lost",
    "No customer data was affected",
    "Called the hosting provider, no answer",
    "Restarted Apache, the site is back",
    "Restarted Apache, waiting for the pods",
    "It was not possible to log in to the server",
    "No one was on call",
    "This was not noticed by monitoring",
    "Errors in the app logs: no such table users",
    "curl returns nothing",
    "Load balancer removes unhealthy nodes",
    "Payment team informed",
    "We do not have access to the router",
    "The error did not appear in staging",
    "No new orders since 09:40",
    "Error: connection refused. No further details in the logs",
    "The old config is not in git",
];

/// A suspicion, and the row after it that answers it in words of its own; what is then ruled out.
const FOLLOWED: &[(&str, &str, &str)] = &[
    (
        "Kofi had a hunch that the CDN was serving stale files",
        "Purged everything at the edge, the page still looks broken",
        "CDN",
    ),
    ("Could this be the new script bundle?", "Bundle hash is the same as last week's", "new script bundle"),
    (
        "We suspected the payment gateway",
        "Their support sees all our calls go through in 80 ms",
        "payment gateway",
    ),
    (
        "First thing that came to mind was the database",
        "Slow query log is empty, 9 of 200 connections used",
        "database",
    ),
    ("Maybe the certificate expired?", "openssl says it is good until December", "certificate"),
    ("We suspected the last release", "Rolled it back, 500s carried on", "last release"),
    ("Assumed a DDoS", "Traffic graphs were flat", "DDoS"),
    (
        "Dev team convinced that Redis is overloaded",
        "redis-cli gives 0.3 ms, Redis can be crossed off",
        "Redis",
    ),
    (
        "We believed the network between the zones was flaky",
        "mtr ran for ten minutes without a single lost packet",
        "network",
    ),
    ("It looked as if the queue workers had died", "All 12 workers alive and consuming", "queue workers"),
    ("Ravi's bet was on the ORM upgrade", "It was not deployed to this region", "ORM upgrade"),
    ("Suspicion fell on the cookie banner", "Removed it for a moment: same blank page", "cookie banner"),
    ("It could be an expired token", "Token is valid for another 20 days", "expired token"),
    (
        "Thinking it's a hardware fault we asked the data centre",
        "All lights green, no errors in iDRAC",
        "hardware fault",
    ),
    ("We thought of a hack", "auth.log has only our own logins", "hack"),
    ("Team feared a data breach", "Security finds nothing pointing that way", "data breach"),
    (
        "Attention went to the message broker",
        "Broker queues were short and consumers connected",
        "message broker",
    ),
    ("Suspicion turned to the search index", "Rebuilding the index changed nothing", "search index"),
    ("I put it down to the switch", "Counters of the switch are clean. So much for that", "switch"),
    (
        "There were doubts about the cache",
        "The colleagues see no misses, so we leave the cache in peace",
        "cache",
    ),
];

#[test]
fn the_row_after_a_suspicion_denies_it_in_any_words() {
    let mut wrong = Vec::new();
    for (first, second, subject) in FOLLOWED {
        let told = followed(first, second);
        let out = told.iter().filter_map(|told| told.strip_prefix("- ")).collect::<Vec<_>>();
        let right = out.len() == 1 && out[0].ends_with(subject);
        if !right {
            wrong.push(format!("{first} / {second}: {told:?}, not {subject}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_found_handed_on_or_left_open_denies_nothing() {
    for (first, second) in [
        ("Suspected the ingress controller", "Paged the platform team"),
        ("Might be the CDN, asked them to check", "CDN has not answered yet"),
        ("We suspected the memory of web-02", "Memory of web-02 is at 98%, OOM killer everywhere"),
        ("Someone suspects the certificate", "openssl: certificate expired this morning"),
        ("Suspected the switch", "Vendor sees no errors. We are not convinced, it cannot be excluded"),
        ("Suspected the limiter", "Escalated, as the problem remained"),
    ] {
        let told = followed(first, second);
        assert!(!told.iter().any(|told| told.starts_with('-')), "{first} / {second}: {told:?}");
    }
}

/// What a suspicion and the row after it leave, where something else was found later.
fn followed(first: &str, second: &str) -> Vec<String> {
    let rows = format!(
        "- 15:10 {first}\n- 15:15 {second}\n- 15:40 Found a wrong upstream name in the haproxy configuration\n- 15:45 Corrected it\n- 15:50 Over"
    );
    told(&read("", &rows, "## Root cause\n\nThe upstream name in the haproxy configuration was wrong."))
}
