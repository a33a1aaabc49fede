/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-config-reader-private.h"

#include <glib/gi18n-lib.h>

#include "bcast-error.h"

static gboolean
fail (const char  *place,
      const char  *expected,
      GError     **error)
{
  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("“%s” in the config file must be %s."), place, expected);
  return FALSE;
}

/**
 * bcast_config_reader_dup_place:
 * @self: a reader
 * @member: a member's name
 *
 * Returns: (transfer full): where that member is, for a sentence
 */
char *
bcast_config_reader_dup_place (const BcastConfigReader *self,
                               const char              *member)
{
  return *self->place == '\0' ? g_strdup (member) : g_strconcat (self->place, ".", member, NULL);
}

/* Who mistypes a name would otherwise wonder for long why it does not count. */
static gboolean
check_members (const BcastConfigReader *self,
               const char * const      *members,
               GError                 **error)
{
  g_autoptr(GList) names = json_object_get_members (self->object);

  for (GList *l = names; l != NULL; l = l->next)
    if (!g_strv_contains (members, l->data))
      {
        /* Half of a surrogate pair comes as what is no UTF-8. */
        g_autofree char *name = g_utf8_make_valid (l->data, -1);
        g_autofree char *place = bcast_config_reader_dup_place (self, name);
        g_autofree char *known = g_strjoinv (", ", (char **) members);

        g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                     _("“%s” in the config file is unknown. There can be: %s."), place, known);
        return FALSE;
      }
  return TRUE;
}

/**
 * bcast_config_reader_open:
 * @self: (out caller-allocates): a reader
 * @node: (nullable): what is to be an object; borrowed
 * @place: where it is
 * @members: (nullable) (array zero-terminated=1): the members that it can have; %NULL for any
 * @error: %BCAST_ERROR_INVALID for what is no object or has other members
 *
 * Returns: whether @self can be read; it is to be cleared in any case
 */
gboolean
bcast_config_reader_open (BcastConfigReader   *self,
                          JsonNode            *node,
                          const char          *place,
                          const char * const  *members,
                          GError             **error)
{
  self->object = NULL;
  self->place = g_strdup (place);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return fail (*place == '\0' ? "{ }" : place, _("an object"), error);

  self->object = json_node_get_object (node);
  return members == NULL || check_members (self, members, error);
}

/**
 * bcast_config_reader_clear:
 * @self: a reader
 */
void
bcast_config_reader_clear (BcastConfigReader *self)
{
  g_clear_pointer (&self->place, g_free);
}

/* NULL for a member that is not there or null. */
static JsonNode *
find (const BcastConfigReader *self,
      const char              *member)
{
  JsonNode *node = json_object_get_member (self->object, member);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

static gboolean
is_of_type (JsonNode *node,
            GType     type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
is_text (JsonNode *node)
{
  return is_of_type (node, G_TYPE_STRING) && g_utf8_validate (json_node_get_string (node), -1, NULL);
}

static gboolean
fail_member (const BcastConfigReader *self,
             const char              *member,
             const char              *expected,
             GError                 **error)
{
  g_autofree char *place = bcast_config_reader_dup_place (self, member);

  return fail (place, expected, error);
}

/**
 * bcast_config_reader_get_string:
 * @self: a reader
 * @member: a member's name
 * @value: (inout): replaced by its text; freed before
 * @error: %BCAST_ERROR_INVALID for anything but a text
 *
 * Returns: whether the member is a text, or not there
 */
gboolean
bcast_config_reader_get_string (const BcastConfigReader  *self,
                                const char               *member,
                                char                    **value,
                                GError                  **error)
{
  JsonNode *node = find (self, member);

  if (node == NULL)
    return TRUE;
  if (!is_text (node))
    return fail_member (self, member, _("a text in quotes"), error);

  g_free (*value);
  *value = json_node_dup_string (node);
  return TRUE;
}

/**
 * bcast_config_reader_get_strings:
 * @self: a reader
 * @member: a member's name
 * @values: (inout): replaced by its texts; freed before
 * @error: %BCAST_ERROR_INVALID for anything but a list of texts
 *
 * Returns: whether the member is a list of texts, or not there
 */
gboolean
bcast_config_reader_get_strings (const BcastConfigReader   *self,
                                 const char                *member,
                                 char                    ***values,
                                 GError                   **error)
{
  JsonArray *array = NULL;

  if (!bcast_config_reader_get_array (self, member, &array, error))
    return FALSE;
  if (array == NULL)
    return TRUE;

  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!is_text (node))
        return fail_member (self, member, _("a list of texts in quotes"), error);
      g_ptr_array_add (texts, json_node_dup_string (node));
    }

  g_ptr_array_add (texts, NULL);
  g_strfreev (*values);
  *values = (char **) g_ptr_array_free (g_steal_pointer (&texts), FALSE);
  return TRUE;
}

/**
 * bcast_config_reader_get_number:
 * @self: a reader
 * @member: a member's name
 * @min: the least it may be
 * @max: the most
 * @value: (inout): replaced by its number
 * @error: %BCAST_ERROR_INVALID for anything but a whole number from @min to @max
 *
 * Returns: whether the member is such a number, or not there
 */
gboolean
bcast_config_reader_get_number (const BcastConfigReader  *self,
                                const char               *member,
                                gint64                    min,
                                gint64                    max,
                                gint64                   *value,
                                GError                  **error)
{
  JsonNode *node = find (self, member);

  if (node == NULL)
    return TRUE;

  gint64 number = is_of_type (node, G_TYPE_INT64) ? json_node_get_int (node) : min - 1;

  if (number < min || number > max)
    {
      g_autofree char *least = g_strdup_printf ("%" G_GINT64_FORMAT, min);
      g_autofree char *most = g_strdup_printf ("%" G_GINT64_FORMAT, max);
      g_autofree char *expected = g_strdup_printf (_("a whole number from %s to %s"), least, most);

      return fail_member (self, member, expected, error);
    }
  *value = number;
  return TRUE;
}

/**
 * bcast_config_reader_get_boolean:
 * @self: a reader
 * @member: a member's name
 * @value: (inout): replaced by its value
 * @error: %BCAST_ERROR_INVALID for anything but true and false
 *
 * Returns: whether the member is true or false, or not there
 */
gboolean
bcast_config_reader_get_boolean (const BcastConfigReader  *self,
                                 const char               *member,
                                 gboolean                 *value,
                                 GError                  **error)
{
  JsonNode *node = find (self, member);

  if (node == NULL)
    return TRUE;
  if (!is_of_type (node, G_TYPE_BOOLEAN))
    return fail_member (self, member, _("true or false"), error);

  *value = json_node_get_boolean (node);
  return TRUE;
}

/**
 * bcast_config_reader_get_array:
 * @self: a reader
 * @member: a member's name
 * @array: (inout) (transfer none): replaced by the list
 * @error: %BCAST_ERROR_INVALID for anything but a list
 *
 * Returns: whether the member is a list, or not there
 */
gboolean
bcast_config_reader_get_array (const BcastConfigReader  *self,
                               const char               *member,
                               JsonArray               **array,
                               GError                  **error)
{
  JsonNode *node = find (self, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail_member (self, member, _("a list"), error);

  *array = json_node_get_array (node);
  return TRUE;
}
