# shellcheck shell=bash
# Builds Kubernetes 1.20 from Debian's source package with Debian's Go, offline once the source is there; read by
# cluster.sh. Built once per machine into "$kubernetes", kept outside the repository.
#
# SKYCOMPAT_K8S_BUILD_TIMEOUT  how long the build may take before the server is skipped, default 20m. What it compiled until
#                              then is kept, and the next try goes on from there.
# shellcheck disable=SC2154 # read by cluster.sh, which sets the rest
: "${kubernetes:?}"

readonly kubernetes_programs=(kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy)

is_built() {
  local program
  for program in "${kubernetes_programs[@]}"; do
    [[ -x $kubernetes/bin/$program ]] || return 1
  done
}

build_kubernetes() {
  is_built && return
  mkdir -p "$kubernetes"
  (
    flock 7
    is_built && exit
    apt_install golang-1.19-go dpkg-dev golang-github-modern-go-reflect2-dev
    fetch_sources
    say "building Kubernetes (10 minutes of two cores, once per machine; see $kubernetes/build.log)"
    local status=0
    # A bash of its own, since a function cannot be timed out.
    export kubernetes
    export -f build_sources patch_sources generate_openapi
    nice timeout "${SKYCOMPAT_K8S_BUILD_TIMEOUT:-20m}" bash -euo pipefail -c 'build_sources "$@"' bash "${kubernetes_programs[@]}" \
      >"$kubernetes/build.log" 2>&1 || status=$?
    ((status != 124)) || skip "its build took longer than ${SKYCOMPAT_K8S_BUILD_TIMEOUT:-20m}; start it again, which goes on where this ended"
    ((status == 0)) || fail "it cannot be built, see the end of $kubernetes/build.log: $(tail -n 1 "$kubernetes/build.log")"
  ) 7>"$kubernetes/lock" || exit
}

# fetch_sources: by lists of apt's own kept apart, so that the machine's sources stay as they are.
fetch_sources() {
  local mirror
  compgen -G "$kubernetes/source/kubernetes-*/debian/changelog" >/dev/null && return
  mirror=$(debian_mirror)
  [[ -n $mirror ]] || skip "apt has no Debian mirror here; name one in SKYCOMPAT_DEBIAN_MIRROR"
  mkdir -p "$kubernetes"/{source,apt/lists/partial}
  echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror bookworm main" >"$kubernetes/apt/sources.list"
  local -a apart=(
    -o "Dir::Etc::SourceList=$kubernetes/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$kubernetes/apt/lists" -o "Dir::Cache::SrcPkgCache=" -o "Dir::Cache::PkgCache="
    -o "Acquire::Check-Valid-Until=false" -o "APT::Sandbox::User=root"
  )
  if ! (cd "$kubernetes/source" && run_apt "${apart[@]}" update && run_apt "${apart[@]}" source --only-source kubernetes); then
    rm -rf "$kubernetes/source"
    skip "apt could not get the source package kubernetes of Debian bookworm from $mirror (see $state/apt.log); try again later"
  fi
}

# The vendored reflect2 is wrong for Go since 1.18: an API server built with it answers, and dies at the first custom resource.
patch_sources() {
  [[ ! -e vendor/github.com/modern-go/reflect2/go_above_118.go ]] || return 0
  rm -rf vendor/github.com/modern-go/reflect2
  cp -r /usr/share/gocode/src/github.com/modern-go/reflect2 vendor/github.com/modern-go/reflect2
}

# The definitions for OpenAPI are not in the package; their generator is.
generate_openapi() {
  local generated=pkg/generated/openapi/zz_generated.openapi.go inputs
  [[ ! -s $generated ]] || return 0
  go build -p 2 -o "$kubernetes/openapi-gen" ./vendor/k8s.io/kube-openapi/cmd/openapi-gen
  inputs=$(grep -rl --include='*.go' '+k8s:openapi-gen=' pkg staging/src/k8s.io | grep -vE 'code-generator|sample-apiserver' |
    xargs -n 1 dirname | sed 's#^staging/src/#vendor/#; s#^#k8s.io/kubernetes/#' | sort -u | paste -sd,)
  "$kubernetes/openapi-gen" --logtostderr -i "$inputs" -p k8s.io/kubernetes/pkg/generated/openapi -O zz_generated.openapi \
    -h hack/boilerplate/boilerplate.generatego.txt -r "$kubernetes/openapi-violations.txt"
}

# build_sources PROGRAM…
build_sources() {
  local source version place flags="-s -w" program
  source=$(compgen -G "$kubernetes/source/kubernetes-*/" | head -n 1)
  version=$(sed -n '1s/.*(\(.*really\)\?\([0-9.]*\)-.*/v\2/p' "$source/debian/changelog")
  # Modules refuse this tree ("updates to go.mod needed"); as a GOPATH, which Debian builds it as, it needs no network.
  mkdir -p "$kubernetes/gopath/src/k8s.io" "$kubernetes/bin"
  ln -sfn "${source%/}" "$kubernetes/gopath/src/k8s.io/kubernetes"
  cd "$kubernetes/gopath/src/k8s.io/kubernetes" || return
  export PATH=/usr/lib/go-1.19/bin:$PATH GO111MODULE=off GOFLAGS='' GOPROXY=off GOSUMDB=off CGO_ENABLED=0
  export GOPATH=$kubernetes/gopath GOCACHE=$kubernetes/gocache
  patch_sources
  generate_openapi
  # --version reads the one place, GET /version the other.
  for place in component-base/version client-go/pkg/version; do
    flags+=" -X k8s.io/kubernetes/vendor/k8s.io/$place.gitVersion=$version -X k8s.io/kubernetes/vendor/k8s.io/$place.gitTreeState=archive"
    flags+=" -X k8s.io/kubernetes/vendor/k8s.io/$place.gitMajor=1 -X k8s.io/kubernetes/vendor/k8s.io/$place.gitMinor=$(cut -d. -f2 <<<"$version")"
  done
  for program; do
    # Renamed when complete: what is interrupted is never taken for built. Without old in-tree clouds and dockershim.
    go build -p 2 -trimpath -tags "providerless dockerless" -ldflags "$flags" -o "$kubernetes/bin/$program.new" "./cmd/$program"
    mv "$kubernetes/bin/$program.new" "$kubernetes/bin/$program"
  done
  # Sources and what was compiled on the way are of no use any more, and 2 GB.
  rm -rf "$kubernetes/gocache" "$kubernetes/gopath" "$kubernetes/source" "$kubernetes/openapi-gen"
}
