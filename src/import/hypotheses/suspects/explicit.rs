//! Which words of a verdict count: those that name the suspect above those that only answer what stood before them.

use std::sync::LazyLock;

use regex::Regex;

use super::super::verdict::{Said, Saying, Verdict};
use super::super::{denied, enquiry, within, words};
use super::{Mention, Place, Suspect, Suspects};
use crate::import::pattern;

impl Suspect {
    /// Takes a verdict that this was not it: the first one; or one that names it, where the one before named it not or told only
    /// that something had no effect.
    pub(super) fn acquit(&mut self, mention: &Mention, explicit: bool, place: &Place<'_>) {
        let named = self.is_named_in(place.text);
        let explicit = explicit && named && !denied::in_vain(&place.text.to_lowercase());
        let mends = self.inferred && explicit && place.row;
        if self.verdict.is_none() || mends {
            self.verdict = Some((Verdict::RuledOut, mention.clone()));
            self.inferred = place.row && !explicit && (!named || denied::in_vain(&place.text.to_lowercase()));
        }
    }

    fn is_named_in(&self, text: &str) -> bool {
        let spoken = words::key(text);
        self.key.iter().any(|word| spoken.contains(word))
    }
}

impl Suspects {
    /// Whether a verdict that names nobody is about another thing than was raised last: "DNS suspected; lookups are fine | ruled
    /// out".
    pub(super) fn is_of_another(&self, saying: &Saying, said: &Said, place: &Place<'_>) -> bool {
        let nameless = saying.subject.is_empty() || denied::is_instrument(&saying.subject);
        if !place.row || !nameless || joins(place.text) {
            return false;
        }
        let last = self.raised_last(place);
        let strange = |subject: &str| {
            let matter = denied::matter(subject);
            last.iter().filter_map(|at| self.all.get(*at)).all(|suspect| {
                let raised = suspect.raised.as_ref().map(|raised| denied::matter(&raised.text));
                matter.is_disjoint(&denied::matter(&suspect.subject))
                    && raised.is_none_or(|raised| matter.is_disjoint(&raised))
            })
        };
        let other = |s: &Saying| {
            s.verdict == Verdict::RuledOut
                && s.weight > 1
                && !s.subject.is_empty()
                && !denied::is_instrument(&s.subject)
                && !denied::is_generic(&s.subject)
                && strange(&s.subject)
        };
        !last.is_empty() && said.sayings.iter().any(other)
    }

    /// The thing that a verdict comes right behind, where it is none that was raised last: "then DNS, wrong too".
    pub(super) fn next_thing(&self, saying: &Saying, place: &Place<'_>) -> Option<String> {
        static NEXT: LazyLock<Option<Regex>> = LazyLock::new(|| {
            pattern::new(r"(?i)^(?:and |but |so )?(?:then|next|afterwards|after that)(?:,| we| came| tried| suspected| it was| thought of| the)* (?P<thing>[\w./ -]{2,40}?)(?:[,;:?]| [-–—]) ").ok()
        });
        if !place.row || !saying.subject.is_empty() {
            return None;
        }
        let hit = NEXT.as_ref()?.captures(place.text)?;
        let thing = enquiry::named(hit.name("thing")?.as_str())?;
        let key = words::key(&thing);
        let last = self.raised_last(place);
        let known = last.iter().filter_map(|at| self.all.get(*at)).any(|s| within(&s.key, &key));
        (!known).then_some(thing)
    }
}

/// Whether a verdict is about more than what its own text names: "wrong too", "neither was it".
pub(super) fn joins(text: &str) -> bool {
    static JOINS: LazyLock<Option<Regex>> =
        LazyLock::new(|| pattern::new(r"(?i)\b(?:too|either|neither|both|nor|none of)\b").ok());
    let text = text.to_lowercase().replace("suspected too", "suspected");
    JOINS.as_ref().is_some_and(|rule| rule.is_match(&text))
}
