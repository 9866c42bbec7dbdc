//! The rules: what a secret looks like, and the name a person knows it by.
//!
//! Each shape is that of a real kind of secret, narrow enough that prose, hashes, ids and encoded data pass. Where a shape has
//! groups, the first that takes part is the secret and the rest is what it stands behind. The first rule names what
//! several find. The tables of Unicode are not compiled in: classes are those of ASCII, and what takes any character stands in
//! `(?u-i:…)`.

use super::value;

/// What a secret looks like.
pub(super) struct Rule {
    /// What a person calls it.
    pub(super) name: &'static str,
    /// The regular expression.
    pub(super) shape: &'static str,
    /// Whether what has the shape is indeed one.
    pub(super) holds: fn(&str) -> bool,
}

/// How a private key is called, also by what looks for one that was entered line by line.
pub(super) const PRIVATE_KEY: &str = "private key";

/// How a password is called that a program was started with.
pub(super) const PASSED: &str = "password on a command line";

/// A rule whose shape is proof enough.
const fn plain(name: &'static str, shape: &'static str) -> Rule {
    Rule { name, shape, holds: value::any }
}

const fn proven(name: &'static str, shape: &'static str, holds: fn(&str) -> bool) -> Rule {
    Rule { name, shape, holds }
}

/// Between a name and its value: `=`, `:`, `=>`, a blank, "is"; quotes, also escaped ones, on either side.
macro_rules! is {
    () => {
        r#"\\?["']?(?:[ \t]*(?:=>|:=|=|:)[ \t]*|[ \t]+(?:is[ \t]+)?)\\?["']?"#
    };
}

/// A token: at the start of a word, behind a `_` (which slants it in a chat), or behind an escape of a log or an address.
macro_rules! token {
    ($shape:literal) => {
        concat!(r"(?:\b|_|\\[nrt]|%[0-9A-F]{2})(", $shape, ")")
    };
}

/// A token that ends where the word does.
macro_rules! whole {
    ($shape:literal) => {
        concat!(token!($shape), r"(?:\b|_)")
    };
}

/// The first and the last line of a private key.
macro_rules! begin {
    () => {
        "-{4,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}"
    };
}
macro_rules! end {
    () => {
        "-{4,5} ?END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}"
    };
}

/// What parts the lines of a key: line breaks, also as an escape, and what quotes a line.
macro_rules! between {
    () => {
        r#"(?:[\s>|"',+]|\\[nr])+"#
    };
}

/// A name that a password stands behind.
macro_rules! password {
    () => {
        concat!(
            r"(?i)(?:password|passwd|passphrase|passcode|[_-]pass|[_-]pwd|\bpwd",
            r"|passwort|kennwort|mot[ _-]de[ _-]passe|contrase(?u-i:[nñÑ]|n\u{303})a)"
        )
    };
}

/// A value without quotes, as short as what follows allows: the end of the word, or the next `name=`.
macro_rules! bare {
    () => {
        concat!(
            r#"((?u-i:[^\x00-\x20"'`<>=\\][^\x00-\x20"'<>]{3,}?))"#,
            r#"(?:[`,;.)\]}]*(?:[\s"'<>]|\\["'nrt]|$)|[,;&][A-Za-z0-9_.-]+[=:])"#
        )
    };
}

/// A client of `MySQL` or `MariaDB` as it is started, up to one of its options.
macro_rules! mysql {
    () => {
        r"\b(?:mysql|mariadb)(?:dump|admin|check|import|show|slap|-dump|-admin|-check|-import|-show|sh)?\b(?u-i:[^\n|;&]*?)"
    };
}

/// The start of a private key as it was typed, for what looks for one line by line.
pub(super) const KEY_BEGINS: &str = begin!();
/// Its end.
pub(super) const KEY_ENDS: &str = end!();

/// All rules; the one that says the most comes first.
pub(super) const RULES: &[Rule] = &[
    plain(
        "Google service account key",
        concat!(
            r#"\{(?u-i:[^{}])*\\?"type\\?"\s*:\s*\\?"service_account\\?"(?u-i:[^{}])*\\?"private_key\\?"(?u-i:[^{}])*\}?"#,
            // The same with its keys in order.
            r#"|\{(?u-i:[^{}])*\\?"private_key\\?"(?u-i:[^{}])*\\?"type\\?"\s*:\s*\\?"service_account\\?"(?u-i:[^{}])*\}?"#
        ),
    ),
    plain(
        PRIVATE_KEY,
        concat!(
            begin!(),
            "(?:(?u-i:(?:[^-]|-{1,3}[^-])*?)",
            end!(),
            "|(?:",
            between!(),
            r"(?:(?:Proc-Type|DEK-Info|Version|Comment): (?u-i:[^\n]*)|[A-Za-z0-9+/=]{16,}))*",
            // The last line may be short; its padding tells it from a word.
            "(?:",
            between!(),
            "[A-Za-z0-9+/]{1,15}={1,2})?)"
        ),
    ),
    plain("age secret key", whole!(r"AGE-SECRET-KEY-1[A-Z0-9]{58}")),
    plain("AWS access key", whole!(r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}")),
    plain(
        "AWS secret key",
        concat!(r"(?i)\b(?:aws[ _-]?)?secret[ _-]?(?:access[ _-]?)?key", is!(), "([A-Za-z0-9/+]{40,})"),
    ),
    plain("GitHub token", token!(r"(?:gh[pousr]_|github_pat_)[A-Za-z0-9_]{36,}")),
    plain(
        "GitLab token",
        token!(r"gl(?:pat|rt|dt|ptt|ft|soat|cbt|imt|oas|agent)-[A-Za-z0-9_-]{20,}(?:\.[A-Za-z0-9_-]+)*"),
    ),
    plain("Slack token", token!(r"(?:xox[a-z](?:\.xox[a-z])?|xapp-[0-9])-[A-Za-z0-9-]{10,}")),
    plain(
        "Slack webhook",
        r"(?i)\bhttps://hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/[A-Za-z0-9_/-]{16,}",
    ),
    plain(
        "Discord webhook",
        r"(?i)\bhttps://(?:[a-z]+\.)?discord(?:app)?\.com/api/(?:v[0-9]+/)?webhooks/[0-9]{15,}/[A-Za-z0-9_-]{40,}",
    ),
    plain("Stripe key", token!(r"(?:(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9+/=]{24,})")),
    plain("Google API key", token!(r"AIza[A-Za-z0-9_-]{35}")),
    plain("Google OAuth secret", token!(r"(?:GOCSPX-[A-Za-z0-9_-]{24,}|ya29\.[A-Za-z0-9_-]{30,})")),
    plain(
        "Azure storage key",
        r"(?i)\b(?:AccountKey|SharedAccessKey)[ \t]*=[ \t]*([A-Za-z0-9+/]{43,86}={0,2})",
    ),
    proven(
        "signed URL",
        r"(?i)[?&;](?:sig|X-Amz-Signature|X-Goog-Signature|X-Amz-Security-Token)=([A-Za-z0-9%+/=_-]{32,})",
        value::mixed,
    ),
    plain("Anthropic key", token!(r"sk-ant-[A-Za-z0-9_-]{20,}")),
    plain("OpenAI key", token!(r"sk-(?:(?:proj|svcacct|admin)-[A-Za-z0-9_-]{20,}|[A-Za-z0-9]{48})")),
    plain("npm token", whole!(r"npm_[A-Za-z0-9]{36}")),
    plain("PyPI token", token!(r"pypi-AgE[A-Za-z0-9_-]{50,}")),
    plain("Vault token", token!(r"hv[sbr]\.[A-Za-z0-9_-]{24,}")),
    plain("Terraform token", token!(r"[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,}")),
    plain("SendGrid key", token!(r"SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,64}")),
    plain(
        "Twilio key",
        concat!(
            whole!(r"SK[0-9a-f]{32}"),
            r"|(?i:twilio[a-z0-9 _.-]{0,20}?(?:token|secret|key))",
            is!(),
            r"([0-9a-f]{32})\b"
        ),
    ),
    plain("Mailgun key", whole!(r"(?:key-[0-9a-f]{32}|[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8})")),
    plain("DigitalOcean token", whole!(r"do[opr]_v1_[0-9a-f]{64}")),
    plain(
        "Heroku key",
        concat!(
            token!(r"HRKU-[A-Za-z0-9_-]{36,}"),
            r"|(?i:heroku[a-z0-9 _.-]{0,20}?(?:key|token|secret|password))",
            is!(),
            r"([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\b"
        ),
    ),
    proven(
        "Datadog key",
        concat!(
            token!(r"(?:ddpat|ddapp?)_[A-Za-z0-9]{24,}"),
            r"|(?i:(?:\b|_)(?:dd|datadog)[ _-]?(?:api|app|application)[ _-]?key)",
            is!(),
            r"([0-9a-f]{32,40})\b"
        ),
        value::mixed,
    ),
    proven(
        "PagerDuty key",
        concat!(
            r"(?i)(?:pager[ _-]?duty[a-z0-9 _.-]{0,30}?|(?:\b|_)pd[ _-](?:api[ _-])?)(?:key|token)",
            is!(),
            r"([a-z0-9]{32}\b|u\+[a-z0-9_-]{18}|[a-z0-9_+]{20}\b)|(?:routing|integration)[ _-]?key",
            is!(),
            r"([a-z0-9]{32})\b|\btoken token",
            is!(),
            r"([a-z0-9_+-]{20})\b"
        ),
        value::mixed,
    ),
    plain("Telegram bot token", r"(?:\b|\bbot|_)([0-9]{8,10}:AA[A-Za-z0-9_-]{33})"),
    plain("Shopify token", whole!(r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}")),
    proven(
        "Square token",
        concat!(
            token!(r"sq0(?:atp|csp)-[A-Za-z0-9_-]{22,}"),
            r#"|(?:^|[\s"'=:])(EAAA[A-Za-z0-9_-]{60})(?:$|[\s"'.,;])"#
        ),
        value::mixed,
    ),
    plain("Databricks token", whole!(r"dapi[0-9a-f]{32}(?:-[0-9])?")),
    plain("Hugging Face token", whole!(r"hf_[A-Za-z0-9]{30,}")),
    plain("Docker token", token!(r"dckr_[po]at_[A-Za-z0-9_-]{27,}")),
    plain("Grafana token", whole!(r"(?:glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}|glc_eyJ[A-Za-z0-9+/=]{30,})")),
    plain("New Relic key", whole!(r"NRAK-[A-Z0-9]{27}")),
    plain("Sentry token", token!(r"sntry[su]_[A-Za-z0-9+/=_-]{40,}")),
    plain("Atlassian token", token!(r"ATATT3[A-Za-z0-9_=-]{60,}")),
    plain("JSON web token", token!(r"eyJ[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]{10,}){2,4}")),
    proven(
        "authorization header",
        r#"(?i)\bauthorization\\?["']?[ \t]*[:=][ \t]*\\?["']?(?:bearer|basic|token|negotiate)[ \t]+(?:token=\\?["']?)?([a-z0-9._~+/=|-]{7,}[a-z0-9_~+/=|-])"#,
        value::opaque,
    ),
    proven(
        "authorization header",
        r"(?i)\bbearer[ \t]+([a-z0-9._~+/=|-]{19,}[a-z0-9_~+/=|-])",
        value::random,
    ),
    // Up to the last `@` of the word. A port is all digits: what has another character in it is a password, whatever follows.
    proven(
        "password in a URL",
        concat!(
            r#"(?i)\b[a-z][a-z0-9+.-]{0,20}://(?u-i:[^\x00-\x20/?#@:"'<>\[\]`]*):(?u-i:"#,
            r#"([^\x00-\x20/?#"'<>]+)@|([^\x00-\x20/?#@"'<>]*[^\x00-\x20/?#@"'<>0-9][^\x00-\x20"'<>]*)@)"#
        ),
        value::literal,
    ),
    proven(
        "password",
        concat!(
            password!(),
            r#"(?:\\["'](?:[ \t]*(?:=>|:=|=|:)[ \t]*)\\"((?u-i:[^"\\\n]{4,}))\\"#,
            r#"|["']?[ \t]*(?:=>|:=|=)[ \t]*(?:"((?u-i:(?:[^"\\\n]|\\.){4,}))"|'((?u-i:[^'\n]{4,}))')"#,
            r#"|["'][ \t]*:[ \t]*(?:"((?u-i:(?:[^"\\\n]|\\.){4,}))"|'((?u-i:[^'\n]{4,}))')"#,
            r#"|[ \t]*:[ \t]*(?:"((?u-i:[^\x00-\x20"]{4,}))"|'((?u-i:[^\x00-\x20']{4,}))')"#,
            "|=",
            bare!(),
            ")"
        ),
        value::shown,
    ),
    // Behind a colon or with blanks around it may be prose: only what no prose would say.
    proven(
        "password",
        concat!(
            password!(),
            r#"[ \t]*(?:=>|:=|=|:)[ \t]*((?u-i:[^\x00-\x20"'`<>=]{6,}?))[,;.`]?[ \t\r]*(?:\n|$)"#
        ),
        value::mixed,
    ),
    proven("password", concat!(password!(), r"[ \t]*(?:=>|:=|=|:)[ \t]*", bare!()), value::strong),
    proven("password", concat!(password!(), r"[ \t]*(?:=>|:=|=|:)[ \t]*", bare!()), value::jumbled),
    proven(
        "password",
        concat!(
            password!(),
            r#"[ \t]+(?:is|was|ist|war|lautet|est|es|era)(?:[ \t]+(?:now|jetzt)|[ \t]*:)?[ \t]+["'`]?"#,
            bare!()
        ),
        value::said,
    ),
    proven(PASSED, concat!(r#"(?i)\s--?(?:password|passwd|pass)[ \t]+["']?"#, bare!()), value::strong),
    proven(
        PASSED,
        concat!(
            r#"(?i)\b(?:curl|wget|http)\b(?u-i:[^\n]*?)\s(?:-u|--user|--auth|-a)(?:[ \t]+|=)?["']?[a-z0-9._@-]+:"#,
            bare!()
        ),
        value::shown,
    ),
    // Joined to its `-p` a password of these programs has no other form; a port does.
    proven(
        PASSED,
        concat!(mysql!(), r#"\s(?:-u|--user|-h|--host)(?u-i:[^\n|;&]*?)\s-p["']?"#, bare!()),
        value::no_port,
    ),
    // With nothing else that tells a command from a sentence.
    proven(PASSED, concat!(mysql!(), r#"\s-p["']?"#, bare!()), value::mixed_no_port),
    proven(PASSED, concat!(r#"\bsshpass[ \t]+(?:-v[ \t]+)?-p[ \t]*["']?"#, bare!()), value::shown),
    proven(
        PASSED,
        concat!(r#"\bredis-cli\b(?u-i:[^\n|;&]*?)\s(?:-a|--pass)[ \t]+["']?"#, bare!()),
        value::shown,
    ),
    proven(
        "secret or token",
        concat!(
            r"(?i)(?:token|secret|secret[_-]?key(?:[_-]?base)?|api[ _-]?(?:key|secret)|access[_-]?key|(?:auth|account|signing|encryption|private|webhook|client|master)[_-]?key|authorization)",
            r#"\\?["']?[ \t]*(?:=>|:=|=|:)[ \t]*\\?["']?([a-z0-9_+/=.~-]{15,}[a-z0-9_+/=-])"#
        ),
        value::random,
    ),
    // Joined to its name by `=` it is no prose.
    proven("secret or token", concat!(r#"(?i)(?:token|secret|api[_-]?key)=["']?"#, bare!()), value::jumbled),
];
