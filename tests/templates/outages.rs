//! Three outages to tell: one that is over and well recorded, one that goes on, one of which hardly anything is known.

use warroom::model::Incident;

use crate::scene::Scene;

/// Over two days, in UTC, with all that a record can have.
pub fn over() -> Incident {
    let mut scene = Scene::new("UTC").at("2024-08-12 09:00").after(&[
        "/title Checkout answers slowly",
        "/sev 2",
        "/service checkout",
        "/service payments",
        "/started 2024-08-10 23:30 the night job began",
        "/detected 2024-08-10 23:42 latency alert of the shop",
        "/acked 2024-08-10 23:45",
        "/declared 2024-08-10 23:50",
        "2024-08-10 23:43 alert: p95 of checkout over 4 s #alert",
        "/role commander @alice",
        "/role scribe @mei",
        "/suspect 2024-08-10 23:52 network: packets were lost last week, too",
        "/test 2024-08-10 23:53 network: trace from two zones @bob for:10m",
        "/against 2024-08-10 23:58 network: both traces are clean",
        "/out 2024-08-11 00:02 network: no loss between the zones",
        "/suspect 2024-08-11 00:03 cache",
        "/worse 2024-08-11 00:10 cache: emptying it doubled the load on the database",
        "/out 2024-08-11 00:15 cache: the hit rate is as always",
        "/suspect 2024-08-11 00:16 database: connections pile up",
        "/for 2024-08-11 00:20 database: 480 of 500 connections are in use",
        "/confirm 2024-08-11 00:24 database: the night job holds 400 connections",
        "/identified 2024-08-11 00:24",
    ]);
    scene.says("bob", "2024-08-11 00:30 night job stopped by hand");
    scene = scene.after(&[
        "/star last",
        "/mitigated 2024-08-11 00:31 connections fall",
        "/resolved 2024-08-11 00:55 p95 back at 300 ms",
        "/summary The night job took nearly all connections of the database. Checkout waited for the rest.",
        "/impact Orders took up to 20 s, some gave up.",
        "/affected about 40% of buyers",
        "/affected 1,200 carts left",
        "/loss $9,000 of orders",
        "/cause The night job opens a connection for each shop and closes none before its end.",
        "/trigger 120 shops were added on Friday.",
        "/factor The pool has no limit for a single client",
        "/factor The job runs at the busiest hour",
        "/workaround The job was stopped",
        "/fix The job shares ten connections",
        "/improve Limit connections for each client #prevent",
        "+ Move the night job to 04:00 @bob due:2024-08-20 p1 #prevent link:https://tickets.example/42",
        "+ Alert on 80% of the pool @mei p2 #detect",
        "/done 2",
        "/well Two people traced the network within five minutes",
        "/wrong The cache was emptied without asking",
        "/lucky It was Saturday night",
        "/update public: Orders are slow; we found the reason.",
        "/decide Stop the job even though reports will be late @alice",
        "/link Graph https://graphs.example/checkout",
        "/note Backlog check: SHOP-17 asked for a limit in May; nobody took it.",
        "/note The Five Whys: Why was it slow? No free connections.",
    ]);
    scene.incident()
}

/// Under way, on a twelve-hour clock on the Pacific coast.
pub fn under_way() -> Incident {
    let mut scene = Scene::new("America/Los_Angeles").at("2024-08-10 18:00").after(&[
        "/title Search shows the prices of yesterday",
        "/clock 12h",
        "/sev 1",
        "/service search",
        "/started ~10:05 AM",
        "/detected 10:20 AM a seller called",
        "/impact Buyers see prices that are gone at the till.",
        "/affected 12,000 searches an hour",
        "/role commander @noor",
        "/every 30m",
        "/update 10:30 AM public: Some prices in the search are old. The till has the right ones.",
        "/update 10:40 AM internal: Import is suspected, noor leads.",
        "/suspect 10:25 AM import: its last file is of yesterday",
        "/test 10:35 AM import: read the file again by hand @tomás for:20m",
        "/suspect 10:28 AM clock of the index: it ran behind in May",
        "/out 10:33 AM clock of the index: it is right to the second",
        "/suspect 10:34 AM CDN",
        "/park CDN: ask again when the import is settled",
        "10:45..10:50 AM import runs again",
        "+ Ask the sellers to wait @noor",
    ]);
    scene.says("tomás", "10:52 AM file has 0 rows after line 7 | delimiter is a pipe");
    scene.incident()
}

/// A title, and two lines at night.
pub fn hardly_known() -> Incident {
    let mut scene = Scene::new("Asia/Kolkata").after(&["/title Login loop", "users are sent back to /login"]);
    scene.says("ravi", "cookie `SID` has the name_of_host *.example.com and costs $5 & more <b>");
    scene.incident()
}
