//! For whoever changes this program: how it hangs together, and how something is added to it. [The floors](crate) come first.
//!
//! - [`key`]: how a key becomes a line on disk
//! - [`command`]: how to add a command of the prompt
//! - [`template`]: how to add a form of the report
//! - [`payload`]: how to add a sender of alerts
//! - [`shape`]: how to teach the importer another way to write a row
//!
//! What is shown as code is run as a test.

#[doc = include_str!("../assets/guide/key.md")]
pub mod key {}

#[doc = include_str!("../assets/guide/command.md")]
pub mod command {}

#[doc = include_str!("../assets/guide/template.md")]
pub mod template {}

#[doc = include_str!("../assets/guide/payload.md")]
pub mod payload {}

#[doc = include_str!("../assets/guide/shape.md")]
pub mod shape {}
