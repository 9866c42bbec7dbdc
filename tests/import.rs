//! Documents from elsewhere.
mod hypotheses;
mod sections;
mod timeline;
