/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-prefill.h"

/* Fills a text in for the person, as long as the person has not entered another one. */
struct _BcastPrefill
{
  GtkEditable *editable; /* not owned: it outlives this */
  char        *filled_in;
};

/**
 * bcast_prefill_new:
 * @editable: (transfer none): what is filled in; must live as long as the prefill
 *
 * Returns: (transfer full): a prefill that has filled nothing in yet
 */
BcastPrefill *
bcast_prefill_new (GtkEditable *editable)
{
  g_return_val_if_fail (GTK_IS_EDITABLE (editable), NULL);

  BcastPrefill *self = g_new0 (BcastPrefill, 1);

  self->editable = editable;
  self->filled_in = g_strdup ("");
  return self;
}

/**
 * bcast_prefill_free:
 * @self: (transfer full): a prefill
 */
void
bcast_prefill_free (BcastPrefill *self)
{
  g_free (self->filled_in);
  g_free (self);
}

/**
 * bcast_prefill_set:
 * @self: a prefill
 * @text: (nullable): what is to stand there, unless the person has entered something else
 */
void
bcast_prefill_set (BcastPrefill *self,
                   const char   *text)
{
  g_return_if_fail (self != NULL);

  g_autofree char *before = g_steal_pointer (&self->filled_in);

  self->filled_in = g_strdup (text != NULL ? text : "");
  if (g_str_equal (gtk_editable_get_text (self->editable), before))
    gtk_editable_set_text (self->editable, self->filled_in);
}
