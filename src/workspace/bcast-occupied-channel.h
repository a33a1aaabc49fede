/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "bcast-info-answer.h"

G_BEGIN_DECLS

#define BCAST_TYPE_OCCUPIED_CHANNEL (bcast_occupied_channel_get_type ())

/* Signal "changed": its counts are others. */
G_DECLARE_FINAL_TYPE (BcastOccupiedChannel, bcast_occupied_channel, BCAST, OCCUPIED_CHANNEL, GObject)

BcastOccupiedChannel  *bcast_occupied_channel_new        (const char            *name) G_GNUC_WARN_UNUSED_RESULT;
const char            *bcast_occupied_channel_get_name   (BcastOccupiedChannel  *self);
const BcastInfoCounts *bcast_occupied_channel_get_counts (BcastOccupiedChannel  *self);
void                   bcast_occupied_channel_set_counts (BcastOccupiedChannel  *self,
                                                          const BcastInfoCounts *counts);

G_END_DECLS
