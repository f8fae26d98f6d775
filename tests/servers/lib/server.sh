# shellcheck shell=bash
# What the server scripts share: `NAME.sh install|up|down`. A script reads this, sets `port`, defines install_server
# and start_server, and ends with `serve "$@"`; the README of the parent folder says what the two may use.
#
# Exit codes: 0 done, 1 failed, 2 wrong use, 69 the server cannot be had on this machine.
set -euo pipefail
export LC_ALL=C.UTF-8

lib=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck disable=SC2034 # for the scripts that read this
readonly lib
name=$(basename "$0" .sh)
readonly name

states=${SKYCOMPAT_SERVERS:-${XDG_CACHE_HOME:-${HOME:?}/.cache}/skycompat/servers}
mkdir -p "$states/$name"
states=$(cd "$states" && pwd -P)
readonly states
readonly state=$states/$name
readonly logs=$state/log            # one file per process of the last start
readonly records=$state/processes   # one line per process started: NAME PID START BOOT
readonly started=$state/started     # there only when the last start went through to its end

# What a server's script sets; but for the port, it may leave these.
port=
probe_path=/   # what to ask for to see whether it answers
other_ports=() # more ports that must be free before the start
grace=10       # seconds from asking a process to end to ending it
otherwise=     # how to get the server where its packages cannot be had
address=       # what its ready line says of how to reach it; http://127.0.0.1:$port if empty

# ---- messages ---------------------------------------------------------------------------------------------------

failure=

say() { echo "$name $*" >&2; }

fail() {
  failure=$*
  say "FAILED: $failure"
  exit 1
}

# skip REASON-AND-REMEDY: this machine cannot have the server. Loud, and kept in a file for whoever reads no log.
skip() {
  say "SKIPPED: $*"
  note_skipped "$*"
  exit 69
}

note_skipped() {
  local list=$states/skipped
  (
    flock 8
    {
      if [[ -e $list ]]; then grep -v "^$name: " "$list" || true; fi
      if [[ -n $1 ]]; then echo "$name: $1"; fi
    } >"$list.new"
    if [[ -s $list.new ]]; then mv "$list.new" "$list"; else rm -f "$list" "$list.new"; fi
  ) 8<"$states"
}

# ---- packages ---------------------------------------------------------------------------------------------------

has_commands() {
  local command
  for command; do command -v "$command" >/dev/null || return 1; done
}

run_apt() {
  DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" >>"$state/apt.log" 2>&1
}

apt_knows() {
  local package
  for package; do apt-cache show "$package" >/dev/null 2>&1 || return 1; done
}

# apt_install PACKAGE…: installs those that are missing, or skips the server.
apt_install() {
  local package
  local -a missing=()
  for package; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
  done
  ((${#missing[@]})) || return 0

  local remedy="apt-get install --no-install-recommends ${missing[*]}${otherwise:+, or $otherwise}"
  has_commands apt-get || skip "it comes from Debian packages and this machine has no apt; install ${missing[*]} by other means"
  ((EUID == 0)) || skip "packages are missing that only root may install; as root: $remedy"
  say "installing ${missing[*]}"
  : >"$state/apt.log"
  apt_knows "${missing[@]}" || run_apt update || true
  apt_knows "${missing[@]}" || skip "apt knows no package of the name ${missing[*]}, or no mirror answers (see $state/apt.log); check apt's sources, then $remedy"
  # The second try is for a mirror that moved on since the lists were read, or that did not answer once.
  run_apt install --no-install-recommends "${missing[@]}" ||
    { run_apt update && run_apt install --no-install-recommends "${missing[@]}"; } ||
    skip "apt could not install ${missing[*]} (see $state/apt.log); try again later, or $remedy"
}

# debian_mirror: the one that apt already uses.
debian_mirror() {
  if [[ -n ${SKYCOMPAT_DEBIAN_MIRROR:-} ]]; then
    echo "$SKYCOMPAT_DEBIAN_MIRROR"
  else
    # shellcheck disable=SC2016 # for apt to expand
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' | sed -n 1p
  fi
}

# ---- processes --------------------------------------------------------------------------------------------------

# identity PID: start time (in clock ticks since boot) and boot of a running process. A pid alone may since have
# been given to another process; the three together cannot.
identity() {
  local stat
  local -a field
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  read -ra field <<<"${stat##*) }" # what stands before is the command's name, blanks and all
  [[ ${field[0]} != [ZX] ]] || return 1
  echo "${field[19]} $(</proc/sys/kernel/random/boot_id)"
}

# is_running PID START BOOT, as recorded.
is_running() { [[ $(identity "$1") == "$2 $3" ]]; }

# spawn PROCESS COMMAND…: runs COMMAND as a session of its own that outlives the caller and holds nothing of it open.
spawn() {
  local process=$1 pid
  shift
  (
    cd /
    for fd in "/proc/$BASHPID/fd/"*; do
      fd=${fd##*/}
      ((fd <= 2 || fd == 255)) || exec {fd}>&- # bash closes 255, its script, by itself
    done
    exec setsid "$@" >>"$logs/$process.log" 2>&1 </dev/null
  ) &
  pid=$!
  echo "$process $pid $(identity "$pid" || echo "ended -")" >>"$records"
}

# ended_process: the name of a recorded process that no longer runs; fails if there is none.
ended_process() {
  local process pid start boot
  while read -r process pid start boot; do
    is_running "$pid" "$start" "$boot" || { echo "$process"; return 0; }
  done <"$records"
  return 1
}

# stop_process PID START BOOT: asks, waits `grace` seconds, insists. The signals go to the process's group, so that
# children go too.
stop_process() {
  local signal tries tenths=$((grace * 10))
  for signal in TERM KILL; do
    is_running "$@" || return 0
    kill "-$signal" -- "-$1" 2>/dev/null || kill "-$signal" "$1" 2>/dev/null || true
    for ((tries = 0; tries < tenths; tries++)); do
      is_running "$@" || return 0
      sleep 0.1
    done
    tenths=100 # what was killed ends as soon as the kernel has its memory back
  done
  return 1
}

# stop_all: ends what was recorded, last started first.
stop_all() {
  local process pid start boot
  rm -f "$started"
  [[ -e $records ]] || return 0
  while read -r process pid start boot; do
    stop_process "$pid" "$start" "$boot" || fail "its process $process ($pid) does not end"
  done < <(tac "$records")
  rm -f "$records"
  if declare -F clean_up >/dev/null; then clean_up; fi
}

# ---- readiness --------------------------------------------------------------------------------------------------

# listens PORT: something does, on loopback.
listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# answers: the server answers over HTTP.
answers() {
  curl -fsS -o /dev/null --noproxy '*' --max-time 5 "http://127.0.0.1:$port$probe_path" 2>/dev/null
}

# wait_for SECONDS COMMAND…: polls until COMMAND succeeds; fails when time is up or one of the processes has ended.
wait_for() {
  local seconds=$1 ended deadline
  shift
  deadline=$((SECONDS + seconds))
  until "$@"; do
    if ended=$(ended_process); then fail "its process $ended ended"; fi
    ((SECONDS < deadline)) || fail "'$*' did not succeed within $seconds s"
    sleep 0.2
  done
}

# is_up: started to its end, every process runs, and it answers. A busy server gets time: to start it anew would take
# the data from under whoever uses it.
is_up() {
  [[ -e $started && -s $records ]] || return 1
  local deadline=$((SECONDS + 30))
  until answers; do
    ! ended_process >/dev/null || return 1
    ((SECONDS < deadline)) || return 1
    sleep 0.2
  done
  ! ended_process >/dev/null
}

require_free_ports() {
  local wanted holder
  for wanted; do
    listens "$wanted" || continue
    holder=$(ss -Hltnp "sport = :$wanted" 2>/dev/null | grep -o 'users:.*' | head -n 1 || true)
    fail "port $wanted of 127.0.0.1 is taken${holder:+ by $holder}, and not by a server of $states; end that first"
  done
}

# ---- the verbs --------------------------------------------------------------------------------------------------

lock() {
  exec 9>"$state/lock"
  flock -n 9 || { say "waiting for another run of this script"; flock -w 900 9; } || fail "another run still holds $state/lock"
}

# abandon: a start that did not get to its end leaves its log, but no process.
abandon() {
  local status=$?
  trap - EXIT INT TERM
  [[ -n $failure ]] || say "FAILED: a step of its start ended with $status"
  tail -n 20 "$logs"/*.log >&2 || true
  stop_all
  exit 1
}

install_all() {
  has_commands curl || apt_install curl
  install_server
}

up() {
  local begin tenths
  note_skipped ""
  if is_up; then
    echo "$name already up ${address:-http://127.0.0.1:$port}"
    return
  fi
  install_all
  if [[ -e $records ]]; then
    say "found it half up; cleaning that away"
    stop_all
  fi
  rm -rf "$logs"
  mkdir "$logs"
  require_free_ports "$port" "${other_ports[@]}"

  begin=${EPOCHREALTIME/./}
  trap abandon EXIT
  trap 'fail "it was interrupted"' INT TERM
  : >"$records"
  start_server
  wait_for 180 answers
  : >"$started"
  trap - EXIT INT TERM
  tenths=$(((${EPOCHREALTIME/./} - begin) / 100000))
  echo "$name ready ${address:-http://127.0.0.1:$port} ($((tenths / 10)).$((tenths % 10)) s)"
}

down() {
  if [[ -e $records ]]; then
    stop_all
    echo "$name stopped"
  else
    echo "$name is not up"
  fi
}

serve() {
  case ${1-} in
    install) lock; note_skipped ""; install_all ;;
    up) lock; up ;;
    down) lock; down ;;
    *) echo "usage: $name.sh install|up|down" >&2; exit 2 ;;
  esac
}
