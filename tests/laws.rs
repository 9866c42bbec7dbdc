//! Laws of the ledger and of the fold: what holds whatever is typed, by whom, and in which order it arrives.

mod clock;
mod disputes;
mod histories;
mod incident;
mod machines;
mod purges;
mod records;
mod replays;
mod shapes;
mod undo;
