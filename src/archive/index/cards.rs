//! What the list shows of an incident, in the columns of the index: plain ones, since ten thousand are read before anything
//! is seen.

use std::collections::HashMap;

use rusqlite::types::ValueRef;
use rusqlite::{CachedStatement, Connection, Row, params};
use serde::{Deserialize, Serialize};

use super::{Carded, IndexError};
use crate::archive::Card;
use crate::model::{Clock, Instant, Status, Zone};
use crate::text::Raw;

/// The columns, in the order in which they are written and read.
pub(super) const COLUMNS: &str = "
    id INTEGER PRIMARY KEY, folder TEXT NOT NULL UNIQUE, mark TEXT NOT NULL, written INTEGER,
    name TEXT, title TEXT NOT NULL, severity INTEGER, status INTEGER NOT NULL, zone TEXT NOT NULL,
    hours INTEGER NOT NULL, began INTEGER, resolved INTEGER, entries INTEGER NOT NULL, open_actions INTEGER NOT NULL,
    lists TEXT";
const INSERT: &str = "
    INSERT INTO incident(folder, mark, written, name, title, severity, status, zone, hours, began, resolved, entries,
        open_actions, lists)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
const SELECT: &str = "
    SELECT folder, mark, written, name, title, severity, status, zone, hours, began, resolved, entries, open_actions, lists
    FROM incident";

/// What there may be several of.
#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Lists {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    services: Vec<Raw>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    merged: Vec<Raw>,
    #[serde(skip_serializing_if = "Option::is_none")]
    merged_into: Option<Raw>,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<(Instant, Option<Instant>)>,
}

/// Writes one.
pub(super) fn insert(
    insert: &mut CachedStatement<'_>,
    folder: &str,
    (mark, written): (&str, Option<i64>),
    card: &Card,
) -> Result<(), IndexError> {
    let lists = Lists {
        services: card.services.clone(),
        merged: card.merged.clone(),
        merged_into: card.merged_into.clone(),
        about: card.about,
    };
    let lists = if lists == Lists::default() { None } else { Some(serde_json::to_string(&lists)?) };
    let id = card.id.as_typed();
    insert.execute(params![
        folder,
        mark,
        written,
        (id != folder).then_some(id),
        card.title.as_typed(),
        card.severity,
        card.status as u8,
        card.zone.name(),
        card.clock == Clock::H12,
        card.began.map(|at| at.timestamp_micros()),
        card.resolved.map(|at| at.timestamp_micros()),
        number(card.entries),
        number(card.open_actions),
        lists,
    ])?;
    Ok(())
}

/// The statement for [`insert`].
pub(super) fn inserting(connection: &Connection) -> Result<CachedStatement<'_>, IndexError> {
    Ok(connection.prepare_cached(INSERT)?)
}

/// All of them.
pub(super) fn all(connection: &Connection) -> Result<Vec<Carded>, IndexError> {
    let mut statement = connection.prepare_cached(SELECT)?;
    let mut found = statement.query([])?;
    // Few zones are many people's: each is read from its name once.
    let mut zones = HashMap::new();
    let mut cards = Vec::new();
    while let Some(row) = found.next()? {
        cards.push(read(row, &mut zones)?);
    }
    Ok(cards)
}

fn read(row: &Row<'_>, zones: &mut HashMap<String, Zone>) -> Result<Carded, IndexError> {
    let nonsense = |what: &str| IndexError::NotUnderstood(what.to_owned());
    let instant = |nth| -> Result<Option<Instant>, IndexError> {
        let micros: Option<i64> = row.get(nth)?;
        let read = |micros| Instant::from_timestamp_micros(micros).ok_or_else(|| nonsense("an instant"));
        micros.map(read).transpose()
    };
    let count = |nth| usize::try_from(row.get::<_, i64>(nth)?).map_err(|_| nonsense("a number"));
    let zone = text(row, 7)?;
    let zone = match zones.get(zone) {
        Some(zone) => zone.clone(),
        None => {
            let read = Zone::read(zone, None).map_err(|_| nonsense("a zone"))?;
            zones.entry(zone.to_owned()).or_insert(read).clone()
        }
    };
    let lists: Lists = match row.get_ref(13)? {
        ValueRef::Null => Lists::default(),
        _ => serde_json::from_str(text(row, 13)?)?,
    };
    let folder: String = row.get(0)?;
    let id = match row.get_ref(3)? {
        ValueRef::Null => folder.as_str(),
        _ => text(row, 3)?,
    };
    let card = Card {
        id: id.into(),
        title: text(row, 4)?.into(),
        severity: row.get(5)?,
        status: *Status::ALL.get(count(6)?).ok_or_else(|| nonsense("a status"))?,
        zone,
        clock: if row.get(8)? { Clock::H12 } else { Clock::H24 },
        services: lists.services,
        began: instant(9)?,
        resolved: instant(10)?,
        about: lists.about,
        entries: count(11)?,
        open_actions: count(12)?,
        merged: lists.merged,
        merged_into: lists.merged_into,
    };
    Ok(Carded { folder, mark: row.get(1)?, written: row.get(2)?, card })
}

fn text<'a>(row: &'a Row<'_>, nth: usize) -> Result<&'a str, IndexError> {
    Ok(row.get_ref(nth)?.as_str().map_err(rusqlite::Error::from)?)
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
