//! Documents from elsewhere.
mod sections;
