#compdef skyc
# zsh completion of skyc; made by `skyc completion zsh`
_skyc() {
  local line="${(j: :)words[2,CURRENT]}"
  local -a candidates open closed
  candidates=("${(@f)$(skyc "[suggest:${#line}]" "$line" 2>/dev/null)}")
  [[ $PREFIX == -* ]] || candidates=("${(@)candidates:#-*}")
  open=("${(@M)candidates:#*[:/]}")
  closed=("${(@)candidates:#*[:/]}")
  ((${#open})) && compadd -S '' -a open
  ((${#closed})) && compadd -a closed
  ((CURRENT > 2)) && _files
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _skyc "$@"; else compdef _skyc skyc; fi
