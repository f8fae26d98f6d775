#!/usr/bin/env bash
# The OSS emulator of this repository: Alibaba Cloud's object storage, in memory, with signatures of version 4 verified.
# shellcheck source=lib/server.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/server.sh"
port=4444
emulators=$(cd "$lib/../../SkyCompat.Emulators" && pwd -P)
program=$emulators/bin/Release/net10.0/SkyCompat.Emulators

install_server() {
  [[ -x $program ]] && return
  has_commands dotnet || skip "there is no dotnet to build it with; install the .NET 10 SDK"
  dotnet build "$emulators" -c Release -v quiet -clp:NoSummary >"$state/build.log" 2>&1 || fail "it does not build; see $state/build.log"
}

# Whoever signs nothing is refused, which is an answer.
answers() { curl -sS -o /dev/null --noproxy '*' --max-time 5 "http://127.0.0.1:$port/" 2>/dev/null; }

start_server() { spawn oss "$program" oss --port "$port"; }

serve "$@"
