//! Subjects: what a person would call the same suspicion has one key, and what is another one has another.

use proptest::prelude::*;
use warroom::archive::Subjects;
use warroom::archive::subject::commonest;
use warroom::config::file;
use warroom::text::Raw;

use crate::support::House;

fn own(name: &str, forms: &[&str]) -> (String, Vec<String>) {
    (name.to_owned(), forms.iter().map(|form| (*form).to_owned()).collect())
}

#[test]
fn one_suspicion_has_one_key_however_it_is_typed() {
    let cases: &[(&str, &[&str])] = &[
        (
            "database",
            &[
                "db",
                "DB",
                "Database",
                "databases",
                "the DB",
                "DB pool",
                "database connection",
                "our databases?",
                "database connections",
                "database connection pool",
                "connection pool of the database",
                "possible database issue",
                "problem with the db",
                "a bad DB server",
                "db failure",
                "database down",
                "connectivity to the database",
                "data-base",
                "ＤＢ",
            ],
        ),
        (
            "load balancer",
            &[
                "lb",
                "LB",
                "load-balancer",
                "Load_Balancer",
                "loadbalancer",
                "load balancers",
                "LB configuration",
                "load balancer misconfiguration",
                "misconfigured? LB config",
                "load-balancer settings",
                "misconfiguration of the load balancer",
            ],
        ),
        ("load balancer", &["misconfiguration of the load balancer", "the load balancing setup"]),
        ("dns", &["DNS", "dns servers", "DNS resolution", "nameservers", "dns configuration", "DNS issues"]),
        ("kubernetes", &["k8s", "K8s cluster", "Kubernetes", "kube"]),
        ("deployment", &["deploy", "Deploys", "release", "bad release", "the last rollout", "roll-out"]),
        (
            "network",
            &["networking", "Network issue", "network connectivity", "networks", "problems in the network"],
        ),
        ("configuration", &["cfg", "config", "misconfiguration", "wrong config", "bad configurations"]),
        ("payment database", &["payment db", "Payments DB", "payment database pool", "db of payments"]),
        ("out of memory", &["OOM", "out of memory", "out-of-memory errors"]),
        ("redis", &["Redis", "redis cache", "redis cluster"]),
        ("human error", &["human error", "operator error"]),
        ("issue", &["the issue", "issues"]),
    ];
    let subjects = Subjects::default();
    for (key, forms) in cases {
        for form in *forms {
            assert_eq!(subjects.key(form), *key, "{form}");
        }
    }
}

#[test]
fn what_means_something_else_stays_apart() {
    let apart = [
        "database",
        "payment db",
        "server overload",
        "server",
        "slow database",
        "not the database",
        "redis",
        "cache",
        "memcached",
        "postgres",
        "mysql",
        "network",
        "dns",
        "memory leak",
        "out of memory",
        "human error",
        "human",
        "deployment",
        "database deployment",
        "cache stampede",
        "load",
        "load balancer",
        "api",
        "api gateway",
    ];
    let subjects = Subjects::default();
    for (nth, one) in apart.iter().enumerate() {
        for other in &apart[..nth] {
            assert_ne!(subjects.key(one), subjects.key(other), "{one} and {other}");
        }
    }
}

#[test]
fn a_team_has_words_of_its_own_and_they_win() {
    let subjects = Subjects::new(&[
        own("db", &["pg", "postgres-main", "The Vault"]),
        own("Orders service", &["osvc"]),
        own("cache", &["redis"]),
    ]);
    for form in ["pg", "PG pool", "postgres-main", "Postgres Main", "postgres", "the vault", "database"] {
        assert_eq!(subjects.key(form), "database", "{form}");
    }
    assert_eq!(subjects.key("osvc configuration"), subjects.key("Orders service"));
    assert_eq!(subjects.key("redis"), "cache");
    assert_eq!(subjects.key("payments redis"), "payment cache");
    assert_ne!(Subjects::default().key("redis"), "cache");
}

#[test]
fn a_text_blames_a_thing_only_where_it_names_one() {
    let subjects = Subjects::new(&[own("Orders service", &["osvc"])]);
    let named = |text: &str| subjects.blamed(text);
    assert_eq!(named("A typo in the config was copied with a deploy"), None, "two things");
    assert_eq!(
        named("The LB sent all to one host, so the load balancer was at fault").as_deref(),
        Some("load balancer")
    );
    assert_eq!(named("osvc ran away").as_deref(), Some("order service"));
    assert_eq!(named("A tree fell on the roof"), None);
}

#[test]
fn the_commonest_form_is_the_name() {
    let forms: Vec<Raw> = ["db", "Database", "DB", "database"].into_iter().map(Raw::new).collect();
    assert_eq!(commonest(forms.iter()).map(Raw::as_typed), Some("db"), "the first of two that are as common");
    let forms: Vec<Raw> = ["db", "Database", "database"].into_iter().map(Raw::new).collect();
    assert_eq!(commonest(forms.iter()).map(Raw::as_typed), Some("Database"));
    assert_eq!(commonest([].into_iter()), None);
}

#[test]
fn a_group_is_called_as_the_team_calls_it_or_by_no_member() {
    let subjects = Subjects::new(&[own("Load Balancer", &["edge proxy", "health check"])]);
    let called = |forms: &[&str]| {
        let forms: Vec<Raw> = forms.iter().copied().map(Raw::new).collect();
        let key = subjects.key(forms[0].as_typed());
        subjects.name(&key, forms.iter()).unwrap().as_typed().to_owned()
    };
    assert_eq!(called(&["edge proxy", "edge proxy", "health check"]), "Load Balancer");
    assert_eq!(called(&["DB pool", "DB pool", "db"]), "database");
    assert_eq!(called(&["Mail relay", "mail relay"]), "Mail relay");
}

#[test]
fn what_makes_no_sense_in_the_settings_is_told_and_the_rest_counts() {
    let told = |text: &str| -> Vec<String> {
        file::read(text).complaints.into_iter().map(|c| format!("{}: {}", c.line, c.words)).collect()
    };
    assert_eq!(
        told("synonyms = 1"),
        ["1: synonyms is a table, [synonyms], with a list for each name, as database = [\"pg\"]"]
    );
    assert_eq!(
        told("[synonyms]\n\ndatabase = \"pg\""),
        ["3: \"database\" has to be a list of texts in quotes, as [\"a\", \"b\"]; it counts for nothing"]
    );
    assert_eq!(told("[synonyms]\ndatabase = [\" \"]"), ["2: a synonym is empty; it counts for nothing"]);
    assert_eq!(
        told("[synonyms]\n\"\" = [\"pg\"]"),
        ["2: a name of synonyms is empty; it counts for nothing"]
    );
    let twice = "[synonyms]\ndatabase = [\"pg\", \"x\"]\ncache = [\"X\", \"redis\"]";
    assert_eq!(told(twice), ["3: \"X\" stands for \"database\" already"]);
    assert_eq!(
        told("[synonyms]\nlb = [\"Load balancer\"]\n\"load balancer\" = [\"lb\"]"),
        ["3: \"load balancer\" stands for \"lb\" already, and is no name of others; it counts for nothing"]
    );
    assert_eq!(
        told("[synonyms]\n\"load balancer\" = [\"elb\"]\nlb = [\"Load balancer\"]"),
        ["3: \"Load balancer\" is a name of its own, and stands for no other"]
    );
    let read = file::read(twice);
    assert_eq!(read.settings.synonyms, [own("database", &["pg", "x"]), own("cache", &["redis"])]);
    assert_eq!(
        told("first_guesses = 1"),
        ["1: first_guesses has to be true or false, and is a number; it counts for nothing"]
    );
    assert!(!file::read("first_guesses = false").settings.first_guesses);
}

#[test]
fn the_settings_that_hold_are_shown() {
    let house = House::new();
    let file = house.path().join("words.toml");
    std::fs::write(&file, "first_guesses = false\n[synonyms]\ndatabase = [\"pg\", \"postgres-main\"]\n")
        .unwrap();
    let shown = house.done(&["config", "--config", file.to_str().unwrap()]);
    assert!(shown.contains(r#""database" = ["pg", "postgres-main"]"#), "{shown}");
    assert!(shown.lines().any(|line| line.starts_with("first_guesses") && line.contains("false")), "{shown}");
}

proptest! {
    #[test]
    fn a_key_is_there_for_any_text_and_is_its_own_key(text in "\\PC{0,60}") {
        let subjects = Subjects::default();
        let key = subjects.key(&text);
        prop_assert_eq!(key.is_empty(), text.trim().is_empty());
        prop_assert_eq!(subjects.key(&text.to_uppercase().to_lowercase()).is_empty(), key.is_empty());
    }

    #[test]
    fn blanks_and_a_filler_before_change_nothing(word in "[a-z]{4,9}", blanks in " {0,3}") {
        let subjects = Subjects::default();
        let with = format!("{blanks}the possible  {word}{blanks}");
        prop_assert_eq!(subjects.key(&with), subjects.key(&word));
    }
}

#[test]
fn a_part_or_a_fault_of_a_component_is_that_component() {
    let subjects = Subjects::new(&[own("load balancer", &["haproxy"])]);
    let cases: &[(&str, &[&str])] = &[
        (
            "load balancer",
            &[
                "LB",
                "load balancer config lb-2024.08",
                "load balancer certificate",
                "expired certificate on the load balancer",
                "load balancer memory leak",
                "memory leak in the LB",
                "haproxy",
                "haproxy timeouts too low",
                "overloaded load balancer",
                "An update of the load balancer sent nearly all traffic to one server",
                "A typo in the LB config sent all to one host",
                "The database was slow because the load balancer sent every query to one replica.",
                "It was not the database, the load balancer kept sending to a dead host.",
                "After a database migration the load balancer lost half of its backends",
                "Traffic for the database was dropped by the load balancer all morning",
                "The database was fine all along, and the load balancer dropped them",
            ],
        ),
        ("database", &["slow database", "database deadlock", "DB pool exhausted", "database migration"]),
        ("payment database", &["payment db", "payment database deadlock", "slow payments db"]),
        ("network", &["network", "network congestion"]),
        ("network card", &["network card", "broken NIC", "network card firmware"]),
        ("certificate", &["expired certificate", "cert expiry"]),
        ("dns", &["dns record", "the DNS zone file"]),
        ("redis", &["redis eviction policy"]),
        ("queue", &["queue backlog"]),
        ("payment service", &["payment service memory leak", "payment service config"]),
        ("memory leak", &["memory leak"]),
        ("printer", &["printer"]),
        ("not database", &["not the database"]),
        ("database and network", &["database and network"]),
    ];
    for (component, forms) in cases {
        for form in *forms {
            assert_eq!(subjects.component(form), *component, "{form}");
        }
    }
    assert_eq!(subjects.blamed("A tree fell on the roof of the hall"), None);
    assert_eq!(subjects.blamed("A certificate and a deployment went wrong"), None, "two, none of which owns");
}
