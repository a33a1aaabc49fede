/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire-faults.h"

#include <string.h>

#define TIMEOUT_S 20

static void
free_fault (gpointer fault)
{
  bcast_fault_free (fault);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  gboolean *is_done = user_data;

  *is_done = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

/* What the sandbox is told it does in the order in which it was told. */
static void
wait_for (BcastSandbox *sandbox)
{
  gboolean is_done = FALSE;

  bcast_sandbox_list_peers_async (sandbox, NULL, listed_cb, &is_done);
  g_assert_true (wire_wait (is_true, &is_done));
}

/* The faults are on when this returns, or will be from the start on. */
void
wire_set_faults (BcastSandbox *sandbox,
                 const char   *first,
                 ...)
{
  g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func (free_fault);
  va_list args;

  va_start (args, first);
  for (const char *text = first; text != NULL; text = va_arg (args, const char *))
    {
      g_autoptr(GError) error = NULL;
      BcastFault *fault = bcast_fault_parse (text, &error);

      g_assert_no_error (error);
      g_ptr_array_add (faults, fault);
    }
  va_end (args);
  bcast_sandbox_set_faults (sandbox, faults);
  wait_for (sandbox);
}

void
wire_clear_faults (BcastSandbox *sandbox)
{
  wire_set_faults (sandbox, NULL, NULL);
}

GSocketConnection *
wire_dial (BcastSandbox *sandbox)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_timeout (client, TIMEOUT_S);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", bcast_sandbox_get_port (sandbox), NULL,
                                                &error);
  g_assert_no_error (error);
  return connection;
}

void
wire_write (GSocketConnection *connection,
            const char        *bytes,
            gsize              length)
{
  g_autoptr(GError) error = NULL;

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), bytes, length, NULL, NULL,
                             &error);
  g_assert_no_error (error);
}

/* All that has come once @wanted is there; bytes that are NUL are dots. */
char *
wire_read_until (GSocketConnection *connection,
                 const char        *wanted)
{
  GString *text = g_string_new (NULL);

  while (strstr (text->str, wanted) == NULL)
    {
      g_autoptr(GError) error = NULL;
      char chunk[1024];
      gssize n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), chunk, sizeof chunk,
                                      NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpint (n, >, 0);
      for (gssize i = 0; i < n; i++)
        g_string_append_c (text, chunk[i] != '\0' ? chunk[i] : '.');
    }
  return g_string_free (text, FALSE);
}
