# Completions of pyield for fish: put this into ~/.config/fish/completions/pyield.fish
# What may stand in a place is asked of pyield itself.
function __pyield_files
    # Of what stands behind an option's "=", which stays.
    set -l before (string match -r -- '^--[a-z-]+=' $argv[1])
    set -l piece (string replace -r -- '^--[a-z-]+=' '' $argv[1])
    for file in (complete -C "__fish_command_without_completions $piece")
        printf '%s\n' "$before$file"
    end
end

function __pyield_offers
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    set -l command (string replace -r '^~/' "$HOME/" -- $words[1])
    set -e words[1]
    for offer in ($command completions --offer $words "$word" 2>/dev/null)
        switch $offer
            case :files
                __pyield_files "$word"
            case :programs
                set -l files (__pyield_files "$word")
                string match -r -- '^.*(?:\.py|\.pyw|\.md|\.markdown|\.pyz|\.zip|/)$' $files
                printf '%s\n' $files
            case '*'
                printf '%s\n' $offer
        end
    end
end

complete -c pyield -e
complete -c pyield -k -f -a '(__pyield_offers)'
