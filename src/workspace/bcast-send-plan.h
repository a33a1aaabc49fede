/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-app.h"
#include "bcast-draft.h"
#include "bcast-trigger.h"

G_BEGIN_DECLS

/**
 * BcastSendRow:
 * @draft: the number of the draft it comes from
 * @channel: where it goes
 * @data: the data as those who receive it see it, not encrypted
 *
 * One event on one channel: a row of the timeline.
 */
typedef struct
{
  guint  draft;
  char  *channel;
  char  *data;
} BcastSendRow;

/**
 * BcastSendRequest:
 * @triggers: (element-type BcastTrigger): what goes out; one, or the events of a batch
 * @is_batch: whether it is a batch
 * @first_row: the first of the rows that it carries
 * @n_rows: how many rows
 *
 * One request to the HTTP API.
 */
typedef struct
{
  GPtrArray *triggers;
  gboolean   is_batch;
  guint      first_row;
  guint      n_rows;
} BcastSendRequest;

/**
 * BcastSendPlan:
 * @rows: (element-type BcastSendRow): what is sent
 * @requests: (element-type BcastSendRequest): how it is sent, in the order of the rows; none when a
 *   client sends it
 *
 * What sending one or more drafts comes to.
 */
typedef struct
{
  GPtrArray *rows;
  GPtrArray *requests;
} BcastSendPlan;

BcastSendPlan *bcast_send_plan_new  (BcastApp                  *app,
                                     const BcastDraft * const  *drafts,
                                     const char * const        *socket_ids,
                                     guint                      n_drafts,
                                     GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
BcastSendPlan *bcast_send_plan_new_client_event
                                    (const BcastDraft          *draft,
                                     GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
void           bcast_send_plan_free (BcastSendPlan             *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastSendPlan, bcast_send_plan_free)

G_END_DECLS
