# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# What build-aux/run and build-aux/test share: the dependency list and the build. Sourced, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck disable=SC2034 # for those who source this
jobs=$(nproc)
os_release=/etc/os-release

say () { printf '\n== %s\n' "$*"; }
die () { printf '\n%s\n' "$*" >&2; exit 1; }

# packages COLUMN GROUP...: the names of these groups in that column of the list
packages () {
  local column=$1 group command debian fedora arch name
  shift
  # shellcheck disable=SC2034 # read through ${!column}
  while read -r group command debian fedora arch; do
    [[ " $* " == *" $group "* ]] || continue
    name=${!column}
    if [[ $command != - ]] && command -v "$command" >/dev/null; then continue; fi
    [[ $name == - ]] || printf '%s\n' "$name"
  done < <(grep -v '^#' "$root/build-aux/dependencies")
}

# missing_debian NAME...: those which dpkg does not know as installed
missing_debian () {
  local name
  for name in "$@"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed \
      || printf '%s\n' "$name"
  done
}

missing_fedora () {
  local name
  for name in "$@"; do
    rpm -q --quiet --whatprovides "$name" || printf '%s\n' "$name"
  done
}

missing_arch () {
  pacman -T "$@" || true
}

# ask_for GROUP...: says by which command each distribution gets the packages, and stops
ask_for () {
  local reason=$1
  shift
  die "$reason

  Debian   apt-get install $(packages debian "$@" | xargs)
  Fedora   dnf install $(packages fedora "$@" | xargs)
  Arch     pacman -S --needed $(packages arch "$@" | xargs)

Install them and start this again; with BCAST_SKIP_DEPENDENCIES=1 it goes on without looking."
}

install_debian () {
  local as_root=() missing=("$@")
  if [[ $(id -u) -ne 0 ]]; then
    as_root=(sudo)
    [[ -t 0 ]] || as_root=(sudo -n)
  fi
  say "Installing ${missing[*]}"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 update </dev/null
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 \
    install --no-install-recommends "${missing[@]}" </dev/null
}

# can_become_root: as root, or with a sudo that will not wait for a password nobody can type
can_become_root () {
  [[ $(id -u) -eq 0 ]] && return
  command -v sudo >/dev/null || return
  [[ -t 0 ]] || sudo -n true 2>/dev/null
}

# ensure GROUP...: makes sure that the packages of these groups are installed
ensure () {
  local ID=unknown VERSION_ID='' NAME='this system' wanted=() missing=()
  [[ -z ${BCAST_SKIP_DEPENDENCIES:-} ]] || return 0
  # shellcheck disable=SC1090
  [[ ! -r $os_release ]] || . "$os_release"

  case $ID in
    debian | fedora | arch)
      mapfile -t wanted < <(packages "$ID" "$@")
      mapfile -t missing < <("missing_$ID" "${wanted[@]}")
      ;;
    *)
      ask_for "The packages can only be looked up and installed on Debian 12, and this is $NAME.
Broadcast needs these:" "$@"
      ;;
  esac
  [[ ${#missing[@]} -gt 0 ]] || return 0

  if [[ $ID-$VERSION_ID != debian-12 ]]; then
    ask_for "These packages are missing: ${missing[*]}
They can only be installed by this script on Debian 12, and this is $NAME $VERSION_ID. By hand:" "$@"
  elif ! can_become_root; then
    ask_for "These packages are missing: ${missing[*]}
Installing them takes root or a sudo without a password, and neither is at hand. By hand, as root:" "$@"
  fi
  install_debian "${missing[@]}"
}

# configure DIR OPTION...: sets the build tree up once, and again after it was damaged
configure () {
  local dir=$1
  shift
  if [[ ! -f $dir/build.ninja ]]; then
    rm -rf "$dir"
    meson setup "$dir" "$root" "$@" </dev/null
  fi
}
