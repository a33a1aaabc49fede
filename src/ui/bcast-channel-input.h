/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-channel-name.h"

G_BEGIN_DECLS

#define BCAST_TYPE_CHANNEL_INPUT (bcast_channel_input_get_type ())

/* Signal "changed": the full name is another one. */
G_DECLARE_FINAL_TYPE (BcastChannelInput, bcast_channel_input, BCAST, CHANNEL_INPUT, GObject)

BcastChannelInput *bcast_channel_input_new      (GtkEditable       *entry,
                                                 GtkLabel          *prefix,
                                                 GtkToggleButton   *public_button,
                                                 GtkToggleButton   *private_button,
                                                 GtkToggleButton   *presence_button) G_GNUC_WARN_UNUSED_RESULT;
void               bcast_channel_input_add_type (BcastChannelInput *self,
                                                 BcastChannelType   type,
                                                 GtkToggleButton   *button);
BcastChannelType   bcast_channel_input_get_type_chosen (BcastChannelInput *self);
char              *bcast_channel_input_dup_name (BcastChannelInput *self) G_GNUC_WARN_UNUSED_RESULT;
void               bcast_channel_input_set_name (BcastChannelInput *self,
                                                 const char        *name);
gboolean           bcast_channel_input_is_empty (BcastChannelInput *self);
gboolean           bcast_channel_input_check    (BcastChannelInput *self,
                                                 GError           **error);
gboolean           bcast_channel_input_has_list (BcastChannelInput *self);
char             **bcast_channel_input_dup_list (BcastChannelInput *self,
                                                 GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
