/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define RECEIVER_KEY    "278d425bdf160c739803"
#define RECEIVER_SECRET "7ad3773142a6692b25b8"

/* One request as it came. */
typedef struct
{
  char   *path;
  char   *body;
  gsize   length;
  char   *type;
  char   *key;
  char   *signature;
  char   *tenant; /* X-Tenant */
  char   *agent;
} Received;

/* An app on loopback that receives webhooks. */
typedef struct
{
  SoupServer *server;
  char       *url;      /* of /hook */
  GPtrArray  *received; /* Received, in the order in which they came */
  GQueue      statuses; /* of the next answers, as integers; 200 when there are none */
  const char *answer;   /* NULL for an empty one */
  gsize       answer_bytes;
  gboolean    hangs;    /* answers nothing */
  gboolean    moves;    /* answers with a redirect to /moved, which most clients follow with a GET */
} Receiver;

void        receiver_set_up        (Receiver        *self,
                                    GTlsCertificate *certificate);
void        receiver_tear_down     (Receiver        *self);
void        receiver_answer        (Receiver        *self,
                                    guint            status,
                                    guint            n_times);
Received   *receiver_get           (Receiver        *self,
                                    guint            index);
char       *receiver_get_events    (Receiver        *self,
                                    guint            index);
void        received_check         (const Received  *self,
                                    const char      *key,
                                    const char      *secret);

/* What an app on loopback sends that speaks no HTTP, or not to the end. */
typedef struct
{
  const char *text;
  guint       flood_kib;   /* so much more follows, unless the client hangs up */
  int         written_kib; /* so much of it was taken; atomic */
  int         is_over;     /* atomic */
} RawAnswer;

GSocketService *raw_receiver_new   (RawAnswer       *answer,
                                    char           **url);

G_END_DECLS
