/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-profile.h"

G_BEGIN_DECLS

/* Each group below is one array of the object; a property's place in it follows from its number. */
typedef enum
{
  PROP_0,
  PROP_ID,
  PROP_KIND,
  PROP_AUTHORIZER,

  PROP_PRODUCTION, /* booleans */
  PROP_TLS,
  PROP_ACCEPT_ANY_CERTIFICATE,

  PROP_NAME, /* texts, never NULL */
  PROP_KEY,
  PROP_APP_ID,
  PROP_CLUSTER,
  PROP_WS_HOST,
  PROP_HTTP_HOST,
  PROP_PATH,
  PROP_CA_FILE,
  PROP_AUTH_ENDPOINT,
  PROP_USER_AUTH_ENDPOINT,
  PROP_CSRF_COOKIE,
  PROP_CSRF_HEADER,

  PROP_WS_PORT, /* numbers */
  PROP_HTTP_PORT,
  PROP_MISS_TIMEOUT_MS,

  N_PROPS
} BcastProfileProperty;

#define FIRST_SWITCH PROP_PRODUCTION
#define FIRST_TEXT   PROP_NAME
#define FIRST_NUMBER PROP_WS_PORT

/**
 * BcastProfile:
 *
 * How to reach one app. A profile is a plain record: it takes any text, so that an editor can hold
 * what is half typed, and bcast_profile_check() says what is wrong with it. The secret is not part
 * of it; see #BcastSecretStore.
 */
struct _BcastProfile
{
  GObject                 parent_instance;

  char                   *id;
  BcastProfileKind        kind;
  BcastProfileAuthorizer  authorizer;
  gboolean                switches[FIRST_TEXT - FIRST_SWITCH];
  char                   *texts[FIRST_NUMBER - FIRST_TEXT];
  guint                   numbers[N_PROPS - FIRST_NUMBER];
};

G_END_DECLS
