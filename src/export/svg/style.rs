//! How the picture looks: its colours, light and dark, and its textures, which tell apart what colours cannot in black and
//! white.
//!
//! Each colour stands twice in a rule: once as it is, for programs that know no custom properties, and once as a property
//! that a page around the picture may set.

/// The colours as custom properties: light, dark where the reader prefers that, and light on paper.
pub const PALETTE: &str = "\
:root{--wr-paper:#ffffff;--wr-ink:#1f2328;--wr-quiet:#57606a;--wr-line:#d0d7de;--wr-detect:#9a5b00;\
--wr-diagnose:#0a5fc2;--wr-fix:#7a3fc4;--wr-recover:#1a6f37;--wr-out:#a8262f;--wr-found:#1a6f37}
@media screen and (prefers-color-scheme:dark){:root{--wr-paper:#0d1117;--wr-ink:#e6edf3;--wr-quiet:#9da7b3;\
--wr-line:#3d444d;--wr-detect:#e3a13a;--wr-diagnose:#6cb0ff;--wr-fix:#c29bff;--wr-recover:#56d374;--wr-out:#ff8a83;\
--wr-found:#56d374}}
";

/// The rules that use them. A page that embeds the picture needs both.
pub const RULES: &str = "\
.wr{max-width:100%;height:auto;font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',Helvetica,Arial,sans-serif;font-size:13px;background:#ffffff;background:var(--wr-paper,#ffffff)}
.wr text{fill:#1f2328;fill:var(--wr-ink,#1f2328)}
.wr .wr-title{font-size:20px;font-weight:600}
.wr .wr-name{font-weight:600}
.wr .wr-quiet{font-size:12px;fill:#57606a;fill:var(--wr-quiet,#57606a)}
.wr .wr-number{font-size:11px;font-weight:600;text-anchor:middle}
.wr .wr-end{text-anchor:end}
.wr .wr-mid{text-anchor:middle}
.wr .wr-halo{paint-order:stroke;stroke:#ffffff;stroke:var(--wr-paper,#ffffff);stroke-width:4px;stroke-linejoin:round}
.wr .wr-paper{fill:#ffffff;fill:var(--wr-paper,#ffffff)}
.wr .wr-grid{stroke:#d0d7de;stroke:var(--wr-line,#d0d7de);stroke-width:1;fill:none}
.wr .wr-rule{stroke:#57606a;stroke:var(--wr-quiet,#57606a);stroke-width:1;fill:none}
.wr .wr-ink{fill:#1f2328;fill:var(--wr-ink,#1f2328)}
.wr .wr-mark{fill:none;stroke:#1f2328;stroke:var(--wr-ink,#1f2328);stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.wr .wr-ring{fill:#ffffff;fill:var(--wr-paper,#ffffff);stroke:#1f2328;stroke:var(--wr-ink,#1f2328);stroke-width:1.5}
.wr .wr-detect{color:#9a5b00;color:var(--wr-detect,#9a5b00)}
.wr .wr-diagnose{color:#0a5fc2;color:var(--wr-diagnose,#0a5fc2)}
.wr .wr-fix{color:#7a3fc4;color:var(--wr-fix,#7a3fc4)}
.wr .wr-recover{color:#1a6f37;color:var(--wr-recover,#1a6f37)}
.wr .wr-several{color:#57606a;color:var(--wr-quiet,#57606a)}
.wr .wr-out{color:#a8262f;color:var(--wr-out,#a8262f)}
.wr .wr-found{color:#1a6f37;color:var(--wr-found,#1a6f37)}
.wr .wr-unsettled{color:#57606a;color:var(--wr-quiet,#57606a)}
.wr .wr-tint{fill:currentColor;fill-opacity:.16;stroke:none}
.wr .wr-full{fill:currentColor;stroke:currentColor;stroke-width:1.5}
.wr .wr-edge{fill:none;stroke:currentColor;stroke-width:1.5}
.wr .wr-dashed{stroke-dasharray:5 3}
";

/// The textures: drawn in the colour of what they fill.
pub(super) fn textures() -> String {
    let mut out = String::new();
    for class in ["detect", "diagnose", "fix", "recover", "several", "out", "found", "unsettled"] {
        let (size, drawn) = match class {
            "detect" => (8, r#"<circle cx="2" cy="2" r="1.3"/><circle cx="6" cy="6" r="1.3"/>"#),
            "diagnose" | "out" => {
                (8, r#"<path d="M-2 2L2-2M0 8L8 0M6 10L10 6" stroke="currentColor" stroke-width="1.6"/>"#)
            }
            "fix" => (8, r#"<path d="M0 0L8 8M8 0L0 8" stroke="currentColor" stroke-width="1.3"/>"#),
            "recover" => (6, r#"<path d="M0 3H6" stroke="currentColor" stroke-width="1.6"/>"#),
            "several" => (8, r#"<path d="M4 0V8" stroke="currentColor" stroke-width="1.2"/>"#),
            "found" => (4, r#"<rect width="4" height="4"/>"#),
            _ => (8, r#"<circle cx="4" cy="4" r="1"/>"#),
        };
        out.push_str(&format!(
            "<pattern id=\"wr-t-{class}\" class=\"wr-{class}\" width=\"{size}\" height=\"{size}\" \
             patternUnits=\"userSpaceOnUse\"><g fill=\"currentColor\">{drawn}</g></pattern>\n"
        ));
    }
    out
}
