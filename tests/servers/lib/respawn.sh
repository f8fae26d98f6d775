#!/usr/bin/env bash
# respawn.sh COMMAND…: runs COMMAND, and runs it again whenever a signal ended it, a failed assertion's included.
# An exit of its own accord (a wrong option, a taken port) would only repeat itself, so that ends this script too.
set -uo pipefail

child=
trap 'kill "$child" 2>/dev/null; wait; exit 0' TERM

while true; do
  # However this script ends, even by SIGKILL, the kernel then ends the child.
  setpriv --pdeathsig KILL "$@" &
  child=$!
  wait "$child"
  status=$?
  ((status > 128)) || exit "$status"
  echo "$(date -Is) ended by signal $((status - 128)); starting it again"
  sleep 1
done
