/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "bcast-close-code.h"

G_BEGIN_DECLS

/**
 * BcastBackoff:
 * @n_failures: attempts and short-lived connections that failed one after the other
 *
 * How patient a client has become. All zeros is a fresh one.
 */
typedef struct
{
  guint n_failures;
} BcastBackoff;

void  bcast_backoff_reset   (BcastBackoff  *self);
guint bcast_backoff_next_ms (BcastBackoff  *self,
                             BcastReaction  reaction,
                             gboolean       opened,
                             gint64         lived_ms,
                             double         luck);

G_END_DECLS
