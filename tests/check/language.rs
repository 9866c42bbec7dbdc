//! Words: what blames, what judges, what tells of what was not, and what only looks like it.

use super::{findings, good_and, holds, of};

#[test]
fn counterfactuals() {
    holds(
        "counterfactual",
        &[
            &["/wrong The on-call should have checked the path first"],
            &["/wrong The alert should’ve fired ten minutes earlier, at the first shop"],
            &["/summary We could easily have prevented this with a test"],
            &["/cause The team failed to read the notes of the release"],
            &["/wrong Somebody neglected to move the list"],
            &["/wrong The reviewers forgot to ask about the second path"],
            &["/wrong The on-call failed to see the second path"],
            &["/wrong If only we had looked at the gateway before"],
            &["/wrong This could have been avoided by a checklist"],
            &["/note Review: it ought to have been tested with five authorities"],
            &["/wrong A smaller first step would have caught it in one shop"],
            &["/factor The operator failed to read the runbook"],
            &["/wrong omar failed to read the runbook"],
            &["/wrong Ines repeatedly failed to start the second gateway"],
            &["/wrong The engineer on call had failed to call the bank"],
            &["/factor The vendor's staff failed to tell us about the move"],
            &["/factor They failed to check the second path"],
            &["/wrong The admins did not bother to ask"],
            &["/factor The developers never bothered to move the list"],
            &["/wrong Nobody failed to see it, but support failed to escalate"],
        ],
        &[
            &["/wrong Each gateway should have an owner and a runbook"],
            &["/factor The health check failed to notice the second path"],
            &["/factor The failover failed to start, and the probes failed to read the list"],
            &["/factor The on-call pager failed to ring"],
            &["/factor The developer portal and the admin panel failed to load"],
            &["/factor Gateways had no list, so they failed to start"],
            &["/factor The Kubernetes operator failed to reconcile the list"],
            &["/impact Shop staff and engineers failed to log in"],
            &["/factor TLS support failed to load"],
            &["/wrong The disk failed to mount after the restart, and the pods failed to start"],
            &[
                "/wrong We looked whether only one shop was affected, and what happens if only one path is there",
            ],
            &["/impact 33 shops could have seen old prices in the meantime"],
            &["/note Chat: the vendor wrote \"you should have read the manual\""],
            &["/note Log: the gateway printed `should have failed over` to its log"],
            &[
                "/lucky A slower rollout would have prevented nobody from noticing; we should have bought a ticket",
            ],
            &["12:50 the retry should have finished by now"],
            &["/wrong The API call failed to return, and 40 people failed to log in"],
            &["/note Quote:\n> they should have known"],
            &["/wrong It is not known what could have made the list shorter"],
            &["+ Say in the notes what a gateway should have tested before it starts @omar p2"],
        ],
    );
}

#[test]
fn human_error() {
    holds(
        "human-error",
        &[
            &["/cause Human error during the move of the list"],
            &["/summary The incident was caused by human error"],
            &["/cause Operator error: the old path was typed"],
            &["/wrong Somebody fat-fingered the path"],
            &["/factor An engineer accidentally moved three of five files"],
            &["/trigger The on-call mistakenly chose the wrong branch"],
            &["/confirm 12:38 certificate store: a human mistake in the path"],
        ],
        &[
            &["/cause The operator error rate rose above its limit"],
            &["/wrong The human resources page was slow as well"],
            &["/cause The gateway forgot its sessions at the restart"],
            &["/impact 40 support calls, and 33 shops saw an error page made for humans"],
            &["/note Chat: the vendor speaks of \"human error\" in its mail"],
            &["/cause The scheduler ignored the new path"],
            &["/cause User errors and gateway errors go into the same counter"],
            &["human error, says the bank"],
        ],
    );
}

#[test]
fn people_as_causes() {
    holds(
        "named-person",
        &[
            &["/cause omar moved three of the five files"],
            &["/cause A change by @ines to the path"],
            &["/trigger Alice started the rollout"],
            &["/factor Omar's script has no dry run"],
            &["/confirm 12:38 certificate store: ines found the path in her own notes"],
        ],
        &[
            &["/wrong omar was the only one who knew the path"],
            &["/cause The gateway of the bank kept two lists"],
            &["/role scribe @will", "/cause Nodes that will restart lose the list"],
            &["/role scribe @gateway-bot", "/cause The gateway reads two paths"],
            &[
                "/service payments",
                "+ Split the queue of payments @payments p2",
                "/cause payments share one queue",
            ],
            &["/cause The list in omar/paths.txt was older than the other"],
            &["/cause The branch \"ines\" was merged twice"],
        ],
    );
}

#[test]
fn heat() {
    holds(
        "animated-language",
        &[
            &["/cause A careless move of the list"],
            &["/summary A horrible afternoon"],
            &["/wrong Obviously nobody had read the notes"],
            &["/wrong The on-call panicked and restarted all of it"],
            &["/cause It was just a typo in the path"],
            &["/summary We simply forgot the second path"],
            &["what an idiotic path"],
            &["/wrong The notes of the release were ridiculous"],
        ],
        &[
            &["/cause The kernel panicked when the list was read"],
            &["/summary Just before noon the gateway reached the shops, and just 3 of them noticed"],
            &["12:50 horrible latency, obviously the gateway"],
            &["/wrong The alert said \"something horrible happened\""],
            &["/note Path: the setting is called `stupid_mode`"],
            &["/wrong A simple list was kept in two places"],
            &["/well The rollback was justified after just-in-time checks"],
            &["/wrong Une erreur horrible dans la liste des certificats"],
        ],
    );
}

#[test]
fn short_forms() {
    holds(
        "acronyms",
        &[
            &["/cause The PQZ was full"],
            &["/summary Gateway 5.2 read the KLMS from the wrong path"],
            &["/wrong Two PQZs were never tested"],
            &["/title PQZ refused payments"],
            &["+ Restart the PQZ each night @omar p2"],
            &["12:50 the PQZ is back", "/star last"],
        ],
        &[
            &["/cause The HTTP API of the gateway sent its JSON over TLS"],
            &["/cause The PQZ was full", "/note Terms: PQZ (Primary Queue Zone)"],
            &["/cause The PQZ was full", "/note Terms: PQZ: Primary Queue Zone"],
            &["/cause The Primary Queue Zone (PQZ) was full"],
            &["/wrong Ticket PQZ-123 was open since May, and $PQZ was not set"],
            &["/wrong The alert said `PQZ FULL`, see https://a.example/PQZ"],
            &["/wrong WE HAD NO TEST FOR THIS"],
            &["/wrong This must NOT happen, and ALL of the shops were told at 12:30 CEST"],
            &["12:50 PQZ is back"],
            &["/wrong Ticket #PQZ was tagged, by @PQZ"],
            &["/wrong The file PQZ_LIST and eu-PQZ stayed; region EU and US are fine"],
        ],
    );
    let found = of("acronyms", &good_and(&["/cause The PQZ was full", "/wrong The PQZ again"]));
    assert_eq!(found.len(), 1, "once each");
    assert_eq!(found[0].fix, "/note Terms: PQZ: ");
}

#[test]
fn too_big_a_word() {
    holds(
        "outage-in-part",
        &[
            &["/title Outage of card payments", "/title Payment outage"],
            &["/summary The outage lasted 60 minutes"],
            &["/summary A total outage, ended by 5.1"],
            &["/impact An outage in 33 shops"],
            &["/title Outages in the north"],
            &["/title Total outage of login"],
            &["/title Outage for the shops in the north"],
        ],
        &[
            &["/summary A partial outage, ended by 5.1"],
            &["/summary Payments were degraded in 33 shops; it was not an outage"],
            &["/affected 100% of shops", "/summary The outage lasted 60 minutes"],
            &["/title Power outage page showed nothing", "/title Payments refused"],
            &["/wrong The outage was seen late"],
            &["/title Payments refused after an outage of the upstream network"],
            &["/summary The bank had an outage of its own"],
            &["/summary The channel was called \"outage\""],
            &["/affected 40% of orders", "/affected 100% of payments", "/title Payment outage"],
        ],
    );
}

#[test]
fn one_sentence_told_twice() {
    holds(
        "cause-is-trigger",
        &[
            &["/cause Gateway 5.2 reached the shops at 12:05"],
            &["/cause gateway 5.2 reaching the shops, at 12:05."],
            &["/cause The shops were reached by gateway 5.2 at 12:05"],
            &["/cause Deploy of 5.2", "/trigger The deploy of 5.2"],
            &["/cause !?", "/trigger !?"],
        ],
        &[
            &[
                "/cause Gateways are rolled out to a third of the shops at once, without a check of their lists",
            ],
            &["/cause 5.2 looks in another path, which was never filled"],
            &["/trigger Rollout at 12:05"],
            &["/trigger -"],
            &["/cause -"],
            &["/cause The gateway trusted what was in one path", "/trigger A rollout of the gateway"],
        ],
    );
}

#[test]
fn other_languages_are_left_alone() {
    for line in [
        "/cause Ein Fehler in der Liste, die nicht mit der neuen übereinstimmt; das ist nicht just in time",
        "/cause Une erreur terrible dans le service, pas une erreur des HOMMES",
        "/cause Un error horrible en el servicio de los pagos, una idea careless",
        "/cause Сервис был недоступен из-за ошибки КАРТ",
        "/cause サーバーがPQZで停止しました",
        "/cause Het was een horrible fout van de server, en niet voor het eerst",
        "/cause Det var ett terrible fel som inte syntes",
        "/summary O sistema não respondeu, uma falha para as lojas",
    ] {
        let wrong: Vec<String> = findings(&good_and(&[line])).into_iter().map(|f| f.message).collect();
        assert_eq!(wrong, [""; 0], "{line}");
    }
}

#[test]
fn the_part_that_is_meant_is_marked() {
    let parts = |line: &str, rule: &str| {
        let found = of(rule, &good_and(&[line]));
        let part =
            |f: &super::Finding| f.text.as_ref().unwrap().as_typed()[f.span.clone().unwrap()].to_owned();
        found.iter().map(part).collect::<Vec<_>>()
    };
    assert_eq!(
        parts("/wrong Ökologisch: we should really have asked, and could have noticed", "counterfactual"),
        ["should really have asked", "could have noticed"]
    );
    assert_eq!(
        parts("/cause “Human error” is what they say; human error it is", "human-error"),
        ["human error"]
    );
    assert_eq!(parts("/cause A change by @ines.", "named-person"), ["@ines"]);
    assert_eq!(parts("/wrong Two PQZs", "acronyms"), ["PQZs"]);
}

#[test]
fn history_is_not_rewritten() {
    let lines = [
        "we should have rolled back at once, human error, obviously, PQZ and all",
        "omar forgot to move the list, if only we had seen it",
        "total outage lasted 45 minutes",
    ];
    assert!(findings(&good_and(&lines)).is_empty(), "what was said while it happened stays as it is");
    let found = findings(&good_and(&["those idiots at the bank"]));
    assert_eq!(found.len(), 1);
    assert!(found[0].fix.starts_with("/edit ") && found[0].about.starts_with("entry "));
    assert!(findings(&good_and(&["those idiots at the bank", "/strike last"])).is_empty());
}
