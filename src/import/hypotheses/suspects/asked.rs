//! What the rows of a timeline doubt, acquit and treat in words that no table holds.

use super::super::enquiry::Search;
use super::super::verdict::{Said, Saying, Verdict};
use super::super::{denied, enquiry, is_in_doubt, words};
use super::{Mention, Place, Suspects};

impl Suspects {
    /// Weighs a row in which no phrase of the tables names a suspect, and what it answers.
    pub fn ask(&mut self, said: &Said, place: &Place<'_>, search: &Search) {
        let found = |s: &Saying| s.verdict == Verdict::Confirmed && s.weight > 1;
        let told = self.is_spoken_of(place) || said.sayings.iter().any(found);
        let tells = search.tells(place.at);
        if !told && (1..=search.end).contains(&place.at) && !tells {
            self.enquire(place);
        }
        self.weigh(place, search.goes_on(place.at));
        if !told && (1..search.end).contains(&place.at) {
            self.acquit(place);
            self.treat(place, tells);
        }
    }

    /// Raises what a row doubts in words of its own.
    fn enquire(&mut self, place: &Place<'_>) {
        let Some(doubt) = enquiry::doubt(place.text) else { return };
        let key = words::key(&doubt.subject);
        if self.find(&key).is_some() {
            return;
        }
        let mention = Mention { line: place.line, when: place.when.cloned(), text: doubt.text };
        let faint = !is_in_doubt(&mention.text) && !enquiry::might_explain(&mention.text);
        let at = self.add(&doubt.subject, key, Some(mention), Some(place.at));
        if let Some(suspect) = at.and_then(|at| self.all.get_mut(at)) {
            suspect.faint = faint;
        }
    }

    /// Rules out what a row tells to be well, unless it answers what was suspected before.
    fn acquit(&mut self, place: &Place<'_>) {
        if self.is_spoken_of(place) {
            return;
        }
        if let Some(subject) = enquiry::acquitted(place.text) {
            self.rule_out_thing(&subject, place);
        }
    }

    /// Whether a text raised or answered something.
    fn is_spoken_of(&self, place: &Place<'_>) -> bool {
        self.all.iter().any(|s| {
            s.denied.as_ref().is_some_and(|mention| mention.line == place.line)
                || s.verdict.as_ref().is_some_and(|(_, mention)| mention.line == place.line)
                || s.at == Some(place.at)
        })
    }

    /// Rules out what a row treats in vain, or what was treated right before it.
    fn treat(&mut self, place: &Place<'_>, tells: bool) {
        let before = self.treated.take();
        let named = self.named.take().filter(|(at, _)| place.at - at == 1);
        if self.is_spoken_of(place) {
            return;
        }
        if let Some((_, subject)) = before.filter(|(at, _)| place.at - at == 1)
            && denied::in_vain(&place.text.to_lowercase())
        {
            return self.rule_out_thing(&subject, place);
        }
        // "a look at the pool", "9 of 50 connections in use"
        if let Some((_, subject)) =
            named.filter(|(_, subject)| !tells && denied::bears_out(place.text, subject))
        {
            return self.rule_out_thing(&subject, place);
        }
        if !tells {
            self.named = enquiry::named(place.text).map(|subject| (place.at, subject));
        }
        if let Some(treatment) = enquiry::treatment(place.text) {
            if treatment.in_vain {
                self.rule_out_thing(&treatment.subject, place);
            } else {
                self.treated = Some((place.at, treatment.subject));
            }
        }
    }

    fn rule_out_thing(&mut self, subject: &str, place: &Place<'_>) {
        let key = words::key(subject);
        let at = self.find(&key).or_else(|| self.add(subject, key, None, None));
        if let Some(suspect) = at.and_then(|at| self.all.get_mut(at)).filter(|s| s.is_open()) {
            let text = place.text.trim().to_owned();
            let mention = Mention { line: place.line, when: place.when.cloned(), text };
            suspect.acquit(&mention, false, place);
        }
    }
}
