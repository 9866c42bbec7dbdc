//! Secrets that are made up, and what looks like one. They are put together at run time, so that no scanner takes this
//! file for a leak.

/// So many characters of an alphabet, in no order that a person would see.
fn drawn(alphabet: &str, count: usize) -> String {
    let letters: Vec<char> = alphabet.chars().collect();
    (0..count).map(|at| letters[(at * at * 7 + at * 11 + 5) % letters.len()]).collect()
}

/// Hexadecimal digits.
pub fn hex(count: usize) -> String {
    drawn("0a1b2c3d4e5f67899", count)
}

/// Letters and digits.
pub fn word(count: usize) -> String {
    drawn("q7Wm3Zr9KtB5xHc2VnLs8PdGf4JyTa6", count)
}

/// Capitals and digits.
pub fn capitals(count: usize) -> String {
    drawn("Q7W3ZR9KT5XH2VN8PG4JY6A", count)
}

/// A UUID.
pub fn uuid() -> String {
    format!("{}-{}-{}-{}-{}", hex(8), hex(4), hex(4), hex(4), hex(12))
}

/// A private key, five lines.
pub fn pem(kind: &str) -> String {
    let line = word(64);
    let mark = |end: &str| format!("-----{end} {kind}PRIVATE KEY-----");
    format!("{}\n{line}\n{line}\n{}\n{}", mark("BEGIN"), word(22), mark("END"))
}

/// The name of a kind, what stands before the secret and stays, the secret.
pub fn kinds() -> Vec<(&'static str, &'static str, String)> {
    let jwt = format!("ey{}.ey{}.{}", "J".to_owned() + &word(20), "J".to_owned() + &word(40), word(43));
    let mut kinds = prefixed();
    kinds.extend(named());
    kinds.extend([
        ("JSON web token", "", jwt.clone()),
        ("JSON web token", "Authorization: Bearer ", jwt),
        ("private key", "", pem("")),
        ("private key", "", pem("RSA ")),
        ("private key", "", pem("OPENSSH ")),
        ("private key", "\"key\": \"", pem("EC ").replace('\n', "\\n")),
        ("age secret key", "", ["AGE-SECRET", "-KEY-1", &capitals(58)].concat()),
    ]);
    kinds
}

fn prefixed() -> Vec<(&'static str, &'static str, String)> {
    let of = |parts: &[&str], tail: String| parts.concat() + &tail;
    vec![
        ("AWS access key", "", of(&["AK", "IA"], capitals(16))),
        ("AWS access key", "export AWS_ACCESS_KEY_ID=", of(&["AS", "IA"], capitals(16))),
        ("GitHub token", "", of(&["gh", "p_"], word(36))),
        ("GitHub token", "https://x-access-token:", of(&["gh", "s_"], word(36)) + "@github.example/a/b"),
        ("GitHub token", "", of(&["github", "_pat_"], word(22) + "_" + &word(59))),
        ("GitLab token", "PRIVATE-TOKEN: ", of(&["gl", "pat-"], word(20))),
        ("Slack token", "", of(&["xo", "xb-"], "2411-9120-".to_owned() + &word(24))),
        (
            "Slack webhook",
            "",
            of(
                &["https://hooks.sl", "ack.com/services/"],
                format!("T{}/B{}/{}", capitals(8), capitals(8), word(24)),
            ),
        ),
        (
            "Discord webhook",
            "",
            of(&["https://disc", "ord.com/api/webhooks/"], format!("{}/{}", "123456789012345678", word(68))),
        ),
        ("Stripe key", "", of(&["sk_", "live_"], word(24))),
        ("Stripe key", "", of(&["rk_", "live_"], word(30))),
        ("Google API key", "", of(&["AI", "za"], word(35))),
        ("Google OAuth secret", "", of(&["GOC", "SPX-"], word(28))),
        ("Anthropic key", "", of(&["sk-", "ant-"], "api03-".to_owned() + &word(60))),
        ("OpenAI key", "", of(&["sk-", "proj-"], word(60))),
        ("OpenAI key", "", of(&["sk", "-"], word(48))),
        ("npm token", "//registry.npmjs.org/:_authToken=", of(&["np", "m_"], word(36))),
        ("PyPI token", "", of(&["py", "pi-AgE"], word(80))),
        ("Vault token", "", of(&["hv", "s."], word(24))),
        ("Terraform token", "", word(14) + ".atlas" + "v1." + &word(66)),
        ("SendGrid key", "", of(&["S", "G."], word(22) + "." + &word(43))),
        ("Twilio key", "", of(&["S", "K"], hex(32))),
        ("Mailgun key", "", of(&["ke", "y-"], hex(32))),
        ("DigitalOcean token", "", of(&["dop", "_v1_"], hex(64))),
        ("Heroku key", "", of(&["HR", "KU-"], "AA".to_owned() + &word(58))),
        ("Datadog key", "", of(&["dd", "pat_"], word(32))),
        ("Telegram bot token", "https://api.telegram.example/bot", of(&["110201543", ":AA"], word(33))),
        ("Telegram bot token", "", of(&["110201543", ":AA"], word(33))),
        ("Shopify token", "", of(&["shp", "at_"], hex(32))),
        ("Square token", "", of(&["sq0", "csp-"], word(43))),
        ("Square token", "token ", of(&["EA", "AA"], word(60))),
        ("Databricks token", "", of(&["da", "pi"], hex(32))),
        ("Hugging Face token", "", of(&["h", "f_"], drawn("qWmZrKtBxHcVnLsPdGfJyTa", 34))),
        ("Docker token", "", of(&["dckr", "_pat_"], word(27))),
        ("Grafana token", "", of(&["gl", "sa_"], word(32) + "_" + &hex(8))),
        ("New Relic key", "", of(&["NR", "AK-"], capitals(27))),
        ("Sentry token", "", of(&["sn", "trys_"], word(60))),
        ("Atlassian token", "", of(&["ATA", "TT3"], word(80))),
    ]
}

fn named() -> Vec<(&'static str, &'static str, String)> {
    vec![
        ("AWS secret key", "aws_secret_access_key = ", word(40)),
        ("AWS secret key", "the secret access key is ", word(40)),
        ("Azure storage key", "AccountName=logs;AccountKey=", word(86) + "=="),
        ("signed URL", "https://s3.example/dump?X-Amz-Expires=60&X-Amz-Signature=", hex(64)),
        ("Twilio key", "TWILIO_AUTH_TOKEN=", hex(32)),
        ("Heroku key", "HEROKU_API_KEY=", uuid()),
        ("Datadog key", "DD_API_KEY=", hex(32)),
        ("Datadog key", "datadog app key: ", hex(40)),
        ("PagerDuty key", "PAGERDUTY_TOKEN=", "u+".to_owned() + &word(18)),
        ("PagerDuty key", "\"routing_key\": \"", word(32)),
        ("authorization header", "Authorization: Basic ", word(24) + "=="),
        ("authorization header", "-H 'authorization: Bearer ", word(31)),
        ("authorization header", "it sends Bearer ", word(31)),
        ("password in a URL", "postgres://app:", "tr0ub4dor@db.example:5432/shop".into()),
        ("password in a URL", "redis://:", "hunter@cache:6379/0".into()),
        ("password in a URL", "amqp://svc:", "a/b?c#d@mq:5672".into()),
        ("password in a URL", "https://bob:", "p@ss@wiki.example/x".into()),
        ("password", "DB_PASSWORD=", "swordfish".into()),
        ("password", "Server=db;Uid=sa;Pwd=", "Tr0ub_4dor*".into()),
        ("password", "\"password\": \"", "three blind mice".into()),
        ("password", "{\\\"passwd\\\":\\\"", "swordfish".into()),
        ("password", "password: '", "swordfish".into()),
        ("password", "see below\npassword: ", "sword4fish".into()),
        ("password", "the new password: ", "Sw0rd*fish".into()),
        ("password on a command line", "we ran mysql --password ", "Sw0rd*fish".into()),
        ("password on a command line", "curl -s -u alice:", "swordfish".into()),
        ("password on a command line", "mysql -h db-1 -u root -p", "swordfish".into()),
        ("password on a command line", "mysqldump -p", "sw0rdfish".into()),
        ("password on a command line", "sshpass -p ", "swordfish".into()),
        ("password on a command line", "sshpass -p '", "swordfish".into()),
        ("password on a command line", "redis-cli -h cache-1 -a ", "swordfish".into()),
        ("password", "Passwort: ", "Sw0rd*fish".into()),
        ("password", "das Kennwort ist ", "Sw0rdfish".into()),
        ("password", "le mot de passe est ", "Sw0rdfish".into()),
        ("password", "la contraseña es ", "Sw0rdfish".into()),
        ("password", "CONTRASEÑA=", "swordfish".into()),
        ("password", "mot_de_passe = \"", "three blind mice".into()),
        ("password", "the password is ", "Sw0rdfish".into()),
        ("secret or token", "client_secret=", word(32)),
        ("secret or token", "X-Api-Key: ", uuid()),
        ("secret or token", "retried with token=", "sword4fish22".into()),
        ("secret or token", "session token: ", hex(40)),
    ]
}

/// What people say and machines print, a line each, without a secret in it.
pub const CALM: &str = r"password: reset by alice
password reset
Password: expired yesterday
the token was expired
password=required
password=$DB_PASSWORD
password=${DB_PASSWORD:-}
password={{ db.password }}
password={db_password} in the template
password = getPassword()
PASSWORD=os.environ['PW']
password=/run/secrets/db
password=********
password=xxxxx
passwd=null&user=7
password: wrong for user bob, 3 attempts
pass=1200 fail=3
password change at 10:42
his pwd=/
user:pass
log in as user:pass there
token: expired
token=none
token=v2-eu-west-1
token=build2024
password: 10 attempts by alice
next_token=
max_tokens=4096
secret: default-token-x7k2p
secret: prod-db-credentials-2024-v2
token bucket: 5000 a second
api key: see the vault
bearer of bad news
Authorization: Basic auth is off
authorization: required
Bearer authentication-is-required-now
https://alice@wiki.example/x
http://host:8080/a@b
http://host:8080/?mail=a@b.c
http://host:8080/x#a@b
ssh://git@host:22/a/b
git@host.example:org/repo.git
http://[2001:db8::1]:8080/a@b
2001:db8::8a2e:370:7334
postgres://app@db:5432/shop
https://user:xxxxx@host/
https://app:***@host/
https://$USER:$PASS@host/
10:42 rolled back to 4f1c2aa
dapi is slow
sk-learn 1.2
SG.eu and SG.us
key-value store
hf_hub is down
xoxo
the AKIA prefix
npm_config_cache
pypi-mirror
curl -u alice https://x.example
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB alice@laptop
routing_key: orders.created
secret access key was rotated
AccountKey= is empty
sig=abc
cpu 40%, mem 3.2GiB, p99=1200ms
deploy-7f9c6d5b8-x2k4q restarted
trace 4bf92f3577b34da6a3ce929d0e0e4736
🙈🙉🙊 password é";
