/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-example.h"

#include <glib/gi18n-lib.h>

/* The first two are the stories that framework documentation tells of broadcasting: a release
 * announced to everybody, and a notice for one user. */
static const BcastExample examples[] = {
  {
    N_("App release, for everybody (public)"), "releases", "ReleasePublished",
    "{\n  \"version\": \"4.2\",\n  \"title\": \"Faster cold starts\"\n}", NULL,
  },
  {
    N_("A user’s own notification (private)"), "private-user.1", "InvoicePaid",
    "{\n  \"invoice\": 1043,\n  \"amount\": \"12.00\",\n  \"currency\": \"EUR\"\n}", NULL,
  },
  {
    N_("News for everybody in the room (presence)"), "presence-lobby", "MessagePosted",
    "{\n  \"from\": \"support\",\n  \"text\": \"We open in five minutes.\"\n}", NULL,
  },
  {
    N_("Alice is typing (client event)"), "presence-lobby", "client-typing",
    "{\n  \"typing\": true\n}", "Alice",
  },
};

/**
 * bcast_example_get_all:
 * @n_examples: (out): how many
 *
 * Ready events for channels that the first clients are subscribed to. Titles are to be passed
 * through gettext.
 *
 * Returns: (array length=n_examples): the examples, in the order in which to offer them
 */
const BcastExample *
bcast_example_get_all (guint *n_examples)
{
  g_return_val_if_fail (n_examples != NULL, NULL);

  *n_examples = G_N_ELEMENTS (examples);
  return examples;
}
