/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-example.h"
#include "bcast-workspace.h"

G_BEGIN_DECLS

#define BCAST_TYPE_COMPOSER (bcast_composer_get_type ())

/**
 * BcastComposerWidth:
 * @BCAST_COMPOSER_WIDE: everything on one line
 * @BCAST_COMPOSER_MEDIUM: types and status on lines of their own
 * @BCAST_COMPOSER_NARROW: one field a line
 *
 * How much room there is.
 */
typedef enum
{
  BCAST_COMPOSER_WIDE,
  BCAST_COMPOSER_MEDIUM,
  BCAST_COMPOSER_NARROW,
} BcastComposerWidth;

/* Signals:
 *   "sent" (gint64): the server took the event; its number in the journal
 *   "replaced": something else took the place of what the user had written, see undo_replace */
G_DECLARE_FINAL_TYPE (BcastComposer, bcast_composer, BCAST, COMPOSER, GtkBox)

void              bcast_composer_set_workspace   (BcastComposer      *self,
                                                  BcastWorkspace     *workspace);
void              bcast_composer_set_width       (BcastComposer      *self,
                                                  BcastComposerWidth  width);
void              bcast_composer_set_confirms    (BcastComposer      *self,
                                                  gboolean            confirms);
void              bcast_composer_focus           (BcastComposer      *self);

void              bcast_composer_send            (BcastComposer      *self);
void              bcast_composer_send_as_text    (BcastComposer      *self);
void              bcast_composer_send_confirmed  (BcastComposer      *self);
void              bcast_composer_send_draft      (BcastComposer      *self,
                                                  const BcastDraft   *draft);
void              bcast_composer_add_to_batch    (BcastComposer      *self);
void              bcast_composer_clear_batch     (BcastComposer      *self);
void              bcast_composer_send_batch      (BcastComposer      *self);
void              bcast_composer_subscribe       (BcastComposer      *self);
void              bcast_composer_tidy            (BcastComposer      *self);
void              bcast_composer_minify          (BcastComposer      *self);

BcastDraft       *bcast_composer_dup_draft       (BcastComposer      *self) G_GNUC_WARN_UNUSED_RESULT;
void              bcast_composer_set_draft       (BcastComposer      *self,
                                                  const BcastDraft   *draft);
void              bcast_composer_set_example     (BcastComposer      *self,
                                                  const BcastExample *example);
void              bcast_composer_set_channel     (BcastComposer      *self,
                                                  const char         *channel);
void              bcast_composer_undo_replace    (BcastComposer      *self);

GVariant         *bcast_composer_dup_state       (BcastComposer      *self) G_GNUC_WARN_UNUSED_RESULT;
void              bcast_composer_restore_state   (BcastComposer      *self,
                                                  GVariant           *state);

G_END_DECLS
