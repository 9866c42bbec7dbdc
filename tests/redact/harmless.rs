//! False hits: what machines print and people say all day, none of it a secret.

use super::left;

/// A line each: hashes, ids, digests, names of clouds and pods, stack traces, SQL, addresses, logs, prose. All made up.
const LINES: &str = include_str!("harmless.txt");
/// How many of them may be taken for a secret.
const MOST: usize = 2;

#[test]
fn of_two_hundred_harmless_lines_two_at_most_are_hit() {
    let lines: Vec<&str> = LINES.lines().collect();
    assert_eq!(lines.len(), 200);
    let mut apart = lines.clone();
    apart.sort_unstable();
    apart.dedup();
    assert_eq!(apart.len(), 200, "one line counts once");
    let hit: Vec<_> = lines
        .iter()
        .map(|line| (line, left(line)))
        .filter(|(line, (rest, found))| !found.is_empty() || rest != **line)
        .collect();
    assert!(hit.len() <= MOST, "{hit:#?}");
}

#[test]
fn all_of_them_as_one_text_are_hit_no_more_often() {
    let (_, found) = left(LINES);
    let hits: usize = found.iter().map(|(_, count)| count).sum();
    assert!(hits <= MOST, "{found:?}");
}

/// What looks like a password on a command line, or like one that somebody says.
const ALIKE: &str = "\
cp -p file.conf file.conf.old
mkdir -p /srv/mysql/data
ssh -p 2222 alice@db-1
ls -a
ls -a /var/lib/redis-cli
docker run -p 80:80 nginx
docker run --name mysql -p3306:3306 mysql:8
docker run -e X=1 mysql -u root -p3306
mysql -u root -p
mysql -u root -p shop
mysql -u root -p$MYSQL_PASSWORD shop
mysql -P3307 -h db-1 shop
mysqldump -p shop > /tmp/shop.sql
the mysql -primary pod failed over
mysql: ls -la; mkdir -pv2x/data
sshpass -p $PASS ssh -p 2222 alice@db-1
sshpass -f /run/secrets/pw ssh db-1
sshpass -e ssh -p 22 db-1
redis-cli -a $REDIS_AUTH ping
redis-cli -h cache-1 -p 6379 --all
redis-cli ping; ls -a everything
Passwort ist abgelaufen
Das Passwort: fehlt
Kennwort war falsch
le mot de passe est incorrect
mot de passe : voir le coffre
la contraseña es incorrecta
contraseña: cambiada por Ana
the password is SHA256-hashed
the password is wrong
the password was rotated at 12:40
";

#[test]
fn what_only_looks_like_a_password_on_a_command_line_stays() {
    for line in ALIKE.lines() {
        let (rest, found) = left(line);
        assert!(found.is_empty() && rest == line, "{line}: {rest} {found:?}");
    }
}
