#!/usr/bin/env bash
# Ceph's S3 gateway of Debian unstable (Ceph 20), run from a Debian root that is extracted once and kept: the best
# S3 reference there is here. Unstable moves, so a machine may fail to get it.
# shellcheck source=lib/server.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/server.sh"
port=7490 cluster_port=17500
readonly root=$state/root
# shellcheck source=lib/rgw.sh
source "$lib/rgw.sh"

readonly packages=radosgw,ceph-mon,ceph-osd,ceph-common,bash,coreutils,base-files,libc-bin,python3-minimal

# is_complete FOLDER: every program that a start needs really runs in there. A kept root may have lost files since.
is_complete() {
  local program
  [[ -d $1 ]] || return 1
  chroot "$1" bash -c ': </dev/null >/dev/null && head -c 1 /dev/urandom >/dev/null' 2>/dev/null || return 1
  compgen -G "$1/usr/lib/*/rados-classes/libcls_rgw.so*" >/dev/null || return 1
  for program in ceph ceph-mon ceph-osd monmaptool radosgw radosgw-admin; do
    chroot "$1" "$program" --version >/dev/null 2>&1 </dev/null || return 1
  done
}

# remove_root FOLDER: never through something mounted in it, which would be this machine's own files.
remove_root() {
  ! grep -qF " $1/" /proc/self/mounts || fail "something is mounted in $1; unmount it first"
  rm -rf --one-file-system "$1"
}

# make_root FOLDER MIRROR
make_root() {
  # An index past its date is better than none: a machine's clock, or a mirror's, may be off by weeks.
  mmdebstrap --variant=extract --include="$packages" --aptopt='Acquire::Check-Valid-Until "false"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' sid "$1" "$2" &&
    chroot "$1" ldconfig
}

install_server() {
  local mirror leftover making=$state/root.$$
  ((EUID == 0)) || skip "only root can run it from a Debian root of its own; run this as root"
  if is_complete "$root"; then return; fi

  has_commands mmdebstrap || apt_install mmdebstrap
  mirror=$(debian_mirror)
  if [[ -z $mirror ]]; then
    run_apt update || true
    mirror=$(debian_mirror)
  fi
  [[ -n $mirror ]] || skip "apt has no Debian mirror here; name one in SKYCOMPAT_DEBIAN_MIRROR"

  say "making its Debian root (a minute or more, 500 MB)"
  for leftover in "$state"/root.*/; do
    [[ ! -d $leftover ]] || remove_root "${leftover%/}"
  done
  if ! make_root "$making" "$mirror" >"$state/root.log" 2>&1; then
    remove_root "$making"
    skip "its Debian root cannot be made: $(grep -m 1 '^E:' "$state/root.log") (see $state/root.log); try again later"
  fi
  if ! is_complete "$making"; then
    remove_root "$making"
    skip "Ceph does not run in the Debian root that unstable gives today; try again another day"
  fi

  # Renamed only now: whatever ends this script before, there is no half root.
  remove_root "$root"
  mv "$making" "$root"
}

serve "$@"
