fn main() {
    let b = std::fs::read(std::env::args().nth(1).unwrap()).unwrap();
    let d = warroom::import::decode(&b).unwrap();
    let doc = warroom::import::document::Document::read(&d.lines);
    for b in &doc.blocks {
        println!(
            "{} s{} d{} {:?} c{} g{} | {}",
            b.line, b.section, b.depth, b.kind, b.continues, b.gap, b.text
        );
    }
}
