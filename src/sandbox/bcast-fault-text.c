/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-fault-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-number.h"

#define MAX_TEXT_BYTES  1024
#define MAX_SHOWN_BYTES 60

/* Room for what somebody typed in a sentence. */
#define SHOWN(text) bcast_error_clip (text, MAX_SHOWN_BYTES), text

static char *
list_names (void)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < BCAST_N_FAULT_KINDS; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", bcast_fault_kind_to_string (i));
  return g_string_free (names, FALSE);
}

static gboolean
find_kind (const char      *name,
           BcastFaultKind  *kind,
           GError         **error)
{
  for (guint i = 0; i < BCAST_N_FAULT_KINDS; i++)
    if (strcmp (name, bcast_fault_kind_to_string (i)) == 0)
      {
        *kind = i;
        return TRUE;
      }

  g_autofree char *names = list_names ();

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_NOT_FOUND,
               _("There is no fault “%.*s”. The faults are: %s."), SHOWN (name), names);
  return FALSE;
}

/* A number with a sign, where @least is below zero. */
static gboolean
parse_int (const char *text,
           int         least,
           int         most,
           int        *number)
{
  gboolean is_negative = least < 0 && *text == '-';
  guint64 size = 0;

  if (least < 0 && (*text == '-' || *text == '+'))
    text++;
  if (!bcast_number_parse (text, is_negative || least < 0 ? 0 : least, is_negative ? -least : most, &size))
    return FALSE;

  *number = is_negative ? -(int) size : (int) size;
  return TRUE;
}

static gboolean
parse_value (BcastFault  *self,
             const char  *text,
             GError     **error)
{
  const BcastFaultTraits *own = bcast_fault_kind_get_traits (self->kind);

  self->value = own->fallback;
  if (text == NULL && own->has_value != BCAST_FAULT_VALUE_DUTY)
    return TRUE;

  if (text == NULL)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("%s needs a value. Write %s=N, where N is a number from %d to %d."),
                 own->name, own->name, own->least, own->most);
  else if (own->has_value == BCAST_FAULT_VALUE_NONE)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("%s takes no value. Leave out “=%.*s”."), own->name, SHOWN (text));
  else if (!parse_int (text, own->least, own->most, &self->value))
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("%s has the value “%.*s”. It must be a number from %d to %d."),
                 own->name, SHOWN (text), own->least, own->most);
  else
    return TRUE;
  return FALSE;
}

static gboolean
parse_jitter (BcastFault  *self,
              const char  *text,
              GError     **error)
{
  int most = bcast_fault_kind_get_traits (BCAST_FAULT_DELAY)->most;
  guint64 jitter_ms;

  if (bcast_number_parse (text, 1, most, &jitter_ms))
    {
      self->jitter_ms = jitter_ms;
      return TRUE;
    }

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("“jitter” is “%.*s”. It must be a number of milliseconds from 1 to %d."), SHOWN (text), most);
  return FALSE;
}

static const struct
{
  const char *suffix;
  guint       ms;
} units[] = {
  { "ms", 1 },
  { "s", 1000 },
  { "m", 60 * 1000 },
  { "", 1000 },
};

static gboolean
parse_duration (BcastFault  *self,
                const char  *text,
                GError     **error)
{
  gsize digits = strspn (text, G_CSET_DIGITS);
  g_autofree char *number = g_strndup (text, digits);
  guint64 count;

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (strcmp (text + digits, units[i].suffix) == 0
        && bcast_number_parse (number, 1, BCAST_FAULT_MAX_DURATION_MS / units[i].ms, &count))
      {
        self->duration_ms = count * units[i].ms;
        return TRUE;
      }

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("“for” is “%.*s”. It must be a time such as 500ms, 30s or 5m, or a number of seconds, and 24 "
                 "hours at most."), SHOWN (text));
  return FALSE;
}

/* Ids may have commas in them. */
static gboolean
parse_name (char       **name,
            const char  *option,
            const char  *text,
            GError     **error)
{
  *name = g_uri_unescape_string (text, NULL);
  if (*name != NULL)
    return TRUE;

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("“%s” is “%.*s”. In an id write %%25 for a percent sign, and %%2C for a comma."),
               option, SHOWN (text));
  return FALSE;
}

static gboolean
parse_app (BcastFault  *self,
           const char  *text,
           GError     **error)
{
  return parse_name (&self->app_id, "app", text, error);
}

static gboolean
parse_client (BcastFault  *self,
              const char  *text,
              GError     **error)
{
  return parse_name (&self->client, "client", text, error);
}

static const struct
{
  const char *name;
  gboolean  (*parse) (BcastFault  *self,
                      const char  *text,
                      GError     **error);
} options[] = {
  { "jitter", parse_jitter },
  { "app", parse_app },
  { "client", parse_client },
  { "for", parse_duration },
};

/* Cuts @part in two at the equals sign; NULL without one. */
static char *
split (char *part)
{
  char *value = strchr (part, '=');

  if (value != NULL)
    *value++ = '\0';
  return value;
}

static gboolean
parse_option (BcastFault  *self,
              char        *part,
              guint       *seen,
              GError     **error)
{
  char *value = split (part);

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      if (strcmp (part, options[i].name) != 0)
        continue;
      if ((*seen & 1u << i) != 0)
        {
          g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                       _("“%s” is given twice. Write another fault for another one."), part);
          return FALSE;
        }
      *seen |= 1u << i;
      return options[i].parse (self, value != NULL ? value : "", error);
    }

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("“%.*s” is no part of a fault. Behind the kind there may be jitter=MS, app=ID, client=ID and "
                 "for=TIME, with commas between."), SHOWN (part));
  return FALSE;
}

static gboolean
check_text (const char  *text,
            GError     **error)
{
  gsize length = strnlen (text, MAX_TEXT_BYTES + 1);

  if (length > MAX_TEXT_BYTES)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                 _("The fault has more than %d bytes. Shorten it."), MAX_TEXT_BYTES);
  else if (!bcast_fault_is_text (text))
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                         _("The fault is not text in UTF-8 without control characters. Write it anew."));
  else if (length == 0)
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                         _("The fault is empty. Write one such as delay=200,for=30s."));
  else
    return TRUE;
  return FALSE;
}

/**
 * bcast_fault_parse:
 * @text: `KIND[=VALUE][,jitter=MS][,app=ID][,client=ID][,for=TIME]`; in an id `%2C` stands for a comma and
 *   `%25` for a percent sign
 * @error: %BCAST_ERROR_INVALID, %BCAST_ERROR_TOO_LARGE or, for a kind that there is not,
 *   %BCAST_ERROR_NOT_FOUND; names the part that is wrong and what is allowed there
 *
 * Returns: (transfer full) (nullable): the fault, which bcast_fault_check() finds in order
 */
BcastFault *
bcast_fault_parse (const char  *text,
                   GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  if (!check_text (text, error))
    return NULL;

  g_auto(GStrv) parts = g_strsplit (text, ",", -1);
  g_autoptr(BcastFault) self = bcast_fault_new (BCAST_FAULT_CLOSE, 0);
  char *value = split (parts[0]);
  guint seen = 0;

  if (!find_kind (parts[0], &self->kind, error) || !parse_value (self, value, error))
    return NULL;
  for (guint i = 1; parts[i] != NULL; i++)
    if (!parse_option (self, parts[i], &seen, error))
      return NULL;
  return bcast_fault_check (self, error) ? g_steal_pointer (&self) : NULL;
}

static void
append_name (GString    *buffer,
             const char *option,
             const char *name)
{
  if (name == NULL)
    return;

  g_string_append_printf (buffer, ",%s=", option);
  for (const char *at = name; *at != '\0'; at++)
    if (*at == ',' || *at == '%')
      g_string_append_printf (buffer, "%%%02X", *at);
    else
      g_string_append_c (buffer, *at);
}

static void
append_duration (GString *buffer,
                 guint    duration_ms)
{
  if (duration_ms == 0)
    return;
  if (duration_ms % (60 * 1000) == 0)
    g_string_append_printf (buffer, ",for=%um", duration_ms / (60 * 1000));
  else if (duration_ms % 1000 == 0)
    g_string_append_printf (buffer, ",for=%us", duration_ms / 1000);
  else
    g_string_append_printf (buffer, ",for=%ums", duration_ms);
}

/**
 * bcast_fault_format:
 * @self: a fault that bcast_fault_check() finds in order
 *
 * Returns: (transfer full): the text of which bcast_fault_parse() makes the same again
 */
char *
bcast_fault_format (const BcastFault *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  const BcastFaultTraits *own = bcast_fault_kind_get_traits (self->kind);
  GString *buffer = g_string_new (own->name);

  if (own->has_value != BCAST_FAULT_VALUE_NONE)
    g_string_append_printf (buffer, "=%d", self->value);
  if (self->jitter_ms > 0)
    g_string_append_printf (buffer, ",jitter=%u", self->jitter_ms);
  append_name (buffer, "app", self->app_id);
  append_name (buffer, "client", self->client);
  append_duration (buffer, self->duration_ms);
  return g_string_free (buffer, FALSE);
}
