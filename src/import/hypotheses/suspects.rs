//! All that a document says of its suspects, one after the other, as changes: raised, ruled out, confirmed.

mod asked;
mod explicit;

use super::answer::Touched;
use super::cause::{self, Candidate};
use super::verdict::{Said, Saying, Verdict};
use super::voices::Voices;
use super::{closing, denied, noun, within, words};
use crate::import::Found;
use crate::log::{About, Change};
use crate::model::{Moment, Side, Subject};
use crate::text::Raw;

/// Where something is said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    /// Its number: rows and parts that stand together have numbers that are near.
    pub at: usize,
    /// It is a row of the timeline.
    pub row: bool,
    pub line: u32,
    pub when: Option<&'a Moment>,
    /// All of the text.
    pub text: &'a str,
}

/// What is said at one place.
#[derive(Clone, Debug)]
struct Mention {
    line: u32,
    when: Option<Moment>,
    text: String,
}

#[derive(Clone, Debug)]
struct Suspect {
    subject: String,
    key: Vec<String>,
    raised: Option<Mention>,
    /// Where it was raised.
    at: Option<usize>,
    verdict: Option<(Verdict, Mention)>,
    harm: Option<Mention>,
    /// A row confirmed it outright: only words that name it take that back.
    confirmed: bool,
    /// What followed seems to deny it: that counts unless it turns out to be the cause.
    denied: Option<Mention>,
    /// Its verdict came of words that do not name it, or of something that had no effect.
    inferred: bool,
    /// Nothing that follows can deny it any more.
    past: bool,
    /// Only single words speak of a suspicion: without an answer it was none.
    faint: bool,
}

impl Suspect {
    /// Nothing was said yet of whether it was it.
    fn is_open(&self) -> bool {
        self.verdict.is_none() && !self.confirmed
    }

    /// Whether this is the reason of its verdict.
    fn tells(&self, mention: &Mention) -> bool {
        self.verdict.as_ref().is_some_and(|(_, held)| held.line == mention.line && held.text == mention.text)
    }
}

/// The suspects of a document, in the order in which it names them.
#[derive(Clone, Debug, Default)]
pub(super) struct Suspects {
    all: Vec<Suspect>,
    candidates: Vec<Candidate>,
    /// What a row looked at or treated last, without telling what came of it, and which row.
    touched: Option<(usize, Touched)>,
    /// What a row treated last, and which row.
    treated: Option<(usize, String)>,
    /// What a row named last that neither doubts nor acquits it, and which row.
    named: Option<(usize, String)>,
    /// The last row whose verdict was about another thing than what was raised before it.
    elsewhere: Option<usize>,
}

/// The most suspects: no outage had more.
const MOST: usize = 40;

/// How many rows later a verdict that names nobody may follow.
const NEAR: usize = 3;

impl Suspects {
    /// Takes in what a text says; gives the reason of a verdict that it recorded, if it is one.
    pub fn hear(&mut self, said: &Said, place: &Place<'_>) -> Option<String> {
        let mut concerned: Vec<usize> = Vec::new();
        let mut reason = None;
        for saying in &said.sayings {
            let mention = Mention { line: place.line, when: place.when.cloned(), text: saying.text.clone() };
            match saying.verdict {
                Verdict::Confirmed => self.candidate(saying, place),
                Verdict::Open => concerned.extend(self.raise(saying, mention, place)),
                Verdict::RuledOut => {
                    if self.is_of_another(saying, said, place) {
                        self.elsewhere = Some(place.at);
                        continue;
                    }
                    if let Some(subject) = self.next_thing(saying, place) {
                        let own = Saying { subject, weight: 3, ..saying.clone() };
                        concerned.extend(self.rule_out(&own, &mention, place));
                        if !explicit::joins(place.text) {
                            self.elsewhere = Some(place.at);
                            continue;
                        }
                    }
                    let out = self.rule_out(saying, &mention, place);
                    let told = |at: &usize| self.all.get(*at).is_some_and(|s| s.tells(&mention));
                    if out.iter().any(told) {
                        reason = Some(mention.text);
                    }
                    concerned.extend(out);
                }
            }
        }
        if place.row && closing::confirms_last(place.text) {
            self.confirm_last(place);
        }
        if said.harm
            && let Some(suspect) = concerned.first().and_then(|at| self.all.get_mut(*at))
        {
            suspect.harm =
                Some(Mention { line: place.line, when: place.when.cloned(), text: place.text.to_owned() });
        }
        reason
    }

    fn candidate(&mut self, saying: &Saying, place: &Place<'_>) {
        let outright = place.row && closing::confirms(&saying.text);
        let known = outright.then(|| self.find(&words::key(&saying.subject))).flatten();
        if let Some(suspect) = known.and_then(|at| self.all.get_mut(at)) {
            suspect.confirmed |= suspect.verdict.is_none();
        }
        if self.candidates.len() < 4 * MOST {
            self.candidates.push(Candidate {
                subject: saying.subject.clone(),
                weight: if known.is_some() { cause::OUTRIGHT } else { saying.weight },
                line: place.line,
                when: place.when.cloned(),
                row: place.row,
                text: saying.text.clone(),
            });
        }
    }

    /// A row that says in other words than a verdict that it has found the cause: "bingo. the pool is exhausted".
    pub fn find_in(&mut self, text: &str, line: u32, when: &Moment) {
        let Some(told) = closing::finding(text) else { return };
        if self.candidates.len() < 4 * MOST {
            self.candidates.push(Candidate {
                subject: String::new(),
                weight: cause::FINDING,
                line,
                when: Some(when.clone()),
                row: true,
                text: told.to_owned(),
            });
        }
    }

    /// A row that confirms without a name is about the one suspect that was raised last.
    fn confirm_last(&mut self, place: &Place<'_>) {
        let last = self.raised_last(place);
        let &[at] = last.as_slice() else { return };
        let Some(subject) = self.all.get(at).map(|s| s.subject.clone()) else { return };
        let text = place.text.trim().to_owned();
        let saying = Saying { verdict: Verdict::Confirmed, subject, weight: cause::OUTRIGHT, text };
        self.candidate(&saying, place);
        if let Some(suspect) = self.all.get_mut(at) {
            suspect.confirmed = true;
        }
    }

    fn find(&self, key: &[String]) -> Option<usize> {
        let same = self.all.iter().position(|s| s.key == key);
        same.or_else(|| self.all.iter().position(|s| within(&s.key, key)))
    }

    fn raise(&mut self, saying: &Saying, mention: Mention, place: &Place<'_>) -> Option<usize> {
        let key = words::key(&saying.subject);
        if let Some(at) = self.find(&key) {
            return Some(at);
        }
        (saying.weight > 1).then(|| self.add(&saying.subject, key, Some(mention), Some(place.at)))?
    }

    fn add(
        &mut self,
        subject: &str,
        key: Vec<String>,
        raised: Option<Mention>,
        at: Option<usize>,
    ) -> Option<usize> {
        if self.all.len() >= MOST {
            return None;
        }
        self.all.push(Suspect {
            subject: subject.to_owned(),
            key,
            raised,
            at,
            verdict: None,
            harm: None,
            confirmed: false,
            denied: None,
            inferred: false,
            past: false,
            faint: false,
        });
        Some(self.all.len() - 1)
    }

    /// Weighs whether a text denies what was suspected right before it, or in its own first words; `goes_on` where the search for the
    /// cause goes on after it.
    pub fn weigh(&mut self, place: &Place<'_>, goes_on: bool) {
        for suspect in self.all.iter_mut().filter(|s| s.at == Some(place.at) && s.is_open() && !s.past) {
            let Some(raised) = suspect.raised.as_ref().filter(|r| r.line == place.line) else { continue };
            if super::is_in_doubt(&raised.text) {
                continue;
            }
            if denied::within(place.text, &raised.text, &suspect.subject, place.row, goes_on) {
                let text = place.text.trim().to_owned();
                suspect.denied = Some(Mention { line: place.line, when: place.when.cloned(), text });
            } else if let Some((_, rest)) = place.text.split_once(&raised.text) {
                // "Idea 3: our limiter. Yes!"
                suspect.past |= denied::finds(rest);
            }
        }
        if !place.row {
            return;
        }
        let latest = self.all.iter().filter_map(|s| s.at).filter(|at| *at <= place.at).max();
        let doubted = |s: &Suspect| s.raised.as_ref().is_some_and(|raised| super::is_in_doubt(&raised.text));
        let waits =
            |s: &Suspect| s.is_open() && !s.past && !doubted(s) && s.at.is_some_and(|at| at < place.at);
        if self.all.iter().any(waits) {
            let spoken = denied::matter(place.text);
            for suspect in self.all.iter_mut().filter(|s| waits(s)) {
                let (Some(at), Some(raised)) = (suspect.at, suspect.raised.as_ref()) else { continue };
                let matter = denied::matter(&raised.text);
                let same = denied::matter(&suspect.subject).iter().chain(&matter).any(|w| spoken.contains(w));
                let link = denied::Link { same, apart: place.at - at, goes_on };
                let next = latest == Some(at) && self.elsewhere != Some(place.at);
                if (same || next) && denied::answers(place.text, link) {
                    let text = place.text.trim().to_owned();
                    suspect.denied.get_or_insert(Mention {
                        line: place.line,
                        when: place.when.cloned(),
                        text,
                    });
                }
            }
        }
        // "maybe the certificate has expired" finds nothing
        if latest != Some(place.at) && denied::finds(place.text) {
            self.all.iter_mut().for_each(|s| s.past = true);
        }
    }

    /// The suspects that this rules out: the one it names, the one that its words are about, or those raised last.
    fn rule_out(&mut self, saying: &Saying, mention: &Mention, place: &Place<'_>) -> Vec<usize> {
        let key = words::key(&saying.subject);
        let mut out: Vec<usize> = Vec::new();
        if saying.subject.is_empty() {
            out = self.raised_last(place);
            if out.is_empty() && place.row {
                // "bank answers in both zones, hypothesis discarded"
                let own = denied::given_up(&saying.text).and_then(|own| noun::clause(own).into_iter().next());
                let own = own.map(|own| (words::key(&own), own)).filter(|(key, _)| !key.is_empty());
                out.extend(
                    own.and_then(|(key, own)| self.find(&key).or_else(|| self.add(&own, key, None, None))),
                );
            }
            if out.is_empty() {
                out = self.touched_last(place);
            }
        } else if let Some(at) = self.find(&key) {
            out.push(at);
        } else if let Some(at) = self.spoken_of(&key, mention, place).filter(|_| saying.weight < 3) {
            out.push(at);
        } else if denied::is_instrument(&saying.subject) && !self.raised_last(place).is_empty() {
            out = self.raised_last(place);
        } else if saying.weight > 2 || saying.weight > 1 && !denied::is_generic(&saying.subject) {
            out.extend(self.add(&saying.subject, key, None, None));
        }
        for at in &out {
            if let Some(suspect) = self.all.get_mut(*at) {
                suspect.acquit(mention, !saying.subject.is_empty() && saying.weight > 1, place);
            }
        }
        out
    }

    /// Those raised in the latest row that raised any, if it is near and they are open.
    fn raised_last(&self, place: &Place<'_>) -> Vec<usize> {
        let last = self.all.iter().filter(|s| s.is_open()).filter_map(|s| s.at).max();
        let Some(last) = last.filter(|last| place.at.abs_diff(*last) <= NEAR) else { return Vec::new() };
        let open = |(_, s): &(usize, &Suspect)| s.at == Some(last) && s.is_open();
        self.all.iter().enumerate().filter(open).map(|(at, _)| at).collect()
    }

    /// Remembers what a row looked at or treated.
    pub fn touch(&mut self, touched: Option<Touched>, at: usize) {
        if let Some(touched) = touched {
            self.touched = Some((at, touched));
        }
    }

    /// What the row right before this one looked at or treated, as suspects.
    fn touched_last(&mut self, place: &Place<'_>) -> Vec<usize> {
        let near = |(at, touched): &(usize, Touched)| {
            place.row && place.at > *at && place.at - *at < NEAR && touched.is_answered(place.text)
        };
        let Some((_, Touched { subjects, .. })) = self.touched.take().filter(near) else { return Vec::new() };
        let known =
            |s: &Self, key: &[String]| s.find(key).filter(|at| s.all.get(*at).is_some_and(Suspect::is_open));
        subjects
            .into_iter()
            .filter_map(|subject| {
                let key = words::key(&subject);
                let says_little = denied::is_generic(&subject);
                known(self, &key)
                    .or_else(|| if says_little { None } else { self.add(&subject, key, None, None) })
            })
            .collect()
    }

    /// The open suspect whose suspicion spoke of what this is about: "a flood of bots, from the traffic" and "the traffic shows
    /// nothing unusual".
    fn spoken_of(&self, key: &[String], mention: &Mention, place: &Place<'_>) -> Option<usize> {
        if !place.row {
            return None;
        }
        self.all.iter().rposition(|suspect| {
            let near = suspect.at.is_some_and(|raised| place.at > raised && place.at - raised <= NEAR);
            let spoke = suspect.raised.as_ref().is_some_and(|raised| {
                let text = raised.text.to_lowercase();
                text.split(|c: char| !c.is_alphanumeric())
                    .any(|word| word.len() > 2 && key.contains(&words::stem(word)))
            });
            near && spoke && (suspect.is_open() || suspect.tells(mention))
        })
    }

    /// Settles what the cause was.
    pub fn conclude(
        &mut self,
        causes: &cause::Causes,
        voices: &Voices,
        of_rows: Vec<(f64, Candidate)>,
        factors: Vec<Candidate>,
    ) {
        let innocent: Vec<&Suspect> =
            self.all.iter().filter(|s| matches!(s.verdict, Some((Verdict::RuledOut, _)))).collect();
        let guilty = |c: &Candidate| !innocent.iter().any(|s| s.key == words::key(&c.subject));
        let named = causes.named(&self.candidates);
        let candidates: Vec<Candidate> = named.into_iter().filter(guilty).collect();
        let of_rows: Vec<(f64, Candidate)> = of_rows.into_iter().filter(|(_, c)| guilty(c)).collect();
        let found: Vec<(Candidate, String)> = if factors.is_empty() {
            cause::best(&candidates, &of_rows, causes, voices).into_iter().collect()
        } else {
            factors.into_iter().map(|factor| (factor.clone(), factor.subject)).collect()
        };
        for (candidate, phrase) in found {
            let key = words::key(&candidate.subject);
            let open = self.all.iter().position(|s| s.verdict.is_none() && within(&s.key, &key));
            let same = open.or_else(|| self.all.iter().position(|s| s.key == key));
            let mention =
                Mention { line: candidate.line, when: candidate.when.clone(), text: candidate.text.clone() };
            let at = same.or_else(|| self.add(&phrase, key, None, None));
            // The reason of a verdict that stands is kept: a text may stand nowhere else.
            if let Some(suspect) = at.and_then(|at| self.all.get_mut(at)).filter(|s| s.verdict.is_none()) {
                suspect.verdict = Some((Verdict::Confirmed, mention));
            }
        }
        for suspect in self.all.iter_mut().filter(|s| s.is_open()) {
            suspect.verdict = suspect.denied.take().map(|mention| (Verdict::RuledOut, mention));
        }
        self.all.retain(|s| !s.faint || s.verdict.is_some());
    }

    /// The changes, in the order of the document.
    pub fn found(self) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for suspect in self.all {
            let subject = Subject::new(&suspect.subject);
            let about = |mention: &Mention| About {
                subject: subject.clone(),
                text: Some(Raw::new(mention.text.trim())).filter(|text| !text.is_blank()),
                when: mention.when.clone().map(Box::new),
            };
            let mut add = |line: u32, change| found.push(Found { line: Some(line), change });
            // A verdict that stands before the suspicion leaves nothing to raise.
            let settled = suspect.verdict.as_ref().map(|(_, mention)| mention.line);
            if let Some(raised) = suspect.raised.filter(|r| settled.is_none_or(|line| line >= r.line)) {
                add(raised.line, Change::HypothesisRaised(about(&raised)));
            }
            if let Some((verdict, mention)) = &suspect.verdict {
                let about = about(mention);
                add(
                    mention.line,
                    if *verdict == Verdict::Confirmed {
                        Change::HypothesisConfirmed(about)
                    } else {
                        Change::HypothesisRuledOut(about)
                    },
                );
            }
            if let Some(harm) = &suspect.harm {
                add(
                    harm.line,
                    Change::EvidenceAdded { side: Side::Harm, about: about(harm), tags: Vec::new() },
                );
            }
        }
        found.sort_by_key(|found| found.line);
        found
    }
}
