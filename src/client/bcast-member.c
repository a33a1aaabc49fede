/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-member.h"

#include <string.h>

#include "bcast-json.h"

/**
 * BcastMember:
 *
 * One user on a presence channel, however many connections that user has. Never changes: when a
 * user's info changes the list gets a new member in the old one's place.
 */
struct _BcastMember
{
  GObject  parent_instance;

  char    *user_id;
  char    *user_info;
};

G_DEFINE_FINAL_TYPE (BcastMember, bcast_member, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_USER_ID,
  PROP_USER_INFO,
  PROP_NAME,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
bcast_member_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  BcastMember *self = BCAST_MEMBER (object);

  switch (prop_id)
    {
    case PROP_USER_ID:
      g_value_set_string (value, self->user_id);
      break;
    case PROP_USER_INFO:
      g_value_set_string (value, self->user_info);
      break;
    case PROP_NAME:
      g_value_take_string (value, bcast_member_dup_name (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bcast_member_finalize (GObject *object)
{
  BcastMember *self = BCAST_MEMBER (object);

  g_free (self->user_id);
  g_free (self->user_info);

  G_OBJECT_CLASS (bcast_member_parent_class)->finalize (object);
}

static void
bcast_member_class_init (BcastMemberClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bcast_member_get_property;
  object_class->finalize = bcast_member_finalize;

  props[PROP_USER_ID] = g_param_spec_string ("user-id", NULL, NULL, NULL, flags);
  props[PROP_USER_INFO] = g_param_spec_string ("user-info", NULL, NULL, NULL, flags);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
bcast_member_init (BcastMember *self)
{
}

/**
 * bcast_member_new:
 * @user_id: the user's id
 * @user_info: (nullable): what is known about the user, as JSON
 *
 * Returns: (transfer full): a new member
 */
BcastMember *
bcast_member_new (const char *user_id,
                  const char *user_info)
{
  g_return_val_if_fail (user_id != NULL, NULL);

  BcastMember *self = g_object_new (BCAST_TYPE_MEMBER, NULL);

  self->user_id = g_strdup (user_id);
  self->user_info = g_strdup (user_info);
  return self;
}

/**
 * bcast_member_get_user_id:
 * @self: a member
 *
 * Returns: the user's id
 */
const char *
bcast_member_get_user_id (BcastMember *self)
{
  g_return_val_if_fail (BCAST_IS_MEMBER (self), NULL);

  return self->user_id;
}

/**
 * bcast_member_get_user_info:
 * @self: a member
 *
 * Returns: (nullable): what is known about the user, as JSON
 */
const char *
bcast_member_get_user_info (BcastMember *self)
{
  g_return_val_if_fail (BCAST_IS_MEMBER (self), NULL);

  return self->user_info;
}

static gboolean
take_name (const BcastJsonSpan *key,
           const BcastJsonSpan *value,
           gpointer             user_data)
{
  char **name = user_data;

  if (bcast_json_span_equals (key, "name") && value->type == BCAST_JSON_STRING)
    {
      g_free (*name);
      *name = bcast_json_span_dup_string (value, NULL);
    }
  return TRUE;
}

/**
 * bcast_member_dup_name:
 * @self: a member
 *
 * Apps are free in what they tell about a user; `name` is what the documentation's examples and
 * most frameworks use.
 *
 * Returns: (transfer full): the user's name, or the id of a user who has none
 */
char *
bcast_member_dup_name (BcastMember *self)
{
  g_return_val_if_fail (BCAST_IS_MEMBER (self), NULL);

  g_autofree char *name = NULL;
  const char *info = self->user_info;

  if (info != NULL && bcast_json_scan_object (info, strlen (info), take_name, &name, NULL, NULL)
      && name != NULL && *name != '\0')
    return g_steal_pointer (&name);
  return g_strdup (self->user_id);
}
