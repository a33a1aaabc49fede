/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-client-form.h"

#include "bcast-field.h"

G_BEGIN_DECLS

struct _BcastClientForm
{
  GtkBox          parent_instance;

  BcastField     *name;
  BcastField     *user_id;
  BcastField     *user_info;
  GtkExpander    *more;
  GtkWidget      *sign_in_row;
  GtkSwitch      *signs_in;
  BcastField     *watchlist;
  BcastField     *signer;
  GtkWidget      *app_box;
  BcastField     *headers;
  BcastField     *params;
  BcastField     *cookies;
  BcastField     *bearer;

  BcastWorkspace *workspace;
  gboolean        is_new;  /* the name has to be one that nobody has yet */
  gboolean        filling;
  gboolean        is_good;
};

char   **bcast_client_form_dup_watchlist (BcastClientForm *self) G_GNUC_WARN_UNUSED_RESULT;
char    *bcast_client_form_dup_text      (BcastField      *field) G_GNUC_WARN_UNUSED_RESULT;
gboolean bcast_client_form_asks_app      (BcastClientForm *self);
void     bcast_client_form_check         (BcastClientForm *self);

G_END_DECLS
