# fish completion of skyc; made by `skyc completion fish`
function __skyc_complete
    set -l line (commandline -cp | string replace -r '^\s*\S+\s*' '')
    skyc "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
end
complete -c skyc -a '(__skyc_complete)'
