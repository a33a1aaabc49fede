#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a test in a display and on a session bus of its own, so that tests need neither and cannot
# disturb one another.
set -euo pipefail

runtime=$(mktemp -d)
chmod 700 "$runtime"
trap 'rm -rf "$runtime"' EXIT

unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS AT_SPI_BUS_ADDRESS
export XDG_RUNTIME_DIR=$runtime NO_AT_BRIDGE=0

# What the services of the bus print is no result of the test.
dbus-run-session -- xvfb-run -a -s '-screen 0 1600x1000x24 -nolisten tcp' \
  bash -c 'exec "$@" >&3' test "$@" 3>&1 >&2
