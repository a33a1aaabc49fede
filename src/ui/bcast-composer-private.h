/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-composer.h"

#include "bcast-channel-input.h"
#include "bcast-client-watch.h"
#include "bcast-composer-options.h"
#include "bcast-composer-status.h"
#include "bcast-data-editor.h"
#include "bcast-problem-line.h"

G_BEGIN_DECLS

struct _BcastComposer
{
  GtkBox                parent_instance;

  GtkBox               *fields;
  GtkBox               *types;
  GtkBox               *names;
  GtkToggleButton      *public_button;
  GtkToggleButton      *private_button;
  GtkToggleButton      *presence_button;
  GtkLabel             *prefix;
  GtkEditable          *channel_entry;
  GtkEditable          *event_entry;
  BcastDataEditor      *editor;
  BcastProblemLine     *problem;
  GtkBox               *bottom;
  BcastComposerStatus  *status;
  GtkMenuButton        *examples_button;
  BcastComposerOptions *options;
  GtkWidget            *send_button;

  BcastWorkspace       *workspace;
  BcastClientWatch     *watch;
  BcastChannelInput    *input;
  GCancellable         *cancellable;
  BcastDraft           *pending;  /* waits until the user confirms it */
  GVariant             *replaced; /* what undo_replace brings back */
  gboolean              edited;   /* the user wrote what it holds */
  gboolean              loading;
  gboolean              confirms; /* asks before it sends */
};

void bcast_composer_update (BcastComposer *self);

G_END_DECLS
