//! Three outages to draw: a short one, a long one with many suspicions, and one that goes on.

use warroom::model::Incident;

use crate::scene::{Scene, utc};

/// An hour in the morning: two wrong paths, then the cause.
pub fn logins() -> Incident {
    let lines = [
        "/title Logins time out",
        "/service login",
        "/started 10:20",
        "/detected 10:30 latency alert on logins",
        "/sev 10:32 1",
        "/role 10:33 commander @ines",
        "10:31 31 % of logins fail, p95 at 14 s #alert",
        "/suspect 10:34 database: it was slow last week, too",
        "/against 10:39 database: 12 of 400 connections in use",
        "/worse 10:40 database: the restart of a replica cost two minutes",
        "/out 10:41 database: its pool is idle",
        "/suspect 10:42 network: packet loss between the zones",
        "/out 10:46 network: no loss in ten minutes of probes",
        "/suspect 10:47 session cache: evictions began with the 10:20 release",
        "/confirm 10:56 session cache: the release halved its memory",
        "/identified 10:57",
        "/decide 10:58 Put the old memory limit back by hand @ines",
        "11:01 old memory limit is back, the cache is warming up @omar",
        "/star last",
        "/mitigated 11:04 nine of ten logins work",
        "/resolved 11:20",
        "/cause The 10:20 release halved the memory of the session cache",
        "/workaround The old memory limit was set by hand",
        "/fix The release takes the limit from the settings of the cluster",
    ];

    Scene::new("Europe/Berlin").at("2025-03-04 11:00").after(&lines).incident()
}

/// Three days, a clock of twelve hours, nine suspicions, more key entries than there is room for.
pub fn invoices() -> Incident {
    let mut scene = Scene::new("America/Los_Angeles").at("2025-06-05 23:00");
    for line in [
        "/title Invoices are sent twice to some customers in the monthly run, and not at all to others who asked for paper",
        "/clock 12h",
        "/started 2025-06-02 21:00 the monthly run begins",
        "/detected 2025-06-03 08:10 a customer calls",
        "/acked 2025-06-03 08:15",
        "/declared 2025-06-03 08:30",
        "/role 2025-06-03 08:31 commander @maria",
        "/sev 2025-06-03 08:35 1",
        "/suspect 2025-06-03 08:40 mail gateway: it retried for an hour",
        "/out 2025-06-03 09:30 mail gateway: each message went out once",
        "/suspect 2025-06-03 08:50 customer import: it ran on the same evening",
        "/test 2025-06-03 09:00 customer import: compare the numbers of rows @bob for:30m",
        "/out 2025-06-03 13:45 customer import: the rows are the same as in May",
        "/suspect 2025-06-03 10:00 scheduler: two nodes believe that they are the leader",
        "/worse 2025-06-03 12:00 scheduler: stopping it held back the payments of the day",
        "/out 2025-06-04 09:00 scheduler: one leader in the log of the whole night",
        "/suspect 2025-06-03 14:00 printing house: they had an outage themselves",
        "/park 2025-06-03 15:00 printing house: they call back tomorrow",
        "/suspect 2025-06-04 09:30 queue: messages are delivered again after 30 minutes",
        "/for 2025-06-04 10:00 queue: the doubles are 30 minutes apart",
        "/confirm 2025-06-04 11:20 queue: the run of one batch takes longer than the 30 minutes after which the queue delivers it again",
        "/suspect 2025-06-04 10:15 template engine",
        "/out 2025-06-04 10:20 template engine",
        "/out 2025-06-04 11:00 clock of host 7: it is right",
        "/suspect 2025-06-04 12:30 paper flag",
        "/test 2025-06-04 12:40 paper flag: count the customers",
        "/suspect 2025-06-05 10:00 address service",
        "/identified 2025-06-04 11:25",
        "/decide 2025-06-04 11:40 Take the run apart into batches of 500 @maria",
        "/mitigated 2025-06-04 16:00 the rest of the run went out once",
        "/resolved 2025-06-05 15:30 all customers were written to",
    ] {
        scene.say(line);
    }
    for hour in 0..18 {
        scene.say(&format!(
            "2025-06-04 {:02}:20 batch {hour} of the run is through, {} invoices",
            hour + 5,
            480 + hour
        ));
        scene.say("/star last");
    }
    scene.incident()
}

/// Nobody knows the start, nothing is found yet, and it is told in several scripts.
pub fn payments() -> Incident {
    let mut scene = Scene::new("Asia/Tokyo").at("2025-09-10 02:30");
    for line in [
        "/title 決済が失敗する 🔥 payments fail",
        "/detected 11:02 監視アラート",
        "11:05 カード会社に電話した <b>至急</b>",
        "/star last",
        "?決済ゲートウェイ: 応答が遅い",
        "?الشبكة: حزم مفقودة",
        "/out 11:20 الشبكة: لا توجد حزم مفقودة في عشر دقائق",
        "?redis:6379: `maxclients` reached; see \"#42\" & <runbook>",
        "/test redis:6379: count them @yuki for:10m",
    ] {
        scene.say(line);
    }
    scene.now = utc("2025-09-10 02:41");
    scene.say("まだ続いている 👩‍🚒");
    scene.incident()
}
