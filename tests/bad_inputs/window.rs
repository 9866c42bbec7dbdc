//! Row 36: windows that nobody could use, and ones that change all the time.

use super::is_whole;
use crate::support::House;
use crate::terminal::{QUIT, Terminal};

const SIZES: [(u16, u16); 8] = [(1, 1), (0, 0), (500, 500), (1, 200), (0, 24), (300, 1), (80, 0), (2, 2)];

#[test]
fn row_36_odd_sizes_do_no_harm_and_usable_again_all_is_drawn() {
    let house = House::new();
    house.done(&["new", "Odd sizes", "--detach"]);
    for size in SIZES {
        // It may begin in one, too.
        let mut room = Terminal::start(&house, &["open"], (80, 24));
        room.shows("● saved 0");
        room.types("half");
        room.resize(size);
        room.types(" a line \u{1b}[5~\u{1b}OS\u{1b}OP\t\t");
        room.resize((80, 24));
        room.shows("▸ Hypotheses");
        room.types("\u{1b}");
        // The prompt has the keys again: a lone Esc is taken a moment after it came.
        room.shows("→ entry · now");
        room.shows("› half a line");
        room.shows("Odd sizes");
        is_whole(&format!("after {size:?}"), &mut room);
        room.types("\u{3}");
        room.shows("what happens?");
        room.types(QUIT);
        assert_eq!(room.ends().exit_code(), 0, "{size:?}");
    }
}

#[test]
fn row_36_a_storm_of_resizes_ends_in_a_whole_screen() {
    let house = House::new();
    house.done(&["new", "Storm", "--detach"]);
    let mut room = Terminal::start(&house, &["open"], (80, 24));
    room.shows("● saved 0");
    room.logs("before the storm", 1);
    room.types("half a line");
    for nth in 0..200 {
        let sizes = [(300, 100), (1, 1), (40, 12), (0, 0), (79, 5), (120, 40)];
        room.resize(sizes[nth % sizes.len()]);
    }
    room.resize((90, 20));
    room.types("!");
    room.shows("› half a line!");
    room.shows("before the storm");
    is_whole("after the storm", &mut room);
    room.types("\r");
    room.shows("● saved 2");
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
}

#[test]
fn row_36_the_list_in_odd_sizes() {
    let house = House::new();
    let mut list = Terminal::start(&house, &[], (80, 24));
    list.shows("No incident yet");
    for size in SIZES {
        list.resize(size);
        list.types("x");
    }
    list.resize((80, 24));
    list.shows("› xxxxxxxx");
    is_whole("the list", &mut list);
    list.types(QUIT);
    assert_eq!(list.ends().exit_code(), 0);
}
