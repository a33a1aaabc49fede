/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-draft.h"

G_BEGIN_DECLS

/**
 * BcastExample:
 * @title: what the example shows, translated
 * @channel: full channel name
 * @name: event name
 * @data: JSON, laid out for reading
 * @sender: (nullable): the client that sends it as a client event
 *
 * A ready event for the composer.
 */
typedef struct
{
  const char *title;
  const char *channel;
  const char *name;
  const char *data;
  const char *sender;
} BcastExample;

const BcastExample *bcast_example_get_all (guint *n_examples);

G_END_DECLS
