/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _BcastPrefill BcastPrefill;

BcastPrefill *bcast_prefill_new  (GtkEditable  *editable) G_GNUC_WARN_UNUSED_RESULT;
void          bcast_prefill_free (BcastPrefill *self);
void          bcast_prefill_set  (BcastPrefill *self,
                                  const char   *text);

G_END_DECLS
