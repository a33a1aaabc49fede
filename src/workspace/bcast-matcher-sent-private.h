/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-event.h"
#include "bcast-matcher-clients-private.h"
#include "bcast-matcher-index-private.h"

G_BEGIN_DECLS

/* The sent events of one channel and name that some client may still bring with other bytes. */
typedef struct
{
  BcastMatchNode  node;
  char           *channel;
  char           *name;
  guint           n_entries; /* all that refer to it */
  GQueue          wanting;   /* of BcastMatchEntry, oldest first */
} BcastMatchTopic;

/* One event that was sent from here. It is late when nobody need wait for it any more: those who
 * receive it still find it, for a while, but behind those that are not. */
typedef struct
{
  gint64              id;
  gint64              sent_us;
  guint64             serial;         /* rises with each event that is added */
  BcastMatchTopic    *topic;
  char               *data;
  gsize               data_length;
  char               *canonical;      /* of data; NULL before it was asked for, or when not JSON */

  BcastMatchClients   expected;
  BcastMatchClients   taken;
  guint               n_expected;
  guint               n_received;     /* of those expected */
  guint               n_taken;        /* of all */
  int                 excluded;       /* a client's number, or -1 */

  gboolean            is_answered;
  gboolean            is_over;        /* its time */
  gboolean            is_different;
  gboolean            has_canonical;  /* was looked for */
  gboolean            is_indexed_late; /* all who are expected have it, or it is settled */
  gboolean            is_queued_late;  /* it is settled */
  gboolean            is_wanting;      /* some client may bring it with other bytes */

  BcastMatchNode      node;           /* in waiting or late, by all three texts */
  GList               due_link;       /* in waiting_queue or late_queue */
  GList               wanting_link;   /* in topic->wanting */
} BcastMatchEntry;

BcastEventOutcome bcast_match_entry_get_outcome (const BcastMatchEntry *self);
void              bcast_match_entry_receive     (BcastMatchEntry       *self,
                                                 guint                  client,
                                                 gboolean               is_identical);
const char       *bcast_match_entry_get_canonical (BcastMatchEntry     *self);
void              bcast_match_entry_free        (BcastMatchEntry       *self);

/* All events that were sent from here and may still be received. */
typedef struct
{
  gint64           timeout_us;
  BcastMatchIndex  waiting;
  BcastMatchIndex  late;
  BcastMatchIndex  topics;
  GHashTable      *by_id;         /* gint64 in the entry → BcastMatchEntry */
  GQueue           waiting_queue; /* whose outcome is to be settled, by sent_us */
  GQueue           late_queue;    /* the others, roughly by sent_us */
  GArray          *given_up;      /* of BcastMatchGivenUp: to be reported by the next expiry */
  GHashTable      *unanswered;    /* event id → outcome, of what was given up before its answer came */
  gsize            n_bytes;
  guint64          last_serial;
} BcastMatchSent;

typedef struct
{
  gint64            id;
  BcastEventOutcome outcome;
} BcastMatchGivenUp;

void               bcast_match_sent_init          (BcastMatchSent      *self,
                                                   gint64               timeout_us);
void               bcast_match_sent_clear         (BcastMatchSent      *self);
void               bcast_match_sent_add           (BcastMatchSent      *self,
                                                   const BcastMatchKey *key,
                                                   BcastMatchEntry     *entry);
void               bcast_match_sent_remove        (BcastMatchSent      *self,
                                                   BcastMatchEntry     *entry);
void               bcast_match_sent_update        (BcastMatchSent      *self,
                                                   BcastMatchEntry     *entry);
void               bcast_match_sent_restart       (BcastMatchSent      *self,
                                                   BcastMatchEntry     *entry,
                                                   gint64               sent_us);
void               bcast_match_sent_prune         (BcastMatchSent      *self,
                                                   gint64               now_us);
BcastEventOutcome  bcast_match_sent_take_given_up (BcastMatchSent      *self,
                                                   gint64               event_id);
BcastMatchEntry   *bcast_match_sent_lookup        (BcastMatchSent      *self,
                                                   gint64               event_id);
BcastMatchEntry   *bcast_match_sent_find          (BcastMatchSent      *self,
                                                   const BcastMatchKey *key,
                                                   guint                client,
                                                   gint64               received_us,
                                                   gboolean            *is_identical);

G_END_DECLS
