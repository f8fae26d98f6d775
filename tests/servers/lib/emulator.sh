# shellcheck shell=bash
# shellcheck disable=SC2154 # lib, state, name and port are set by server.sh and the script
# What the scripts of the repository's own emulators share; it is read after server.sh. Each gets a build of
# tests/SkyCompat.Emulators of its own in its state folder, so that building the solution touches nothing that runs.

sources=$(cd "$lib/../../SkyCompat.Emulators" && pwd -P)
readonly sources
readonly build=$state/build
readonly program=$state/build/bin/SkyCompat.Emulators/release/SkyCompat.Emulators.dll

# install_emulator: builds when a source is newer than the last build.
install_emulator() {
  has_commands dotnet || skip "it is built from this repository's sources and no dotnet is on the PATH; install the SDK of global.json"
  [[ ! -e $program || -n $(newer_sources) ]] || return 0
  say "building $sources"
  dotnet build "$sources/SkyCompat.Emulators.csproj" -c Release --artifacts-path "$build" -p:RunAnalyzers=false \
    -nodeReuse:false -v quiet -nologo >"$state/build.log" 2>&1 || { tail -n 20 "$state/build.log" >&2; fail "it does not build (see $state/build.log)"; }
  touch "$program"
}

newer_sources() {
  find "$sources" "$sources/../../Directory.Build.props" "$sources/../../Directory.Packages.props" \
    \( -name bin -o -name obj \) -prune -o -type f -newer "$program" -print -quit
}

# spawn_emulator OPTION…: the emulator of the script's name, on its port.
spawn_emulator() { spawn "$name" dotnet "$program" "$name" --port "$port" "$@"; }
