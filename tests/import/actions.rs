//! What is to be done afterwards, in all the shapes that people write it in.

use warroom::import;
use warroom::log::Change;
use warroom::model::ActionKind;

const HEAD: &str = "# Outage\n\n## Timeline\n\n- 2024-05-01 10:00 UTC began\n- 2024-05-01 11:00 UTC over\n\n";

/// The actions of a document with this end: kind, text, and what stands beside it.
fn actions(end: &str) -> Vec<(ActionKind, String, String)> {
    let reading = import::read(format!("{HEAD}{end}").as_bytes(), "outage.md").unwrap();
    let mut found: Vec<(ActionKind, String, String)> = Vec::new();
    for one in reading.found {
        match one.change {
            Change::ActionAdded { kind, text, owner, due, priority, class, link } => {
                let typed = |raw: Option<warroom::text::Raw>| raw.map(|raw| raw.as_typed().to_owned());
                let beside = [
                    typed(owner),
                    due.map(|due| due.to_string()),
                    priority.map(|p| format!("p{p}")),
                    typed(class),
                    typed(link),
                ];
                let beside = beside.into_iter().flatten().collect::<Vec<_>>().join(" ");
                found.push((kind, text.as_typed().to_owned(), beside));
            }
            Change::ActionDone { .. } => found.last_mut().unwrap().2.push_str(" done"),
            Change::ActionDropped { .. } => found.last_mut().unwrap().2.push_str(" dropped"),
            _ => {}
        }
    }
    found
}

fn texts(end: &str) -> Vec<String> {
    actions(end).into_iter().map(|(_, text, _)| text).collect()
}

#[test]
fn bullets_numbers_and_kinds() {
    let got = actions(
        "## Corrective and preventive measures\n\n**Improvements:**\n- Better alarms\n- Calmer nights\n\n**Tasks:**\n\
         1. **Alarm:** page at 80 %\n2. Buy tea\n",
    );
    let kinds: Vec<_> = got.iter().map(|(kind, text, _)| (*kind, text.as_str())).collect();
    let expected = [
        (ActionKind::Improvement, "Better alarms"),
        (ActionKind::Improvement, "Calmer nights"),
        (ActionKind::Task, "Alarm: page at 80 %"),
        (ActionKind::Task, "Buy tea"),
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn a_bullet_below_belongs_to_its_parent_or_to_its_label() {
    assert_eq!(
        texts("## Tasks\n\n- Roll out slowly\n  - test first\n  - then the rest\n- Rest\n"),
        ["Roll out slowly\n- test first\n- then the rest", "Rest"]
    );
    assert_eq!(
        texts("## Tasks\n\n- Alarms:\n  - page earlier\n  - page louder\n- Books:\n  - write one\n"),
        ["Alarms: page earlier", "Alarms: page louder", "Books: write one"]
    );
    assert_eq!(
        texts("## Action items\n\n### Alarms\n\n- page earlier\n\n### Books\n\n- write one\n"),
        ["Alarms: page earlier", "Books: write one"]
    );
}

#[test]
fn paragraphs_and_prose() {
    assert_eq!(
        texts("## Tasks\n\nAlarm: Page earlier.\n\nBook: Write one.\n"),
        ["Alarm: Page earlier.", "Book: Write one."]
    );
    assert_eq!(
        texts("## Next steps\n\nAlarms came late. We will page earlier. Somebody should write a book.\n"),
        ["Alarms came late. We will page earlier.", "Somebody should write a book."]
    );
    assert_eq!(
        texts("## Improvements\n\nPaging earlier\nA book of answers\n"),
        ["Paging earlier", "A book of answers"]
    );
}

#[test]
fn what_leads_to_a_list_and_what_closes_it_is_none() {
    let end = "## Tasks\n\nThe following tasks are planned:\n\n- Page earlier\n\nBy doing this we hope to sleep better.\n";
    assert_eq!(texts(end), ["Page earlier"]);
    let reading = import::read(format!("{HEAD}{end}").as_bytes(), "outage.md").unwrap();
    let notes: Vec<_> =
        reading.found.iter().filter(|f| matches!(f.change, Change::NoteAdded { .. })).collect();
    let said = format!("{notes:?}");
    assert!(said.contains("following tasks") && said.contains("sleep better"), "{said}");
}

#[test]
fn marks_at_the_end() {
    let table = [
        ("Page earlier (@bob, by 2024-08-20)", "Page earlier", "bob 2024-08-20"),
        ("Page earlier - Owner: Ann Lee", "Page earlier", "Ann Lee"),
        ("Page earlier [OPS-12]", "Page earlier", "OPS-12"),
        ("Page earlier – @bob – P1 – due 2024-08-20", "Page earlier", "bob 2024-08-20 p1"),
        ("Page earlier @bob 2024-08-20", "Page earlier", "bob 2024-08-20"),
        ("(P1) Page earlier", "(P1) Page earlier", "p1"),
        ("P2: Page earlier", "P2: Page earlier", "p2"),
        ("[x] Page earlier", "Page earlier", " done"),
        ("[ ] Page earlier", "Page earlier", ""),
        ("~~Page earlier~~", "Page earlier", " dropped"),
        ("Page earlier (after the summer)", "Page earlier (after the summer)", ""),
        ("Page earlier - ETA: 2 weeks", "Page earlier - ETA: 2 weeks", ""),
        ("[Page earlier](https://example.org/7)", "Page earlier", "https://example.org/7"),
    ];
    for (line, text, beside) in table {
        let got = actions(&format!("## Tasks\n\n- {line}\n"));
        assert_eq!(got, [(ActionKind::Task, text.to_owned(), beside.to_owned())], "{line}");
    }
}

#[test]
fn a_table_by_the_words_of_its_head() {
    let got = actions(
        "## Action items\n\n| # | What | Who | Due date | Prio | State | Ticket | Area |\n|---|---|---|---|---|---|---|---|\n\
         | 1 | Page earlier | Ann | 2024-06-01 | high | Done | OPS-1 | alarms |\n| 2 | Write a book | – | next year | | open | | |\n",
    );
    let expected = [
        (
            ActionKind::Task,
            "Page earlier (Area: alarms)".to_owned(),
            "Ann 2024-06-01 p1 OPS-1 done".to_owned(),
        ),
        (ActionKind::Task, "Write a book (Due date: next year)".to_owned(), String::new()),
    ];
    assert_eq!(got, expected);
}

#[test]
fn headings_of_what_is_to_be_done() {
    for heading in [
        "What we do about it",
        "What will we do differently?",
        "How do we prevent this from happening again?",
        "So that it never happens again",
        "Preventative measures",
        "Counter-measures",
        "Looking ahead",
        "Going forward",
        "Future work",
        "Plan",
        "Backlog",
        "Open tickets",
        "Remaining work",
        "Long-term fixes",
        "Recommended changes",
        "Room for improvement",
        "What needs to be done",
        "Repair items",
        "To-do list",
        "Things to do",
        "Opportunities",
        "What can be better",
        "Next steps and owners",
    ] {
        assert_eq!(texts(&format!("## {heading}\n\n- Page earlier\n- Buy tea\n")).len(), 2, "{heading}");
    }
    for heading in
        ["Lessons learned", "Resolution", "What went well", "Follow-up timeline", "Impact", "Links"]
    {
        assert!(texts(&format!("## {heading}\n\n- Page earlier\n- Buy tea\n")).is_empty(), "{heading}");
    }
}

#[test]
fn a_title_opens_nothing() {
    let text = "# Preventive alarms never rang\n\n## Story\n\n- the baker slept\n\n## Timeline\n\n- 2024-05-01 10:00 UTC began\n";
    let reading = import::read(text.as_bytes(), "a.md").unwrap();
    assert!(!reading.found.iter().any(|f| matches!(f.change, Change::ActionAdded { .. })));
}

#[test]
fn labels_without_a_colon_part_the_list() {
    let got =
        actions("## Measures\n\n* Improve\n    * Calmer nights\n    * Clear roles\n* Tasks\n    * Buy tea\n");
    let kinds: Vec<_> = got.iter().map(|(kind, text, _)| (*kind, text.as_str())).collect();
    let expected = [
        (ActionKind::Improvement, "Calmer nights"),
        (ActionKind::Improvement, "Clear roles"),
        (ActionKind::Task, "Buy tea"),
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn a_heading_of_its_own_names_the_action() {
    assert_eq!(
        texts(
            "## Future work\n\n### Removal of the old oven\n\nIt smokes.\n\n### Enhancement of the bell\n\nIt is too quiet.\nWe make it ring.\n"
        ),
        [
            "Removal of the old oven: It smokes.",
            "Enhancement of the bell: It is too quiet.\nWe make it ring."
        ]
    );
    assert_eq!(
        texts("## Looking forward\n\n1. **Bell Enhancements**\n   - Ringing louder at night.\n"),
        ["Bell Enhancements: Ringing louder at night."]
    );
}

#[test]
fn paragraphs_are_one_each_and_counted_words_part_one() {
    assert_eq!(
        texts(
            "## Follow-up\n\nThe bell should ring. Ideally twice.\n\nThe oven smokes at night. (cleaned since)\n\nIt would be good to have tea.\n"
        ),
        [
            "The bell should ring. Ideally twice.",
            "The oven smokes at night. (cleaned since)",
            "It would be good to have tea."
        ]
    );
    assert_eq!(
        texts(
            "## Actions\n\nFirst, we will ring a bell. Second, the tea stays hot. Third, we buy a lamp. Ann does it.\n"
        ),
        ["First, we will ring a bell.", "Second, the tea stays hot.", "Third, we buy a lamp. Ann does it."]
    );
    assert_eq!(
        texts("## Actions\n\nWe agreed on: (1) a louder bell; (2) hotter tea; and (3) a lamp.\n"),
        ["a louder bell", "hotter tea", "a lamp."]
    );
    let wide = "The people of the bakery worked through the night, and then through the whole of the day that followed it.";
    assert_eq!(
        texts(&format!(
            "## Story\n\n{wide}\n\n## Next steps\n\nA list for the move of an oven, with a line for the gas and one for the cat\nHotter tea for everybody who is awake at such an hour – Ann\n"
        )),
        [
            "A list for the move of an oven, with a line for the gas and one for the cat",
            "Hotter tea for everybody who is awake at such an hour – Ann"
        ]
    );
}

#[test]
fn a_vow_counts_where_no_part_is_for_it() {
    assert_eq!(
        texts("## The oven\n\nIt smoked. Next time we will open a window. The cat should know better.\n"),
        ["Next time we will open a window."]
    );
    assert_eq!(
        texts("## The oven\n\nNext time we will open a window.\n\n## Tasks\n\n- Buy tea\n"),
        ["Buy tea"],
        "the words of a part for it count alone"
    );
}

/// What is told beside the state of the first action in a table: its text, whether it is done, why it was dropped.
fn state(status: &str) -> (String, bool, Option<String>) {
    let end = format!("## Action items\n\n| Action | Status |\n|---|---|\n| Rent a pager | {status} |\n");
    let reading = import::read(format!("{HEAD}{end}").as_bytes(), "outage.md").unwrap();
    let mut told = (String::new(), false, None);
    for one in reading.found {
        match one.change {
            Change::ActionAdded { text, .. } => text.as_typed().clone_into(&mut told.0),
            Change::ActionDone { .. } => told.1 = true,
            Change::ActionDropped { reason, .. } => {
                told.2 = Some(reason.map_or_else(String::new, |reason| reason.as_typed().to_owned()));
            }
            _ => {}
        }
    }
    told
}

#[test]
fn the_words_beside_a_state_are_kept() {
    let dropped = [
        ("Dropped", ""),
        ("Won't do (too expensive)", "too expensive"),
        ("Won’t do: nobody has time", "nobody has time"),
        ("Dropped - too expensive", "too expensive"),
        ("Cancelled because the tea was cold", "because the tea was cold"),
        ("Dropped (too expensive), see the minutes (May)", "(too expensive), see the minutes (May)"),
    ];
    for (status, reason) in dropped {
        assert_eq!(state(status), ("Rent a pager".into(), false, Some(reason.into())), "{status}");
    }
    let done = [
        ("Done", "Rent a pager"),
        ("Done in release 4.2", "Rent a pager (Done in release 4.2)"),
        ("Fixed (with tea)", "Rent a pager (Fixed (with tea))"),
    ];
    for (status, text) in done {
        assert_eq!(state(status), (text.into(), true, None), "{status}");
    }
    let open = [
        ("Open", "Rent a pager"),
        ("Open, waits for tea", "Rent a pager (Status: Open, waits for tea)"),
        ("Done by next week", "Rent a pager (Status: Done by next week)"),
    ];
    for (status, text) in open {
        assert_eq!(state(status), (text.into(), false, None), "{status}");
    }
}

#[test]
fn how_urgent_an_action_is_says_nothing_of_the_outage() {
    let severity = |end: &str| import::read(format!("{HEAD}{end}").as_bytes(), "outage.md").unwrap().severity;
    for end in [
        "## Tasks\n\n- (P1) Page earlier\n",
        "## Tasks\n\n- Page earlier (P1)\n",
        "**Action items:**\n\n- [ ] (P2) Buy tea\n",
    ] {
        assert_eq!(severity(end), None, "{end}");
    }
    assert_eq!(severity("## Impact\n\nAll users (P2).\n\n## Tasks\n\n- (P1) Page earlier\n"), Some(2));
}

#[test]
fn boxes_of_html_and_what_stands_below_their_list() {
    let end = "<h2>Tasks</h2>\n<ul>\n<li><input type=\"checkbox\" checked> Page earlier</li>\n\
         <li><input type='checkbox' checked=\"checked\" disabled/> Buy tea</li>\n\
         <li><input type=\"checkbox\" title=\"not checked\"> Write a book</li>\n</ul>\n<p>The wiki has more.</p>\n";
    let got: Vec<_> = actions(end).into_iter().map(|(_, text, beside)| format!("{text}{beside}")).collect();
    assert_eq!(got, ["Page earlier done", "Buy tea done", "Write a book"]);
    let reading = import::read(format!("{HEAD}{end}").as_bytes(), "outage.md").unwrap();
    let noted = reading.found.iter().any(|found| {
        matches!(&found.change, Change::NoteAdded { .. })
            && format!("{:?}", found.change).contains("The wiki has more.")
    });
    assert!(noted, "{:?}", reading.found);
}
