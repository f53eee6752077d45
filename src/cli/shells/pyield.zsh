#compdef pyield
# Completions of pyield for zsh: put this into a directory of $fpath, as _pyield
# What may stand in a place is asked of pyield itself.
_pyield() {
    local line offer files command="${${(Q)words[1]}/#\~\//$HOME/}"
    local -a offers open
    # Nothing of the words is carried out for that.
    for line in "${(@f)$("$command" completions --offer "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}"; do
        offer="${line%%$'\t'*}"
        case "$offer" in
            ('') ;;
            (:files | :programs) files="$offer" ;;
            (*=) open+=("${line/$'\t'/:}") ;;
            (*) [[ "$line" == *$'\t'* ]] && offer="${offer//:/\\:}:${line#*$'\t'}" || offer="${offer//:/\\:}"; offers+=("$offer") ;;
        esac
    done
    (( $#offers )) && _describe -t offers 'pyield' offers
    (( $#open )) && _describe -t offers 'pyield' open -S ''
    [[ -n "$files" && "$PREFIX" == --*=* ]] && compset -P '*='
    case "$files" in
        (:files) _files ;;
        (:programs) _files -g '*.(py|pyw|md|markdown|pyz|zip)(-.)' ;;
    esac
}
_pyield "$@"
