//! Incidents out of documents from elsewhere, exported and imported again: what an entry said in its own words gets no row.

use super::{imported, reading, report, told};

/// Shapes of documents from elsewhere: milestones and hypotheses in the words of their entries, or on no row at all.
const DOCUMENTS: [&str; 10] = [
    "# Mail is late\n\nDate: 2024-05-17\n\nTime zone: UTC\n\n## Timeline\n\n- 09:02 Mail queue grows\n- 09:10 Paged Rui\n\
     - 09:20 We suspect the spam filter\n- 09:41 Spam filter ruled out\n- 09:45 The relay is suspected\n\
     - 10:02 Confirmed: the relay is full\n- 10:20 Resolved\n",
    "# Search times out\n\n**Started:** 2024-02-03 11:00 UTC\n**Resolved:** 2024-02-03 12:30 UTC\n\n## Timeline\n\n\
     | Time | What |\n|---|---|\n| 11:05 UTC | First ticket |\n| 11:20 UTC | Suspected: shard 4 |\n\
     | 11:44 UTC | Shard 4 was not the cause |\n| 12:30 UTC | All clear |\n\n## Root cause\n\nA merge filled the disk.\n",
    "# Prints fail\n\nAll times CET. 2024-01-09.\n\n## Summary\n\nPrinting failed for 30% of users.\n\n## Timeline\n\n\
     1. **14:00** Driver rolled out\n2. **14:12** Alert: spool is full\n3. **14:12** Hypothesis: the new driver\n\
     4. **14:30** Mitigated by rollback\n5. **15:10** Closed\n\n## Action items\n\n- Test drivers (owner Kim, by 2024-02-01)\n",
    "# Doors stay shut\n\n## Timeline (2024-07-07, UTC)\n\n- 06:00 Badge readers offline\n- 06:30 Network ruled out\n\
     - 06:31 Checked power, all clear\n- 07:00 Certificate had expired\n- 07:20 Fixed\n\n## What we suspected\n\n\
     - Power supply: ruled out\n- Certificate: confirmed\n",
    "# Beacon lost\n\nOn 2024-03-03 the beacon was down from 10:00 to 11:00 UTC. We blamed the antenna, which was fine.\n",
    "# Lifts halt\n\nTime zone: Europe/Berlin\n\n### 2024-10-26\n\n- 23:50 Lift 2 halts between floors\n- 23:58 Anna paged\n\n\
     ### 2024-10-27\n\n- 00:10 Suspect: door sensor\n- 00:31 Door sensor ruled out, it reports closed\n- 00:40 Power restored\n",
    "# Heating cold\n\n2023-12-01, all times UTC\n\n## 05:10 Boiler off\n\nThe caretaker called.\n\n## 05:30 Thermostat suspected\n\n\
     ## 06:00 Resolved\n\nA valve was stuck.\n\n## Action items\n\n| What | Who | Due |\n|---|---|---|\n| Oil the valve | Jo | 2024-01-05 |\n",
    "# Maps empty\n\n## Timeline (2024-04-04)\n\n<ul><li>9:02 AM Tiles are gray</li><li>9:20 AM Rolled back</li></ul>\n\n\
     ## Lessons\n\nWhat went well: the rollback.\n",
    "# Kiosk reboots\n\n- **Start:** 2024-08-08 08:00 UTC\n- **End:** 2024-08-08 09:00 UTC\n\n## Timeline\n\n- 08:00 First reboot\n\
     - 08:05 Several kiosks reboot\n  - floor 2\n  - floor 3\n- 08:20 Hypothesis: fan\n- 08:50 Confirmed: it is the fan\n\n\
     ## Root cause\n\nDust in the fan.\n\n## Resolution\n\nThe fan was cleaned.\n",
    "# Gate shut\n\nThe gate stayed shut for an hour. Nobody wrote down when.\n\n## Root cause\n\nA relay failed.\n\n\
     ## Resolution\n\nThe relay was replaced.\n\n## Actions\n\n- [x] Replace the relay\n- [ ] Keep a spare (owner: Uli)\n",
];

#[test]
fn an_incident_from_elsewhere_comes_back_from_its_report() {
    for document in DOCUMENTS {
        let incident = imported(reading(document));
        let first = report(&incident);
        let back = imported(reading(&first));
        let (mut was, mut is) = (told(&incident), told(&back));
        for value in [&mut was, &mut is] {
            // Which of two entries at one time it was that said so, the report does not tell.
            for entry in value["timeline"].as_array_mut().unwrap() {
                entry["milestone"] = serde_json::Value::Null;
            }
            // Nor blank lines.
            for note in value["notes"].as_array_mut().unwrap() {
                note["text"] = note["text"].as_str().unwrap().replace("\n\n", "\n").into();
            }
        }
        assert_eq!(is, was, "{document}\n{first}");
        assert_eq!(report(&back), first, "{document}");
    }
}
