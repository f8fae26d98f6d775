# shellcheck shell=bash
# The servers asked for, in `names`: the arguments, or every script of the parent folder but up.sh and down.sh.
servers=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
readonly servers

known=()
for script in "$servers"/*.sh; do
  script=$(basename "$script" .sh)
  [[ $script == up || $script == down ]] || known+=("$script")
done

names=("$@")
((${#names[@]})) || names=("${known[@]}")
for asked in "${names[@]}"; do
  [[ " ${known[*]} " == *" $asked "* ]] || { echo "there is no server '$asked', only: ${known[*]}" >&2; exit 2; }
done
