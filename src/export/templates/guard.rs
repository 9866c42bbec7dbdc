//! What a template may not say: the operators that make a text out of texts. The engine counts steps, and a dozen steps of
//! `x ~ x` fill the memory; filters that do the same are made here and mind a limit.

use minijinja::machinery::{Span, Token, tokenize};

use super::{Place, TemplateError};

/// The most bytes that a template has.
const LONGEST: usize = 64 << 10;

/// The most bytes of plain text between two tags of a template that keeps text for later (macros, `set` blocks): such text
/// does not go through the limit of what is printed, only through that of steps.
const LONGEST_KEPT: usize = 1_000;

/// Finds the first thing in a template that it may not do.
///
/// # Errors
/// Names it, and where it stands. What the engine itself refuses is left to the engine.
pub(super) fn refuse(source: &str) -> Result<(), TemplateError> {
    if source.len() > LONGEST {
        return Err(TemplateError::whole(
            format!("it has over {} KiB", LONGEST >> 10),
            "a template is a page of headings with the names of what goes under them",
        ));
    }
    // What cannot be read any further, the engine refuses with better words.
    let tokens: Vec<_> = tokenize(source, false, super::engine::syntax()).map_while(Result::ok).collect();
    let keeps = keeps_text(&tokens);
    for (at, (token, span)) in tokens.iter().enumerate() {
        let number = |at: Option<usize>| {
            let token = at.and_then(|at| tokens.get(at)).map(|(token, _)| token);
            matches!(token, Some(Token::Int(_) | Token::Int128(_) | Token::Float(_)))
        };
        let place = |what: &str| Some(Place { line: usize::from(span.start_line), what: what.into() });
        let (sign, hint) = match token {
            Token::TemplateData(text) if keeps && text.len() > LONGEST_KEPT => {
                let message =
                    format!("over {LONGEST_KEPT} bytes of text between two tags, and a macro or a block");
                let hint = "write long text in a template without macro, call, filter, block and set blocks";
                return Err(TemplateError { message, place: place(""), hint: hint.into() });
            }
            Token::Tilde => ("~", "write one after the other, {{ a }} {{ b }}, or use [a, b] | join(\" \")"),
            Token::Mul => ("*", "templates do not multiply"),
            Token::Pow => ("**", "templates do not multiply"),
            Token::Plus if !number(at.checked_sub(1)) && !number(at.checked_add(1)) => {
                ("+", "only a number can be added, as in x + 1; texts: [a, b] | join(\" \")")
            }
            _ => continue,
        };
        let message = format!("`{sign}` is not allowed here");
        return Err(TemplateError { message, place: place(sign), hint: hint.into() });
    }
    Ok(())
}

/// Whether a template has a tag whose text is kept instead of printed at once.
fn keeps_text(tokens: &[(Token<'_>, Span)]) -> bool {
    let tags = tokens.split(|(token, _)| matches!(token, Token::BlockStart)).skip(1);
    let mut tags =
        tags.map(|tag| tag.split(|(token, _)| matches!(token, Token::BlockEnd)).next().unwrap_or_default());
    tags.any(|tag| {
        match tag.first() {
            Some((Token::Ident("macro" | "call" | "filter" | "block"), _)) => true,
            // `set x | f(a=1)` keeps as well
            Some((Token::Ident("set"), _)) => {
                let mut name =
                    tag.iter().take_while(|(token, _)| !matches!(token, Token::Pipe | Token::ParenOpen));
                !name.any(|(token, _)| matches!(token, Token::Assign))
            }
            Some((Token::Ident("for"), _)) => {
                tag.iter().any(|(token, _)| matches!(token, Token::Ident("recursive")))
            }
            _ => false,
        }
    })
}
