//! Documents from elsewhere.
mod actions;
<<<<<<< HEAD
mod answers;
=======
mod actions_written;
>>>>>>> c35f28b57e66dcf9784dd889e3b67c99fdbb98a6
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
