# shellcheck shell=bash
# A Kubernetes cluster with one real node (containerd, runc, kubelet), read by k8s.sh and k8s2.sh after they set `port`.
#
# Everything lives in namespaces of its own: control plane and a bridge in one set, the node nested within in another.
# This machine's network gets no interface, route or rule; its one listener is 127.0.0.1:$port, which two socat join to
# the API server inside. The end of the first process is the end of all of it.
#
# Written to the state folder: admin.kubeconfig (all rights), images/ (tarballs that the node loads at its start).
#
# Pods reach the test stores of this machine at http://10.123.0.1:PORT, by the port that each has on 127.0.0.1; `k8s.sh expose
# PORT…` adds others to a cluster that is up.
: "${port:?}" "${name:?}" "${state:?}" "${states:?}" "${logs:?}" "${records:?}"

cluster_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
readonly cluster_folder
readonly kubernetes=$states/kubernetes   # sources and binaries, the same for every cluster
readonly run=$state/run pki=$state/run/pki kubeconfig=$state/admin.kubeconfig
readonly images=$state/images
readonly etcd_port=$((port + 1)) etcd_peer=$((port + 2)) manager_port=$((port + 3)) scheduler_port=$((port + 4))
readonly bridge=10.123.0 pods=10.244 services=10.96
readonly stores=(7480 7490 10000 5555 4443 4444) # ceph, ceph20, azurite, moto, gcs, oss
readonly cgroup=skycompat-$name

# shellcheck disable=SC2034 # for server.sh
grace=2 address="KUBECONFIG=$kubeconfig"

# shellcheck source=build.sh
source "$cluster_folder/build.sh"
# shellcheck source=certificates.sh
source "$cluster_folder/certificates.sh"
# shellcheck source=node.sh
source "$cluster_folder/node.sh"

install_server() {
  ((EUID == 0)) || skip "only root can give its node namespaces and cgroups of its own; run this as root"
  [[ -e /sys/fs/cgroup/memory/cgroup.procs ]] ||
    skip "its kubelet (1.20) wants cgroups of version 1 and this machine has none at /sys/fs/cgroup/memory; boot with systemd.unified_cgroup_hierarchy=0"
  apt_install etcd-server openssl curl socat iproute2 util-linux containerd runc containernetworking-plugins iptables conntrack busybox-static
  has_commands kubectl || apt_install kubernetes-client
  build_kubernetes
}

answers() {
  [[ -e $pki/admin.crt ]] &&
    curl -fsS -o /dev/null --noproxy '*' --max-time 5 --cacert "$pki/ca.crt" --cert "$pki/admin.crt" --key "$pki/admin.key" \
      "https://127.0.0.1:$port/readyz" 2>/dev/null
}

# within COMMAND…: what runs COMMAND among the cluster's own processes.
within() { nsenter -t "$(<"$run/holder")" --net --mount --pid -- "$@"; }

spawn_within() {
  local process=$1
  shift
  spawn "$process" nsenter -t "$(<"$run/holder")" --net --mount --pid -- "$@"
}

# holder_of PID: the waiting shell at the end of the chain of nsenter and unshare, whose namespaces are entered. A sleep that
# it has started already is its child, and is not it.
holder_of() {
  local pid=$1 child
  while child=$(tr -d ' ' <"/proc/$pid/task/$pid/children" 2>/dev/null) && [[ $child =~ ^[0-9]+$ ]]; do
    ! grep -q '^sleep' "/proc/$child/cmdline" 2>/dev/null || break
    pid=$child
  done
  echo "$pid"
}

last_spawned() { tail -n 1 "$records" | cut -d' ' -f2; }

hold_namespaces() {
  # The waiting shell is pid 1 in there: it reaps the orphans that container shims become, which a bare sleep does not.
  spawn holder unshare --net --mount --pid --fork --mount-proc --kill-child sh -c ": >'$run/held'; while :; do sleep 1000; done"
  wait_for 20 test -e "$run/held"
  holder_of "$(last_spawned)" >"$run/holder"
  # shellcheck disable=SC2016 # for the inner shell
  within sh -ec 'ip link set lo up; ip link add br0 type bridge; ip addr add "$1.1/24" dev br0; ip link set br0 up; echo 1 >/proc/sys/net/ipv4/ip_forward' sh "$bridge"
}

start_server() {
  rm -rf "$run"
  mkdir -p "$pki" "$run/etcd" "$images"
  chmod 700 "$run" "$pki"
  make_certificates
  hold_namespaces
  start_control_plane
  expose "${stores[@]}"
  make_images
  start_node 1
  wait_for 60 succeeds kubectl "--kubeconfig=$kubeconfig" -n default get serviceaccount default
  wait_for 120 succeeds kubectl "--kubeconfig=$kubeconfig" wait --for=condition=Ready node/node1 --timeout=2s
}

succeeds() { "$@" >/dev/null 2>&1; }

start_control_plane() {
  spawn_within etcd etcd --name=local --data-dir="$run/etcd" --unsafe-no-fsync \
    --listen-client-urls="https://127.0.0.1:$etcd_port" --advertise-client-urls="https://127.0.0.1:$etcd_port" \
    --listen-peer-urls="https://127.0.0.1:$etcd_peer" --initial-advertise-peer-urls="https://127.0.0.1:$etcd_peer" \
    --initial-cluster="local=https://127.0.0.1:$etcd_peer" \
    --cert-file="$pki/etcd.crt" --key-file="$pki/etcd.key" --client-cert-auth --trusted-ca-file="$pki/etcd-ca.crt" \
    --peer-cert-file="$pki/etcd.crt" --peer-key-file="$pki/etcd.key" --peer-client-cert-auth --peer-trusted-ca-file="$pki/etcd-ca.crt"
  start_api_server
  spawn_within socat-in socat "UNIX-LISTEN:$run/api.sock,fork,mode=600" "TCP:127.0.0.1:$port"
  spawn socat-out socat "TCP-LISTEN:$port,bind=127.0.0.1,reuseaddr,fork" "UNIX-CONNECT:$run/api.sock"
  # Only now: the other two give up at once while the API server's own roles are not there.
  wait_for 180 answers
  # Ranges of addresses for nodes are given here and not by the controller, which would wait 10 s for that at each start.
  spawn_within controllers "$kubernetes/bin/kube-controller-manager" \
    --kubeconfig="$run/controllers.kubeconfig" --authentication-kubeconfig="$run/controllers.kubeconfig" --authorization-kubeconfig="$run/controllers.kubeconfig" \
    --bind-address=127.0.0.1 --port=0 --secure-port="$manager_port" --cert-dir="$run/controllers" --leader-elect=false --use-service-account-credentials=true \
    --root-ca-file="$pki/ca.crt" --service-account-private-key-file="$pki/accounts.key" \
    --cluster-signing-cert-file="$pki/ca.crt" --cluster-signing-key-file="$pki/ca.key" \
    --allocate-node-cidrs=false --node-monitor-grace-period=16s --pod-eviction-timeout=20s
  spawn_within scheduler "$kubernetes/bin/kube-scheduler" \
    --kubeconfig="$run/scheduler.kubeconfig" --authentication-kubeconfig="$run/scheduler.kubeconfig" --authorization-kubeconfig="$run/scheduler.kubeconfig" \
    --bind-address=127.0.0.1 --port=0 --secure-port="$scheduler_port" --cert-dir="$run/scheduler" --leader-elect=false
}

# The loop brings it back when a test has ended it, as whoever supervises a real control plane would.
start_api_server() {
  spawn_within apiserver sh -c 'trap "exit 0" TERM; while :; do "$@" & wait $!; sleep 1; done' sh \
    "$kubernetes/bin/kube-apiserver" \
    --bind-address=0.0.0.0 --secure-port="$port" --advertise-address="$bridge.1" \
    --etcd-servers="https://127.0.0.1:$etcd_port" --etcd-cafile="$pki/etcd-ca.crt" --etcd-certfile="$pki/etcd-client.crt" --etcd-keyfile="$pki/etcd-client.key" \
    --tls-cert-file="$pki/apiserver.crt" --tls-private-key-file="$pki/apiserver.key" --client-ca-file="$pki/ca.crt" \
    --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction --allow-privileged=true --anonymous-auth=true \
    --service-cluster-ip-range="$services.0.0/16" --service-account-issuer=https://kubernetes.default.svc \
    --service-account-key-file="$pki/accounts.pub" --service-account-signing-key-file="$pki/accounts.key" \
    --kubelet-certificate-authority="$pki/ca.crt" --kubelet-client-certificate="$pki/kubelet-client.crt" --kubelet-client-key="$pki/kubelet-client.key" \
    --kubelet-preferred-address-types=InternalIP,Hostname \
    --requestheader-client-ca-file="$pki/front-proxy-ca.crt" --requestheader-allowed-names=front-proxy-client \
    --requestheader-extra-headers-prefix=X-Remote-Extra- --requestheader-group-headers=X-Remote-Group --requestheader-username-headers=X-Remote-User \
    --proxy-client-cert-file="$pki/front-proxy.crt" --proxy-client-key-file="$pki/front-proxy.key"
}

# expose PORT…: what listens on these ports of 127.0.0.1, now or later, is reached from the cluster at the bridge's address.
expose() {
  local store
  for store; do
    [[ ! -S $run/$store.sock ]] || continue
    spawn "$store-out" socat "UNIX-LISTEN:$run/$store.sock,fork,mode=600" "TCP:127.0.0.1:$store"
    spawn_within "$store-in" socat "TCP-LISTEN:$store,bind=$bridge.1,reuseaddr,fork" "UNIX-CONNECT:$run/$store.sock"
  done
}

# serve_cluster: the verbs of every server, and `expose`.
serve_cluster() {
  if [[ ${1-} != expose ]]; then
    serve "$@"
    return
  fi
  lock
  is_up || fail "it is not up; start it first"
  expose "${@:2}"
}

# clean_up: what ending processes leaves behind; server.sh calls it after the last of them.
clean_up() {
  local hierarchy
  for hierarchy in /sys/fs/cgroup/*/"$cgroup"; do
    # Deepest first. A group whose last process is still being buried refuses; the next stop takes it.
    [[ ! -d $hierarchy ]] || find "$hierarchy" -depth -type d -exec rmdir {} \; 2>/dev/null || true
  done
  rm -rf "${run:?}/etcd" "${run:?}/node1" 2>/dev/null || true
}
