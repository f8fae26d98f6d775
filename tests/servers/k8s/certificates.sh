# shellcheck shell=bash
# shellcheck disable=SC2154 # read by cluster.sh, which sets what is used here
# The keys, certificates and kubeconfigs of one start, read by cluster.sh. Elliptic keys, since they take no time to make;
# good for 30 days, and made anew at each start.

new_key() { openssl ecparam -name prime256v1 -genkey -noout -out "$pki/$1.key"; }

authority() {
  new_key "$1"
  openssl req -x509 -new -key "$pki/$1.key" -subj "/CN=$1" -days 30 -out "$pki/$1.crt"
}

# certificate NAME AUTHORITY SUBJECT USAGE [ALTERNATIVE-NAMES]
certificate() {
  new_key "$1"
  openssl req -new -key "$pki/$1.key" -subj "$3" |
    openssl x509 -req -CA "$pki/$2.crt" -CAkey "$pki/$2.key" -set_serial "0x$(openssl rand -hex 16)" -days 30 -out "$pki/$1.crt" \
      -extfile <(printf 'basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\nextendedKeyUsage=%s\n%s\n' "$4" "${5:+subjectAltName=$5}") 2>/dev/null
}

# write_kubeconfig FILE CERTIFICATE SERVER: with everything in it, so that it can be copied anywhere.
write_kubeconfig() {
  cat >"$1" <<Y
apiVersion: v1
kind: Config
clusters: [{name: $name, cluster: {server: "$3", certificate-authority-data: $(base64 -w0 <"$pki/ca.crt")}}]
users: [{name: $2, user: {client-certificate-data: $(base64 -w0 <"$pki/$2.crt"), client-key-data: $(base64 -w0 <"$pki/$2.key")}}]
contexts: [{name: $name, context: {cluster: $name, user: $2}}]
current-context: $name
Y
  chmod 600 "$1"
}

make_certificates() {
  local component
  authority ca
  authority etcd-ca
  authority front-proxy-ca
  certificate etcd etcd-ca "/CN=etcd" serverAuth,clientAuth "IP:127.0.0.1,DNS:localhost"
  certificate etcd-client etcd-ca "/CN=kube-apiserver" clientAuth
  certificate apiserver ca "/CN=kube-apiserver" serverAuth \
    "IP:127.0.0.1,IP:$bridge.1,IP:$services.0.1,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local"
  certificate kubelet-client ca "/O=system:masters/CN=kube-apiserver-kubelet-client" clientAuth
  certificate admin ca "/O=system:masters/CN=admin" clientAuth
  certificate controllers ca "/CN=system:kube-controller-manager" clientAuth
  certificate scheduler ca "/CN=system:kube-scheduler" clientAuth
  certificate kube-proxy ca "/CN=system:kube-proxy" clientAuth
  certificate front-proxy front-proxy-ca "/CN=front-proxy-client" clientAuth
  openssl genrsa -out "$pki/accounts.key" 2048 2>/dev/null
  openssl rsa -in "$pki/accounts.key" -pubout -out "$pki/accounts.pub" 2>/dev/null
  write_kubeconfig "$kubeconfig" admin "https://127.0.0.1:$port"
  for component in controllers scheduler; do write_kubeconfig "$run/$component.kubeconfig" "$component" "https://127.0.0.1:$port"; done
}
