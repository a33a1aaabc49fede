/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-profile-kind.h"

#include <glib/gi18n.h>

static const struct
{
  const char *label;
  const char *hint;
} kinds[] = {
  [BCAST_PROFILE_SANDBOX] = {
    N_("Sandbox"),
    N_("The server inside this program, on this computer alone. Nothing to sign up for; your app can develop "
       "against it."),
  },
  [BCAST_PROFILE_CLUSTER] = {
    N_("Pusher cluster"),
    N_("An app at pusher.com. What to enter stands in its dashboard under App Keys."),
  },
  [BCAST_PROFILE_SERVER] = {
    N_("Own server"),
    N_("Any server that speaks the protocol, such as Laravel Reverb, soketi or Sockudo."),
  },
};

/**
 * bcast_profile_kind_get_label:
 * @kind: a kind of profile
 *
 * Returns: (transfer none): its name for people, translated
 */
const char *
bcast_profile_kind_get_label (BcastProfileKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kinds), "");

  return _(kinds[kind].label);
}

/**
 * bcast_profile_kind_get_hint:
 * @kind: a kind of profile
 *
 * Returns: (transfer none): whom it is for, a sentence, translated
 */
const char *
bcast_profile_kind_get_hint (BcastProfileKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kinds), "");

  return _(kinds[kind].hint);
}
