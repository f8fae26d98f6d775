#!/usr/bin/env bash
# publish.sh PROJECT NAME:TAG FILE.tar: makes a project a container image as a user does, by `dotnet publish -t:PublishContainer`,
# which needs no Docker daemon, for load.sh to give to a cluster. A file that is newer than the sources is left as it is.
#
# The base image, which would come from Microsoft's registry, is made of this machine's own Debian files: what the base
# image of self-contained programs holds. A registry that only gives is a web server with three files; it runs on loopback
# for as long as the publishing takes.
# shellcheck source=../lib/server.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/server.sh"
(($# == 3)) || { echo "usage: publish.sh PROJECT NAME:TAG FILE.tar" >&2; exit 2; }
port=15000
probe_path=/v2/runtime-deps/manifests/base.json
project=$(realpath "$1") image=$2 archive=$(realpath -m "$3")
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
repository=$(cd "$folder/../../.." && pwd -P)
readonly project image archive folder repository
readonly registry=$state/registry
readonly packages=(libc6 libgcc-s1 libstdc++6 libssl3 zlib1g ca-certificates tzdata)

install_server() {
  has_commands dotnet || skip "images are built from this repository's sources and no dotnet is on the PATH; install the SDK of global.json"
  apt_install busybox-static "${packages[@]}"
  make_base
}

start_server() { spawn registry busybox httpd -f -p "127.0.0.1:$port" -c "$state/httpd.conf" -h "$registry"; }

# make_base: the base image as the registry's files, anew when a package has changed.
make_base() {
  local wanted work layer config
  wanted=$(dpkg-query -W -f '${Package} ${Version}\n' "${packages[@]}" | cat - "$folder"/{publish,image}.sh | sha256sum)
  [[ ! -e $state/base || $(<"$state/base") != "$wanted" ]] || return 0
  say "making the base image"
  work=$(mktemp -d)
  mkdir -p "$work"/root/{etc,tmp,usr/lib/ssl} "$work/image"
  dpkg -L "${packages[@]}" | grep -E '^/(lib[^/]*|usr/lib|usr/share/(zoneinfo|ca-certificates))/' | packed_from / | tar -C "$work/root" -x
  tar -C / -c etc/ssl/certs | tar -C "$work/root" -x
  ln -s /etc/ssl/certs "$work/root/usr/lib/ssl/certs" # where OpenSSL looks
  # The user that Microsoft's images have, by whose number clusters see that it is not root.
  printf '%s\n' 'root:x:0:0:root:/root:/sbin/nologin' 'app:x:1654:1654::/tmp:/sbin/nologin' >"$work/root/etc/passwd"
  printf '%s\n' 'root:x:0:' 'app:x:1654:' >"$work/root/etc/group"
  chmod 1777 "$work/root/tmp"
  "$folder/image.sh" runtime-deps:base "$work/root" "$work/image.tar"
  tar -C "$work/image" -xf "$work/image.tar"
  rm "$work/image/manifest.json"
  rm -rf "$registry"
  mkdir -p "$registry"/v2/runtime-deps/{blobs,manifests}
  layer=$(descriptor image.rootfs.diff.tar "$work/image/layer.tar")
  config=$(descriptor container.image.v1+json "$work"/image/*.json)
  echo "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.docker.distribution.manifest.v2+json\",\"config\":$config,\"layers\":[$layer]}" >"$registry$probe_path"
  echo ".json:application/vnd.docker.distribution.manifest.v2+json" >"$state/httpd.conf"
  rm -rf "$work"
  echo "$wanted" >"$state/base"
}

# packed_from ROOT: an archive of the files that it is told, without the folders that they are in.
packed_from() {
  local file
  while read -r file; do
    [[ -d $file && ! -L $file ]] || echo "${file#/}"
  done | tar -C "$1" -c -T -
}

# descriptor TYPE FILE: gives a file to the registry, and says how a manifest names it.
descriptor() {
  local digest
  digest=sha256:$(sha256sum <"$2" | cut -d' ' -f1)
  echo "{\"mediaType\":\"application/vnd.docker.$1\",\"size\":$(stat -c %s "$2"),\"digest\":\"$digest\"}"
  mv "$2" "$registry/v2/runtime-deps/blobs/$digest"
}

newer_sources() {
  find "$repository/src" "$project" "$repository"/{global.json,Directory.Build.props,Directory.Packages.props} "$folder/publish.sh" \
    \( -name bin -o -name obj \) -prune -o -type f -newer "$archive" -print -quit
}

# publish: with intermediate files of its own, so that building the solution and this do not touch each other.
publish() {
  local work=$state/work
  rm -rf "$work"
  mkdir -p "$work" "$(dirname "$archive")"
  say "publishing $image"
  dotnet publish "$project" -c Release --use-current-runtime --self-contained -t:PublishContainer --artifacts-path "$repository/artifacts/publish" \
    -p:ContainerBaseImage="localhost:$port/runtime-deps:base.json" -p:ContainerRepository="${image%:*}" -p:ContainerImageTag="${image##*:}" \
    -p:ContainerArchiveOutputPath="$work/image.tar" -p:RunAnalyzers=false -nodeReuse:false -v quiet -nologo >"$state/publish.log" 2>&1 ||
    { tail -n 20 "$state/publish.log" >&2; fail "$project cannot be published (see $state/publish.log)"; }
  mv "$work/image.tar" "$archive"
}

lock
if [[ -e $archive && -z $(newer_sources) ]]; then
  echo "$image is up to date: $archive"
  exit
fi
up >/dev/null
trap 'down >/dev/null' EXIT
publish
echo "$image published: $archive ($(stat -c %s "$archive" | numfmt --to=iec))"
