#!/usr/bin/env bash
# The repository's own OSS server (tests/SkyCompat.Emulators): Alibaba Cloud's object storage, stateful, in memory, every signature verified.
# shellcheck source=lib/server.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/server.sh"
# shellcheck source=lib/emulator.sh
source "$lib/emulator.sh"
port=4444

install_server() { install_emulator; }

start_server() { spawn_emulator; }

# A request without signature is refused, which is an answer too.
answers() { curl -sS -o /dev/null --noproxy '*' --max-time 5 "http://127.0.0.1:$port/" 2>/dev/null; }

serve "$@"
