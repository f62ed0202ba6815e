#!/usr/bin/env bash
# Prints, as a tar, the file system of a base image, made of what is installed here: a program, its libraries, certificates, time zones, and a user 1654. Like the
# chiseled images that it stands in for, it has no shell.
#   base.sh dotnet | node
set -euo pipefail
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

add() {
  for path in "$@"; do
    mkdir -p "$root$(dirname "$path")"
    cp -rL --no-clobber "$path" "$root$path"
  done
}
libraries() { find "$@" -type f \( -name '*.so*' -o -perm -u+x \) -exec ldd {} + 2>/dev/null | grep -oE '/\S+\.so[.0-9]*' | sort -u; }

program=$(readlink -f "$(command -v "$1")")
case $1 in
  dotnet)
    add "$program" "${program%/*}/host" "${program%/*}/shared"
    # Loaded by name when they are needed, so that no program lists them.
    add $(ldconfig -p | grep -oE '/\S+/lib(ssl|crypto)\.so\.3$' | head -2)
    ;;
  node) add "$program" ;;
esac
add $(libraries "$root${program%/*}" | sed "s#^$root##") /etc/ssl/certs /usr/share/zoneinfo
[ -e "$root/usr/bin/$1" ] || { mkdir -p "$root/usr/bin" && ln -s "$program" "$root/usr/bin/$1"; }
echo 'app:x:1654:1654::/tmp:/sbin/nologin' > "$root/etc/passwd"
echo 'app:x:1654:' > "$root/etc/group"
install -d -m 1777 "$root/tmp"
tar -C "$root" -c .
