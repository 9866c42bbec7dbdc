use super::stage::Stage;
use crossterm::event::KeyCode;

#[test]
fn scratch() {
    let mut stage = Stage::new(100, 40).with_an_outage();
    for tabs in 1..=3 {
        for _ in 0..tabs {
            stage.key(KeyCode::Tab);
        }
        stage.key(KeyCode::Enter);
        println!("{}", stage.draw());
        stage.key(KeyCode::Esc).key(KeyCode::Esc);
    }
    stage.key(KeyCode::Tab).key(KeyCode::Up).key(KeyCode::Enter);
    println!("{}", stage.draw());
    stage.key(KeyCode::Esc).key(KeyCode::Esc);
    stage.types("/undo");
    println!("{}", stage.draw());
    stage.key(KeyCode::Enter);
    println!("{}", stage.draw());
}
