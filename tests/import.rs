//! Documents from elsewhere.
mod sections;
mod hypotheses;
