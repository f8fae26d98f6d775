#!/usr/bin/env bash
# QEMU and a guest that boots in seconds without KVM: Debian's cloud kernel, and busybox in an initramfs. Nothing runs: the tests of
# local virtual machines start their own. What the guest does stands in qemu-guest/init.
# shellcheck source=lib/server.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/server.sh"
otherwise="QEMU for x86-64 with qemu-img, busybox (static) and cpio by other means"

readonly guest=$state/guest # vmlinuz and initrd.gz
init=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)/qemu-guest/init
readonly init

# In the order in which they must be loaded; what a kernel has built in, or has no more, is left out.
readonly modules=(
  drivers/virtio/virtio_ring drivers/virtio/virtio drivers/virtio/virtio_pci_legacy_dev drivers/virtio/virtio_pci_modern_dev drivers/virtio/virtio_pci
  net/core/failover drivers/net/net_failover drivers/net/virtio_net drivers/block/virtio_blk
  fs/nls/nls_cp437 fs/nls/nls_ascii fs/nls/nls_iso8859-1 fs/fat/fat fs/fat/vfat drivers/acpi/button drivers/input/evdev
)

install_server() {
  has_commands qemu-system-x86_64 qemu-img cpio || apt_install qemu-system-x86 qemu-utils cpio
  has_commands xz || apt_install xz-utils
  [[ -x $(static_busybox) ]] || apt_install busybox-static
  [[ -s $guest/vmlinuz && -s $guest/initrd.gz && $(<"$guest/made-of") == "$(sources)" ]] || make_guest
}

static_busybox() { command -v busybox || echo /bin/busybox; }

# sources: what the guest is made of; another answer means that it must be made again.
sources() { cat "${BASH_SOURCE[0]}" "$init" | sha256sum; }

# kernel: downloads and unpacks the kernel's package, which is not installed.
kernel() {
  local package
  [[ -s $state/kernel/vmlinuz ]] && return
  has_commands apt-get dpkg-deb || skip "its guest's kernel is a Debian package and this machine has no apt; run these tests on Debian"
  apt_knows linux-image-cloud-amd64 || run_apt update || true
  package=$(apt-cache depends linux-image-cloud-amd64 2>/dev/null | awk '/Depends: linux-image/{print $2; exit}')
  [[ -n $package ]] || skip "apt knows no linux-image-cloud-amd64, or no mirror answers (see $state/apt.log); check apt's sources"
  say "downloading $package"
  rm -rf "$state/package" "$state/kernel"
  mkdir "$state/package"
  (cd "$state/package" && run_apt download "$package") || { run_apt update && (cd "$state/package" && run_apt download "$package"); } ||
    skip "apt could not download $package (see $state/apt.log); try again later"
  dpkg-deb -x "$state/package"/*.deb "$state/package/root"
  mkdir "$state/kernel"
  mv "$(find "$state/package/root" -type d -path '*/lib/modules/*/kernel' -print -quit)" "$state/kernel/modules"
  cp "$state/package/root/boot"/vmlinuz-* "$state/kernel/vmlinuz"
  rm -rf "$state/package"
}

make_guest() {
  local root=$state/root module file
  kernel
  say "making the guest"
  rm -rf "$root" "$guest"
  mkdir -p "$root"/{bin,dev,proc,sys,modules,www,seed} "$guest"
  cp "$(static_busybox)" "$root/bin/busybox"
  cp "$init" "$root/init"
  chmod +x "$root/init"
  for module in "${modules[@]}"; do
    file=$root/modules/$(basename "$module").ko
    if [[ -e $state/kernel/modules/$module.ko ]]; then
      cp "$state/kernel/modules/$module.ko" "$file"
    elif [[ -e $state/kernel/modules/$module.ko.xz ]]; then
      xz -dc "$state/kernel/modules/$module.ko.xz" >"$file"
    else
      continue
    fi
    basename "$module" >>"$root/modules/order"
  done
  (cd "$root" && find . | cpio --quiet -o -H newc | gzip -1) >"$guest/initrd.gz"
  cp "$state/kernel/vmlinuz" "$guest/vmlinuz"
  sources >"$guest/made-of"
  rm -rf "$root"
}

# There is nothing to start or to stop, so "ready" or "up" would be wrong to say.
up() {
  note_skipped ""
  install_server
  echo "qemu installed $guest"
}

down() { echo "qemu is not up"; }

serve "$@"
