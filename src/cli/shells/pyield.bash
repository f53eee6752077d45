# Completions of pyield for bash: source this, or put it into ~/.local/share/bash-completion/completions/pyield
# What may stand in a place is asked of pyield itself.
_pyield() {
    local line="${COMP_LINE:0:COMP_POINT}" offer ending at=0
    local command="${COMP_WORDS[0]/#\~\//$HOME/}"
    local -a words=() pieces=("${COMP_WORDS[@]:0:COMP_CWORD+1}")
    # Bash makes words of their own of "=" and ":"; here a word is what stands between spaces.
    while (( at <= COMP_CWORD )); do
        if [[ "$line" == [[:space:]]* || ${#words[@]} == 0 ]]; then
            line="${line#"${line%%[![:space:]]*}"}"
            words+=("")
        fi
        if (( at == COMP_CWORD )); then
            words[${#words[@]}-1]+="$line"
        else
            words[${#words[@]}-1]+="${pieces[at]}"
            line="${line#"${pieces[at]}"}"
        fi
        (( at += 1 ))
    done
    local word="${words[${#words[@]}-1]}"
    local piece="${word##*[=:]}"
    local before="${word%"$piece"}" files=""
    COMPREPLY=()
    while IFS=$'\t' read -r offer _; do
        case "$offer" in
            :files | :programs) files="$offer" ;;
            *) COMPREPLY+=("${offer#"$before"}") ;;
        esac
    done < <("$command" completions --offer "${words[@]:1}" 2>/dev/null)
    if [[ "$files" == :programs ]]; then
        for ending in py pyw md markdown pyz zip; do
            while read -r offer; do COMPREPLY+=("$offer"); done < <(compgen -f -X "!*.$ending" -- "$piece")
        done
        while read -r offer; do COMPREPLY+=("$offer"); done < <(compgen -d -- "$piece")
    fi
    if [[ -z "$files" ]]; then
        # No files, then, where nothing is offered.
        compopt +o default 2>/dev/null
        [[ ${#COMPREPLY[@]} == 1 && "${COMPREPLY[0]}" == *= ]] && compopt -o nospace 2>/dev/null
    else
        compopt -o filenames 2>/dev/null
    fi
}
complete -o default -F _pyield pyield
