/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-profile-fields-private.h"
#include "bcast-profile-private.h"

#include <string.h>

#define MAX_ID_LENGTH           64
#define DEFAULT_MISS_TIMEOUT_MS 5000

G_DEFINE_FINAL_TYPE (BcastProfile, bcast_profile, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static const char * const kind_nicks[] = {
  [BCAST_PROFILE_SANDBOX] = "sandbox",
  [BCAST_PROFILE_CLUSTER] = "cluster",
  [BCAST_PROFILE_SERVER] = "server",
};

static void
set_switch (BcastProfile *self,
            guint         prop_id,
            gboolean      on)
{
  gboolean *place = &self->switches[prop_id - FIRST_SWITCH];

  if (*place == !!on)
    return;

  *place = !!on;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static void
set_text (BcastProfile *self,
          guint         prop_id,
          const char   *text)
{
  char **place = &self->texts[prop_id - FIRST_TEXT];
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  if (g_strcmp0 (*place, valid) == 0)
    return;

  g_free (*place);
  *place = g_steal_pointer (&valid);
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static void
set_number (BcastProfile *self,
            guint         prop_id,
            guint         number)
{
  guint *place = &self->numbers[prop_id - FIRST_NUMBER];

  if (*place == number)
    return;

  *place = number;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static void
set_kind (BcastProfile     *self,
          BcastProfileKind  kind)
{
  if (self->kind == kind)
    return;

  self->kind = kind;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KIND]);

  /* Hosted Pusher is on the open network: nobody should have to remember to switch TLS on. */
  if (kind == BCAST_PROFILE_CLUSTER)
    set_switch (self, PROP_TLS, TRUE);
}

static void
set_authorizer (BcastProfile           *self,
                BcastProfileAuthorizer  authorizer)
{
  if (self->authorizer == authorizer)
    return;

  self->authorizer = authorizer;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AUTHORIZER]);
}

static void
bcast_profile_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  BcastProfile *self = BCAST_PROFILE (object);

  if (prop_id == PROP_ID)
    g_value_set_string (value, self->id);
  else if (prop_id == PROP_KIND)
    g_value_set_int (value, self->kind);
  else if (prop_id == PROP_AUTHORIZER)
    g_value_set_int (value, self->authorizer);
  else if (prop_id < FIRST_TEXT)
    g_value_set_boolean (value, self->switches[prop_id - FIRST_SWITCH]);
  else if (prop_id < FIRST_NUMBER)
    g_value_set_string (value, self->texts[prop_id - FIRST_TEXT]);
  else
    g_value_set_uint (value, self->numbers[prop_id - FIRST_NUMBER]);
}

static void
bcast_profile_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  BcastProfile *self = BCAST_PROFILE (object);

  if (prop_id == PROP_ID)
    self->id = g_value_dup_string (value);
  else if (prop_id == PROP_KIND)
    set_kind (self, g_value_get_int (value));
  else if (prop_id == PROP_AUTHORIZER)
    set_authorizer (self, g_value_get_int (value));
  else if (prop_id < FIRST_TEXT)
    set_switch (self, prop_id, g_value_get_boolean (value));
  else if (prop_id < FIRST_NUMBER)
    set_text (self, prop_id, g_value_get_string (value));
  else
    set_number (self, prop_id, g_value_get_uint (value));
}

static void
bcast_profile_constructed (GObject *object)
{
  BcastProfile *self = BCAST_PROFILE (object);

  G_OBJECT_CLASS (bcast_profile_parent_class)->constructed (object);

  if (self->id == NULL)
    self->id = g_uuid_string_random ();
}

static void
bcast_profile_finalize (GObject *object)
{
  BcastProfile *self = BCAST_PROFILE (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->texts); i++)
    g_free (self->texts[i]);
  g_free (self->id);

  G_OBJECT_CLASS (bcast_profile_parent_class)->finalize (object);
}

static void
bcast_profile_class_init (BcastProfileClass *klass)
{
  static const char * const names[N_PROPS] = {
    [PROP_PRODUCTION] = "production",
    [PROP_TLS] = "tls",
    [PROP_ACCEPT_ANY_CERTIFICATE] = "accept-any-certificate",
    [PROP_NAME] = "name",
    [PROP_KEY] = "key",
    [PROP_APP_ID] = "app-id",
    [PROP_CLUSTER] = "cluster",
    [PROP_WS_HOST] = "ws-host",
    [PROP_HTTP_HOST] = "http-host",
    [PROP_PATH] = "path",
    [PROP_CA_FILE] = "ca-file",
    [PROP_AUTH_ENDPOINT] = "auth-endpoint",
    [PROP_USER_AUTH_ENDPOINT] = "user-auth-endpoint",
    [PROP_CSRF_COOKIE] = "csrf-cookie",
    [PROP_CSRF_HEADER] = "csrf-header",
    [PROP_WS_PORT] = "ws-port",
    [PROP_HTTP_PORT] = "http-port",
    [PROP_MISS_TIMEOUT_MS] = "miss-timeout-ms",
  };
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = bcast_profile_constructed;
  object_class->finalize = bcast_profile_finalize;
  object_class->get_property = bcast_profile_get_property;
  object_class->set_property = bcast_profile_set_property;

  properties[PROP_ID] =
    g_param_spec_string ("id", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_KIND] =
    g_param_spec_int ("kind", NULL, NULL, BCAST_PROFILE_SANDBOX, BCAST_PROFILE_SERVER,
                      BCAST_PROFILE_SANDBOX, flags);
  properties[PROP_AUTHORIZER] =
    g_param_spec_int ("authorizer", NULL, NULL, BCAST_PROFILE_AUTHORIZER_LOCAL,
                      BCAST_PROFILE_AUTHORIZER_ENDPOINT, BCAST_PROFILE_AUTHORIZER_LOCAL, flags);
  for (guint i = FIRST_SWITCH; i < FIRST_TEXT; i++)
    properties[i] = g_param_spec_boolean (names[i], NULL, NULL, FALSE, flags);
  for (guint i = FIRST_TEXT; i < FIRST_NUMBER; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, "", flags);
  /* As wide as the type: a port out of range is for bcast_profile_check() to explain. */
  for (guint i = FIRST_NUMBER; i < N_PROPS; i++)
    properties[i] = g_param_spec_uint (names[i], NULL, NULL, 0, G_MAXUINT,
                                       i == PROP_MISS_TIMEOUT_MS ? DEFAULT_MISS_TIMEOUT_MS : 0,
                                       flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bcast_profile_init (BcastProfile *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->texts); i++)
    self->texts[i] = g_strdup ("");
  self->numbers[PROP_MISS_TIMEOUT_MS - FIRST_NUMBER] = DEFAULT_MISS_TIMEOUT_MS;
}

/* Whether @id can stand in a group's name and in an attribute of the keyring. */
gboolean
bcast_profile_id_is_valid (const char *id)
{
  return *id != '\0'
         && strlen (id) <= MAX_ID_LENGTH
         && strspn (id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.") == strlen (id);
}

/* The word that stands for a kind in the key file. */
const char *
bcast_profile_kind_to_nick (BcastProfileKind kind)
{
  return kind_nicks[kind];
}

gboolean
bcast_profile_kind_from_nick (const char       *nick,
                              BcastProfileKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_nicks); i++)
    if (g_str_equal (nick, kind_nicks[i]))
      {
        *kind = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * bcast_profile_new:
 * @id: (nullable): 1 to 64 letters, digits, dots, dashes and underscores; %NULL to make one up
 * @kind: what the profile reaches
 *
 * Returns: (transfer full): a new profile with the defaults of @kind: TLS for a cluster, loopback
 *   and port 6001 for the sandbox
 */
BcastProfile *
bcast_profile_new (const char       *id,
                   BcastProfileKind  kind)
{
  g_return_val_if_fail (id == NULL || bcast_profile_id_is_valid (id), NULL);

  BcastProfile *self = g_object_new (BCAST_TYPE_PROFILE, "id", id, NULL);

  set_kind (self, kind);
  if (kind == BCAST_PROFILE_SANDBOX)
    {
      set_text (self, PROP_WS_HOST, BCAST_SANDBOX_HOST);
      set_number (self, PROP_WS_PORT, BCAST_SANDBOX_PORT);
    }
  return self;
}

/**
 * bcast_profile_new_copy:
 * @original: a profile
 *
 * Returns: (transfer full): a profile with an id of its own and all else as in @original
 */
BcastProfile *
bcast_profile_new_copy (BcastProfile *original)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (original), NULL);

  BcastProfile *self = g_object_new (BCAST_TYPE_PROFILE, NULL);

  bcast_profile_assign (self, original);
  return self;
}

/**
 * bcast_profile_assign:
 * @self: a profile
 * @from: another
 *
 * Makes @self equal to @from, apart from the id; notifies each property that changed.
 */
void
bcast_profile_assign (BcastProfile *self,
                      BcastProfile *from)
{
  g_return_if_fail (BCAST_IS_PROFILE (self));
  g_return_if_fail (BCAST_IS_PROFILE (from));

  g_object_freeze_notify (G_OBJECT (self));
  set_kind (self, from->kind);
  set_authorizer (self, from->authorizer);
  for (guint i = FIRST_SWITCH; i < FIRST_TEXT; i++)
    set_switch (self, i, from->switches[i - FIRST_SWITCH]);
  for (guint i = FIRST_TEXT; i < FIRST_NUMBER; i++)
    set_text (self, i, from->texts[i - FIRST_TEXT]);
  for (guint i = FIRST_NUMBER; i < N_PROPS; i++)
    set_number (self, i, from->numbers[i - FIRST_NUMBER]);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * bcast_profile_equal:
 * @self: a profile
 * @other: another
 *
 * Returns: whether all but the id is equal
 */
gboolean
bcast_profile_equal (BcastProfile *self,
                     BcastProfile *other)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), FALSE);
  g_return_val_if_fail (BCAST_IS_PROFILE (other), FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (self->texts); i++)
    if (!g_str_equal (self->texts[i], other->texts[i]))
      return FALSE;

  return self->kind == other->kind
         && self->authorizer == other->authorizer
         && memcmp (self->switches, other->switches, sizeof self->switches) == 0
         && memcmp (self->numbers, other->numbers, sizeof self->numbers) == 0;
}
