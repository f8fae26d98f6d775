# shellcheck shell=bash
# Ceph's S3 gateway on one machine: one monitor, one storage daemon that keeps everything in memory, one radosgw.
# No manager, no authentication between the daemons, no service manager. The script that reads this has read server.sh and set
#   port          of the gateway
#   cluster_port  first of a hundred for the daemons among themselves
#   root          empty for this machine's own Ceph, else the Debian root to run it from
: "${port:?}" "${cluster_port:?}" "${root?}" "${lib:?}" "${state:?}" "${logs:?}"

data=$state/data # as the daemons see it: inside the root, if there is one
[[ -z $root ]] || data=/srv/skycompat
readonly data
# shellcheck disable=SC2034 # read by server.sh
other_ports=("$cluster_port") grace=2 # Ceph 20's gateway takes long to end, and leaves nothing behind that could suffer
enter=()
[[ -z $root ]] || enter=(chroot "$root")
unset CEPH_ARGS CEPH_CONF # a developer's own cluster is not meant

# Ceph's developers' own well-known test user, and the second user of their S3 test suite. Not secrets.
readonly main_user=(--uid=testid --display-name='Main user'
  --access-key=0555b35654ad1656d804 --secret-key='h7GhxuBLTrlhVUyxSPUKUV8r/2EI4ngqJxD7iBdBYLhwluN30JaT3Q=='
  --caps='roles=*;user-policy=*')
readonly alt_user=(--uid=altid --display-name='Alt user'
  --access-key=NOPQRSTUVWXYZABCDEFG --secret-key=nopqrstuvwxyzabcdefghijklmnabcdefghijklm)

ceph_command() {
  local command=$1
  shift
  "${enter[@]}" "$command" -c "$data/ceph.conf" "$@" >>"$logs/setup.log" 2>&1
}

configuration() {
  local classes
  classes=$(cd "$root/" && echo usr/lib*/*/rados-classes)
  cat <<END
[global]
fsid = $1
mon host = v2:127.0.0.1:$cluster_port
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind msgr1 = false
ms bind port min = $((cluster_port + 1))
ms bind port max = $((cluster_port + 99))

# No keys among the daemons. A client without keys cannot use the encrypted mode that radosgw asks for by default.
auth cluster required = none
auth service required = none
auth client required = none
ms mon client mode = crc

# All logs go to the streams that the scripts keep; nothing under /var, no control socket (its path may be too long).
log file =
log to stderr = true
err to stderr = true
mon cluster log file =
admin socket =
crash dir = $data

# One storage daemon: a single copy of everything, and as few placement groups as there can be.
mon allow pool size one = true
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
mon max pg per osd = 1000

# A nearly full disk is of no matter to a store in memory.
mon data avail warn = 2
mon data avail crit = 1

[mon]
mon data = $data/mon
# Every pool waits for a new cluster map; by default the monitor makes but one a second.
paxos propose interval = 0.05
paxos min wait = 0.01

[osd]
osd data = $data/osd
osd objectstore = memstore
memstore device bytes = 8589934592
# Debian 13 and later look for the classes in a relative folder.
osd class dir = /$classes

[client]
# An operation sent before the storage daemon is there is sent again at this interval; by default after five seconds.
objecter tick interval = 0.5
# Without tcp_nodelay a small GET takes 50 ms instead of 10.
rgw frontends = beast endpoint=127.0.0.1:$port tcp_nodelay=1
rgw enable apis = s3, sts, iam
rgw s3 auth use sts = true
rgw sts key = abcdefghijklmnop
# A lifecycle rule's day lasts two seconds.
rgw lc debug interval = 2
# What tests delete is freed within seconds; by default it is kept for two hours, and the store lives in memory.
rgw gc obj min wait = 1
rgw gc processor period = 5
rgw gc processor max time = 5
# Customer keys over plain http, and one named key for aws:kms.
rgw crypt require ssl = false
rgw crypt s3 kms backend = testing
rgw crypt s3 kms encryption keys = testkey-1=YmluCmJvb3N0CmJvb3N0LWJ1aWxkCmNlcGguY29uZgo=
END
}

start_server() {
  local cluster osd conf=$data/ceph.conf host_data=$root$data
  rm -rf "$host_data"
  mkdir -p "$host_data"/{mon,osd}
  cluster=$(</proc/sys/kernel/random/uuid)
  osd=$(</proc/sys/kernel/random/uuid)
  configuration "$cluster" >"$host_data/ceph.conf"

  ceph_command monmaptool --create --fsid "$cluster" --addv a "v2:127.0.0.1:$cluster_port" "$data/monmap"
  ceph_command ceph-mon --mkfs -i a --monmap "$data/monmap"
  spawn mon "${enter[@]}" ceph-mon -c "$conf" -i a -f
  wait_for 30 listens "$cluster_port"

  ceph_command ceph --connect-timeout 60 osd new "$osd" 0
  ceph_command ceph-osd -i 0 --mkfs --osd-uuid "$osd"
  spawn osd "${enter[@]}" ceph-osd -c "$conf" -i 0 -f

  # Ceph 16 aborts on one request: UploadPartCopy from a key with an encoded per cent sign.
  spawn rgw "$lib/respawn.sh" "${enter[@]}" radosgw -c "$conf" -n client.rgw -f
  wait_for 120 answers # the gateway makes its pools first

  ceph_command radosgw-admin user create "${main_user[@]}"
  ceph_command radosgw-admin user create "${alt_user[@]}"
}
