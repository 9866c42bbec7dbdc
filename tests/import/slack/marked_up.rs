//! Slack's mark-up, blocks, attachments and files as plain text.

use serde_json::{Value, json};

use super::only;

fn text_of(message: &Value) -> String {
    only(message).text.as_typed().to_owned()
}

fn said(text: &str) -> String {
    text_of(&json!({"user": "U1", "text": text, "ts": "1723278661.000100"}))
}

fn with(mut rest: Value) -> String {
    rest["ts"] = json!("1723278661.000100");
    text_of(&rest)
}

#[test]
fn marks_become_what_people_read() {
    for (written, read) in [
        ("<@U1> and <@U2>, <@U9>, <@U8|eve>", "@ana and @Ben Okoro, @U9, @eve"),
        ("see <#C2|old-name>, <#C7|secret> <#C8>", "see #deploys, #secret #C8"),
        ("<!here> <!channel> <!everyone> <!here|here>", "@here @channel @everyone @here"),
        ("<!subteam^S1|@oncall> <!subteam^S2>", "@oncall @S2"),
        ("at <!date^1723278661^{time}|08:31>", "at 08:31"),
        ("<https://a.example/x|the graph>", "the graph (https://a.example/x)"),
        ("<https://a.example/x> <http://a.example|a.example>", "https://a.example/x http://a.example"),
        ("<mailto:a@b.example|a@b.example> <tel:+4930|+49 30>", "a@b.example +49 30 (+4930)"),
        ("<https://a.example/?q=1&amp;r=2|q &amp; r>", "q & r (https://a.example/?q=1&r=2)"),
        ("a &lt;b&gt; &amp;lt; c", "a <b> &lt; c"),
        ("2 < 3\n<@U1>", "2 < 3\n@ana"),
        ("unended <@U1", "unended <@U1"),
        ("*bold* _it_ ~gone~ `x &lt; y`", "*bold* _it_ ~gone~ `x < y`"),
        ("done :tada: :our_own: :wave::skin-tone-4:", "done 🎉 :our_own: 👋🏽"),
        ("at 10:100:20 `a :tada: b` std::tada::x", "at 10:100:20 `a :tada: b` std::tada::x"),
    ] {
        assert_eq!(said(written), read);
    }
}

#[test]
fn people_and_tags_are_listed_and_channels_are_no_tags() {
    let text = "<@U2> and @maria: #db is full, see <#C2|deploys> <!here> <!subteam^S1|@oncall>";
    let entry = only(&json!({"user": "U1", "text": text, "ts": "1723278661.000100"}));
    let plain =
        |list: &[warroom::text::Raw]| list.iter().map(|one| one.as_typed().to_owned()).collect::<Vec<_>>();
    assert_eq!(plain(&entry.people), ["Ben Okoro", "maria", "oncall"]);
    assert_eq!(plain(&entry.tags), ["db"]);
}

#[test]
fn a_reply_lists_nobody_that_only_its_root_names() {
    let incident = super::incident(&json!([
        {"user": "U1", "text": "<@U2> #db", "ts": "1723278661.000100"},
        {"user": "U1", "text": "<@U3> yes", "ts": "1723278662.000100", "thread_ts": "1723278661.000100"},
    ]));
    let reply = incident.timeline.iter().nth(1).unwrap();
    assert_eq!(reply.text.as_typed(), "↳ @Ben Okoro #db: @cyd yes");
    assert_eq!((reply.people.len(), reply.people[0].as_typed(), reply.tags.len()), (1, "cyd", 0));
}

#[test]
fn links_to_files_lose_what_lets_others_in() {
    let link = "<https://files.slack.com/files-pri/T0-F0/a.png?t=xoxe-1&amp;x=2|a.png>";
    assert_eq!(said(link), "a.png (https://files.slack.com/files-pri/T0-F0/a.png)");
    assert_eq!(said("<https://a.example/?t=1>"), "https://a.example/?t=1");
}

#[test]
fn what_is_attached_is_kept_and_said_once() {
    let attached = with(json!({"bot_id": "B1", "text": "Latency is high", "attachments": [
        {"pretext": "Firing", "title": "Latency is high", "title_link": "https://a.example", "text": "p99 &gt; 2 s",
         "fields": [{"title": "Service", "value": "checkout"}], "fallback": "not needed"},
        {"fallback": "only this"},
    ]}));
    let lines = [
        "Latency is high",
        "Firing",
        "Latency is high (https://a.example)",
        "p99 > 2 s",
        "Service: checkout",
        "only this",
    ];
    assert_eq!(attached, lines.join("\n"));
    let files = with(json!({"text": "the graph", "files": [{"name": "a.png"}, {"title": "b <x>.log"}]}));
    assert_eq!(files, "the graph\n[file: a.png] [file: b <x>.log]");
    assert_eq!(
        with(json!({"text": "", "subtype": "file_share", "file": {"name": "old.txt"}})),
        "[file: old.txt]"
    );
}

#[test]
fn blocks_say_what_the_text_does_not() {
    let typed = |text: &str| {
        json!([{"type": "rich_text", "elements": [
            {"type": "rich_text_section", "elements": [
                {"type": "text", "text": "rolled back "}, {"type": "usergroup", "usergroup_id": "S1"},
                {"type": "text", "text": text}, {"type": "link", "url": "https://a.example", "text": "log"}]},
            {"type": "rich_text_list", "elements": [
                {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U2"}, {"type": "text", "text": " a<b"}]}]},
        ]}])
    };
    let text = "rolled back <!subteam^S1|@oncall> all of it <https://a.example|log>\n• <@U2> a&lt;b";
    let once = with(json!({"text": text, "blocks": typed(" all of it ")}));
    assert_eq!(once, "rolled back @oncall all of it log (https://a.example)\n• @Ben Okoro a<b");
    let alone = with(json!({"text": "", "blocks": typed(" all of it ")}));
    assert_eq!(alone, "rolled back @S1 all of it log (https://a.example)\n@Ben Okoro a<b");
    let bot = with(json!({"text": "Deploy", "blocks": [
        {"type": "header", "text": {"type": "plain_text", "text": "Deploy <4711>"}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "by <@U1>"}, "fields": [{"type": "mrkdwn", "text": "prod"}]},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "took 3 min"}]},
        {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Roll back"}}]},
        {"type": "image", "alt_text": "a graph"},
    ]}));
    assert_eq!(bot, "Deploy\nDeploy <4711>\nby @ana\nprod\ntook 3 min\na graph");
}
