/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stage.h"

/* Starts `serve`. */
Stage *
stage_new (void)
{
  Stage *self = g_new0 (Stage, 1);

  self->home = home_new ();
  self->server = process_new_server (self->home, &self->port);
  g_subprocess_launcher_setenv (self->home->launcher, "BROADCAST_HOST", "127.0.0.1", TRUE);
  g_subprocess_launcher_setenv (self->home->launcher, "BROADCAST_PORT", self->port, TRUE);
  g_subprocess_launcher_setenv (self->home->launcher, "BROADCAST_APP_ID", APP_ID, TRUE);
  g_subprocess_launcher_setenv (self->home->launcher, "BROADCAST_KEY", KEY, TRUE);
  g_subprocess_launcher_setenv (self->home->launcher, "BROADCAST_SECRET", SECRET, TRUE);
  return self;
}

void
stage_free (Stage *self)
{
  process_free (self->server);
  home_free (self->home);
  g_free (self->port);
  g_free (self);
}

/* The next line of that type, and in that state where one is given; what else comes is passed over, an
 * error never. */
JsonObject *
read_until (Process    *process,
            const char *type,
            const char *state)
{
  while (TRUE)
    {
      g_autoptr(JsonObject) object = process_read_json (process);
      const char *found = json_object_get_string_member (object, "type");

      if (g_str_equal (found, type)
          && (state == NULL || g_str_equal (json_object_get_string_member (object, "state"), state)))
        return g_steal_pointer (&object);
      g_assert_cmpstr (found, !=, "error");
    }
}

/* Gives the socket id once the server has confirmed so many subscriptions. */
char *
await_subscriptions (Process *process,
                     guint    n_wanted)
{
  char *socket_id = NULL;
  guint n = 0;

  while (n < n_wanted)
    {
      g_autoptr(JsonObject) object = process_read_json (process);
      const char *type = json_object_get_string_member (object, "type");
      const char *state;

      g_assert_cmpstr (type, !=, "error");
      state = json_object_get_string_member_with_default (object, "state", "");
      if (g_str_equal (type, "state") && g_str_equal (state, "connected"))
        {
          g_free (socket_id);
          socket_id = g_strdup (json_object_get_string_member (object, "socket_id"));
        }
      n += g_str_equal (type, "subscription") && g_str_equal (state, "subscribed");
    }
  return socket_id;
}

/* The next event is this one. */
void
assert_event (Process    *process,
              const char *channel,
              const char *name,
              const char *data)
{
  g_autoptr(JsonObject) event = read_until (process, "event", NULL);

  g_assert_cmpstr (json_object_get_string_member (event, "channel"), ==, channel);
  g_assert_cmpstr (json_object_get_string_member (event, "event"), ==, name);
  g_assert_cmpstr (json_object_get_string_member (event, "data"), ==, data);
  g_assert_cmpint (json_object_get_int_member (event, "time_us"), >, 0);
}
