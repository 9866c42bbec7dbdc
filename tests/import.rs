//! Documents from elsewhere.
mod actions;
mod facts;
mod hypotheses;
mod impact;
mod sections;
mod timeline;
