/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "wire.h"

G_BEGIN_DECLS

void               wire_set_faults   (BcastSandbox      *sandbox,
                                      const char        *first,
                                      ...) G_GNUC_NULL_TERMINATED;
void               wire_clear_faults (BcastSandbox      *sandbox);

/* Plain TCP, for what no library lets through. */
GSocketConnection *wire_dial         (BcastSandbox      *sandbox);
void               wire_write        (GSocketConnection *connection,
                                      const char        *bytes,
                                      gsize              length);
char              *wire_read_until   (GSocketConnection *connection,
                                      const char        *wanted);

G_END_DECLS
