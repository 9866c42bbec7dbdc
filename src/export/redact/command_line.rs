//! Command lines without their secrets. Where a password stands on one is known from the options and variables of programs:
//! more is masked there than prose would allow. The other rules hold, too.

use std::ffi::OsString;
use std::ops::Range;

use super::find::mark;
use super::rules::PASSED;
use super::{out_of, value};
use crate::text::Raw;

/// What stands for a token or a key.
const TOKEN: &str = "secret or token";
/// What stands for the value of a header that lets somebody in.
const HEADER: &str = "authorization header";

/// What ends the name of something secret, without `-`, `_` and `.`.
const TELLING: [&str; 12] = [
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "secret",
    "token",
    "apikey",
    "accesskey",
    "secretkey",
    "privatekey",
    "authkey",
    "credential",
];
/// The same as a word of its own: as an ending it is a part of others (`bypass`).
const TELLING_WORDS: [&str; 4] = ["pass", "pwd", "pw", "auth"];
/// Headers that let somebody in.
const HEADERS: [&str; 4] = ["authorization", "proxy-authorization", "cookie", "x-auth"];

/// How a program takes a password.
struct Takes {
    /// The beginnings of the names of programs.
    programs: &'static [&'static str],
    options: &'static [&'static str],
    how: How,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// In the word behind the option.
    Next,
    /// Joined to it.
    Joined,
    /// Behind the colon of the next word.
    AfterColon,
}

/// Options that do not say of themselves that they take a password.
const PROGRAMS: [Takes; 8] = [
    // Of whatever program it is a part: docker, podman, helm registry.
    Takes { programs: &["login"], options: &["-p"], how: How::Next },
    Takes { programs: &["vault"], options: &["login"], how: How::Next },
    Takes { programs: &["mysql", "mariadb"], options: &["-p"], how: How::Joined },
    Takes { programs: &["sshpass"], options: &["-p"], how: How::Joined },
    Takes { programs: &["sshpass"], options: &["-p"], how: How::Next },
    Takes { programs: &["redis-cli"], options: &["-a", "--pass"], how: How::Next },
    Takes { programs: &["ldap", "bsqldb", "sqlcmd"], options: &["-w", "-P"], how: How::Next },
    Takes {
        programs: &["curl", "wget", "http", "https", "xh"],
        options: &["-u", "--user", "-a", "--auth", "-U", "--proxy-user"],
        how: How::AfterColon,
    },
];

/// A word of a command line.
struct Word {
    place: Range<usize>,
    /// What it means: without its quotes.
    value: String,
    is_quoted: bool,
    /// The first of a command: behind the start, a pipe, a semicolon.
    is_first: bool,
}

/// The line as a person would have typed it: words that need it are quoted.
pub fn line(words: &[OsString]) -> Raw {
    let quoted = |word: &OsString| {
        let word = word.to_string_lossy();
        shlex::try_quote(&word).map_or_else(|_| word.to_string(), std::borrow::Cow::into_owned)
    };
    Raw::new(words.iter().map(quoted).collect::<Vec<_>>().join(" "))
}

/// Puts a mark in the place of each secret of a command line, and gives those that are to be masked elsewhere, too.
pub fn mask(line: &mut Raw) -> Vec<String> {
    let text = line.as_typed();
    let words = words(text);
    let (mut masked, mut done, mut secrets) = (String::new(), 0, Vec::new());
    for (nth, word) in words.iter().enumerate() {
        let Some((kept, name)) = secret_in(&words, nth) else { continue };
        let (shown, secret) = word.value.split_at(kept);
        if secret.is_empty() || value::stands_in(secret) || is_asked_for(secret, &text[word.place.clone()]) {
            continue;
        }
        let quote = if word.is_quoted && kept > 0 { "'" } else { "" };
        masked.push_str(&text[done..word.place.start]);
        masked.extend([quote, shown, &mark(name), quote]);
        done = word.place.end;
        secrets.push(secret.to_owned());
    }
    masked.push_str(&text[done..]);
    *line = Raw::new(masked);
    secrets.extend(super::secrets(line));
    out_of(vec![line]);
    secrets.retain(|secret| value::is_secret_elsewhere(secret));
    secrets
}

/// A text without its secrets, and without those of the command that printed it.
pub fn without(text: &Raw, secrets: &[String]) -> Raw {
    let bare =
        secrets.iter().fold(text.as_typed().to_owned(), |text, secret| text.replace(secret, &mark(PASSED)));
    let mut text = Raw::new(bare);
    out_of(vec![&mut text]);
    text
}

/// Whether the shell puts something else there: a variable, what a command prints. In single quotes it does not.
fn is_asked_for(secret: &str, typed: &str) -> bool {
    secret.starts_with(['$', '`']) && !typed.contains('\'')
}

/// Where the secret of a word begins, in bytes of its value, and what it is called.
fn secret_in(words: &[Word], nth: usize) -> Option<(usize, &'static str)> {
    let word = words[nth].value.as_str();
    let before = nth.checked_sub(1).map(|before| words[before].value.as_str()).unwrap_or_default();
    if let Some(found) = assigned(word).or_else(|| header(word)) {
        return Some(found);
    }
    let own = words[..nth].iter().rposition(|word| word.is_first)?;
    let runs = |programs: &[&str]| {
        words[own..nth].iter().any(|word| {
            let name = word.value.rsplit('/').next().unwrap_or_default();
            programs.iter().any(|program| name.starts_with(program))
        })
    };
    for Takes { programs, options, how } in &PROGRAMS {
        let joined = || options.iter().find(|option| word.starts_with(**option) && word.len() > option.len());
        let found = match how {
            How::Joined => joined().map(|option| option.len()),
            How::Next => options.contains(&before).then_some(0),
            How::AfterColon => {
                options.contains(&before).then(|| word.find(':')).flatten().map(|colon| colon + 1)
            }
        };
        if let Some(kept) = found.filter(|_| runs(programs)) {
            return Some((kept, PASSED));
        }
    }
    // With one dash several options may be in it, or a value.
    let is_whole = |name: &&str| TELLING.contains(name) || TELLING_WORDS.contains(name);
    let name = before.strip_prefix("--").or_else(|| before.strip_prefix('-').filter(is_whole))?;
    telling(name).filter(|_| !word.starts_with('-')).map(|name| (0, name))
}

/// `NAME=VALUE`, also within an option or an address.
fn assigned(word: &str) -> Option<(usize, &'static str)> {
    word.match_indices('=').find_map(|(equals, _)| {
        let name = word[..equals].rsplit(['=', ',', '&', '?', ';', ' ', '"', '\'']).next()?;
        let is_folder =
            name.ends_with("PWD") && name.len() <= "OLDPWD".len() && word[equals + 1..].starts_with('/');
        telling(name.trim_start_matches('-')).filter(|_| !is_folder).map(|name| (equals + 1, name))
    })
}

/// `Authorization: Bearer VALUE`; how it lets somebody in stays.
fn header(word: &str) -> Option<(usize, &'static str)> {
    let (name, rest) = word.split_once(':')?;
    let name_small = name.to_ascii_lowercase();
    let lets_in = HEADERS.iter().any(|header| name_small.starts_with(header));
    if !lets_in && (!name.contains('-') || telling(name).is_none() || !rest.starts_with(' ')) {
        return None;
    }
    let value = rest.trim_start();
    let scheme = value.split_once(' ').filter(|(scheme, _)| scheme.chars().all(char::is_alphabetic));
    let kept = scheme.map_or(0, |(scheme, _)| scheme.len() + 1);
    Some((word.len() - value.len() + kept, HEADER))
}

/// What a name like this holds, where that is secret.
fn telling(name: &str) -> Option<&'static str> {
    let small = name.to_ascii_lowercase();
    let joined: String = small.chars().filter(|c| !matches!(c, '-' | '_' | '.')).collect();
    let last = small.rsplit(['-', '_', '.']).next().unwrap_or_default();
    if !TELLING.iter().any(|end| joined.ends_with(end)) && !TELLING_WORDS.contains(&last) {
        return None;
    }
    Some(if joined.contains("pass") || last == "pwd" || last == "pw" { PASSED } else { TOKEN })
}

/// The words of a line as a shell takes them, as far as that can be seen without running it.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut current, mut is_first): (Option<Word>, bool) = (None, true);
    let (mut quote, mut is_escaped) = (None, false);
    for (at, c) in text.char_indices() {
        let is_open = quote.is_some() || is_escaped;
        if !is_open && (c.is_whitespace() || matches!(c, '|' | '&' | ';' | '(' | ')' | '<' | '>')) {
            words.extend(current.take());
            is_first |= matches!(c, '|' | '&' | ';' | '(' | '\n');
            continue;
        }
        let fresh = || Word { place: at..at, value: String::new(), is_quoted: false, is_first };
        let word = current.get_or_insert_with(fresh);
        is_first = false;
        word.place.end = at + c.len_utf8();
        match (quote, c) {
            _ if is_escaped => {
                is_escaped = false;
                word.value.push(c);
            }
            (Some(open), _) if c == open => quote = None,
            (None | Some('"'), '\\') => is_escaped = true,
            (None, '\'' | '"') => (quote, word.is_quoted) = (Some(c), true),
            _ => word.value.push(c),
        }
    }
    words.extend(current);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(typed: &str) -> String {
        let mut line = Raw::new(typed);
        mask(&mut line);
        line.as_typed().to_owned()
    }

    #[test]
    fn what_lets_somebody_in_is_masked() {
        for (typed, told) in [
            ("mysql -h db -psecret shop", "mysql -h db -p(redacted: password on a command line) shop"),
            (
                "sudo /usr/bin/mysqldump -p'a b' x",
                "sudo /usr/bin/mysqldump '-p(redacted: password on a command line)' x",
            ),
            (
                "PGPASSWORD=hunter2 psql -c 'select 1'",
                "PGPASSWORD=(redacted: password on a command line) psql -c 'select 1'",
            ),
            (
                "docker run -e DB_PASS=geheim x",
                "docker run -e DB_PASS=(redacted: password on a command line) x",
            ),
            ("tool --password geheim go", "tool --password (redacted: password on a command line) go"),
            ("tool --api-key=abc go", "tool --api-key=(redacted: secret or token) go"),
            (
                "kubectl create secret generic x --from-literal=password=abc",
                "kubectl create secret generic x --from-literal=password=(redacted: password on a command line)",
            ),
            ("curl -u bob:geheim http://x", "curl -u bob:(redacted: password on a command line) http://x"),
            (
                "curl -H 'Authorization: Bearer abc' http://x",
                "curl -H 'Authorization: Bearer (redacted: authorization header)' http://x",
            ),
            (
                "curl -H \"X-Api-Key: abc\" http://x",
                "curl -H 'X-Api-Key: (redacted: authorization header)' http://x",
            ),
            (
                "docker login -u me -p geheim reg.example",
                "docker login -u me -p (redacted: password on a command line) reg.example",
            ),
            ("vault login geheim", "vault login (redacted: password on a command line)"),
            ("psql postgres://bob:geheim1@db/shop", "psql postgres://bob:REDACTED@db/shop"),
            ("redis-cli -a geheim ping", "redis-cli -a (redacted: password on a command line) ping"),
            ("sshpass -p geheim ssh x", "sshpass -p (redacted: password on a command line) ssh x"),
        ] {
            assert_eq!(masked(typed), told);
        }
    }

    #[test]
    fn what_is_no_secret_stays() {
        for typed in [
            "pg_isready -h db-2 -p 5432",
            "docker run -p 8080:80 mysql",
            "PGPASSWORD=$PW psql",
            "tool --password \"$(cat x)\"",
            "docker login --password-stdin",
            "make bypass=1 compass=2",
            "PWD=/srv make",
            "grep 'token: expired' /var/log/app.log",
            "ssh -p 2222 db-2 uptime",
            "tool -psecret 2>/dev/null",
            "kubectl get secret x",
            "echo 'never closed",
            "",
        ] {
            assert_eq!(masked(typed), typed);
        }
    }

    #[test]
    fn what_a_command_printed_is_without_its_secrets() {
        let mut line = Raw::new("tool --password Tr0ub4dor go");
        let secrets = mask(&mut line);
        let printed = without(&Raw::new("login as bob with Tr0ub4dor failed"), &secrets);
        assert_eq!(printed.as_typed(), "login as bob with (redacted: password on a command line) failed");
    }

    #[test]
    fn a_line_reads_as_it_would_be_typed() {
        let words = ["ls", "-l", "a b", "it's", ""].map(OsString::from);
        assert_eq!(line(&words).as_typed(), "ls -l 'a b' \"it's\" ''");
    }
}
