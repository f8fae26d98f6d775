# bash completion of skyc; made by `skyc completion bash`
_skyc() {
  local line="${COMP_LINE:0:COMP_POINT}" token fixed candidate
  line="${line#*[[:space:]]}"
  token="${line##*[[:space:]]}"
  # Readline begins a new word at these characters, so what is before them must not be repeated.
  fixed="${token%"${token##*[:@=]}"}"
  COMPREPLY=()
  while IFS= read -r candidate; do
    [[ $candidate == "$token"* ]] || continue
    [[ $candidate == -* && $token != -* ]] && continue
    COMPREPLY+=("${candidate#"$fixed"}")
  done < <(skyc "[suggest:${#line}]" "$line" 2>/dev/null)
  # Files too, but not where an option has a choice of words.
  if ((COMP_CWORD > 1)) && [[ $token != -* && $token != *[:@]* ]] && ! { ((${#COMPREPLY[@]})) && [[ ${COMP_WORDS[COMP_CWORD - 1]} == --* ]]; }; then
    while IFS= read -r candidate; do COMPREPLY+=("$candidate"); done < <(compgen -f -- "$token")
    compopt -o filenames 2>/dev/null
  fi
  if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[:/] ]]; then compopt -o nospace 2>/dev/null; fi
}
complete -F _skyc skyc
