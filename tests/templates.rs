//! Templates: the outlines of the standards, what an own one may do, and that what was typed means there what it says.

mod forms;
mod hostile;
mod limits;
mod outages;
mod own;
