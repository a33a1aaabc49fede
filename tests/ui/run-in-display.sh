#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a test in a display and on a session bus of its own, so that tests need neither and cannot
# disturb one another.
set -euo pipefail

runtime=$(mktemp -d)
chmod 700 "$runtime"
trap 'rm -rf "$runtime"' EXIT

# With a theme named, even an empty one, libadwaita leaves its own style out.
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS AT_SPI_BUS_ADDRESS GTK_THEME
export XDG_RUNTIME_DIR=$runtime NO_AT_BRIDGE=0

# A desktop without a keyring: the bus starts the services of accessibility and no others, whatever else
# is installed.
mkdir "$runtime/services"
IFS=: read -ra folders <<<"${XDG_DATA_DIRS:-/usr/local/share:/usr/share}"
for folder in "${folders[@]}"; do
  cp "$folder"/dbus-1/services/org.a11y.*.service "$runtime/services" 2>/dev/null || true
done
cat >"$runtime/bus.conf" <<END
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=$runtime</listen>
  <auth>EXTERNAL</auth>
  <servicedir>$runtime/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
END

# What the services of the bus print is no result of the test.
dbus-run-session --config-file="$runtime/bus.conf" -- xvfb-run -a -s '-screen 0 1600x1000x24 -nolisten tcp' \
  bash -c 'exec "$@" >&3' test "$@" 3>&1 >&2
