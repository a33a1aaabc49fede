/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-hub-options-private.h"
#include "bcast-sandbox-server-private.h"
#include "bcast-sandbox.h"

G_BEGIN_DECLS

struct _BcastSandbox
{
  GObject             parent_instance;

  char               *app_id;
  char               *key;
  char               *secret;
  char               *master_key; /* NULL without one */
  char               *host;
  BcastSandboxUser   *user;
  BcastHubOptions     options;

  /* While it runs. */
  GThread            *thread;
  GMainContext       *context;
  GMainLoop          *loop;
  BcastSandboxServer *server; /* used in its thread alone once that runs */
  guint16             port;
};

G_END_DECLS
