//! The pictures in a real browser: what is drawn is what was said.

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use warroom::export::{mermaid, svg};
use warroom::model::Incident;

use super::{crowded, folder, hostile, hostile_flows, modules, outages, reading};

/// Opens a page, and returns what its script leaves in `drawn`, a JSON value.
fn opened(name: &str, body: &str) -> Value {
    let page = folder().join(format!("{name}.html"));
    let leave = "const leave = value => { const bytes = new TextEncoder().encode(JSON.stringify(value)); \
                 const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join(''); \
                 document.body.innerHTML = ''; document.body.setAttribute('data-drawn', hex); };";
    let text =
        format!("<!doctype html><meta charset=\"utf-8\"><body><script>{leave}</script>{body}</body>\n");
    std::fs::write(&page, text).unwrap();
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(["--virtual-time-budget=600000", "--window-size=1200,900", "--dump-dom"])
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    let dom = String::from_utf8(output.stdout).unwrap();
    let hex = dom.split("data-drawn=\"").nth(1).and_then(|rest| rest.split('"').next());
    let hex = hex.unwrap_or_else(|| panic!("the script did not end:\n{}", &dom[..dom.len().min(2_000)]));
    let bytes: Vec<u8> = hex
        .as_bytes()
        .chunks(2)
        .map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap())
        .collect();
    serde_json::from_slice(&bytes).unwrap()
}

/// A value as it can stand in a script.
fn literal(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value)
        .unwrap()
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

fn words(text: &str) -> Vec<String> {
    text.replace('\u{200b}', "").split_whitespace().map(str::to_owned).collect()
}

#[test]
#[ignore = "needs chromium, and mermaid in target/npm"]
fn mermaid_draws_what_was_said() {
    let mut flows: Vec<String> = outages().iter().map(|(_, incident)| mermaid::flow(incident)).collect();
    flows.extend(hostile_flows().into_iter().take(hostile::PIECES.len() * 2));
    let library = modules().join("mermaid/dist/mermaid.min.js");
    assert!(Path::new(&library).exists(), "{} is not there: tests/run.sh installs it", library.display());
    let script = "
        mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', maxEdges: 500, maxTextSize: 50000 });
        const lines = node => [...node.childNodes].map(child => child.nodeName === 'BR' ? '\\n' : child.nodeType === 3 ? child.data : lines(child)).join('');
        (async () => {
            const all = [];
            for (const [nth, flow] of flows.entries()) {
                const drawn = {};
                try {
                    const place = document.createElement('div');
                    place.innerHTML = (await mermaid.render(`picture${nth}`, flow)).svg;
                    for (const node of place.querySelectorAll('g.node')) {
                        const id = node.id.replace(/^.*flowchart-/, '').replace(/-\\d+$/, '');
                        drawn[id] = [...node.querySelectorAll('.nodeLabel')].map(lines).join('|');
                    }
                    drawn.foreign = [...place.querySelectorAll('img, script, a, svg svg, i, b, strong, em, code, ul, ol, math')].map(found => found.outerHTML).join('');
                } catch (error) { drawn.error = String(error); }
                all.push(drawn);
            }
            leave(all);
        })();";
    let body = format!(
        "<script src=\"file://{}\"></script><script>const flows = {};{script}</script>",
        library.display(),
        literal(&flows)
    );
    let drawn = opened("flows", &body);
    let mut wrong = Vec::new();
    for (flow, drawn) in flows.iter().zip(drawn.as_array().unwrap()) {
        if drawn["foreign"] != "" {
            wrong.push(format!("made of text: {drawn}"));
        }
        for (id, said) in reading::flow(flow) {
            let seen = drawn[&id].as_str().unwrap_or("nothing");
            if words(seen) != words(&said) {
                wrong.push(format!("{id} says {said:?} and shows {seen:?}; {}", drawn["error"]));
            }
        }
    }
    assert_eq!(drawn.as_array().unwrap().len(), flows.len());
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

/// What a browser makes of a timeline: whether it has ink, the texts that leave it, and the texts that lie on each other.
pub fn looked_at(pictures: &[(String, String)]) -> Value {
    let script = "
        const ink = async source => {
            const image = new Image();
            image.src = 'data:image/svg+xml,' + encodeURIComponent(source);
            await image.decode();
            const canvas = document.createElement('canvas');
            canvas.width = image.width; canvas.height = image.height;
            const context = canvas.getContext('2d');
            context.drawImage(image, 0, 0);
            const pixels = new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
            return new Set(pixels).size;
        };
        const meet = (one, other) => one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 3 && other.top < one.bottom - 3;
        (async () => {
            const all = [];
            for (const [name, source] of pictures) {
                const place = document.createElement('div');
                place.style.width = '960px';
                place.innerHTML = source.replace(/^<\\?xml[^>]*>/, '');
                document.body.append(place);
                const frame = place.querySelector('svg').getBoundingClientRect();
                const texts = [...place.querySelectorAll('text')].filter(text => text.textContent.trim());
                const boxes = texts.map(text => text.getBoundingClientRect());
                const out = texts.filter((_, nth) => boxes[nth].right > frame.right || boxes[nth].left < frame.left || boxes[nth].bottom > frame.bottom);
                const on = [];
                boxes.forEach((one, nth) => boxes.slice(nth + 1).forEach((other, more) => {
                    if (meet(one, other)) on.push(texts[nth].textContent + ' / ' + texts[nth + 1 + more].textContent);
                }));
                all.push({ name, colours: await ink(source), out: out.map(text => text.textContent), on, texts: texts.map(text => text.textContent) });
                place.remove();
            }
            leave(all);
        })().catch(error => leave([{ error: String(error) }]));";
    opened("timelines", &format!("<script>const pictures = {};{script}</script>", literal(&pictures)))
}

#[test]
#[ignore = "needs chromium"]
fn a_browser_draws_the_timelines() {
    let mut incidents: Vec<(String, Incident)> =
        outages().into_iter().map(|(name, incident)| (name.to_owned(), incident)).collect();
    incidents.extend(crate::formats::three().map(|(name, incident)| (name.to_owned(), incident)));
    incidents.push(("nothing".into(), Incident::default()));
    incidents.push(("crowded".into(), crowded(40, 200)));
    // Fonts have all widths for what is not Latin, so only what is usual has to fit without being clipped.
    let usual =
        hostile::PIECES.iter().filter(|piece| piece.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
    incidents.extend(usual.map(|piece| (format!("{piece:?}"), hostile::outage(&piece.repeat(30)))));
    incidents.push(("wide".into(), hostile::outage(&"W".repeat(500))));
    let pictures: Vec<(String, String)> =
        incidents.iter().map(|(name, incident)| (name.clone(), svg::timeline(incident))).collect();
    let seen = looked_at(&pictures);
    let mut wrong = Vec::new();
    for ((name, source), seen) in pictures.iter().zip(seen.as_array().unwrap()) {
        let document = reading::timeline(source);
        let said: Vec<&str> =
            reading::texts(&document).into_iter().filter(|text| !text.trim().is_empty()).collect();
        if seen["texts"] != serde_json::json!(said) || seen["colours"].as_u64() < Some(10) {
            wrong.push(format!("{name}: {seen}"));
        }
        if seen["out"] != serde_json::json!([]) || seen["on"] != serde_json::json!([]) {
            wrong
                .push(format!("{name}: leave the picture {}, lie on each other {}", seen["out"], seen["on"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
