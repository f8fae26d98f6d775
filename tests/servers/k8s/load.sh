#!/usr/bin/env bash
# load.sh SERVER FILE.tar…: gives a running cluster's node more images; SERVER is k8s or k8s2. They are gone with its next start.
set -euo pipefail
states=${SKYCOMPAT_SERVERS:-${XDG_CACHE_HOME:-${HOME:?}/.cache}/skycompat/servers}
holder=$(<"$states/${1:?}/run/node1/holder")
shift
for archive; do
  nsenter -t "$holder" --net --mount --pid --uts --ipc -- ctr --address /run/containerd/containerd.sock -n k8s.io images import "$(realpath "$archive")"
done
