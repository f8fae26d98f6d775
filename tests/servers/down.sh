#!/usr/bin/env bash
# down.sh [NAME…]: stops these test servers, or all that up.sh started.
set -euo pipefail
# shellcheck source=lib/names.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/names.sh"

failed=0
for name in "${names[@]}"; do
  "$servers/$name.sh" down || failed=1
done
exit "$failed"
