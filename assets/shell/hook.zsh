# Logs the commands of this shell while an incident is open: eval "$(warroom shell-init zsh)"
if [[ -o interactive ]] && zmodload zsh/datetime 2>/dev/null; then
    autoload -Uz add-zsh-hook
    typeset -g __warroom_began='' __warroom_line='' __warroom_folder=''

    __warroom_begins() {
        __warroom_began=$EPOCHREALTIME __warroom_line=$1 __warroom_folder=$PWD
    }

    # Before each prompt: the command that has ended, where there was one. The status that the prompt sees stays.
    __warroom_ended() {
        local last=$? began=$__warroom_began
        __warroom_began=''
        if [[ -n $began && ${WARROOM_SHELL-} != off ]]; then
            local -i took=$(((EPOCHREALTIME - began) * 1000))
            (trap '' HUP; command warroom ran --status $last --took $took --folder $__warroom_folder -- $__warroom_line \
                </dev/null >/dev/null 2>&1 &)
        fi
        return $last
    }

    add-zsh-hook preexec __warroom_begins
    add-zsh-hook precmd __warroom_ended
fi
