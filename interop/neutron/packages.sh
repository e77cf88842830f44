# Debian's packages: libraries installed, service packages only unpacked. Sourced by run.

packages=(python3-neutron python3-neutron-vpnaas python3-keystone python3-pymysql
  mariadb-server-core mariadb-client-core curl)
policy=/usr/sbin/policy-rc.d
forbidden=''

installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

install_packages() {
  local missing=() package
  for package in "${packages[@]}"; do installed "$package" || missing+=("$package"); done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing ${missing[*]}"
  forbid_services
  logged apt-get update
  DEBIAN_FRONTEND=noninteractive logged apt-get install -y --no-install-recommends \
    -o DPkg::Lock::Timeout=300 "${missing[@]}"
  allow_services
}

# Dependencies (strongSwan) would start services on installation.
forbid_services() {
  [ ! -e "$policy" ] || return 0
  forbidden=yes
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
}

allow_services() {
  [ -z "$forbidden" ] || rm -f "$policy"
  forbidden=''
}

# The server, its schema tool and its pipeline come in neutron-common, whose installation would write /etc and start
# a service.
unpack_neutron() {
  mkdir "$dir/debian"
  (cd "$dir/debian" && logged apt-get -o APT::Sandbox::User=root download neutron-common && dpkg -x neutron-common_*.deb .)
}

logged() { "$@" >>"$dir/log/apt.out" 2>&1 || { show_log apt; die "$1 $2 failed"; }; }
