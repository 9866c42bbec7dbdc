# Logs the commands of this shell while an incident is open: eval "$(warroom shell-init bash)"
if ((BASH_VERSINFO[0] < 5)); then
    echo 'warroom: the hook needs bash 5; nothing is logged' >&2
elif [[ $- == *i* && -z ${__warroom_hook-} ]]; then
    __warroom_hook=1
    __warroom_began='' __warroom_command='' __warroom_folder=''
    __warroom_number='' __warroom_same=''

    # Before each prompt: the command that has ended, where there was one. The status that the prompt sees stays.
    __warroom_ended() {
        local status=$1 now=${EPOCHREALTIME//[!0-9]/} began=$__warroom_began command=$__warroom_command
        local folder=$__warroom_folder line number
        __warroom_began='' __warroom_command='' __warroom_folder=''
        if [[ $began && $command && ${WARROOM_SHELL-} != off ]]; then
            line=$(HISTTIMEFORMAT='' builtin history 1)
            line=${line#"${line%%[0-9]*}"}
            number=${line%%[!0-9]*}
            line=${line#"$number"}
            line=${line:2}
            # A line that the history did not take is not logged either, but for the same one again.
            if [[ $number && ($number != "$__warroom_number" || $command == "$__warroom_same") ]]; then
                (trap '' HUP; command warroom ran --status "$status" --took "$(((now - began) / 1000))" \
                    --folder "$folder" -- "$line" </dev/null >/dev/null 2>&1 &)
            fi
            if [[ $number != "$__warroom_number" ]]; then
                __warroom_number=$number __warroom_same=$command
            fi
        fi
        [[ ${__warroom_armed+yes} ]] || __warroom_arm "$2"
        return "$status"
    }

    # In front of what there is on DEBUG: remembers the first command of a line. It runs for each command, and changes nothing.
    __warroom_arm() {
        local there=$1
        __warroom_armed=''
        # It comes as a call that would set it, quoted for the shell.
        there=${there#"trap -- "}
        there=${there%" DEBUG"}
        eval "there=$there"
        trap '[[ -z $__warroom_began || ${__warroom_command:=$BASH_COMMAND} && ${__warroom_folder:=$PWD} ]]'"${there:+; $there}" DEBUG
    }

    # What was typed last before the hook is no command of it.
    __warroom_number=$(HISTTIMEFORMAT='' builtin history 1)
    __warroom_number=${__warroom_number#"${__warroom_number%%[0-9]*}"}
    __warroom_number=${__warroom_number%%[!0-9]*}
    # Printed when a line was read and before it runs; nothing of it is seen.
    PS0=${PS0-}'${__warroom_hook:0:$((__warroom_began=${EPOCHREALTIME//[!0-9]/}, 0))}'
    # What stands on DEBUG is seen at the prompt only, and asked for at the first one.
    __warroom_call='__warroom_ended "$?" "${__warroom_armed-$(trap -p DEBUG)}"'
    if [[ $(declare -p PROMPT_COMMAND 2>/dev/null) == 'declare -a'* ]]; then
        PROMPT_COMMAND=("$__warroom_call" "${PROMPT_COMMAND[@]}")
    else
        PROMPT_COMMAND=$__warroom_call${PROMPT_COMMAND:+$'\n'$PROMPT_COMMAND}
    fi
    unset __warroom_call
fi
