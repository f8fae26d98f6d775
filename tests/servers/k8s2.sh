#!/usr/bin/env bash
# A second cluster like `k8s.sh`'s, for tests that need two clouds with a cluster each.
# shellcheck source=lib/server.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/server.sh"
port=16543
# shellcheck source=k8s/cluster.sh
source "$(dirname "${BASH_SOURCE[0]}")/k8s/cluster.sh"

serve_cluster "$@"
