/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-server-kind.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  BcastServerKind     kind;
  BcastServerFeature  feature;
  const char         *sentence;
} Lack;

/* Proper names, but for the first two. */
static const char * const names[BCAST_N_SERVERS] = {
  [BCAST_SERVER_UNKNOWN]            = N_("Unknown server"),
  [BCAST_SERVER_SANDBOX]            = N_("Sandbox"),
  [BCAST_SERVER_PUSHER]             = "Pusher",
  [BCAST_SERVER_SOKETI]             = "soketi",
  [BCAST_SERVER_REVERB]             = "Reverb",
  [BCAST_SERVER_SOCKUDO]            = "Sockudo",
  [BCAST_SERVER_LARAVEL_WEBSOCKETS] = "laravel-websockets",
  [BCAST_SERVER_POXA]               = "Poxa",
};

/* Read in the source of each server: soketi 5d18878, Reverb dca414f, Sockudo 7040dc0 in its Pusher mode,
 * laravel-websockets 2e4b2f3, Poxa. Features that are there, but have to be switched on, do not count. */
static const Lack lacks[] = {
  { BCAST_SERVER_SANDBOX, BCAST_SERVER_ENCRYPTED_CLIENT_EVENTS,
    N_("The sandbox refuses client events on encrypted channels, as the official client libraries do.") },
  { BCAST_SERVER_SANDBOX, BCAST_SERVER_USERS_WITH_INFO,
    N_("The sandbox tells only the ids of a channel’s users, as Pusher does.") },

  { BCAST_SERVER_PUSHER, BCAST_SERVER_USERS_WITH_INFO, N_("Pusher tells only the ids of a channel’s users.") },

  { BCAST_SERVER_SOKETI, BCAST_SERVER_WATCHLIST, N_("soketi has no watchlist events.") },
  { BCAST_SERVER_SOKETI, BCAST_SERVER_COUNT_EVENTS,
    N_("soketi sends no subscription counts to clients. Ask for them over the HTTP API.") },
  { BCAST_SERVER_SOKETI, BCAST_SERVER_INFO_ON_PUBLISH,
    N_("soketi ignores “info” with an event. Ask for the channel over the HTTP API instead.") },
  { BCAST_SERVER_SOKETI, BCAST_SERVER_TIMESTAMP_CHECK,
    N_("soketi does not look at the age of a signed request.") },

  { BCAST_SERVER_REVERB, BCAST_SERVER_SIGN_IN, N_("Reverb has no user sign-in.") },
  { BCAST_SERVER_REVERB, BCAST_SERVER_TO_USER,
    N_("Reverb has no user sign-in, so that no event can be sent to a user. Use a private channel of the user.") },
  { BCAST_SERVER_REVERB, BCAST_SERVER_WATCHLIST,
    N_("Reverb has no user sign-in, so that there are no watchlist events.") },
  { BCAST_SERVER_REVERB, BCAST_SERVER_ENCRYPTED_CACHE,
    N_("Reverb keeps no last event for encrypted cache channels. They work as encrypted channels.") },
  { BCAST_SERVER_REVERB, BCAST_SERVER_COUNT_EVENTS,
    N_("Reverb sends no subscription counts to clients. Ask for them over the HTTP API.") },
  { BCAST_SERVER_REVERB, BCAST_SERVER_USERS_WITH_INFO, N_("Reverb tells only the ids of a channel’s users.") },
  { BCAST_SERVER_REVERB, BCAST_SERVER_PRESENCE_LIMIT,
    N_("Reverb has no limit on members, so that a channel that works there may be too full for Pusher.") },
  { BCAST_SERVER_REVERB, BCAST_SERVER_WEBHOOKS, N_("Reverb sends no webhooks.") },
  { BCAST_SERVER_REVERB, BCAST_SERVER_TIMESTAMP_CHECK,
    N_("Reverb does not look at the age of a signed request.") },

  { BCAST_SERVER_SOCKUDO, BCAST_SERVER_WATCHLIST,
    N_("Sockudo sends watchlist events in a form of its own, which the official client libraries do not know.") },
  { BCAST_SERVER_SOCKUDO, BCAST_SERVER_COUNT_EVENTS,
    N_("Sockudo sends no subscription counts to clients. Ask for them over the HTTP API.") },
  { BCAST_SERVER_SOCKUDO, BCAST_SERVER_USERS_WITH_INFO, N_("Sockudo tells only the ids of a channel’s users.") },

  { BCAST_SERVER_LARAVEL_WEBSOCKETS, BCAST_SERVER_SIGN_IN, N_("laravel-websockets has no user sign-in.") },
  { BCAST_SERVER_LARAVEL_WEBSOCKETS, BCAST_SERVER_TO_USER,
    N_("laravel-websockets has no user sign-in, so that no event can be sent to a user. Use a private channel of "
       "the user.") },
  { BCAST_SERVER_LARAVEL_WEBSOCKETS, BCAST_SERVER_WATCHLIST,
    N_("laravel-websockets has no user sign-in, so that there are no watchlist events.") },
  { BCAST_SERVER_LARAVEL_WEBSOCKETS, BCAST_SERVER_CACHE,
    N_("laravel-websockets has no cache channels. Their names work as those of other channels.") },
  { BCAST_SERVER_LARAVEL_WEBSOCKETS, BCAST_SERVER_ENCRYPTED_CACHE,
    N_("laravel-websockets has no cache channels. Their names work as those of other channels.") },
  { BCAST_SERVER_LARAVEL_WEBSOCKETS, BCAST_SERVER_COUNT_EVENTS,
    N_("laravel-websockets sends no subscription counts to clients.") },
  { BCAST_SERVER_LARAVEL_WEBSOCKETS, BCAST_SERVER_INFO_ON_PUBLISH,
    N_("laravel-websockets ignores “info” with an event. Ask for the channel over the HTTP API instead.") },
  { BCAST_SERVER_LARAVEL_WEBSOCKETS, BCAST_SERVER_BATCH,
    N_("laravel-websockets takes no batches. Send the events one by one.") },
  { BCAST_SERVER_LARAVEL_WEBSOCKETS, BCAST_SERVER_TERMINATE,
    N_("laravel-websockets cannot end the connections of a user.") },
  { BCAST_SERVER_LARAVEL_WEBSOCKETS, BCAST_SERVER_USERS_WITH_INFO,
    N_("laravel-websockets tells only the ids of a channel’s users.") },
  { BCAST_SERVER_LARAVEL_WEBSOCKETS, BCAST_SERVER_WEBHOOKS, N_("laravel-websockets sends no webhooks.") },
  { BCAST_SERVER_LARAVEL_WEBSOCKETS, BCAST_SERVER_TIMESTAMP_CHECK,
    N_("laravel-websockets does not look at the age of a signed request.") },

  { BCAST_SERVER_POXA, BCAST_SERVER_SIGN_IN, N_("Poxa has no user sign-in.") },
  { BCAST_SERVER_POXA, BCAST_SERVER_TO_USER,
    N_("Poxa has no user sign-in, so that no event can be sent to a user. Use a private channel of the user.") },
  { BCAST_SERVER_POXA, BCAST_SERVER_WATCHLIST,
    N_("Poxa has no user sign-in, so that there are no watchlist events.") },
  { BCAST_SERVER_POXA, BCAST_SERVER_CACHE,
    N_("Poxa has no cache channels. Their names work as those of other channels.") },
  { BCAST_SERVER_POXA, BCAST_SERVER_ENCRYPTED_CACHE,
    N_("Poxa has no cache channels. Their names work as those of other channels.") },
  { BCAST_SERVER_POXA, BCAST_SERVER_COUNT_EVENTS, N_("Poxa sends no subscription counts to clients.") },
};

/**
 * bcast_server_kind_get_name:
 * @kind: a kind of server
 *
 * Returns: its name for people, translated
 */
const char *
bcast_server_kind_get_name (BcastServerKind kind)
{
  g_return_val_if_fail ((guint) kind < BCAST_N_SERVERS, NULL);

  return _(names[kind]);
}

/**
 * bcast_server_kind_lacks:
 * @kind: a kind of server
 * @feature: what might not work there
 *
 * Source: the servers' own code, as told in the table.
 *
 * Returns: (nullable): a sentence that says why it does not, translated; %NULL when it works, or when nothing
 *   is known of that
 */
const char *
bcast_server_kind_lacks (BcastServerKind    kind,
                         BcastServerFeature feature)
{
  g_return_val_if_fail ((guint) kind < BCAST_N_SERVERS && (guint) feature < BCAST_N_SERVER_FEATURES, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lacks); i++)
    if (lacks[i].kind == kind && lacks[i].feature == feature)
      return _(lacks[i].sentence);
  return NULL;
}
