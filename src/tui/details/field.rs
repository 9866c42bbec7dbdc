//! All of a field of the incident as it stands, in rows: nothing is cut, and every line of a text is there.

use super::state::{at_in_full, in_full, of_dispute, text};
use crate::log::field::Field;
use crate::log::fold::facts;
use crate::log::setting;
use crate::log::words::{Teller, of_fact, of_list};
use crate::model::{
    Clock, Disputed, DisputedField, DisputedItem, Incident, Milestone, MilestoneKind, Moment,
};
use crate::tui::overlay::Rows;

/// What it is called.
pub(super) fn title(field: &Field) -> &'static str {
    match field {
        Field::Title => "The title",
        Field::Severity => "The severity",
        Field::Course => "The status",
        Field::Milestone(_) => "Milestone",
        Field::Role(_) => "Role",
        Field::Fact(_) => "Field",
        Field::List(_) => "List",
        Field::Zone | Field::Clock => "The clock",
        Field::Cadence => "How often updates are due",
        Field::Updates => "Updates to stakeholders",
        Field::Decisions => "Decisions",
    }
}

/// All of it, and that there is nothing where there is nothing.
pub(super) fn of_field(rows: &mut Rows, field: &Field, teller: &Teller<'_>) {
    let incident = teller.incident;
    let one = |rows: &mut Rows, name: &str, value: Option<String>| {
        rows.two(name, &value.unwrap_or_else(|| "not set".into()));
    };
    match field {
        Field::Title => text(rows, "title", &incident.title),
        Field::Severity => one(rows, "severity", incident.severity.map(|severity| severity.to_string())),
        Field::Course => {
            one(rows, "status", Some(incident.status.to_string()));
            for kind in MilestoneKind::ALL {
                if Field::milestone(kind) == Field::Course && incident.milestones.get(kind).is_some() {
                    of_milestone(rows, kind, teller);
                }
            }
        }
        Field::Milestone(kind) => of_milestone(rows, *kind, teller),
        Field::Role(role) => {
            let has = incident.roles.iter().find(|has| Field::role(&has.role) == Field::Role(role.clone()));
            one(rows, "who", has.map(|has| format!("{}, {}", has.name.for_term(), has.role.for_term())));
        }
        Field::Fact(fact) => match facts::text(incident, *fact) {
            Some(said) => text(rows, of_fact(*fact), said),
            None => one(rows, of_fact(*fact), None),
        },
        Field::List(list) => {
            rows.plain(of_list(*list));
            for (nth, name) in facts::names(incident, *list).iter().enumerate() {
                text(rows, &(nth + 1).to_string(), name);
            }
        }
        Field::Zone => one(rows, "zone", Some(incident.zone.to_string())),
        Field::Clock => {
            let style = if incident.clock == Clock::H12 { "12h" } else { "24h" };
            one(rows, "clock", Some(style.into()));
        }
        Field::Cadence => {
            one(rows, "every", incident.update_every_minutes.map(|minutes| format!("{minutes} min")));
        }
        Field::Updates => of_updates(rows, incident, teller),
        Field::Decisions => of_decisions(rows, incident, teller),
    }
    for disputed in incident.disputed.iter().filter(|disputed| is_of(disputed, field)) {
        of_dispute(rows, disputed, teller);
    }
}

/// Whether what is disputed is of this field.
fn is_of(disputed: &Disputed, field: &Field) -> bool {
    match (&disputed.item, field) {
        (Some(DisputedItem::Milestone(kind)), field) => Field::milestone(*kind) == *field,
        (Some(DisputedItem::Role(role)), field) => Field::role(role) == *field,
        (None, Field::Fact(fact)) => disputed.field == setting::of_fact(*fact),
        (None, Field::Title) => disputed.field == DisputedField::Title,
        (None, Field::Severity) => disputed.field == DisputedField::Severity,
        (None, Field::Course) => disputed.field == DisputedField::Status,
        (None, Field::Zone) => disputed.field == DisputedField::Zone,
        (None, Field::Clock) => disputed.field == DisputedField::Clock,
        (None, Field::Cadence) => disputed.field == DisputedField::UpdateEvery,
        _ => false,
    }
}

fn of_milestone(rows: &mut Rows, kind: MilestoneKind, teller: &Teller<'_>) {
    let name = kind.to_string();
    let Some(met) = teller.incident.milestones.get(kind) else { return rows.two(&name, "not set") };
    rows.two(&name, &in_full(&moment(met), teller));
    if let Some(how) = met.how.as_ref().filter(|how| !how.is_blank()) {
        text(rows, "", how);
    }
}

fn moment(met: &Milestone) -> Moment {
    Moment {
        precision: met.precision,
        approximate: met.approximate,
        as_written: met.as_written.clone(),
        ..Moment::to_the_minute(met.at)
    }
}

fn of_updates(rows: &mut Rows, incident: &Incident, teller: &Teller<'_>) {
    for update in &incident.updates {
        let (at, by) = (at_in_full(&update.at, teller), update.by.for_term());
        rows.two("update", &format!("{at} by {by}, {}", update.audience.for_term()));
        text(rows, "", &update.text);
    }
}

fn of_decisions(rows: &mut Rows, incident: &Incident, teller: &Teller<'_>) {
    for decision in &incident.decisions {
        let who = decision.who.as_ref().map(|who| format!(", decided by {}", who.for_term()));
        let (at, by) = (at_in_full(&decision.at, teller), decision.by.for_term());
        rows.two("decision", &format!("{at} by {by}{}", who.unwrap_or_default()));
        text(rows, "", &decision.text);
    }
}
