//! SCAFFOLD
use std::path::Path;
/// x
pub struct Exit {
    /// x
    pub code: u8,
    /// x
    pub message: Option<String>,
}
/// x
pub fn run(
    _: crate::session::Session,
    _: std::sync::Arc<tokio::sync::Notify>,
    _: &Path,
) -> anyhow::Result<Exit> {
    anyhow::bail!("none")
}
