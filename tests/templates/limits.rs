//! Limits of templates: what a hostile one cannot do, each a row of the list of bad inputs, and what an honest one needs.

use warroom::export::templates::{self, TemplateError};
use warroom::model::{Entry, Incident};

use super::forms::report;
use super::outages;

fn error(source: &str) -> TemplateError {
    let given = templates::render(source, &outages::over());
    assert!(given.is_err(), "{source:?} gives {:?}", given.map(|text| text.len()));
    given.unwrap_err()
}

fn said(source: &str) -> String {
    let error = error(source);
    assert!(!error.hint.is_empty());
    error.to_string()
}

#[test]
fn row_103_nested_loops_run_out_of_steps() {
    let ten = "[0,1,2,3,4,5,6,7,8,9]";
    let open = |n: usize| format!("{{% for v{n} in {ten} %}}");
    let source = (0..10).map(open).collect::<String>() + &"{% endfor %}".repeat(10);
    assert!(said(&source).contains("more steps than a report can need"), "{}", said(&source));
    assert!(error("{% for i in range(100000) %}{% endfor %}").message.contains("range"));
}

#[test]
fn row_104_there_is_no_filter_that_takes_a_width() {
    for source in [
        "{{ \"%2000000000d\" | format(1) }}",
        "{{ 1 | center(2000000000) }}",
        "{{ \"x\" | indent(2000000000) }}",
        "{{ [1] | batch(2000000000, 0) }}",
        "{{ [1] | slice(2000000000) }}",
        "{{ 1 | round(2000000000) }}",
        "{{ \"x\" | replace(\"\", \"yy\") }}",
        "{{ 1 | pprint }}",
        "{{ \"**x**\" | safe }}",
    ] {
        assert!(said(source).starts_with("line 1: "), "{}", said(source));
        assert!(said(source).contains("filter"), "{}", said(source));
    }
}

#[test]
fn row_105_nothing_comes_from_elsewhere() {
    for tag in ["include", "extends"] {
        for file in ["/etc/passwd", "../default.md", "default", "default.md"] {
            let words = said(&format!("a\n{{% {tag} \"{file}\" %}}"));
            assert!(words.starts_with("line 2: ") && words.contains("there is no other template"), "{words}");
        }
    }
    assert!(said("{% import \"x\" as y %}{{ y.z }}").contains("there is no other template"));
    assert!(error("{% include \"x\" %}").hint.contains("one file"));
}

#[test]
fn row_106_what_lies_too_deep_is_refused() {
    let itself = "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}";
    assert!(said(itself).contains("recursion limit"), "{}", said(itself));
    let two = "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}";
    assert!(said(two).contains("recursion limit") || said(two).contains("there is no"), "{}", said(two));
    let parentheses = format!("{{{{ {}1{} }}}}", "(".repeat(3_000), ")".repeat(3_000));
    assert!(said(&parentheses).contains("recursion limit"), "{}", said(&parentheses));
    let loops = "{% for a in [1] %}".repeat(1_000) + &"{% endfor %}".repeat(1_000);
    assert!(said(&loops).contains("recursion limit"), "{}", said(&loops));
}

#[test]
fn row_107_an_entry_with_a_template_in_it_is_text() {
    let mut incident = outages::over();
    for text in ["{{ 123*457 }}", "{% for x in y %}", "{# gone #}", "{{ outline.cause }}"] {
        incident.timeline.iter_mut().next().unwrap().text = text.into();
        incident.summary = Some(text.into());
        for built_in in templates::BUILT_IN {
            let report = report(built_in.name, &incident).replace('\\', "");
            assert!(!report.contains("56211"), "{report}");
        }
        assert!(report("google-sre", &incident).replace('\\', "").contains(text), "{text}");
    }
}

#[test]
fn texts_cannot_be_doubled_until_the_memory_is_full() {
    let doubled = |row: &str| format!("{{% set x = \"xxxxxxxxxx\" %}}\n{}", format!("{row}\n").repeat(60));
    for (row, sign) in
        [("{% set x = x ~ x %}", "`~`"), ("{% set x = x + x %}", "`+`"), ("{% set x = x * 1000 %}", "`*`")]
    {
        let words = said(&doubled(row));
        assert!(words.starts_with("line 2: ") && words.contains(sign), "{words}");
    }
    for row in ["{% set x = [x, x] | join %}", "{% set x %}{{ x }}{{ x }}{% endset %}"] {
        assert!(said(&doubled(row)).contains("more text than a report can have"), "{}", said(&doubled(row)));
    }
    // A number may be added; a sign in a text, in a remark or outside of tags is none.
    let fine = "{{ 1 + incident.severity }} {{ incident.severity + 1 }} {{ \"~+*\" }} {# ~ #} ~ + *{% raw %}{{ a ~ b }}{% endraw %}";
    assert!(templates::render(fine, &outages::over()).unwrap().starts_with("3 3 "));
}

#[test]
fn a_report_has_an_end() {
    let long = "x".repeat(60_000);
    let source = format!(
        "{{% for a in incident.timeline %}}{{% for b in incident.timeline %}}{long}{{% endfor %}}{{% endfor %}}"
    );
    assert!(said(&source).contains("more text than a report can have"), "{}", said(&source));
    // Text that is kept for later is not printed: there, long text and loops do not go together.
    for (open, close) in [
        ("{% set y %}", "{% endset %}"),
        ("{% set y | default(x=1) %}", "{% endset %}"),
        ("{% macro y() %}", "{% endmacro %}"),
        ("{% filter upper %}", "{% endfilter %}"),
        ("{% block y %}", "{% endblock %}"),
        ("{% for e in [] recursive %}", "{% endfor %}"),
    ] {
        let source = format!("\n{open}{long}{close}");
        assert!(said(&source).starts_with("line 2: over 1000 bytes"), "{open}: {}", said(&source));
    }
    let short =
        "{% macro y(z) %}**{{ z }}**{% endmacro %}{% set q %}{{ y(incident.title) }}!{% endset %}{{ q }}";
    assert_eq!(templates::render(short, &outages::over()).unwrap(), "**Checkout answers slowly**!\n");
    assert!(said(&"x".repeat(100_000)).contains("64 KiB"));
}

#[test]
fn a_misspelt_name_is_named_with_its_line() {
    for (source, line, name) in [
        ("a\n\n{{ outline.sumary }}", 3, "outline.sumary"),
        ("{{ incidnet.title }}", 1, "incidnet"),
        ("a\n{% if outline.sumary %}{% endif %}", 2, "outline.sumary"),
        ("{{ incident.impact.txt }}", 1, "incident.impact.txt"),
        ("a\n{% for x in incident.actoins %}{% endfor %}", 2, "incident.actoins"),
        ("{{ incident.title | uper }}", 1, "uper"),
        ("{{ nte(\"x\") }}", 1, "nte"),
    ] {
        let words = said(source);
        assert!(words.starts_with(&format!("line {line}: ")) && words.contains(name), "{source}: {words}");
    }
    for source in ["{{ incident.title", "{% if %}", "{% for x %}{% endfor %}", "{% endif %}"] {
        assert!(said(source).starts_with("line 1: "), "{}", said(source));
    }
}

/// An incident with this many entries.
fn with_entries(count: usize) -> Incident {
    let mut incident = outages::over();
    let entry = incident.timeline[0].clone();
    incident.timeline = (0..count)
        .map(|n| Entry {
            text: format!("line {n} of the log, *as it came* | with marks").into(),
            ..entry.clone()
        })
        .collect();
    incident
}

#[test]
fn a_report_may_be_as_long_as_all_of_the_record_allows() {
    let mut incident = with_entries(1);
    // Over what every template may make, and none of it is an entry.
    incident.summary = Some("as it came ".repeat(100_000).into());
    let source = "{% for i in [0,1,2,3,4,5] %}{{ incident.summary }}\n{% endfor %}";
    assert!(templates::render(source, &incident).unwrap().len() > 6_000_000);
    let source = "{% for i in [0,1,2,3,4,5,6,7,8,9,10,11] %}{{ incident.summary }}\n{% endfor %}";
    assert!(templates::render(source, &incident).unwrap_err().message.contains("more text"));
}

#[test]
fn ten_thousand_entries_pass_and_take_steps_in_proportion() {
    for built_in in templates::BUILT_IN {
        let steps = |count| templates::rendered(built_in.source, &with_entries(count)).unwrap().steps;
        let (some, many) = (steps(300), steps(3_000));
        assert!(many <= some * 11, "{}: {some} steps for 300, {many} for 3,000", built_in.name);
    }
    for name in ["default", "google-sre", "kehoe"] {
        assert!(report(name, &with_entries(10_000)).contains("line 9999 of the log"), "{name}");
    }
    let own = "{% for e in incident.timeline %}{% if e.key %}* {% endif %}{{ e.at | when }} {{ e.text | first_sentence }}\n{% endfor %}";
    assert!(templates::render(own, &with_entries(10_000)).unwrap().lines().count() == 10_000);
}
