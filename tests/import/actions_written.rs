//! What is to be done, as different people write it: `actions.txt` holds the ends of their documents and what of each is an action.

use warroom::import;
use warroom::log::Change;
use warroom::model::ActionKind;

const WRITTEN: &str = include_str!("actions.txt");
const HEAD: &str = "# Outage\n\n## Timeline\n\n- 2024-05-01 10:00 UTC began\n- 2024-05-01 11:00 UTC over\n\n";

/// The actions of a document with this end, as the table writes them.
fn actions(end: &str) -> Vec<String> {
    let reading = import::read(format!("{HEAD}{end}\n").as_bytes(), "outage.md").unwrap();
    let action = |found: import::Found| match found.change {
        Change::ActionAdded { kind, text, owner, .. } => {
            let kind = if kind == ActionKind::Task { "task" } else { "improvement" };
            let owner = owner.map_or_else(String::new, |owner| format!(" @{}", owner.as_typed()));
            Some(format!("{kind} {}{owner}", text.as_typed().replace('\n', "|")))
        }
        _ => None,
    };
    reading.found.into_iter().filter_map(action).collect()
}

#[test]
fn actions_as_people_write_them() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for case in WRITTEN.split("%%% ").skip(1) {
        let (name, rest) = case.split_once('\n').unwrap();
        let end: Vec<&str> = rest.lines().filter(|line| !line.starts_with("=> ")).collect();
        let expected: Vec<&str> = rest.lines().filter_map(|line| line.strip_prefix("=> ")).collect();
        let got = actions(end.join("\n").trim());
        seen += 1;
        if got != expected {
            wrong.push(format!("{name}\n  expected {expected:#?}\n  got {got:#?}"));
        }
    }
    assert!(seen > 80, "{seen}");
    assert!(wrong.is_empty(), "{} of {seen}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn headings_of_what_is_to_be_done_in_many_words() {
    let headings = "AIs;Next;What's next?;And now?;Now what;Where do we go from here;From here on;The way forward;Homework;\
        We owe ourselves;Our commitments;What we'll do better;What we’re doing about it;What we are going to change;Fix-it list;\
        Things to fix;Things that could be improved;Preventing a repeat;Prevention;PREVENTION;Prevention plan;Never again;\
        Making sure it doesn't happen again;So it won't happen twice;How to avoid this;How will we prevent this?;Guard rails;\
        Precautions;CAPA;Corrective and preventitive actions;Corrective/preventive measures taken;Remedial actions;\
        Remedial actions taken after the incident;Long-term fix;Future improvements;In the future;Wish list;Suggestions;\
        Proposed changes;Plan of action;Roadmap;Outstanding;Still to do;TODOs;Tasks that must be done;Specific tasks;Improving;\
        Doing better next time;Making it better;Hardening;What changes;Changes we are making;What needs to change;\
        Maßnahmen;Nächste Schritte;Acciones correctivas;Próximos pasos;Plan d'action;Prévention;Tindakan perbaikan;再発防止策";
    for heading in headings.split(';').map(str::trim) {
        let end = format!("## {heading}\n\n- Page earlier\n- Buy tea\n");
        assert_eq!(actions(&end).len(), 2, "{heading}");
    }
    let none = "The correction;How it works;What it does;What we fixed;What changed;What happened next to the database;Actions taken;\
        How we build the page;Recurrence of the week before;Why it was slow;What we were told";
    for heading in none.split(';').map(str::trim) {
        assert!(
            actions(&format!("## {heading}\n\n- the baker slept\n- the tea was cold\n")).is_empty(),
            "{heading}"
        );
    }
}
