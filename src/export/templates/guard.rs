//! What a template may not say: the operators that make a text out of texts. The engine counts steps, and a dozen steps of
//! `x ~ x` fill the memory; filters that do the same are made here and mind a limit.

use minijinja::machinery::{Token, tokenize};

use super::{Place, TemplateError};

/// The most bytes that a template has.
const LONGEST: usize = 64 << 10;

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
    for (at, (token, span)) in tokens.iter().enumerate() {
        let number = |at: Option<usize>| {
            let token = at.and_then(|at| tokens.get(at)).map(|(token, _)| token);
            matches!(token, Some(Token::Int(_) | Token::Int128(_) | Token::Float(_)))
        };
        let (sign, hint) = match token {
            Token::Tilde => ("~", "write one after the other, {{ a }} {{ b }}, or use [a, b] | join(\" \")"),
            Token::Mul => ("*", "templates do not multiply"),
            Token::Pow => ("**", "templates do not multiply"),
            Token::Plus if !number(at.checked_sub(1)) && !number(at.checked_add(1)) => {
                ("+", "only a number can be added, as in x + 1; texts: [a, b] | join(\" \")")
            }
            _ => continue,
        };
        let place = Place { line: usize::from(span.start_line), what: sign.into() };
        return Err(TemplateError {
            message: format!("`{sign}` is not allowed here"),
            place: Some(place),
            hint: hint.into(),
        });
    }
    Ok(())
}
