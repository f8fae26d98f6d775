#!/usr/bin/env bash
# up.sh [NAME…]: starts these test servers, or all; installs what is missing. The README says the rest.
# Exit 1 if one failed, or, with CI=true, if one that was named cannot be had here; 2 for a name that there is not.
set -euo pipefail
# shellcheck source=lib/names.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/names.sh"

skips_fail=0
if [[ ${CI:-} == true ]] && (($#)); then skips_fail=1; fi

failed=0
for name in "${names[@]}"; do
  status=0
  "$servers/$name.sh" up || status=$?
  case $status in
    0) ;;
    69) failed=$((failed | skips_fail)) ;;
    *) failed=1 ;;
  esac
done
exit "$failed"
