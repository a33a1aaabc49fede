/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-command.h"
#include "cli-options.h"
#include "cli-query.h"

#include "bcast-channel-name.h"
#include "bcast-error.h"

#include <glib/gi18n.h>

/* Ids are text, but come as numbers from servers that were given numbers. */
static char *
dup_id (JsonNode *user)
{
  JsonNode *id = JSON_NODE_HOLDS_OBJECT (user) ? cli_json_find (json_node_get_object (user), "id",
                                                                JSON_NODE_VALUE) : NULL;

  if (id == NULL)
    return NULL;
  if (json_node_get_value_type (id) == G_TYPE_STRING)
    return json_node_dup_string (id);
  return json_to_string (id, FALSE);
}

static void
print_user (CliOutput  *output,
            const char *id)
{
  if (output->json)
    {
      g_autoptr(JsonBuilder) builder = cli_output_begin_json ();

      cli_json_add_string (builder, "user_id", id);
      cli_output_end_json (output, builder);
    }
  else
    {
      cli_output_line (output, "%s", id);
    }
}

static gboolean
print_users (CliOutput      *output,
             const CliQuery *query,
             JsonObject     *answer)
{
  JsonNode *users = cli_json_find (answer, "users", JSON_NODE_ARRAY);
  JsonArray *list = users != NULL ? json_node_get_array (users) : NULL;
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      char *id = dup_id (json_array_get_element (list, i));

      if (id == NULL)
        return FALSE;
      g_ptr_array_add (ids, id);
    }
  for (guint i = 0; i < ids->len; i++)
    print_user (output, g_ptr_array_index (ids, i));
  return TRUE;
}

/**
 * cmd_users_run:
 * @output: where to write
 * @argv: (inout): the command line
 *
 * `broadcastctl users`
 *
 * Returns: the exit code
 */
CliExit
cmd_users_run (CliOutput   *output,
               char      ***argv)
{
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &output->json, N_("Write JSON, one user a line"), NULL },
    { NULL },
  };
  g_auto(CliConnection) connection = { 0 };
  g_autoptr(GOptionContext) context = NULL;
  g_autoptr(GError) error = NULL;
  CliQuery query = { .users = TRUE };

  cli_connection_init (&connection);
  context = cli_options_new ("users", _("CHANNEL"), _("Lists the ids of the users on a presence channel."),
                             _("Example:\n  broadcastctl users presence-lobby"));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  cli_connection_add_options (&connection, context);
  if (!cli_options_parse (context, argv, 1, 1, output))
    return CLI_EXIT_USAGE;

  query.channel = (*argv)[1];
  if (!bcast_channel_type_is_presence (bcast_channel_name_find_type (query.channel)))
    {
      g_set_error (&error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("“%s” is no presence channel, and only those know their users. Their names begin "
                     "with presence-."), query.channel);
      return cli_output_fail (output, error);
    }
  return cli_query_run (output, &connection, &query, print_users);
}
