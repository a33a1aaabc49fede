/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-fault-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"

#define MAX_DELAY_MS     60000
#define MAX_AUTHORIZE_MS 15000 /* a connection that has no answer after 20 seconds is ended */
#define MAX_COUNT        10000 /* of every n-th */
#define MAX_ROW          1000  /* that is reversed */
#define MAX_CLOCK_S      86400

/* A code of 1000 to 2999 belongs to WebSocket; Channels has those from 4000 on. */
static const BcastFaultTraits traits[] = {
  [BCAST_FAULT_CLOSE] = { "close", N_("Sockets are closed"),
                          BCAST_FAULT_VALUE_DUTY, 1000, 4999, 0, TRUE },
  [BCAST_FAULT_REJECT] = { "reject", N_("New sockets are turned away"),
                           BCAST_FAULT_VALUE_DUTY, 4000, 4999, 0, FALSE },
  [BCAST_FAULT_REFUSE_HANDSHAKE] = { "refuse-handshake", N_("WebSocket handshakes are refused"),
                                     BCAST_FAULT_VALUE_CHOICE, 400, 599, 503, FALSE },
  [BCAST_FAULT_NO_PONG] = { "no-pong", N_("Pings are not answered"),
                            BCAST_FAULT_VALUE_NONE, 0, 0, 0, TRUE },
  [BCAST_FAULT_DELAY] = { "delay", N_("Events come late"),
                          BCAST_FAULT_VALUE_DUTY, 1, MAX_DELAY_MS, 0, TRUE },
  [BCAST_FAULT_DUPLICATE] = { "duplicate", N_("Events come twice"),
                              BCAST_FAULT_VALUE_CHOICE, 1, MAX_COUNT, 1, TRUE },
  [BCAST_FAULT_REORDER] = { "reorder", N_("Events come in another order"),
                            BCAST_FAULT_VALUE_CHOICE, 2, MAX_ROW, 2, TRUE },
  [BCAST_FAULT_DROP] = { "drop", N_("Events are lost"),
                         BCAST_FAULT_VALUE_CHOICE, 1, MAX_COUNT, 1, TRUE },
  [BCAST_FAULT_API] = { "api", N_("The HTTP API fails"),
                        BCAST_FAULT_VALUE_DUTY, 400, 599, 0, FALSE },
  [BCAST_FAULT_AUTHORIZE_DELAY] = { "authorize-delay", N_("Authorizing takes long"),
                                    BCAST_FAULT_VALUE_DUTY, 1, MAX_AUTHORIZE_MS, 0, TRUE },
  [BCAST_FAULT_AUTHORIZE_REFUSE] = { "authorize-refuse", N_("Authorizing is refused"),
                                     BCAST_FAULT_VALUE_CHOICE, 400, 599, 403, TRUE },
  [BCAST_FAULT_ERROR] = { "error", N_("Sockets get an error"),
                          BCAST_FAULT_VALUE_DUTY, 4000, 4999, 0, TRUE },
  [BCAST_FAULT_CLOCK] = { "clock", N_("The server's clock is wrong"),
                          BCAST_FAULT_VALUE_DUTY, -MAX_CLOCK_S, MAX_CLOCK_S, 0, FALSE },
};

G_STATIC_ASSERT (G_N_ELEMENTS (traits) == BCAST_N_FAULT_KINDS);

/**
 * bcast_fault_kind_get_traits:
 * @kind: a kind of fault
 *
 * Returns: what there is to know of it
 */
const BcastFaultTraits *
bcast_fault_kind_get_traits (BcastFaultKind kind)
{
  g_return_val_if_fail ((guint) kind < BCAST_N_FAULT_KINDS, &traits[0]);

  return &traits[kind];
}

/**
 * bcast_fault_kind_to_string:
 * @kind: a kind of fault
 *
 * Returns: its word in the text form
 */
const char *
bcast_fault_kind_to_string (BcastFaultKind kind)
{
  return bcast_fault_kind_get_traits (kind)->name;
}

/**
 * bcast_fault_kind_get_title:
 * @kind: a kind of fault
 *
 * Returns: what it does, for people
 */
const char *
bcast_fault_kind_get_title (BcastFaultKind kind)
{
  return _(bcast_fault_kind_get_traits (kind)->title);
}

/**
 * bcast_fault_new:
 * @kind: what goes wrong
 * @value: the code, status, number or time of @kind; 0 where it has none
 *
 * Returns: (transfer full): a fault that everybody has, without an end
 */
BcastFault *
bcast_fault_new (BcastFaultKind kind,
                 int            value)
{
  g_return_val_if_fail ((guint) kind < BCAST_N_FAULT_KINDS, NULL);

  BcastFault *self = g_new0 (BcastFault, 1);

  self->kind = kind;
  self->value = value;
  return self;
}

/**
 * bcast_fault_copy:
 * @self: a fault
 *
 * Returns: (transfer full): the same again
 */
BcastFault *
bcast_fault_copy (const BcastFault *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  BcastFault *copy = bcast_fault_new (self->kind, self->value);

  copy->jitter_ms = self->jitter_ms;
  copy->duration_ms = self->duration_ms;
  copy->app_id = g_strdup (self->app_id);
  copy->client = g_strdup (self->client);
  return copy;
}

/**
 * bcast_fault_free:
 * @self: (transfer full): a fault
 */
void
bcast_fault_free (BcastFault *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->app_id);
  g_free (self->client);
  g_free (self);
}

/**
 * bcast_fault_equal:
 * @a: a fault
 * @b: another
 *
 * Returns: whether both are the same
 */
gboolean
bcast_fault_equal (const BcastFault *a,
                   const BcastFault *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->kind == b->kind && a->value == b->value && a->jitter_ms == b->jitter_ms
         && a->duration_ms == b->duration_ms && g_strcmp0 (a->app_id, b->app_id) == 0
         && g_strcmp0 (a->client, b->client) == 0;
}

/* What RFC 6455, section 7.4, and the registry it began let a server send. */
static gboolean
is_close_code (int code)
{
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || code >= 3000;
}

static gboolean
check_value (const BcastFault  *self,
             GError           **error)
{
  const BcastFaultTraits *own = &traits[self->kind];

  if (self->value < own->least || self->value > own->most)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("%s has the value %d. It must be a number from %d to %d."),
                   own->name, self->value, own->least, own->most);
      return FALSE;
    }
  if (self->kind != BCAST_FAULT_CLOSE || is_close_code (self->value))
    return TRUE;

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("No server may close a WebSocket with %d. Take a code from 3000 to 4999, from 1000 to 1003, or "
                 "from 1007 to 1014."), self->value);
  return FALSE;
}

static gboolean
check_times (const BcastFault  *self,
             GError           **error)
{
  if (self->duration_ms > BCAST_FAULT_MAX_DURATION_MS)
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                         _("A fault lasts for 24 hours at most. Leave “for” out for one without an end."));
  else if (self->jitter_ms > 0 && self->kind != BCAST_FAULT_DELAY)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("“jitter” goes with delay alone. Leave it out for %s."), traits[self->kind].name);
  else if (self->jitter_ms > 0 && self->jitter_ms > (guint) self->value)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("“jitter” is %u ms, which is more than the delay of %d ms. Nothing can come before it was "
                   "sent."), self->jitter_ms, self->value);
  else
    return TRUE;
  return FALSE;
}

/**
 * bcast_fault_is_text:
 * @text: what somebody typed
 *
 * Returns: whether @text is UTF-8 without control characters, so that it can be shown
 */
gboolean
bcast_fault_is_text (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

static gboolean
check_name (const char  *option,
            const char  *name,
            GError     **error)
{
  if (name == NULL
      || (*name != '\0' && strlen (name) <= BCAST_FAULT_MAX_NAME_BYTES && bcast_fault_is_text (name)))
    return TRUE;

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("The id behind “%s” must be text of 1 to %d bytes, without control characters."),
               option, BCAST_FAULT_MAX_NAME_BYTES);
  return FALSE;
}

/**
 * bcast_fault_check:
 * @self: a fault
 * @error: %BCAST_ERROR_INVALID, with the part that is wrong and what is allowed there
 *
 * Returns: whether there can be such a fault
 */
gboolean
bcast_fault_check (const BcastFault  *self,
                   GError           **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!check_value (self, error) || !check_times (self, error)
      || !check_name ("app", self->app_id, error) || !check_name ("client", self->client, error))
    return FALSE;
  if (self->client == NULL || traits[self->kind].has_client)
    return TRUE;

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("“client” does not go with %s, where nobody knows yet whose request it is. Leave it out, or "
                 "name an app."), traits[self->kind].name);
  return FALSE;
}

static void
free_fault (gpointer fault)
{
  bcast_fault_free (fault);
}

/**
 * bcast_fault_array_new:
 *
 * Returns: (transfer full) (element-type BcastFault): room for faults, which it will own
 */
GPtrArray *
bcast_fault_array_new (void)
{
  return g_ptr_array_new_with_free_func (free_fault);
}
