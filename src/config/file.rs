//! The settings file: each setting by itself, so that one that makes no sense leaves the others as they are.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::export::check;
use crate::grammar::minutes;
use crate::model::{Clock, Zone, ZoneError};
use crate::settings::{COLOURS, Complaint, KeyRow, Settings, ShareSettings, Written, quoted, unknown};
use crate::text::Raw;

/// The settings by their names in the file.
const NAMES: [&str; 14] = [
    "name",
    "zone",
    "clock",
    "theme",
    "colours",
    "plain",
    "first_guesses",
    "timebox",
    "check",
    "synonyms",
    "listen",
    "share",
    "shell",
    "keys",
];

/// The settings of the check.
const OF_CHECK: [&str; 3] = ["off", "acronyms_known", "brief_words"];

/// The settings of the listener.
const OF_LISTEN: [&str; 3] = ["bind", "token_file", "room"];

/// What a settings file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The settings, with the defaults where it says nothing that makes sense.
    pub settings: Settings,
    /// Where it says something: the line of each setting that counts.
    pub lines: BTreeMap<&'static str, usize>,
    /// What of it is not followed, in the order of the lines.
    pub complaints: Vec<Complaint>,
}

/// The file as it is read.
struct Reader<'a> {
    text: &'a str,
    read: Read,
}

/// Reads the text of a settings file. What is no TOML at all counts for nothing.
pub fn read(text: &str) -> Read {
    let mut reader = Reader { text, read: Read::default() };
    match DeTable::parse(text) {
        Ok(table) => reader.settings(table.get_ref()),
        Err(error) => {
            let at = error.span().unwrap_or(0..0);
            let (line, column) = reader.place(at.start);
            let why = Raw::new(error.message()).for_term();
            let words =
                format!("column {column}: this is no TOML ({why}); the whole file counts for nothing");
            reader.read.complaints.push(Complaint { line, words });
        }
    }
    reader.read.complaints.sort_by_key(|complaint| complaint.line);
    reader.read
}

impl Reader<'_> {
    /// The line and the column of a byte, each from 1.
    fn place(&self, byte: usize) -> (usize, usize) {
        let before = self.text.get(..byte).unwrap_or(self.text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        (before.matches('\n').count() + 1, line.chars().count() + 1)
    }

    fn line(&self, span: &Range<usize>) -> usize {
        self.place(span.start).0
    }

    fn complain(&mut self, span: &Range<usize>, words: String) {
        let line = self.line(span);
        self.read.complaints.push(Complaint { line, words });
    }

    fn written(&self, text: &str, span: &Range<usize>) -> Written {
        Written { text: text.to_owned(), line: self.line(span) }
    }

    fn settings(&mut self, table: &DeTable<'_>) {
        for (name, value) in table {
            let Some(known) = NAMES.into_iter().find(|known| *known == name.get_ref().as_ref()) else {
                let words = format!("no setting is called {}", unknown(name.get_ref(), NAMES.into_iter()));
                self.complain(&name.span(), words);
                continue;
            };
            if known == "keys" {
                self.keys(value);
                continue;
            }
            if known == "check" {
                self.check(&name.span(), value);
                continue;
            }
            if known == "synonyms" {
                self.synonyms(&name.span(), value);
                continue;
            }
            if known == "listen" {
                self.listen(&name.span(), value);
                continue;
            }
            if known == "share" {
                self.share(&name.span(), value);
                continue;
            }
            if known == "shell" {
                self.shell(&name.span(), value);
                continue;
            }
            match set(&mut self.read.settings, known, value.get_ref()) {
                Ok(()) => {
                    let line = self.line(&name.span());
                    self.read.lines.insert(known, line);
                }
                Err(why) => self.complain(&value.span(), format!("{known} {why}; it counts for nothing")),
            }
        }
    }

    fn check(&mut self, name: &Range<usize>, value: &Spanned<DeValue<'_>>) {
        let Some(table) = value.get_ref().as_table() else {
            let words = format!("check is a table, [check], with {}", OF_CHECK.join(", "));
            return self.complain(&value.span(), words);
        };
        let line = self.line(name);
        self.read.lines.insert("check", line);
        for (name, value) in table {
            let check = &mut self.read.settings.check;
            let set = match name.get_ref().as_ref() {
                "off" => texts(value.get_ref()).map(|texts| check.off = texts),
                "acronyms_known" => texts(value.get_ref()).map(|texts| check.acronyms_known = texts),
                "brief_words" => two_numbers(value.get_ref()).map(|two| check.brief_words = two),
                other => {
                    let words =
                        format!("no setting of the check is called {}", unknown(other, OF_CHECK.into_iter()));
                    self.complain(&name.span(), words);
                    continue;
                }
            };
            if let Err(why) = set {
                let name = quoted(name.get_ref());
                self.complain(&value.span(), format!("{name} {why}; it counts for nothing"));
            }
        }
        let known = |id: &String| check::rule(id).is_some();
        let (on, off) = std::mem::take(&mut self.read.settings.check.off).into_iter().partition(known);
        self.read.settings.check.off = on;
        let off: Vec<String> = off;
        for id in off {
            let ids = check::RULES.iter().map(|rule| rule.id);
            let words = format!("no rule of the check is called {}", unknown(&id, ids));
            let at = table.get("off").map_or(value.span(), Spanned::span);
            self.complain(&at, words);
        }
    }

    fn listen(&mut self, name: &Range<usize>, value: &Spanned<DeValue<'_>>) {
        let Some(table) = value.get_ref().as_table() else {
            let words = format!("listen is a table, [listen], with {}", OF_LISTEN.join(", "));
            return self.complain(&value.span(), words);
        };
        let line = self.line(name);
        self.read.lines.insert("listen", line);
        for (name, value) in table {
            let listen = &mut self.read.settings.listen;
            let text = || value.get_ref().as_str().filter(|text| !Raw::new(*text).is_blank());
            let set = match name.get_ref().as_ref() {
                "bind" => text()
                    .and_then(|text| text.parse().ok())
                    .map(|bind| listen.bind = bind)
                    .ok_or_else(|| "has to be an address with its port, as \"127.0.0.1:9095\"".to_owned()),
                "token_file" => text()
                    .map(|text| listen.token_file = Some(text.to_owned()))
                    .ok_or_else(|| "has to be the path of a file, in quotes".to_owned()),
                "room" => yes_or_no(value.get_ref()).map(|room| listen.room = room),
                other => {
                    let known = unknown(other, OF_LISTEN.into_iter());
                    self.complain(&name.span(), format!("no setting of the listener is called {known}"));
                    continue;
                }
            };
            if let Err(why) = set {
                let name = quoted(name.get_ref());
                self.complain(&value.span(), format!("{name} {why}; it counts for nothing"));
            }
        }
    }

    fn share(&mut self, name: &Range<usize>, value: &Spanned<DeValue<'_>>) {
        let Some(table) = value.get_ref().as_table() else {
            let words = format!("share is a table, [share], with {}", ShareSettings::NAMES.join(", "));
            return self.complain(&value.span(), words);
        };
        let line = self.line(name);
        self.read.lines.insert("share", line);
        for (span, words) in super::share::read(table, &mut self.read.settings.share) {
            self.complain(&span, words);
        }
    }

    fn shell(&mut self, name: &Range<usize>, value: &Spanned<DeValue<'_>>) {
        let Some(table) = value.get_ref().as_table() else {
            return self.complain(&value.span(), "shell is a table, [shell], with ignore".into());
        };
        let line = self.line(name);
        self.read.lines.insert("shell", line);
        for (name, value) in table {
            match (name.get_ref().as_ref(), texts(value.get_ref())) {
                ("ignore", Ok(texts)) => self.read.settings.shell.ignore = texts,
                ("ignore", Err(why)) => {
                    self.complain(&value.span(), format!("\"ignore\" {why}; it counts for nothing"));
                }
                (other, _) => {
                    let words = format!(
                        "no setting of the shell is called {}",
                        unknown(other, ["ignore"].into_iter())
                    );
                    self.complain(&name.span(), words);
                }
            }
        }
    }

    /// A name and its other forms; a form that two names have belongs to the first.
    fn synonyms(&mut self, name: &Range<usize>, value: &Spanned<DeValue<'_>>) {
        let Some(table) = value.get_ref().as_table() else {
            let words = "synonyms is a table, [synonyms], with a list for each name, as database = [\"pg\"]";
            return self.complain(&value.span(), words.into());
        };
        let line = self.line(name);
        self.read.lines.insert("synonyms", line);
        let mut names: Vec<_> = table.iter().collect();
        names.sort_by_key(|(name, _)| name.span().start);
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in names {
            let name_text = name.get_ref().as_ref();
            if Raw::new(name_text).is_blank() {
                self.complain(&name.span(), "a name of synonyms is empty; it counts for nothing".into());
                continue;
            }
            let folded = name_text.to_lowercase();
            if let Some(first) = taken.get(&folded).filter(|first| first.to_lowercase() != folded) {
                let words = format!(
                    "{} stands for {} already, and is no name of others; it counts for nothing",
                    quoted(name_text),
                    quoted(first)
                );
                self.complain(&name.span(), words);
                continue;
            }
            let mut forms = match texts(value.get_ref()) {
                Ok(forms) => forms,
                Err(why) => {
                    let words = format!("{} {why}; it counts for nothing", quoted(name_text));
                    self.complain(&value.span(), words);
                    continue;
                }
            };
            forms.retain(|form| match taken.get(&form.to_lowercase()) {
                _ if Raw::new(form.as_str()).is_blank() => {
                    self.complain(&value.span(), "a synonym is empty; it counts for nothing".into());
                    false
                }
                Some(first) if first != name_text && first.to_lowercase() == form.to_lowercase() => {
                    let words = format!("{} is a name of its own, and stands for no other", quoted(form));
                    self.complain(&value.span(), words);
                    false
                }
                Some(first) if first != name_text => {
                    let words = format!("{} stands for {} already", quoted(form), quoted(first));
                    self.complain(&value.span(), words);
                    false
                }
                _ => true,
            });
            taken.insert(folded, name_text.to_owned());
            taken.extend(forms.iter().map(|form| (form.to_lowercase(), name_text.to_owned())));
            self.read.settings.synonyms.push((name_text.to_owned(), forms));
        }
    }

    fn keys(&mut self, value: &Spanned<DeValue<'_>>) {
        const SHAPE: &str = "keys stand under a place, as in [keys.timeline]";
        let Some(places) = value.get_ref().as_table() else {
            return self.complain(&value.span(), SHAPE.into());
        };
        let mut rows = Vec::new();
        for (place, value) in places {
            let Some(names) = value.get_ref().as_table() else {
                let place = quoted(place.get_ref());
                self.complain(&value.span(), format!("{place} is no place: {SHAPE}"));
                continue;
            };
            for (name, value) in names {
                let at = name.span().start;
                let place = self.written(place.get_ref(), &place.span());
                let name = self.written(name.get_ref(), &name.span());
                match self.of_one_name(value) {
                    Some(keys) => rows.push((at, KeyRow { place, name, keys })),
                    None => {
                        let words = "has to have a key in quotes, or a list of them, as [\"up\", \"k\"]";
                        self.complain(&value.span(), format!("{} {words}", quoted(&name.text)));
                    }
                }
            }
        }
        rows.sort_by_key(|(at, _)| *at);
        self.read.settings.keys = rows.into_iter().map(|(_, row)| row).collect();
    }

    /// The keys of one name; none where it is something else.
    fn of_one_name(&self, value: &Spanned<DeValue<'_>>) -> Option<Vec<Written>> {
        let one = |value: &Spanned<DeValue<'_>>| {
            value.get_ref().as_str().map(|text| self.written(text, &value.span()))
        };
        match value.get_ref().as_array() {
            Some(all) => all.iter().map(one).collect(),
            None => one(value).map(|only| vec![only]),
        }
    }
}

/// Takes in one setting; else says why not, in words that follow on its name.
fn set(settings: &mut Settings, name: &str, value: &DeValue<'_>) -> Result<(), String> {
    let text = || match value.as_str() {
        Some(text) if Raw::new(text).is_blank() => Err("is empty".to_owned()),
        Some(text) => Ok(text.to_owned()),
        None => Err(format!("has to be a text in quotes, and is {}", kind(value))),
    };
    match name {
        "name" => settings.name = Some(text()?),
        "zone" => settings.zone = Some(zone(text()?)?),
        "clock" => {
            settings.clock = match text()?.as_str() {
                "24h" => Clock::H24,
                "12h" => Clock::H12,
                other => return Err(format!("has to be \"24h\" or \"12h\", and is {}", quoted(other))),
            };
        }
        "theme" => settings.theme = text()?,
        "colours" => {
            let text = text()?;
            if !COLOURS.contains(&text.as_str()) {
                return Err(format!("has to be one of {}, and is {}", COLOURS.join(", "), quoted(&text)));
            }
            settings.colours = text;
        }
        "plain" => settings.plain = yes_or_no(value)?,
        "first_guesses" => settings.first_guesses = yes_or_no(value)?,
        "timebox" => {
            settings.timebox = match text()?.as_str() {
                "none" => None,
                other => Some(minutes(other).ok_or_else(|| {
                    format!("has to be a length of time as \"10m\", or \"none\", and is {}", quoted(other))
                })?),
            };
        }
        _ => return Err("is not known here".into()),
    }
    Ok(())
}

fn yes_or_no(value: &DeValue<'_>) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| format!("has to be true or false, and is {}", kind(value)))
}

fn zone(text: String) -> Result<String, String> {
    match Zone::read(&text, None) {
        Ok(_) => Ok(text),
        Err(ZoneError::Unknown) => Err(format!("has to be a zone, and none is called {}", quoted(&text))),
        Err(ZoneError::Ambiguous(places)) => {
            Err(format!("has to be one zone, and {} are several: {}", quoted(&text), places.join(", ")))
        }
    }
}

/// A list of texts; else why it is none, in words that follow on its name.
fn texts(value: &DeValue<'_>) -> Result<Vec<String>, String> {
    let list = value.as_array().and_then(|list| {
        list.iter().map(|one| one.get_ref().as_str().map(str::to_owned)).collect::<Option<Vec<String>>>()
    });
    list.ok_or_else(|| "has to be a list of texts in quotes, as [\"a\", \"b\"]".into())
}

/// Two numbers, the smaller first.
fn two_numbers(value: &DeValue<'_>) -> Result<(usize, usize), String> {
    let numbers = value.as_array().and_then(|list| {
        let number = |one: &Spanned<DeValue<'_>>| one.get_ref().as_integer()?.as_str().parse().ok();
        list.iter().map(number).collect::<Option<Vec<usize>>>()
    });
    match numbers.as_deref() {
        Some([least, most]) if least <= most => Ok((*least, *most)),
        _ => Err("has to be the least and the most, as [400, 600]".into()),
    }
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
