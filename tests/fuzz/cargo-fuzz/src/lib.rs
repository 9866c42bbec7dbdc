//! The targets of `tests/fuzz`, and the scene that they play in, for cargo-fuzz.

#[path = "../../../scene.rs"]
pub mod scene;
#[path = "../../targets/mod.rs"]
pub mod targets;
