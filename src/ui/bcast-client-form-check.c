/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-form-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "bcast-authorizer-secrets.h"
#include "bcast-channel-name.h"
#include "bcast-http-text.h"
#include "bcast-json.h"
#include "bcast-limits.h"
#include "bcast-secret-store.h"

/* What is wrong with what was entered, told under each field while it is typed. */

static void
check_name (BcastClientForm *self)
{
  g_autofree char *name = bcast_client_form_dup_text (self->name);
  const char *problem = NULL;

  if (*name == '\0')
    problem = _("Enter a name.");
  else if (self->is_new && bcast_workspace_find_client (self->workspace, name) != NULL)
    problem = _("There is a client of this name already.");
  bcast_field_set_error (self->name, problem);
}

/* Without an id the client acts as its name in lower case, see bcast_workspace_add_client_with(). */
static void
check_user_id (BcastClientForm *self)
{
  g_autofree char *user_id = bcast_client_form_dup_text (self->user_id);
  g_autofree char *name = bcast_client_form_dup_text (self->name);
  g_autofree char *name_as_id = g_utf8_strdown (name, -1);
  const char *used = *user_id != '\0' ? user_id : name_as_id;
  g_autoptr(GError) error = NULL;

  if (strlen (user_id) > BCAST_LIMIT_USER_ID)
    bcast_field_set_error (self->user_id, _("A user id has at most 128 characters."));
  else if (gtk_switch_get_active (self->signs_in) && *used != '\0' && !bcast_user_id_check (used, &error))
    bcast_field_set_error (self->user_id, error->message);
  else
    bcast_field_set_error (self->user_id, NULL);
}

static void
check_user_info (BcastClientForm *self)
{
  g_autofree char *info = bcast_client_form_dup_text (self->user_info);
  gsize length = strlen (info);
  g_autofree char *problem = NULL;
  g_autoptr(GError) error = NULL;

  if (length > BCAST_LIMIT_CHANNEL_DATA_BYTES)
    problem = g_strdup_printf (_("This is %zu bytes, and %d are allowed."), length, BCAST_LIMIT_CHANNEL_DATA_BYTES);
  else if (length > 0 && !bcast_json_scan (info, length, NULL, NULL, &error))
    problem = g_strdup (error->message);
  bcast_field_set_error (self->user_info, problem);
}

static void
check_watchlist (BcastClientForm *self)
{
  g_auto(GStrv) watchlist = bcast_client_form_dup_watchlist (self);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; watchlist[i] != NULL && error == NULL; i++)
    bcast_user_id_check (watchlist[i], &error);
  bcast_field_set_error (self->watchlist, error != NULL ? error->message : NULL);
}

static void
check_pairs (BcastField *field,
             char        separator,
             gboolean  (*check) (const char * const  *pairs,
                                 GError             **error))
{
  char *lines = bcast_client_form_dup_text (field);
  g_autoptr(GError) error = NULL;
  char **pairs = bcast_authorizer_pairs_parse (lines, separator, &error);

  if (pairs != NULL)
    check ((const char * const *) pairs, &error);
  bcast_field_set_error (field, error != NULL ? error->message : NULL);
  bcast_authorizer_pairs_free (pairs);
  bcast_secret_free (lines);
}

static void
check_secret (BcastField *field,
              gboolean  (*check) (const char  *text,
                                  GError     **error))
{
  char *text = bcast_client_form_dup_text (field);
  g_autoptr(GError) error = NULL;

  if (*text != '\0')
    check (text, &error);
  bcast_field_set_error (field, error != NULL ? error->message : NULL);
  bcast_secret_free (text);
}

/*
 * bcast_client_form_check:
 * @self: a form
 *
 * Tells under each field what is wrong there. A field out of view counts too: it would be sent.
 */
void
bcast_client_form_check (BcastClientForm *self)
{
  BcastField *fields[] = { self->name, self->user_id, self->user_info, self->watchlist, self->headers,
                           self->params, self->cookies, self->bearer, };

  check_name (self);
  check_user_id (self);
  check_user_info (self);
  check_watchlist (self);
  check_pairs (self->headers, ':', bcast_http_headers_check);
  check_pairs (self->params, '=', bcast_http_params_check);
  check_secret (self->cookies, bcast_http_cookies_check);
  check_secret (self->bearer, bcast_http_bearer_check);

  self->is_good = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (bcast_field_get_error (fields[i]) != NULL)
      self->is_good = FALSE;
}
