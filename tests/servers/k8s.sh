#!/usr/bin/env bash
# Kubernetes 1.20 with one real node that runs real pods, built from Debian's own source package: an old API server on
# purpose, so that what newer ones took away or added is chosen by asking. `k8s2.sh` is a second one beside it.
# shellcheck source=lib/server.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/server.sh"
port=16443
# shellcheck source=k8s/cluster.sh
source "$(dirname "${BASH_SOURCE[0]}")/k8s/cluster.sh"

serve_cluster "$@"
