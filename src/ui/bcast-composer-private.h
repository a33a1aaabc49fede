/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-composer.h"

#include "bcast-channel-input.h"
#include "bcast-client-watch.h"
#include "bcast-composer-batch.h"
#include "bcast-composer-chips.h"
#include "bcast-composer-options.h"
#include "bcast-composer-status.h"
#include "bcast-data-editor.h"
#include "bcast-problem-line.h"

G_BEGIN_DECLS

#define BCAST_COMPOSER_N_TYPES 6

struct _BcastComposer
{
  GtkBox                parent_instance;

  GtkBox               *fields;
  GtkBox               *types;
  GtkBox               *names;
  GtkToggleButton      *type_buttons[BCAST_COMPOSER_N_TYPES];
  GtkLabel             *prefix;
  GtkEditable          *channel_entry;
  GtkEditable          *event_entry;
  BcastComposerChips   *chips;
  BcastDataEditor      *editor;
  BcastProblemLine     *problem;
  GtkBox               *bottom;
  BcastComposerStatus  *status;
  GtkMenuButton        *examples_button;
  GtkMenuButton        *options_button;
  BcastComposerOptions *options;
  GtkMenuButton        *batch_button;
  BcastComposerBatch   *batch;
  GtkWidget            *send_button;

  BcastWorkspace       *workspace;
  BcastClientWatch     *watch;
  BcastChannelInput    *input;
  GCancellable         *cancellable;
  GPtrArray            *pending;  /* of BcastDraft; waits until the user confirms it */
  GListModel           *answer_timeline; /* while an answer is awaited */
  BcastEvent           *answer_event;    /* not settled yet */
  gint64                answer_id;
  guint                 answer_n_rows;
  int                   minimum;         /* height, as measured last */
  GVariant             *replaced; /* what undo_replace brings back */
  gboolean              is_batch_pending;
  gboolean              is_narrow;
  gboolean              edited;   /* the user wrote what it holds */
  gboolean              loading;
  gboolean              confirms; /* asks before it sends */
};

void       bcast_composer_update              (BcastComposer       *self);
void       bcast_composer_update_server       (BcastComposer       *self);

void       bcast_composer_init_channels       (BcastComposer       *self);
void       bcast_composer_set_short_types     (BcastComposer       *self,
                                               gboolean             is_short);
void       bcast_composer_update_channel_hint (BcastComposer       *self);
gboolean   bcast_composer_has_channels        (BcastComposer       *self);
char     **bcast_composer_dup_channels        (BcastComposer       *self) G_GNUC_WARN_UNUSED_RESULT;
void       bcast_composer_set_channels        (BcastComposer       *self,
                                               const char * const  *channels);
gboolean   bcast_composer_check_channels      (BcastComposer       *self,
                                               GError             **error);
void       bcast_composer_clear_channels      (BcastComposer       *self);
void       bcast_composer_add_channel_cb      (BcastComposer       *self);

BcastDraft *bcast_composer_dup_draft_for      (BcastComposer       *self,
                                               const char * const  *channels) G_GNUC_WARN_UNUSED_RESULT;

void       bcast_composer_await_answer        (BcastComposer       *self,
                                               gint64               first_id,
                                               guint                n_rows);
void       bcast_composer_forget_answer       (BcastComposer       *self);

G_END_DECLS
