#!/usr/bin/env bash
# Ceph's S3 gateway from this distribution's packages: on Debian 12 that is Ceph 16, the fixed floor.
# shellcheck source=lib/server.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/server.sh"
port=7480 cluster_port=17400 root=
# shellcheck source=lib/rgw.sh
source "$lib/rgw.sh"

install_server() {
  has_commands ceph ceph-mon ceph-osd monmaptool radosgw radosgw-admin || apt_install radosgw ceph-mon ceph-osd
}

serve "$@"
