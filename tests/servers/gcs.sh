#!/usr/bin/env bash
# The repository's own Cloud Storage server (tests/SkyCompat.Emulators): JSON and XML API, stateful, in memory.
# shellcheck source=lib/server.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/server.sh"
# shellcheck source=lib/emulator.sh
source "$lib/emulator.sh"
port=4443 probe_path=/_emulator/

install_server() { install_emulator; }

# A request without credentials may do everything; one with credentials must have good ones, such as this token.
start_server() { spawn_emulator --anonymous --token emulator; }

serve "$@"
