/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-workspace.h"

G_BEGIN_DECLS

#define BCAST_TYPE_COMPOSER_OPTIONS (bcast_composer_options_get_type ())

/* Signal "changed": an option is another one. */
G_DECLARE_FINAL_TYPE (BcastComposerOptions, bcast_composer_options, BCAST, COMPOSER_OPTIONS, GtkPopover)

void      bcast_composer_options_set_workspace (BcastComposerOptions *self,
                                                BcastWorkspace       *workspace);
char     *bcast_composer_options_dup_sender    (BcastComposerOptions *self) G_GNUC_WARN_UNUSED_RESULT;
void      bcast_composer_options_set_sender    (BcastComposerOptions *self,
                                                const char           *sender);
char     *bcast_composer_options_dup_excluded  (BcastComposerOptions *self) G_GNUC_WARN_UNUSED_RESULT;
void      bcast_composer_options_set_excluded  (BcastComposerOptions *self,
                                                const char           *excluded);
gboolean  bcast_composer_options_check         (BcastComposerOptions *self,
                                                GError              **error);
char     *bcast_composer_options_dup_info      (BcastComposerOptions *self) G_GNUC_WARN_UNUSED_RESULT;
void      bcast_composer_options_set_info      (BcastComposerOptions *self,
                                                const char           *info);
void      bcast_composer_options_set_info_lack (BcastComposerOptions *self,
                                                const char           *lack);
gboolean  bcast_composer_options_get_compact   (BcastComposerOptions *self);
void      bcast_composer_options_set_compact   (BcastComposerOptions *self,
                                                gboolean              compact);

G_END_DECLS
