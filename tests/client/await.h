/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The outcome of an asynchronous call. */
typedef struct
{
  GObject      *source;
  GAsyncResult *result;
} Outcome;

void     outcome_cb    (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data);
void     outcome_clear (Outcome      *self);

gboolean wait_step     (gint64        deadline_us);
void     wait_for_gone (gpointer      object);

/* Runs the main context until @condition, and fails the test when that takes too long. */
#define WAIT_FOR(condition)                                                   \
  G_STMT_START                                                                \
    {                                                                         \
      gint64 wait_until_us = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;   \
      while (!(condition) && wait_step (wait_until_us))                       \
        continue;                                                             \
      g_assert_true (condition);                                              \
    }                                                                         \
  G_STMT_END

G_END_DECLS
