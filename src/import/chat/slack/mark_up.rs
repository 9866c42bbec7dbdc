//! Slack's mark-up as plain text: `<@U061>` is a person, `<#C012|deploys>` a channel, `<!here>` a call to all,
//! `<https://a.example|label>` a link; `&lt;` `&gt;` `&amp;` are what they stand for. Stars and ticks stay: people read them.

use super::Names;
use crate::import::chat::picture::drawn;
use crate::import::chat::said::Words;
use crate::text::Raw;

/// Where files are kept: what stands behind the `?` of a link there lets in whoever has it.
const FILES: [&str; 2] = ["files.slack.com", "slack-files.com"];

/// Reads a text in mark-up.
pub(super) fn plain(text: &str, names: &Names) -> Words {
    let (mut words, mut rest, mut in_code) = (Words::default(), text, false);
    while let Some(at) = rest.find('<') {
        let Some(end) = rest[at..].find(['>', '\n']).map(|end| at + end) else { break };
        if rest.as_bytes()[end] != b'>' {
            // No mark-up: whatever wrote it did not escape it.
            run(&rest[..end], &mut words, &mut in_code);
            rest = &rest[end..];
            continue;
        }
        run(&rest[..at], &mut words, &mut in_code);
        marked(&rest[at + 1..end], names, &mut words);
        rest = &rest[end + 1..];
    }
    run(rest, &mut words, &mut in_code);
    words
}

/// What stands between `<` and `>`.
fn marked(inside: &str, names: &Names, words: &mut Words) {
    let (what, label) = inside.split_once('|').unwrap_or((inside, ""));
    let label = unescaped(label.trim());
    let mut chars = what.chars();
    match (chars.next(), chars.as_str()) {
        (Some('@'), id) => {
            let told = Raw::new(if label.is_empty() { id } else { label.trim_start_matches('@') });
            words.push_person(&names.of_user(id).unwrap_or(told));
        }
        (Some('#'), id) => {
            let name = names.of_channel(id).unwrap_or(if label.is_empty() { id } else { &label });
            words.push_no_mark(&format!("#{name}"));
        }
        (Some('!'), call) => called(call, &label, words),
        _ => link(&unescaped(what), &label, words),
    }
}

/// `<!here>`, `<!subteam^S012|@oncall>`, `<!date^1392734382^{date}|18 February>`.
fn called(call: &str, label: &str, words: &mut Words) {
    let (what, id) = call.split_once('^').unwrap_or((call, ""));
    match what {
        "date" => words.push(if label.is_empty() { call } else { label }),
        "subteam" => {
            let name = if label.is_empty() { id } else { label.trim_start_matches('@') };
            words.push_person(&Raw::new(name));
        }
        // All who are in the channel: nobody in particular.
        _ => words.push_no_mark(&format!("@{}", what.split('|').next().unwrap_or_default())),
    }
}

/// `label (https://a.example)`, and only the target where the label says no more.
fn link(target: &str, label: &str, words: &mut Words) {
    let bare = |text: &str| {
        let text = text.split_once("://").map_or(text, |(_, rest)| rest);
        text.trim_start_matches("mailto:").trim_start_matches("tel:").trim_end_matches('/').to_owned()
    };
    let target = without_key(target);
    let shown = ["mailto:", "tel:"].iter().find_map(|scheme| target.strip_prefix(scheme)).unwrap_or(target);
    if label.is_empty() || bare(label) == bare(target) {
        words.push(shown);
    } else {
        words.push(&format!("{label} ({shown})"));
    }
}

/// A link without what would let others in.
fn without_key(target: &str) -> &str {
    let Some((_, behind)) = target.split_once("://") else { return target };
    let host = behind.split(['/', '?', '#']).next().unwrap_or_default();
    if FILES.contains(&host) { target.split('?').next().unwrap_or(target) } else { target }
}

/// Text between marks.
fn run(text: &str, words: &mut Words, in_code: &mut bool) {
    for (nth, part) in text.split('`').enumerate() {
        if nth > 0 {
            words.push("`");
            *in_code = !*in_code;
        }
        let part = unescaped(part);
        if *in_code { words.push(&part) } else { words.push(&drawn(&part)) }
    }
}

fn unescaped(text: &str) -> String {
    // The ampersand last: `&amp;lt;` is `&lt;`.
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
