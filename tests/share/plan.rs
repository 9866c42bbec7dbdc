//! What is sent, whatever happens to the stream: laws over random schedules, without a server.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use proptest::prelude::*;
use proptest::sample::Index;
use warroom::log::{Change, Fold, Ledger, Record, Stamp, Stamped};
use warroom::model::{EntryKind, Writer};
use warroom::share::Plan;

/// Hosts of the schedules.
const HOSTS: usize = 3;

fn entry(writer: usize, n: u64, ms: u64) -> Record {
    let writer = Writer::from_bits(writer as u64 + 1);
    let text = format!("{writer} says {n}").into();
    let change =
        Change::EntryAdded { text, tags: Vec::new(), people: Vec::new(), kind: EntryKind::Note, when: None };
    let stamp = Stamp { ms, counter: 0, writer, n };
    Stamped { stamp, by: "ana".into(), from: None, wall: None, over: None, after: None, body: change.into() }
        .into()
}

/// A server's stream: it keeps what it is given, and remembers for a while the ids of what it was given, also of what it has
/// lost since.
#[derive(Default)]
struct Stream {
    messages: Vec<Record>,
    remembered: BTreeSet<String>,
}

struct Host {
    plan: Plan,
    ledger: Ledger,
    /// How many messages of the stream were read.
    read: usize,
    /// How many were ever written here.
    n: u64,
}

#[derive(Clone, Debug)]
enum Step {
    /// Something is said on a host.
    Say(usize),
    /// A host reads so many messages.
    Read(usize, usize),
    /// A host sends so many records; the acknowledgements of those after the first number are lost.
    Send(usize, usize, usize),
    /// The stream is emptied.
    Purge,
    /// It loses its end.
    RollBack(Index),
    /// The server forgets what it was given.
    Forget,
    /// A host loses the connection.
    Lose(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let host = 0..HOSTS;
    prop_oneof![
        4 => host.clone().prop_map(Step::Say),
        4 => (host.clone(), 1..5_usize).prop_map(|(host, many)| Step::Read(host, many)),
        4 => (host.clone(), 1..5_usize, 0..5_usize).prop_map(|(host, many, told)| Step::Send(host, many, told)),
        1 => Just(Step::Purge),
        1 => any::<Index>().prop_map(Step::RollBack),
        1 => Just(Step::Forget),
        1 => host.prop_map(Step::Lose),
    ]
}

struct World {
    hosts: Vec<Host>,
    stream: Stream,
    clock: u64,
}

impl World {
    fn new() -> Self {
        let host = |_| Host { plan: Plan::default(), ledger: Ledger::default(), read: 0, n: 0 };
        Self { hosts: (0..HOSTS).map(host).collect(), stream: Stream::default(), clock: 1 }
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Say(host) => {
                self.clock += 1;
                let one = &mut self.hosts[*host];
                one.n += 1;
                let record = entry(*host, one.n, self.clock);
                one.ledger.insert(record.clone());
                one.plan.saved([record]);
            }
            Step::Read(host, many) => self.read(*host, *many),
            Step::Send(host, many, told) => {
                for nth in 0..*many {
                    if !self.send(*host, nth < *told) {
                        break;
                    }
                }
            }
            Step::Purge => self.stream.messages.clear(),
            Step::RollBack(index) if !self.stream.messages.is_empty() => {
                let end = index.index(self.stream.messages.len());
                self.stream.messages.truncate(end);
            }
            Step::RollBack(_) => {}
            Step::Forget => self.stream.remembered.clear(),
            Step::Lose(host) => self.hosts[*host].plan.lost(),
        }
    }

    fn read(&mut self, host: usize, many: usize) {
        let one = &mut self.hosts[host];
        if one.read > self.stream.messages.len() {
            // It is not the stream that was read.
            one.plan.read_anew();
            one.read = 0;
        }
        let end = self.stream.messages.len().min(one.read + many);
        for record in &self.stream.messages[one.read..end] {
            one.plan.seen(record.stamp);
            one.ledger.insert(record.clone());
            one.plan.saved([record.clone()]);
        }
        one.read = end;
        if end == self.stream.messages.len() {
            one.plan.all_read();
        }
    }

    fn send(&mut self, host: usize, told: bool) -> bool {
        let one = &mut self.hosts[host];
        let Some(sending) = one.plan.take_next() else { return false };
        let already = !self.stream.remembered.insert(sending.message_id());
        let stamp = sending.record.stamp;
        if !already {
            self.stream.messages.push(sending.record);
        }
        if told {
            one.plan.acknowledged(stamp, already);
        } else {
            one.plan.failed(stamp);
        }
        true
    }

    /// All hosts look at all of the stream, and send what it lacks, until nothing is to be done.
    fn settle(&mut self) {
        for _ in 0..20 {
            for host in 0..HOSTS {
                let one = &mut self.hosts[host];
                one.plan.lost();
                one.plan.read_anew();
                one.read = 0;
                self.read(host, usize::MAX >> 1);
                self.hosts[host].plan.doubt();
                while self.send(host, true) {}
                self.read(host, usize::MAX >> 1);
                self.hosts[host].plan.doubt();
                while self.send(host, true) {}
                self.read(host, usize::MAX >> 1);
            }
        }
    }
}

proptest! {
    /// Row 109 of the table of bad inputs, and promise P6: whatever is lost, repeated or forgotten on the way.
    #[test]
    fn all_hosts_end_with_all_that_was_ever_said(steps in prop::collection::vec(step(), 0..120)) {
        let mut world = World::new();
        let mut said: BTreeSet<Stamp> = BTreeSet::new();
        for step in &steps {
            world.take(step);
            said.extend(world.hosts.iter().flat_map(|host| host.ledger.records()).map(|record| record.stamp));
        }
        world.settle();
        let incident = Fold::of(&world.hosts[0].ledger).into_incident();
        for host in &world.hosts {
            let has: BTreeSet<Stamp> = host.ledger.records().iter().map(|record| record.stamp).collect();
            prop_assert_eq!(&has, &said);
            prop_assert_eq!(host.plan.to_go(), 0);
            prop_assert_eq!(host.plan.digest(), world.hosts[0].plan.digest());
            prop_assert_eq!(&Fold::of(&host.ledger).into_incident(), &incident);
        }
        let in_stream: BTreeSet<Stamp> = world.stream.messages.iter().map(|record| record.stamp).collect();
        prop_assert_eq!(in_stream, said);
    }

    /// Until all of the stream was read, nothing is sent: most of it is there already.
    #[test]
    fn what_the_stream_has_is_not_sent(records in 1..40_u64, has in prop::collection::vec(any::<bool>(), 40)) {
        let mut plan = Plan::default();
        let records: Vec<Record> = (1..=records).map(|n| entry(0, n, n)).collect();
        plan.saved(records.clone());
        prop_assert!(plan.take_next().is_none());
        let (there, missing): (Vec<_>, Vec<_>) =
            records.iter().zip(has).partition(|(_, has)| *has);
        for (record, _) in &there {
            plan.seen(record.stamp);
        }
        plan.all_read();
        prop_assert_eq!(plan.to_go(), missing.len());
        for (record, _) in missing {
            let sending = plan.take_next().unwrap();
            prop_assert_eq!(&sending.record, record);
            prop_assert_eq!(sending.message_id(), record.stamp.to_string());
            plan.acknowledged(record.stamp, false);
        }
        prop_assert!(plan.take_next().is_none() && plan.to_go() == 0);
    }
}

#[test]
fn what_the_server_only_remembers_is_sent_under_another_id() {
    let mut plan = Plan::default();
    let record = entry(0, 1, 1);
    plan.saved([record.clone()]);
    plan.all_read();
    plan.take_next().unwrap();
    plan.acknowledged(record.stamp, true);
    assert_eq!((plan.to_go(), plan.take_next()), (1, None), "it may be seen any moment");
    plan.doubt();
    let again = plan.take_next().unwrap();
    assert_eq!(again.message_id(), format!("{}/1", record.stamp));
    plan.acknowledged(record.stamp, false);
    assert_eq!(plan.to_go(), 0);
}

#[test]
fn what_was_purged_is_sent_no_more() {
    let mut plan = Plan::default();
    let records: Vec<Record> = (1..=2).map(|n| entry(0, n, n)).collect();
    plan.saved(records.clone());
    let other = plan.digest();
    plan.purge([records[0].stamp]);
    plan.all_read();
    assert_eq!(plan.take_next().unwrap().record, records[1]);
    assert!(plan.take_next().is_none());
    assert_ne!(plan.digest(), other);
    let mut without: HashMap<bool, Plan> = HashMap::new();
    without.entry(true).or_default().saved([records[1].clone()]);
    assert_eq!(without[&true].digest(), plan.digest());
    // Nor what was on its way to the disk when it was purged.
    plan.saved([records[0].clone()]);
    assert!(plan.is_purged(records[0].stamp) && !plan.has(&records[0]));
    assert!(plan.take_next().is_none());
    // It comes back with the stream, which has it still.
    plan.read_anew();
    plan.all_read();
    let sent: BTreeMap<Stamp, Record> = std::iter::from_fn(|| plan.take_next())
        .map(|sending| (sending.record.stamp, sending.record))
        .collect();
    assert_eq!(sent.into_keys().collect::<Vec<_>>(), [records[1].stamp]);
}

#[test]
fn what_was_acknowledged_and_not_seen_is_sent_again_after_a_lost_connection() {
    let mut plan = Plan::default();
    let records: Vec<Record> = (1..=2).map(|n| entry(0, n, n)).collect();
    plan.saved(records.clone());
    plan.all_read();
    for record in &records {
        assert_eq!(plan.take_next().unwrap().record, *record);
        plan.acknowledged(record.stamp, false);
    }
    plan.seen(records[0].stamp);
    assert_eq!(plan.to_go(), 0);
    plan.lost();
    plan.all_read();
    assert_eq!(plan.take_next().unwrap().record, records[1]);
    assert!(plan.take_next().is_none(), "the other one was seen");
}
