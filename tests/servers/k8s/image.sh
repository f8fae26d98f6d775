#!/usr/bin/env bash
# image.sh NAME:TAG FOLDER FILE.tar PROGRAM [ARGUMENT…]: packs a folder as an image of one layer, in the form that
# containerd, podman and docker load. The same folder gives the same bytes. Needs tar and sha256sum, no daemon.
set -euo pipefail
image=$1 root=$2 archive=$3
shift 3

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pack() { tar -C "$1" --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -cf "$2" .; }
digest() { sha256sum <"$1" | cut -d' ' -f1; }

json=
for argument; do
  argument=${argument//\\/\\\\}
  json+=${json:+,}\"${argument//\"/\\\"}\"
done

mkdir "$work/image"
pack "$root" "$work/image/layer.tar"
layer=$(digest "$work/image/layer.tar")
cat >"$work/config.json" <<Y
{"architecture":"$(dpkg --print-architecture)","os":"linux","created":"1970-01-01T00:00:00Z","config":{"Env":["PATH=/usr/local/bin:/usr/bin:/bin"],"Cmd":[$json],"WorkingDir":"/"},"rootfs":{"type":"layers","diff_ids":["sha256:$layer"]},"history":[{"created":"1970-01-01T00:00:00Z"}]}
Y
config=$(digest "$work/config.json")
mv "$work/config.json" "$work/image/$config.json"
echo "[{\"Config\":\"$config.json\",\"RepoTags\":[\"$image\"],\"Layers\":[\"layer.tar\"]}]" >"$work/image/manifest.json"
pack "$work/image" "$archive"
