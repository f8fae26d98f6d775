# shellcheck shell=bash
# shellcheck disable=SC2154 # read by cluster.sh, which sets what is used here
# One node with a container runtime, read by cluster.sh.

# start_node NUMBER
start_node() {
  local number=$1 node=node$1 folder=$run/node$1 ip=$bridge.$((10 + $1)) archive
  mkdir -p "$folder"/{kubelet,containerd,log,cni,cni-state,sysctl}
  certificate "$node" ca "/O=system:nodes/CN=system:node:$node" clientAuth,serverAuth "IP:$ip,DNS:$node"
  write_kubeconfig "$folder/kubelet.kubeconfig" "$node" "https://$bridge.1:$port"
  write_kubeconfig "$folder/proxy.kubeconfig" kube-proxy "https://$bridge.1:$port"
  write_node_files "$number" "$node" "$folder" "$ip"
  hold_node "$node" "$folder"
  connect_node "$number" "$folder" "$ip"
  make_cgroups "$node"

  local -a inside=(nsenter -t "$(<"$folder/holder")" --net --mount --pid --uts --ipc --)
  local -a ctr=("${inside[@]}" ctr --address /run/containerd/containerd.sock -n k8s.io)
  spawn "$node-containerd" "${inside[@]}" containerd --config "$folder/containerd.toml"
  wait_for 60 succeeds "${ctr[@]}" version
  for archive in "$images"/*.tar; do "${ctr[@]}" images import "$archive" >>"$logs/$node-images.log" 2>&1; done
  spawn "$node-kubelet" "${inside[@]}" "$kubernetes/bin/kubelet" --config="$folder/kubelet.yaml" --kubeconfig="$folder/kubelet.kubeconfig" \
    --root-dir="$folder/kubelet" --cert-dir="$folder/kubelet/pki" --container-runtime=remote \
    --container-runtime-endpoint=unix:///run/containerd/containerd.sock \
    --hostname-override="$node" --node-ip="$ip" --pod-infra-container-image=docker.io/local/pause:1
  spawn "$node-proxy" "${inside[@]}" "$kubernetes/bin/kube-proxy" --kubeconfig="$folder/proxy.kubeconfig" --hostname-override="$node" \
    --proxy-mode=iptables --cluster-cidr="$pods.0.0/16" --conntrack-max-per-core=0 --conntrack-tcp-timeout-established=0 \
    --conntrack-tcp-timeout-close-wait=0 --healthz-bind-address=127.0.0.1:10256 --metrics-bind-address=127.0.0.1:10249
}

# hold_node NODE FOLDER: its namespaces, inside the cluster's, with /run, logs and the state of pod networks of its own.
# Three settings that kubelet writes for the whole machine are files of the node's there, so that the machine keeps its own.
hold_node() {
  local node=$1 folder=$2
  spawn_within "$node-holder" unshare --net --mount --pid --uts --ipc --fork --mount-proc --kill-child sh -ec "
    hostname $node; ip link set lo up; echo 1 >/proc/sys/net/ipv4/ip_forward
    mount -t tmpfs -o mode=755 tmpfs /run; mkdir -p /run/lock
    mount --bind '$folder/log' /var/log; mkdir -p /var/lib/cni; mount --bind '$folder/cni-state' /var/lib/cni
    for f in vm/overcommit_memory kernel/panic kernel/panic_on_oops; do
      cat /proc/sys/\$f >'$folder'/sysctl/\${f#*/}; mount --bind '$folder'/sysctl/\${f#*/} /proc/sys/\$f
    done
    mount --make-rshared /
    : >'$folder/held'; while :; do sleep 1000; done"
  wait_for 20 test -e "$folder/held"
  holder_of "$(last_spawned)" >"$folder/holder"
}

# connect_node NUMBER FOLDER ADDRESS: a cable from the node to the cluster's bridge, and the way to its pods.
connect_node() {
  local cluster node
  cluster=$(<"$run/holder") node=$(<"$2/holder")
  ip link add "cable$1" netns "$cluster" type veth peer name eth0 netns "$node"
  # shellcheck disable=SC2016 # for the inner shells
  within sh -ec 'ip link set "cable$1" master br0 up; ip route add "$2.$1.0/24" via "$3"' sh "$1" "$pods" "$3"
  # shellcheck disable=SC2016
  nsenter -t "$node" --net --mount --pid -- sh -ec 'ip addr add "$1/24" dev eth0; ip link set eth0 up; ip route add default via "$2.1"' sh "$3" "$bridge"
}

# make_cgroups NODE: one in every version 1 hierarchy; a new cpuset is empty until it is told what it may use.
make_cgroups() {
  local hierarchy group file
  for hierarchy in /sys/fs/cgroup/*/; do
    [[ -e $hierarchy/cgroup.clone_children ]] || continue
    for group in "$hierarchy$cgroup" "$hierarchy$cgroup/$1"; do
      mkdir -p "$group"
      [[ -e $hierarchy/cpuset.cpus ]] || continue
      for file in cpuset.cpus cpuset.mems; do cat "$group/../$file" >"$group/$file"; done
    done
  done
}

# write_node_files NUMBER NODE FOLDER ADDRESS
write_node_files() {
  cat >"$3/cni/10-pods.conflist" <<Y
{"cniVersion":"0.4.0","name":"pods","plugins":[
 {"type":"bridge","bridge":"cni0","isGateway":true,"hairpinMode":true,"ipMasq":false,
  "ipam":{"type":"host-local","ranges":[[{"subnet":"$pods.$1.0/24"}]],"routes":[{"dst":"0.0.0.0/0"}]}},
 {"type":"portmap","capabilities":{"portMappings":true}}]}
Y
  # Lowering a process's oom score takes a right that root of a small virtual machine may lack.
  cat >"$3/containerd.toml" <<Y
version = 2
root = "$3/containerd"
state = "/run/containerd"
[grpc]
  address = "/run/containerd/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "docker.io/local/pause:1"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$3/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
Y
  echo "nameserver 127.0.0.1" >"$3/resolv.conf"
  cat >"$3/kubelet.yaml" <<Y
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $4
healthzBindAddress: 127.0.0.1
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $pki/ca.crt}}
authorization: {mode: Webhook}
tlsCertFile: $pki/$2.crt
tlsPrivateKeyFile: $pki/$2.key
cgroupDriver: cgroupfs
cgroupRoot: /$cgroup/$2
podCIDR: $pods.$1.0/24
resolvConf: $3/resolv.conf
failSwapOn: false
nodeStatusUpdateFrequency: 4s
evictionHard: {memory.available: 100Mi, nodefs.available: 1Gi}
imageGCHighThresholdPercent: 100
Y
}

# make_images: those that every node needs. Pause has one program and nothing else, so it is also the image without a shell.
make_images() {
  local root=$run/image-root program
  if [[ ! -e $images/pause.tar ]]; then
    rm -rf "$root"
    mkdir -p "$root/bin"
    cp "$(command -v busybox)" "$root/bin/sleep"
    "$cluster_folder/image.sh" local/pause:1 "$root" "$images/pause.tar" /bin/sleep 2147483647
  fi
  if [[ ! -e $images/busybox.tar ]]; then
    rm -rf "$root"
    mkdir -p "$root"/{bin,dev,etc,proc,sys,root,usr/bin,var/run}
    install -d -m 1777 "$root/tmp"
    cp "$(command -v busybox)" "$root/bin/busybox"
    for program in $(busybox --list); do [[ $program == busybox ]] || ln -s busybox "$root/bin/$program"; done
    echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
    echo 'root:x:0:' >"$root/etc/group"
    "$cluster_folder/image.sh" local/busybox:1 "$root" "$images/busybox.tar" /bin/sh
  fi
  rm -rf "$root"
}
