/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-json.h"

#include "cli-text.h"

#include "bcast-json.h"

#include <string.h>

/**
 * cli_json_parse_object:
 * @text: (nullable): text from a server
 *
 * Returns: (transfer full) (nullable): the JSON object it is, %NULL when it is something else
 */
JsonNode *
cli_json_parse_object (const char *text)
{
  g_autoptr(JsonNode) node = NULL;

  /* The scanner bounds the depth before the parser, which recurses, sees it. */
  if (text == NULL || !bcast_json_scan (text, strlen (text), NULL, NULL, NULL))
    return NULL;
  node = json_from_string (text, NULL);
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_steal_pointer (&node) : NULL;
}

/**
 * cli_json_find:
 * @object: an object from a server
 * @name: a member's name
 * @type: what it should be
 *
 * Returns: (transfer none) (nullable): the member, %NULL when it is not there or something else
 */
JsonNode *
cli_json_find (JsonObject   *object,
               const char   *name,
               JsonNodeType  type)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_node_type (node) == type ? node : NULL;
}

/**
 * cli_json_format_members:
 * @object: an object
 *
 * Returns: (transfer full): its members for people, such as `user_count 3, occupied true`
 */
char *
cli_json_format_members (JsonObject *object)
{
  GString *text = g_string_new (NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *value = json_to_string (node, FALSE);

      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", name, value);
    }
  return g_string_free (text, FALSE);
}

/**
 * cli_json_add_members:
 * @builder: a builder inside an object
 * @object: an object
 *
 * Adds all members of @object as they are.
 */
void
cli_json_add_members (JsonBuilder *builder,
                      JsonObject  *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      json_builder_set_member_name (builder, name);
      json_builder_add_value (builder, json_node_copy (node));
    }
}

/**
 * cli_json_add_string:
 * @builder: a builder inside an object
 * @name: the member's name
 * @value: (nullable): its value, %NULL for `null`
 *
 * Adds a text.
 */
void
cli_json_add_string (JsonBuilder *builder,
                     const char  *name,
                     const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value == NULL)
    {
      json_builder_add_null_value (builder);
    }
  else
    {
      g_autofree char *valid = g_utf8_make_valid (value, -1);

      json_builder_add_string_value (builder, valid);
    }
}

/**
 * cli_json_add_strings:
 * @builder: a builder inside an object
 * @name: the member's name
 * @values: (nullable) (array zero-terminated=1): its values, %NULL for none
 *
 * Adds a list of texts.
 */
void
cli_json_add_strings (JsonBuilder        *builder,
                      const char         *name,
                      const char * const *values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    json_builder_add_string_value (builder, values[i]);
  json_builder_end_array (builder);
}

/**
 * cli_json_add_int:
 * @builder: a builder inside an object
 * @name: the member's name
 * @value: its value
 *
 * Adds a number.
 */
void
cli_json_add_int (JsonBuilder *builder,
                  const char  *name,
                  gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

/**
 * cli_json_add_boolean:
 * @builder: a builder inside an object
 * @name: the member's name
 * @value: its value
 *
 * Adds a truth value.
 */
void
cli_json_add_boolean (JsonBuilder *builder,
                      const char  *name,
                      gboolean     value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

/**
 * cli_json_add_time:
 * @builder: a builder inside an object
 * @time_us: microseconds since 1970
 *
 * Adds a moment, as text in `time` and exactly in `time_us`.
 */
void
cli_json_add_time (JsonBuilder *builder,
                   gint64       time_us)
{
  g_autofree char *text = cli_text_format_time_iso (time_us);

  cli_json_add_string (builder, "time", text);
  cli_json_add_int (builder, "time_us", time_us);
}
