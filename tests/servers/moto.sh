#!/usr/bin/env bash
# moto_server 5: S3, STS, IAM, EC2, EKS and much more, from the moto project. Broad, lenient, any credentials.
# shellcheck source=lib/server.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/server.sh"
port=5555 probe_path=/moto-api/
otherwise="moto[server] 5 from Python's package index, with moto_server on the PATH"

install_server() {
  # Asked for its help, because a version manager's stand-in is on the PATH even where the program is not.
  moto_server --help >/dev/null 2>&1 || apt_install python3-moto python3-flask-cors
  moto_server --help >/dev/null 2>&1 || skip "no working moto_server is on the PATH; get $otherwise"
}

start_server() { spawn moto moto_server -H 127.0.0.1 -p "$port"; }

serve "$@"
