/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-no-hyphens.h"

#define TAG "no-hyphens"

/* Only what is new: a tag on all of a long text would have it all laid out again. */
static void
inserted_cb (GtkTextBuffer     *buffer,
             const GtkTextIter *end,
             const char        *text,
             int                length)
{
  GtkTextIter start = *end;

  gtk_text_iter_backward_chars (&start, (int) g_utf8_strlen (text, length));
  gtk_text_buffer_apply_tag_by_name (buffer, TAG, &start, end);
}

/**
 * bcast_no_hyphens_follow:
 * @buffer: text in which each character counts
 *
 * Shows no hyphen where a line is broken, for it would look like a part of the text. Holds for what comes
 * into @buffer later, too.
 */
void
bcast_no_hyphens_follow (GtkTextBuffer *buffer)
{
  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));

  GtkTextIter start, end;

  gtk_text_buffer_create_tag (buffer, TAG, "insert-hyphens", FALSE, NULL);
  g_signal_connect_after (buffer, "insert-text", G_CALLBACK (inserted_cb), NULL);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_apply_tag_by_name (buffer, TAG, &start, &end);
}
