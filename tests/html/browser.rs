//! The page in a real browser: it opens, it holds its own policy, it fits a phone and paper.

use std::fs;
use std::process::Command;

use tempfile::TempDir;

use super::{everywhere, of, page};

/// A browser without a window, and what it says.
pub struct Browser {
    folder: TempDir,
}

impl Browser {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// Opens a page, with these flags too; what it printed, and what it had to say about it.
    pub fn opens(&self, page: &str, flags: &[&str]) -> (String, String) {
        let file = self.folder.path().join("page.html");
        fs::write(&file, page).unwrap();
        let output = Command::new("chromium")
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
            .args([
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
            ])
            .args(["--enable-logging=stderr", "--virtual-time-budget=5000"])
            .arg(format!("--user-data-dir={}", self.folder.path().join("profile").display()))
            .args(flags)
            .arg(format!("file://{}", file.display()))
            .env("HOME", self.folder.path())
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let said = text(&output.stderr);
        let said: Vec<&str> = said.lines().filter(|line| line.contains("CONSOLE")).collect();
        (text(&output.stdout), said.join("\n"))
    }

    /// How wide a page is on a screen of this width, in pixels, and how many of its labels stand out to the left of the
    /// list they are in.
    pub fn measures(&self, page: &str, screen: u32) -> (u32, u32) {
        let page = page.replace('&', "&amp;").replace('"', "&quot;");
        let around = format!(
            "<body><iframe width={screen} height=800 style=\"border:0\" srcdoc=\"{page}\"></iframe><script>\
             const left = part => part.getBoundingClientRect().left;\
             onload = () => {{ const page = frames[0].document;\
             const out = [...page.querySelectorAll('li > strong')].filter(part => left(part) < left(part.parentElement) - 1);\
             document.title = page.documentElement.scrollWidth + ' ' + out.length; }};</script>"
        );
        let (dom, said) = self.opens(&around, &["--dump-dom"]);
        let title = dom.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
        let (width, out) =
            title.and_then(|title| title.split_once(' ')).unwrap_or_else(|| panic!("{said}\n{dom}"));
        (width.parse().unwrap(), out.parse().unwrap())
    }
}

/// What does not fit a phone.
fn wide() -> String {
    let word = "w".repeat(400);
    format!(
        "# {word}\n\n{word} [{word}](https://a.example/{word})\n\n## {word}\n\n## 2\n\n## 3\n\n## 4\n\n## 5\n\n\
         - **Label:** {word}\n- plain\n\n- **10:15 GMT** — {word}\n\n- **~10:15:30–10:45:30 PM {word}** — x\n\n\
         | a | b |\n|---|---|\n| {word} | {word} |\n\n```\n{word} {word}\n```\n\n`{word}`\n"
    )
}

#[test]
#[ignore = "needs chromium"]
fn a_browser_shows_the_page_and_has_nothing_to_complain_of() {
    let page = page(&everywhere::with(
        "zebra <script>document.title = 'ran'</script> \"><img src=x onerror=alert(1)> heron",
    ));
    let (dom, said) = Browser::new().opens(&page, &["--dump-dom"]);
    assert_eq!(said, "");
    assert!(dom.contains("<h1") && dom.contains("<li class=\"at\">") && dom.contains("</main>"), "{dom}");
    assert!(!dom.contains("<title>ran"), "{dom}");
}

#[test]
#[ignore = "needs chromium"]
fn the_policy_of_the_page_lets_nothing_in_and_runs_nothing() {
    let planted = "<script>document.title = 'ran'</script><img src=\"file:///p.png\"><link rel=\"stylesheet\" href=\"https://evil.example/\"></body>";
    let (dom, said) = Browser::new().opens(&of("# T", None).replace("</body>", planted), &["--dump-dom"]);
    assert!(dom.contains("<title>Title</title>"), "{dom}");
    for what in ["script", "p.png", "evil.example"] {
        assert!(said.contains(what), "nothing is said about {what}:\n{said}");
    }
}

#[test]
#[ignore = "needs chromium"]
fn nothing_stands_out_of_the_page_on_any_screen() {
    let browser = Browser::new();
    for page in [of(&wide(), None), page(&everywhere::with(&"zebra".repeat(80)))] {
        for screen in [360, 768, 1200] {
            assert_eq!(browser.measures(&page, screen), (screen, 0));
        }
    }
    let wider = of("# T", None).replace("</main>", "<div style=\"width: 500px; height: 1px\"></div></main>");
    assert!(browser.measures(&wider, 360).0 > 360, "this measures nothing");
}

#[test]
#[ignore = "needs chromium"]
fn paper_is_a4() {
    let browser = Browser::new();
    let file = browser.folder.path().join("page.pdf");
    browser.opens(
        &of(&wide(), None),
        &["--no-pdf-header-footer", &format!("--print-to-pdf={}", file.display())],
    );
    let pdf = String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned();
    // 210 by 297 mm in points, as near as the browser comes.
    assert!(pdf.contains("/MediaBox [0 0 594.9") || pdf.contains("/MediaBox [0 0 595"), "no A4");
}
