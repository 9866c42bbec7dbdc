#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| warroom_fuzz::targets::prompt::any_prompt(bytes));
