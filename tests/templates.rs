//! Templates: the outlines of the standards, what an own one may do, and that what was typed means there what it says.

pub mod forms;
mod hostile;
mod limits;
pub mod outages;
mod own;
