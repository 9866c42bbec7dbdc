//! The one table of commands. The parser, the printer, the prompt's completion, the `/` list, the help and the manual page
//! are fed by it; a test holds the README against it.

use crate::log::{Fact, List};
use crate::model::{ActionKind, MilestoneKind};

/// What is said about a hypothesis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the command of its name")]
pub enum Verb {
    Suspect,
    Test,
    For,
    Against,
    Worse,
    Out,
    Confirm,
    Park,
    Reopen,
}

/// What only the room can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the command of its name")]
pub enum RoomVerb {
    Find,
    Export,
    Copy,
    Handoff,
    Insights,
    Doubts,
    Replay,
    Attach,
    Help,
    Quit,
}

/// How what follows the name is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the command of its name, or the field it sets")]
pub enum Takes {
    Title,
    Severity,
    Status,
    Zone,
    Clock,
    Milestone(MilestoneKind),
    Fact(Fact),
    Item(List),
    Affected,
    Link,
    Note,
    Role,
    Update,
    Every,
    Decide,
    Hypothesis(Verb),
    Action(ActionKind),
    Done,
    Drop,
    Edit,
    When,
    Strike,
    Star,
    Undo,
    Redo,
    Room(RoomVerb),
}

/// One command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command {
    /// Its name, without the `/`.
    pub name: &'static str,
    /// Its short form at the beginning of a line (`?`, `+`).
    pub short: Option<&'static str>,
    /// Whether a time may follow its name.
    pub timed: bool,
    /// How what follows is read.
    pub takes: Takes,
    /// What follows, for people.
    pub arguments: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// A line that works.
    pub example: &'static str,
}

/// The command of this name, in any case.
pub fn named(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|c| c.name.eq_ignore_ascii_case(name))
}

/// The name of the command that takes this.
pub fn name_of(takes: Takes) -> &'static str {
    COMMANDS.iter().find(|c| c.takes == takes).map_or("", |c| c.name)
}

const fn row(
    (name, short, timed): (&'static str, Option<&'static str>, bool),
    takes: Takes,
    arguments: &'static str,
    help: &'static str,
    example: &'static str,
) -> Command {
    Command { name, short, timed, takes, arguments, help, example }
}

const T: bool = true;
const N: bool = false;

/// All commands, in the order of the help.
#[rustfmt::skip]
pub const COMMANDS: &[Command] = &[
    row(("suspect", Some("?"), T), Takes::Hypothesis(Verb::Suspect), "[TIME] SUBJECT[: WHY]", "raise a hypothesis; reopens it where it was closed, and puts right why where it is open", "/suspect database: pool exhausted after deploy"),
    row(("test", None, T), Takes::Hypothesis(Verb::Test), "[TIME] SUBJECT[: WHAT] [@who] [for:10m]", "start testing a hypothesis; `expect` in WHAT begins what would be seen if it were true", "/test database: count open connections @maria for:10m"),
    row(("for", None, T), Takes::Hypothesis(Verb::For), "[TIME] SUBJECT: WHAT", "evidence for a hypothesis", "/for database: connections at the limit"),
    row(("against", None, T), Takes::Hypothesis(Verb::Against), "[TIME] SUBJECT: WHAT", "evidence against a hypothesis", "/against database: slow queries are normal"),
    row(("worse", None, T), Takes::Hypothesis(Verb::Worse), "[TIME] SUBJECT: WHAT", "what following a hypothesis made worse", "/worse database: the failover doubled the errors"),
    row(("out", None, T), Takes::Hypothesis(Verb::Out), "[TIME] SUBJECT[: WHY]", "rule a hypothesis out, with the reason; that can be given later, which moves no time", "/out 08:50 database: pool is idle"),
    row(("confirm", None, T), Takes::Hypothesis(Verb::Confirm), "[TIME] SUBJECT[: WHY]", "confirm a hypothesis as the cause", "/confirm cache: evictions began with the deploy"),
    row(("park", None, T), Takes::Hypothesis(Verb::Park), "[TIME] SUBJECT[: WHY]", "set a hypothesis aside", "/park network: waiting for the provider"),
    row(("reopen", None, T), Takes::Hypothesis(Verb::Reopen), "[TIME] SUBJECT[: WHY]", "open a closed or parked hypothesis again", "/reopen database: the errors are back"),
    row(("task", Some("+"), N), Takes::Action(ActionKind::Task), "TEXT [@owner] [due:DAY] [p1] [#class] [link:URL]", "add a task to do afterwards", "/task Audit the proxy settings @bob due:fri p1 #prevent"),
    row(("improve", None, N), Takes::Action(ActionKind::Improvement), "TEXT [@owner] [due:DAY] [p1] [#class] [link:URL]", "add a broad improvement", "/improve Alert on uneven traffic #detect"),
    row(("done", None, T), Takes::Done, "[TIME] N", "action N is done; `-` after N opens it again", "/done 2"),
    row(("drop", None, T), Takes::Drop, "[TIME] N[: WHY]", "action N will not be done", "/drop 3: replaced by the new gateway"),
    row(("title", None, N), Takes::Title, "TEXT", "change the title", "/title Checkout slow in Europe"),
    row(("sev", None, T), Takes::Severity, "[TIME] N", "set the severity, 1 is the worst", "/sev 1"),
    row(("status", None, T), Takes::Status, "[TIME] STATUS", "set the status: investigating, identified, mitigating, monitoring, resolved, closed", "/status monitoring"),
    row(("service", None, N), Takes::Item(List::Services), "NAME", "add an affected service", "/service checkout"),
    row(("tz", None, N), Takes::Zone, "ZONE", "print times in this zone", "/tz Europe/Berlin"),
    row(("clock", None, N), Takes::Clock, "12h|24h", "print times of day as 3:04 PM or 15:04", "/clock 24h"),
    row(("started", None, T), Takes::Milestone(MilestoneKind::Started), "[TIME] [HOW]", "the harm began", "/started 12:25 deploy 4711 went out"),
    row(("detected", None, T), Takes::Milestone(MilestoneKind::Detected), "[TIME] [HOW]", "somebody or something noticed", "/detected 12:30 Prometheus latency alert"),
    row(("acked", None, T), Takes::Milestone(MilestoneKind::Acknowledged), "[TIME] [HOW]", "somebody took it on", "/acked 12:32"),
    row(("declared", None, T), Takes::Milestone(MilestoneKind::Declared), "[TIME] [HOW]", "it was declared an incident", "/declared 12:40"),
    row(("identified", None, T), Takes::Milestone(MilestoneKind::Identified), "[TIME] [HOW]", "the cause was found", "/identified 12:50 one node gets all traffic"),
    row(("mitigated", None, T), Takes::Milestone(MilestoneKind::Mitigated), "[TIME] [HOW]", "the harm ended", "/mitigated 12:55 traffic moved by hand"),
    row(("resolved", None, T), Takes::Milestone(MilestoneKind::Resolved), "[TIME] [HOW]", "all is as it was", "/resolved 13:00"),
    row(("closed", None, T), Takes::Milestone(MilestoneKind::Closed), "[TIME] [HOW]", "the work after it is done", "/closed"),
    row(("impact", None, N), Takes::Fact(Fact::Impact), "TEXT", "what it meant for people", "/impact Customers could not pay"),
    row(("affected", None, N), Takes::Affected, "TEXT", "add how many were affected", "/affected about 40% of users"),
    row(("loss", None, N), Takes::Item(List::Losses), "TEXT", "add what was lost", "/loss $20,000 in orders"),
    row(("summary", None, N), Takes::Fact(Fact::Summary), "TEXT", "the short story", "/summary One proxy took all the traffic and gave up"),
    row(("cause", None, N), Takes::Fact(Fact::RootCause), "TEXT", "the root cause", "/cause Health checks were switched off by the update"),
    row(("trigger", None, N), Takes::Fact(Fact::Trigger), "TEXT", "what set it off", "/trigger Update of the proxy at 12:20"),
    row(("factor", None, N), Takes::Item(List::Factors), "TEXT", "add what helped it along", "/factor No alert on uneven traffic"),
    row(("detection", None, N), Takes::Fact(Fact::Detection), "TEXT", "how it was noticed", "/detection Alert on latency, five minutes late"),
    row(("workaround", None, N), Takes::Fact(Fact::Workaround), "TEXT", "what ended the harm for the time being", "/workaround Traffic spread by hand"),
    row(("fix", None, N), Takes::Fact(Fact::Fix), "TEXT", "what ended it for good", "/fix Health checks on again, tested before each update"),
    row(("well", None, N), Takes::Item(List::WentWell), "TEXT", "add what went well", "/well The rollback took two minutes"),
    row(("wrong", None, N), Takes::Item(List::WentWrong), "TEXT", "add what went wrong", "/wrong Nobody knew who owns the proxy"),
    row(("lucky", None, N), Takes::Item(List::Lucky), "TEXT", "add where luck helped", "/lucky It was a quiet morning"),
    row(("link", None, N), Takes::Link, "LABEL URL", "add a link", "/link Dashboard https://grafana.example/d/42"),
    row(("note", None, N), Takes::Note, "HEADING: TEXT", "add a note with a heading", "/note Vendor: case 815 is open"),
    row(("related", None, N), Takes::Item(List::Related), "INCIDENT", "add another incident that belongs to this one, by its id", "/related 2024-02-23-checkout-slow"),
    row(("warning", None, N), Takes::Item(List::Warnings), "TEXT", "add a doubt about the record; `/strike warning N` settles it", "/warning The log and the pager differ by an hour"),
    row(("role", None, T), Takes::Role, "[TIME] ROLE @NAME", "who has a role", "/role commander @alice"),
    row(("update", None, T), Takes::Update, "[TIME] [public:] TEXT", "what stakeholders were told", "/update public: We know the cause and are fixing it"),
    row(("every", None, N), Takes::Every, "20m", "how often stakeholders get an update", "/every 20m"),
    row(("decide", None, T), Takes::Decide, "[TIME] TEXT [@who]", "what was decided, and by whom", "/decide Roll back without waiting for the vendor @alice"),
    row(("edit", None, N), Takes::Edit, "ID: TEXT | LIST N: TEXT | task N: TEXT", "change the text of an entry (`last` is the newest), of an item of a list (`/edit factor 2: …`) or of an action (`/edit task 3: … @owner due:DAY`)", "/edit last: rolled back to 4710"),
    row(("when", None, N), Takes::When, "ID TIME", "change the time of an entry", "/when last 10:40"),
    row(("strike", None, N), Takes::Strike, "ID | LIST N", "strike an entry out, and the evidence it is, or take an item off a list (`/strike factor 2`); `-` after ID takes it back", "/strike last"),
    row(("star", None, N), Takes::Star, "ID", "mark an entry as part of the short story; `-` after ID takes it back", "/star last"),
    row(("undo", None, N), Takes::Undo, "[ID]", "take back your last change", "/undo"),
    row(("redo", None, N), Takes::Redo, "[ID]", "let it count again", "/redo"),
    row(("find", None, N), Takes::Room(RoomVerb::Find), "WORDS #tag @who by:WHO from:TIME to:TIME ★", "show only entries with all of this", "/find proxy #alert from:10:40"),
    row(("export", None, N), Takes::Room(RoomVerb::Export), "", "write the report as Markdown into the folder where you started", "/export"),
    row(("copy", None, N), Takes::Room(RoomVerb::Copy), "", "put the report on the clipboard", "/copy"),
    row(("handoff", None, N), Takes::Room(RoomVerb::Handoff), "", "the state on one screen, for whoever takes over", "/handoff"),
    row(("insights", None, N), Takes::Room(RoomVerb::Insights), "", "what past incidents say together: how long, what was suspected, what comes back", "/insights"),
    row(("doubts", None, N), Takes::Room(RoomVerb::Doubts), "", "walk through what is doubtful in the record, with what would mend it", "/doubts"),
    row(("replay", None, N), Takes::Room(RoomVerb::Replay), "[TIME]", "the incident as it stood at any minute", "/replay 10:42"),
    row(("attach", None, N), Takes::Room(RoomVerb::Attach), "FILE [SUBJECT]", "keep a copy of a file with the incident: a log excerpt, a graph", "/attach error.log database"),
    row(("help", None, N), Takes::Room(RoomVerb::Help), "", "all commands and keys", "/help"),
    row(("quit", None, N), Takes::Room(RoomVerb::Quit), "", "leave the room", "/quit"),
];
