//! Documents from elsewhere.
mod actions;
mod actions_written;
mod answers;
mod causes;
mod clock;
mod decode;
mod document;
mod facts;
mod field;
mod hypotheses;
mod impact;
mod limits;
mod milestones;
mod sections;
mod timeline;
mod verdicts;
mod wording;
