/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-matcher-index-private.h"

G_BEGIN_DECLS

typedef struct _BcastMatchRow BcastMatchRow;

/* The rows that were opened lately by events which nobody here sent; equal events share a group in the
 * index. */
typedef struct
{
  BcastMatchIndex  index;
  BcastMatchRow   *oldest; /* of all */
  BcastMatchRow   *youngest;
  guint            n_rows;
  gsize            n_bytes;
} BcastMatchForeign;

void   bcast_match_foreign_init  (BcastMatchForeign   *self);
void   bcast_match_foreign_clear (BcastMatchForeign   *self);
void   bcast_match_foreign_add   (BcastMatchForeign   *self,
                                  const BcastMatchKey *key,
                                  gint64               event_id,
                                  guint                client,
                                  gint64               received_us);
gint64 bcast_match_foreign_take  (BcastMatchForeign   *self,
                                  const BcastMatchKey *key,
                                  guint                client,
                                  gint64               received_us);

G_END_DECLS
