//! What a document finds at fault: one subject, named as a person would write it on the board.

use warroom::import;
use warroom::log::{Change, Fact};

const HEAD: &str = "# Blank pages\n\n## Summary\n\nThe pages of the shop were blank for an hour.";
const ROWS: &str = "- 10:00 UTC - pages went blank\n- 10:05 UTC - on-call engineer paged\n";
const LAST: &str = "- 10:58 UTC - pages back, incident over\n";
const TAIL: &str = "## Corrective measures\n\n- Add an alert\n";

/// The subjects that the document confirms, and its root cause.
fn found(text: &str) -> (Vec<String>, Option<String>) {
    let reading = import::read(text.as_bytes(), "outage.md").unwrap();
    let confirmed = reading.found.iter().filter_map(|found| match &found.change {
        Change::HypothesisConfirmed(about) => Some(format!("{:?}", about.subject).to_lowercase()),
        _ => None,
    });
    let cause = reading.found.iter().find_map(|found| match &found.change {
        Change::FactSet { fact: Fact::RootCause, text } => Some(text.as_typed().to_owned()),
        _ => None,
    });
    (confirmed.collect(), cause)
}

fn section(heading: &str, text: &str) -> String {
    format!("{HEAD}\n\n## Timeline (2024-05-01)\n\n{ROWS}{LAST}\n## {heading}\n\n{text}\n\n{TAIL}")
}

fn row(text: &str) -> String {
    format!("{HEAD}\n\n## Timeline (2024-05-01)\n\n{ROWS}- 10:30 UTC - {text}\n{LAST}\n{TAIL}")
}

fn summary(text: &str) -> String {
    format!("{HEAD} {text}\n\n## Timeline (2024-05-01)\n\n{ROWS}{LAST}\n{TAIL}")
}

/// One subject is confirmed and holds one of the words.
fn check(make: impl Fn(&str) -> String, table: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (text, words) in table {
        let (got, _) = found(&make(text));
        let named = got.len() == 1 && words.split('|').any(|word| got[0].contains(word));
        if !named {
            wrong.push(format!("{text}\n   got {got:?} for {words}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), table.len(), wrong.join("\n"));
}

/// Sentences of a section on the cause, and the word that its subject holds.
const BLAMED: &[(&str, &str)] = &[
    ("The root cause was a misconfiguration in the Nginx configuration file.", "nginx"),
    (
        "The root cause of the outage was a typo in the wp-settings.php file, where the extension .phpp was used instead of .php.",
        "typo",
    ),
    ("The issue was caused by a sudden spike in traffic which overwhelmed the database server.", "traffic"),
    ("A bug in the latest deployment caused an infinite loop in the payment module.", "deployment|loop|bug"),
    ("The database server ran out of disk space because log rotation was disabled.", "disk"),
    ("The problem was that the SSL certificate had expired.", "certificate"),
    ("Our MySQL server crashed due to an unoptimized query which scanned the whole orders table.", "query"),
    (
        "The web server was unable to connect to the database because the credentials were rotated.",
        "credentials",
    ),
    ("It was found that the API gateway had been configured with the wrong timeout value.", "gateway"),
    ("An engineer accidentally deleted the production DNS record.", "dns"),
    ("The firewall rule added on Monday blocked port 3306.", "firewall"),
    (
        "After the investigation, it was discovered that a memory leak in the worker process exhausted all available RAM.",
        "leak",
    ),
    ("The outage stemmed from an expired TLS certificate on the load balancer.", "certificate|balancer"),
    (
        "Upon inspection of the logs we realised that Apache was looking for a file that did not exist.",
        "apache|file",
    ),
    (
        "The incident resulted from insufficient connection pool size in the application configuration.",
        "pool",
    ),
    ("The issue was traced to a faulty network switch in rack 12.", "switch"),
    ("A race condition between two cron jobs.", "race|cron"),
    ("The culprit was Redis.", "redis"),
    ("The reason for the downtime was the lack of a proper rate limiter.", "rate limiter"),
    ("This outage was the result of a power failure in the data centre.", "power"),
    ("Nginx worker processes hit the open file limit (ulimit 1024).", "nginx|limit"),
    ("Turns out the intern had unplugged the router to charge his phone.", "router"),
    ("We forgot to renew the domain name.", "domain"),
    ("Nobody had renewed the certificate, so browsers refused the connection.", "certificate"),
    ("The server was down for 40 minutes because the disk was full.", "disk"),
    ("Users could not log in. The session store had been flushed by mistake during maintenance.", "session"),
    ("The load balancer was configured with round robin and sticky sessions were off.", "balancer"),
    ("The underlying cause was identified as a deadlock in the order table.", "deadlock"),
    ("Misconfigured DNS settings.", "dns"),
    ("Following the release of version 2.3, the cache keys were no longer unique.", "cache"),
    ("During the migration the foreign key index was dropped.", "index"),
    (
        "The root cause of this issue can be attributed to a poorly written SQL query that was introduced in release 4.2.",
        "query",
    ),
    ("The main reason behind the outage was an unexpected surge in user traffic.", "traffic"),
    ("There was a configuration error in the HAProxy backend section.", "haproxy"),
    ("The deployment script contained a bug that removed the symlink of the current release.", "script"),
    ("The primary database instance failed over and the replica was read-only.", "database|replica"),
    ("What happened is that the queue consumer stopped acknowledging messages.", "consumer"),
    ("Simply put, the backup job ate all the I/O.", "backup"),
    ("The server's hard drive failed.", "drive"),
    ("Because the environment variable DB_HOST was missing, the app could not start.", "db_host|variable"),
    ("Due to a misconfigured firewall, the traffic was blocked.", "firewall"),
    ("One of the nodes of the cluster lost its network connection due to a faulty cable.", "cable"),
    ("The outage was triggered by a routine update of the kernel.", "update|kernel"),
    ("It was a simple typo in the configuration of Puppet.", "typo|puppet"),
    ("Lack of monitoring of the disk usage.", "monitoring|disk"),
];

#[test]
fn what_the_section_on_the_cause_blames() {
    check(|text| section("Root cause", text), BLAMED);
}

#[test]
fn what_a_row_of_the_timeline_finds() {
    check(
        row,
        &[
            ("Root cause identified: stale DNS cache on the resolvers", "dns"),
            ("The issue was traced to a misconfigured cron job", "cron"),
            ("Engineers discovered a broken migration script", "script"),
            ("Found the problem: worker_connections set to 10", "worker_connections"),
            ("DB team found long running queries locking the invoices table", "queries"),
            ("Identified that the API key had been revoked", "key"),
            ("Problem identified as a full disk on db-01", "disk"),
            ("It was discovered that the load balancer was sending traffic to a dead node", "balancer"),
            ("Root cause: the CDN token expired", "token"),
            ("Realized that the new firewall rule blocks port 443", "firewall"),
            ("Misconfigured reverse proxy identified as the root cause", "proxy"),
            ("Confirmed: replication lag on the replica is the cause", "replication"),
            ("Narrowed it down to the new image resizer", "resizer"),
            ("The investigation revealed a memory leak in the image service", "leak"),
            ("Further debugging reveals the mail queue is stuck", "queue"),
            ("The cause of the issue was determined to be a corrupted index", "index"),
            ("Team finds the storage quota was exceeded", "quota"),
            ("Problem found - Kafka broker 2 out of memory", "kafka"),
            ("Cause found: an expired intermediate certificate", "certificate"),
            ("Diagnosed as a kernel bug", "kernel"),
        ],
    );
}

#[test]
fn what_the_summary_blames() {
    check(
        summary,
        &[
            ("The outage was caused by an expired API key.", "key"),
            ("Between 10:00 and 11:00 the shop was down due to a misconfigured load balancer.", "balancer"),
            ("Root cause: a bad deploy of the pricing service.", "deploy|pricing"),
            ("The shop returned errors. A broken index was to blame.", "index"),
            ("Cause: disk full on the database host", "disk"),
        ],
    );
}

#[test]
fn the_section_on_the_cause_has_many_names() {
    let mut wrong = Vec::new();
    for (heading, text, word) in [
        ("What went wrong", "The cache server lost its memory settings.", "cache"),
        ("Why", "The certificate of the gateway had expired on Sunday.", "certificate"),
        ("Diagnosis", "The slow query log was on the same disk as the database.", "log"),
        ("The culprit", "A forgotten feature flag.", "flag"),
        (
            "Root Cause Analysis",
            "1. Why was the shop down? The web servers were overloaded.\n2. Why were they overloaded? The cache was empty.\n3. Why was the cache empty? The flush job ran at noon instead of midnight.",
            "flush",
        ),
        (
            "5 Whys",
            "- Why did checkout fail? Because the payment API timed out.\n- Why did it time out? Because the connection pool was exhausted.\n- Why was it exhausted? Because of a missing index on the orders table.",
            "index",
        ),
        ("So what actually broke?", "The thread pool of the image service.", "thread"),
        ("What was the problem?", "An outdated PHP module.", "php"),
        ("Reason for the outage", "A loose power cable.", "cable"),
        ("Problem", "The proxy was dropping requests longer than 8 KB.", "proxy"),
        ("Explanation", "Two jobs wrote to the same file.", "jobs"),
        ("How it happened", "A retry loop flooded the message broker.", "retry"),
        ("Whodunnit", "The cron daemon was never restarted after the update.", "cron"),
        (
            "Root cause and resolution",
            "The root cause was an exhausted connection pool. We increased the size of the pool and restarted the server.",
            "pool",
        ),
        (
            "Issue Summary",
            "- Duration: 10:00 to 11:00\n- Impact: 60% of users could not log in\n- Root cause: wrong permissions on the session folder",
            "permissions",
        ),
        (
            "Details",
            "| Field | Value |\n|---|---|\n| Severity | 1 |\n| Root Cause | stale lock file |",
            "lock",
        ),
        ("Details", "| Cause | Faulty RAM module in web-02 |\n|---|---|\n| Severity | 2 |", "ram"),
    ] {
        let (got, cause) = found(&section(heading, text));
        if cause.is_none() || got.len() != 1 || !got[0].contains(word) {
            wrong.push(format!("{heading}: {text}\n   got {got:?}, {cause:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_nobody_knows_is_no_cause() {
    for none in [
        "The root cause is still not known.",
        "Unknown.",
        "None",
        "Under investigation.",
        "We do not know yet what caused this.",
        "TBD",
        "N/A",
        "Still unclear.",
        "We could not determine the cause.",
    ] {
        assert_eq!(found(&section("Root cause", none)).0, Vec::<String>::new(), "{none}");
    }
}

#[test]
fn a_chain_of_whys_ends_before_it_asks_for_the_alert() {
    let whys = "1. Why were pages blank? The renderer was stuck.\n2. Why was it stuck? The queue was full.\n\
                3. Why was it full? The consumer held a stale lock.\n4. Why was this not noticed? The graph was hidden.";
    let (got, _) = found(&section("Five whys", whys));
    assert!(got.len() == 1 && got[0].contains("consumer"), "{got:?}");
}

#[test]
fn the_row_that_found_the_cause_confirms_it() {
    let text = format!(
        "{HEAD}\n\n## Timeline (2024-05-01)\n\n{ROWS}- 10:10 UTC - We suspected the LB\n\
         - 10:30 UTC - Identified the load balancer misconfiguration\n{LAST}\n## Root cause\n\n\
         The load balancer idle timeout was too short.\n"
    );
    let reading = import::read(text.as_bytes(), "outage.md").unwrap();
    let changes: Vec<String> = reading
        .found
        .iter()
        .filter_map(|found| match &found.change {
            Change::HypothesisRaised(about) => Some(format!("raised {:?} {:?}", about.subject, found.line)),
            Change::HypothesisConfirmed(about) => {
                Some(format!("confirmed {:?} {:?}", about.subject, found.line))
            }
            _ => None,
        })
        .collect();
    let [raised, confirmed] = changes.as_slice() else { panic!("{changes:?}") };
    assert!(raised.contains("LB") && raised.contains("11"), "{changes:?}");
    assert!(confirmed.contains("LB") && confirmed.contains("12"), "{changes:?}");
}

#[test]
fn a_heading_without_a_mark_is_one() {
    let text =
        format!("{HEAD}\n\n## Timeline (2024-05-01)\n\n{ROWS}{LAST}\nReason\n\nThe clock stood still.\n");
    assert_eq!(found(&text).1.as_deref(), Some("The clock stood still."));
}

#[test]
fn a_sentence_that_points_back_takes_the_one_before_it() {
    let text = summary("All doors were locked by the night job. This caused the outage.");
    assert_eq!(
        found(&text).1.as_deref(),
        Some("All doors were locked by the night job. This caused the outage.")
    );
}

/// Rows that have found it, in the words of many, and a word of what they found.
const CRIED: &[(&str, &str)] = &[
    ("bingo. connection pool of billing exhausted, 0 idle", "pool"),
    ("Bingo! The wildcard record points to the old range", "record"),
    ("ha! uid map changed with the new image, that's all it is", "uid map"),
    ("`df -i`: 100% inodes used. Mystery solved", "inodes"),
    ("The limiter counts per office. This is the actual cause - L3, Network", "limiter"),
    ("diff shows that the flag USE_V2 was dropped from the chart. Cause found.", "flag"),
    ("the tablet build talks to staging. There\u{2019}s our bug!", "build"),
    ("dump: all threads wait on the LDAP lookup. Cause established", "threads|ldap"),
    ("Traced to PR #77: the new theme changes the cache key", "theme"),
    ("It turned out that the fiber under the street was cut", "fiber"),
    ("they established that the partner had removed version 1 of its feed", "version 1"),
    ("Verified: the consumer never subscribed to the new topic", "consumer"),
    ("Cause was a lease table left over from the trade fair", "lease table"),
    ("gotcha: the vault token expired", "vault token"),
    ("OH. the cache key includes the session id. every visit is a miss", "cache key"),
    ("Found it: the wildcard certificate expired at noon", "certificate"),
    ("mara: aha, the quota of the mail relay is used up", "quota"),
    ("\"kernel: neighbour table overflow\" in dmesg. that explains everything", "neighbour table"),
    ("The proxy strips the new header, so that's why", "header|proxy"),
    ("root cause identified: clock of node-3 is ahead by 4 minutes", "clock"),
];

#[test]
fn what_a_row_cries_is_the_cause() {
    check(row, CRIED);
}

#[test]
fn what_only_closes_is_no_cause() {
    let rows = [
        "Patch deployed, that's it for tonight",
        "Release rolled back. That was it, closing the bridge",
        "All dashboards green. Case closed",
        "Maybe the cache? Would explain it",
    ];
    let wrong: Vec<_> =
        rows.iter().map(|text| (text, found(&row(text)).0)).filter(|(_, got)| !got.is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn a_subject_is_never_cut_in_the_middle() {
    let table = [
        ("Migration 0147 drops the index on orders.", "migration 0147 drops the index"),
        (
            "The root cause: a cleanup job that ran in the wrong region.",
            "cleanup job that ran in the wrong region",
        ),
        ("The root cause was a missing index on the invoices table.", "missing index on the invoices table"),
        ("The courier had retired version 2 of its API.", "version 2 of its api"),
        ("Report page was opening a connection for each row.", "report page"),
    ];
    let name = |text: &str| found(&section("Root cause", text)).0;
    let wrong: Vec<_> = table
        .iter()
        .map(|(text, want)| (name(text), want))
        .filter(|(got, want)| got.len() != 1 || !got[0].contains(*want))
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn the_phrase_names_the_thing_and_what_was_amiss() {
    let table = [
        ("An index was dropped by a migration.", "index was dropped by a migration"),
        ("A missing comma.", "missing comma"),
        ("6000 minecarts. In one tunnel.", "6000 minecarts"),
        ("During the review someone applied a 30-day expiry to the tile bucket.", "30-day expiry"),
        ("The sync job writes the new key to the mirror but may not change the zone.", "writes the new key"),
        ("Unknown bug in firmware 9.3 drops multicast.", "firmware 9.3"),
        ("The cluster crashed due to an unbounded query.", "unbounded query"),
        ("The order in which we start the agents.", "order in which we start the agents"),
    ];
    check(|text| section("Root cause", text), &table);
}

#[test]
fn who_else_speaks_of_it_decides() {
    // The row before the fix and the section name the pool; the rest only stands beside it.
    let text = format!(
        "# Shop slow\n\n## Timeline (2024-05-01)\n\n{ROWS}- 10:20 UTC - all workers wait, the mail pool has two slots left out of none free: exhausted\n\
         - 10:30 UTC - raised the mail pool to 40\n{LAST}\n## Root cause\n\nA postcard campaign went out. The mail pool was exhausted by it.\n"
    );
    let (got, _) = found(&text);
    assert!(got.len() == 1 && got[0].contains("mail pool"), "{got:?}");
    // What the section itself calls unknown has no cause among its other sentences.
    let (got, _) = found(&section("Root cause", "We never found out. Logs had been rotated away."));
    assert_eq!(got, Vec::<String>::new());
    // What mends, and what is well, is none.
    for none in ["Confirmed that all printers work again", "Root cause identified, remediation pending"] {
        assert_eq!(found(&row(none)).0, Vec::<String>::new(), "{none}");
    }
}

#[test]
fn a_page_on_how_to_write_postmortems_tells_no_outage() {
    let page = "# How we write postmortems\n\nA postmortem is a letter. Every postmortem should name the dead ends, such as the hour spent on the network.\n\n## When to write one\n\nWrite a postmortem when users were affected. Postmortems are never about people.\n\n- The cache was not the cause\n";
    assert!(import::read(page.as_bytes(), "page.md").is_ok_and(|reading| reading.nothing.is_some()));
}
