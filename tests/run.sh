#!/usr/bin/env bash
# run.sh [OPTION…]: starts the test servers, builds the solution in Release, runs every test project, and stops the
# servers that it started. Options go to each test executable: tests/run.sh --filter-class '*ByteRangeTests'.
# The last line is "N passed, N failed, N skipped". Exit 0 only if everything built, every server that can be had
# started, at least one test passed and none failed.
#
# SKYCOMPAT_TEST_TIMEOUT  how long one test project may take, default 25m
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
work=$(mktemp -d)
started=()
passed=0 failed=0 skipped=0
broken=0 # something besides a test went wrong

phase() { printf '\n== %s\n' "$*"; }

complain() {
  echo "run.sh: $*" >&2
  broken=1
}

# finish: whatever happened, what was started is stopped and the counts are the last thing printed.
finish() {
  local status=$?
  trap - EXIT
  trap '' INT TERM
  stop_servers
  ((status == 0)) || broken=1
  if ((passed == 0)); then complain "no test passed"; fi
  repeat_failures
  rm -rf "$work"
  printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  exit $((failed > 0 || broken ? 1 : 0))
}

# repeat_failures: each failed test with the start of its message once more, where a reader of a long log looks first.
repeat_failures() {
  ((failed)) || return 0
  phase "failed tests"
  grep -ah -A 12 '^failed ' "$work"/*.log | cut -c 1-400 | head -n 120 || true
}

start_servers() {
  phase "test servers"
  local status=0
  tests/servers/up.sh | tee "$work/servers" || status=$?
  ((status == 0)) || complain "a test server did not start; the tests that need it are skipped"
}

# stop_servers: those that up.sh reported as "NAME ready …"; one that was "already up" belongs to somebody else.
stop_servers() {
  [[ -s $work/servers ]] || return 0
  mapfile -t started < <(sed -n 's/^\([a-z0-9-]*\) ready .*/\1/p' "$work/servers")
  ((${#started[@]})) || return 0
  phase "stopping ${started[*]}"
  tests/servers/down.sh "${started[@]}" || complain "a test server did not stop"
}

build() {
  phase "build"
  dotnet build SkyCompat.sln -c Release -v minimal -clp:NoSummary
}

# add_counts REPORT: from the attributes of its assembly element, which stands at the very start of one long line.
add_counts() {
  local element name
  local -A count=()
  element=$(head -c 4096 "$1" | grep -o '<assembly [^>]*>') || element=
  for name in passed failed errors skipped; do
    [[ $element =~ \ $name=\"([0-9]+)\" ]] || return 1
    count[$name]=${BASH_REMATCH[1]}
  done
  passed=$((passed + count[passed]))
  failed=$((failed + count[failed] + count[errors]))
  skipped=$((skipped + count[skipped]))
}

run_tests() {
  local project name status
  for project in tests/*.Tests/*.csproj; do
    name=$(basename "$project" .csproj)
    phase "$name"
    status=0
    timeout --foreground --kill-after=30s "${SKYCOMPAT_TEST_TIMEOUT:-25m}" \
      "tests/$name/bin/Release/net10.0/$name" --progress off --no-ansi \
      --results-directory "$work" --report-xunit-xml --report-xunit-xml-filename "$name.xml" "$@" 2>&1 | tee "$work/$name.log" || status=$?
    # 2: a test failed, which is counted. 8: no test ran, as when a filter names a class of another project.
    case $status in
      0 | 2) add_counts "$work/$name.xml" || complain "$name left no report" ;;
      8) (($#)) || complain "$name ran no test" ;;
      124 | 137) complain "$name was killed, or took longer than ${SKYCOMPAT_TEST_TIMEOUT:-25m}" ;;
      *)
        add_counts "$work/$name.xml" || true
        complain "$name ended with $status"
        ;;
    esac
  done
}

cd "$root"
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
start_servers
build
run_tests "$@"
