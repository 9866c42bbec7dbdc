//! What lies over the panes and is laid out for the width: the report beside what it lacks, and the phases.

use crossterm::event::KeyCode;

use super::stage::Stage;

#[test]
fn the_report_in_three_sizes() {
    for (columns, rows) in [(80, 24), (120, 40), (50, 20)] {
        let mut stage = Stage::new(columns, rows).with_an_outage();
        stage.key(KeyCode::F(4));
        insta::assert_snapshot!(format!("report_{columns}x{rows}"), stage.draw());
    }
}

#[test]
fn the_phases_in_three_sizes() {
    for (columns, rows) in [(80, 24), (120, 40), (50, 20)] {
        let mut stage = Stage::new(columns, rows).with_an_outage();
        stage.key(KeyCode::F(2));
        insta::assert_snapshot!(format!("phases_{columns}x{rows}"), stage.draw());
    }
}
