//! Documents from elsewhere.
mod clock;
mod decode;
mod document;
mod hypotheses;
mod limits;
mod milestones;
mod sections;
mod timeline;
