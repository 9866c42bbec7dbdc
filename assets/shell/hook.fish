# Logs the commands of this shell while an incident is open: warroom shell-init fish | source
if status is-interactive
    function __warroom_begins --on-event fish_preexec
        set -g __warroom_folder $PWD
    end

    # After each command. The status that the prompt sees stays.
    function __warroom_ended --on-event fish_postexec
        set -l last $status
        set -l took $CMD_DURATION
        if test "$WARROOM_SHELL" != off
            # Behind a shell that goes at once: it is no job of this one, and outlives it.
            command sh -c 'trap "" HUP; "$@" </dev/null >/dev/null 2>&1 &' sh \
                warroom ran --status $last --took $took --folder "$__warroom_folder" -- "$argv[1]"
        end
        return $last
    end
end
