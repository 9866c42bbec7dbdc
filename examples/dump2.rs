fn main() {
    use warroom::import::document::label;
    use warroom::import::sections::Topic;
    for t in ["Preventive measures must contain:", "Root cause must contain:"] {
        println!("{:?} {:?} {:?}", label(t), Topic::all(t), Topic::label(t));
    }
}
