/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-process.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char * const commands[][5] = {
  { "channels" },
  { "users", "presence-a" },
  { "trigger", "a", "--event=e", "--data=1" },
  { "subscribe", "a", "--count=1" },
};

#define N_REQUESTS 3 /* of these commands, the first ones: they use the HTTP API */

static Run *
run_against (Home               *home,
             const char * const *command,
             const char         *port,
             const char         *key)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) arguments = NULL;

  for (guint i = 0; command[i] != NULL; i++)
    g_strv_builder_add (builder, command[i]);
  g_strv_builder_add_many (builder, "--host", "127.0.0.1", "--port", port, "--app-id", APP_ID, "--key", key,
                           "--secret-file", home->secret_file, "--connect-timeout", "1", NULL);
  arguments = g_strv_builder_end (builder);
  return run_newv (home, NULL, (const char * const *) arguments);
}

static void
assert_all_exit (const char *port,
                 const char *key,
                 int         exit_code)
{
  g_autoptr(Home) home = home_new ();

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr(Run) run = run_against (home, commands[i], port, key);

      assert_exit (run, exit_code);
      g_assert_cmpstr (run->out, ==, "");
      g_assert_true (g_str_has_prefix (run->err, "broadcastctl: "));
    }
}

static void
test_dead_host (void)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  guint16 number = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *port = g_strdup_printf ("%u", number);

  g_socket_listener_close (listener);
  assert_all_exit (port, KEY, 3);
}

static gboolean
answer_cb (GThreadedSocketService *service,
           GSocketConnection      *connection,
           GObject                *source,
           gpointer                user_data)
{
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  const char *words = user_data;
  char buffer[4096];

  /* No words: hold the connection until the other end gives up. */
  if (words != NULL)
    g_output_stream_write_all (out, words, strlen (words), NULL, NULL, NULL);
  while (g_input_stream_read (in, buffer, sizeof buffer, NULL, NULL) > 0)
    continue;
  return TRUE;
}

/* Reads one request of HTTP/1.1 with its body. */
static void
read_request (GSocketConnection *connection)
{
  g_autoptr(GDataInputStream) in = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  gsize length = 0;

  while (TRUE)
    {
      g_autofree char *line = g_data_input_stream_read_line (in, NULL, NULL, NULL);

      if (line == NULL || *g_strchomp (line) == '\0')
        break;
      if (g_ascii_strncasecmp (line, "Content-Length:", strlen ("Content-Length:")) == 0)
        length = g_ascii_strtoull (line + strlen ("Content-Length:"), NULL, 10);
    }
  while (length > 0 && g_input_stream_skip (G_INPUT_STREAM (in), 1, NULL, NULL) == 1)
    length--;
}

static gboolean
reply_cb (GThreadedSocketService *service,
          GSocketConnection      *connection,
          GObject                *source,
          gpointer                user_data)
{
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  const char *answer = user_data;

  read_request (connection);
  g_output_stream_write_all (out, answer, strlen (answer), NULL, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return TRUE;
}

static void
test_other_server (gconstpointer data)
{
  g_autoptr(GSocketService) service = g_threaded_socket_service_new (16);
  guint16 number = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *port = g_strdup_printf ("%u", number);

  g_signal_connect (service, "run", G_CALLBACK (answer_cb), (gpointer) data);
  g_socket_service_start (service);
  assert_all_exit (port, KEY, 3);
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
}

#define ANSWER(status, body) "HTTP/1.1 " status "\r\nConnection: close\r\n\r\n" body

typedef struct
{
  const char *what;
  const char *answer;
  int         exit_code;
  const char *advice;
} Answer;

/* Whatever a web server that knows nothing of Channels says, it is not the server's refusal; and what a
 * server refuses was sent. */
static const Answer answers[] = {
  { "not-found-page", ANSWER ("404 Not Found", "<!DOCTYPE html>\n<p>Nothing here"), 3, "Check host, port" },
  { "unsupported", ANSWER ("501 Unsupported method ('POST')", "<!DOCTYPE html>\n<p>What?"), 3, "Check host, port" },
  { "not-allowed", ANSWER ("405 Method Not Allowed", "no"), 3, "Check host, port" },
  { "bad-request-page", ANSWER ("400 Bad Request", "<p>This port speaks TLS"), 3, "TLS" },
  { "moved", ANSWER ("301 Moved Permanently", ""), 3, "Redirects" },
  { "too-large", ANSWER ("413 Payload Too Large", "The data content exceeds the maximum"), 4, "smaller" },
  { "bad-request", ANSWER ("400 Bad Request", "{\"error\":\"Bad channel\"}"), 4, "Bad channel" },
  { "unknown-app", ANSWER ("404 Not Found", "{\"error\":\"No such app\"}"), 5, "No such app" },
};

static void
test_answer (gconstpointer data)
{
  const Answer *row = data;
  g_autoptr(Home) home = home_new ();
  g_autoptr(GSocketService) service = g_threaded_socket_service_new (16);
  guint16 number = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *port = g_strdup_printf ("%u", number);

  g_signal_connect (service, "run", G_CALLBACK (reply_cb), (gpointer) row->answer);
  g_socket_service_start (service);
  for (guint i = 0; i < N_REQUESTS; i++)
    {
      g_autoptr(Run) run = run_against (home, commands[i], port, KEY);

      assert_exit (run, row->exit_code);
      assert_contains (run->err, row->advice);
      assert_lacks (run->err, "prefix");
    }
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
}

typedef struct
{
  const char *what;
  const char *arguments[3];
  const char *body;
  int         exit_code;
  const char *out;
} Success;

/* Status 200 and a JSON object are not yet an answer; an empty list is one, also as PHP writes it. */
static const Success successes[] = {
  { "channels-nothing", { "channels" }, "{}", 3, "" },
  { "channels-array", { "channels" }, "{\"channels\":[1,2]}", 3, "" },
  { "channels-numbers", { "channels" }, "{\"channels\":{\"a\":{},\"b\":1}}", 3, "" },
  { "channels-none", { "channels" }, "{\"channels\":{}}", 0, "" },
  { "channels-none-php", { "channels" }, "{\"channels\":[]}", 0, "" },
  { "channels-one-php", { "channels" }, "{\"channels\":{\"a\":[]}}", 0, "a\n" },
  { "channel-nothing", { "channels", "a" }, "{}", 3, "" },
  { "channel-number", { "channels", "a" }, "{\"occupied\":1}", 3, "" },
  { "channel", { "channels", "a" }, "{\"occupied\":false}", 0, "a  occupied false\n" },
  { "users-nothing", { "users", "presence-a" }, "{}", 3, "" },
  { "users-numbers", { "users", "presence-a" }, "{\"users\":[{\"id\":\"1\"},2]}", 3, "" },
  { "users-none", { "users", "presence-a" }, "{\"users\":[]}", 0, "" },
  { "users", { "users", "presence-a" }, "{\"users\":[{\"id\":\"1\"},{\"id\":2}]}", 0, "1\n2\n" },
};

static void
test_success (gconstpointer data)
{
  const Success *row = data;
  g_autoptr(Home) home = home_new ();
  g_autoptr(GSocketService) service = g_threaded_socket_service_new (16);
  guint16 number = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *port = g_strdup_printf ("%u", number);
  g_autofree char *answer = g_strconcat (ANSWER ("200 OK", ""), row->body, NULL);
  g_autoptr(Run) run = NULL;

  g_signal_connect (service, "run", G_CALLBACK (reply_cb), answer);
  g_socket_service_start (service);
  run = run_against (home, row->arguments, port, KEY);
  assert_exit (run, row->exit_code);
  g_assert_cmpstr (run->out, ==, row->out);
  if (row->exit_code != 0)
    assert_contains (run->err, "host, port and path");
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
}

/* An answer that never ends; what advice there is depends on what was asked. */
static gboolean
flood_cb (GThreadedSocketService *service,
          GSocketConnection      *connection,
          GObject                *source,
          gpointer                user_data)
{
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autofree char *block = g_strnfill (1024 * 1024, ' ');

  read_request (connection);
  if (!g_output_stream_write_all (out, ANSWER ("200 OK", ""), strlen (ANSWER ("200 OK", "")), NULL, NULL, NULL))
    return TRUE;
  for (guint i = 0; i < 20 && g_output_stream_write_all (out, block, strlen (block), NULL, NULL, NULL); i++)
    continue;
  return TRUE;
}

static void
test_endless_answer (void)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(GSocketService) service = g_threaded_socket_service_new (16);
  guint16 number = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *port = g_strdup_printf ("%u", number);

  g_signal_connect (service, "run", G_CALLBACK (flood_cb), NULL);
  g_socket_service_start (service);
  for (guint i = 0; i < N_REQUESTS; i++)
    {
      g_autoptr(Run) run = run_against (home, commands[i], port, KEY);

      assert_exit (run, 3);
      assert_contains (run->err, "16777216 bytes");
      if (g_str_equal (commands[i][0], "trigger"))
        assert_lacks (run->err, "prefix");
    }
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
}

static void
test_wrong_key (void)
{
  g_autoptr(Home) home = home_new ();
  g_autofree char *port = NULL;
  g_autoptr(Process) server = process_new_server (home, &port);

  assert_all_exit (port, "ffffffffffffffffffff", 4);
}

static void
test_wrong_secret (void)
{
  g_autoptr(Home) home = home_new ();
  g_autofree char *port = NULL;
  g_autoptr(Process) server = process_new_server (home, &port);
  g_autofree char *wrong = home_write (home, "wrong", "00000000000000000000\n", 0600);
  const char * const calls[][8] = {
    { "channels" },
    { "users", "presence-a" },
    { "trigger", "a", "-e", "e", "-d", "1" },
    { "subscribe", "private-a" },
    { "subscribe", "presence-a", "--json" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
      g_auto(GStrv) arguments = NULL;
      g_autoptr(Run) run = NULL;

      for (guint j = 0; calls[i][j] != NULL; j++)
        g_strv_builder_add (builder, calls[i][j]);
      g_strv_builder_add_many (builder, "--port", port, "--app-id", APP_ID, "--key", KEY, "--secret-file", wrong,
                               NULL);
      arguments = g_strv_builder_end (builder);
      run = run_newv (home, NULL, (const char * const *) arguments);
      assert_exit (run, 4);
      assert_lacks (run->err, "00000000000000000000");
      if (g_strv_contains (calls[i], "--json"))
        assert_contains (run->out, "\"type\":\"error\"");
    }
}

static void
test_too_large (void)
{
  g_autoptr(Home) home = home_new ();
  g_autofree char *port = NULL;
  g_autoptr(Process) server = process_new_server (home, &port);
  g_autofree char *filler = g_strnfill (10 * 1024, 'x');
  g_autofree char *huge = g_strnfill (2 * 1024 * 1024, 'x');
  g_autoptr(Run) run = run_new (home, filler, "trigger", "a", "-e", "e", "-d", "-", "--text", "--port", port,
                                "--app-id", APP_ID, "--key", KEY, "--secret-file", home->secret_file, NULL);
  g_autofree char *more = g_strconcat (filler, "y", NULL);
  g_autoptr(Run) over = run_new (home, more, "trigger", "a", "-e", "e", "-d", "-", "--text", "--port", port,
                                 "--app-id", APP_ID, "--key", KEY, "--secret-file", home->secret_file, NULL);
  g_autofree char *path = home_write (home, "huge", huge, 0644);
  g_autofree char *argument = g_strconcat ("@", path, NULL);
  g_autoptr(Run) unread = run_new (home, NULL, "trigger", "a", "-e", "e", "-d", argument, "--text", "--port",
                                   port, "--app-id", APP_ID, "--key", KEY, "--secret-file", home->secret_file,
                                   NULL);

  assert_exit (run, 0);
  assert_exit (over, 2);
  assert_exit (unread, 2);
}

/* Opening waits for a reader, and the pipe is empty once the reader has what was written: then it waits for
 * the rest. */
static int
feed (const char *fifo)
{
  int fd = g_open (fifo, O_WRONLY | O_CLOEXEC, 0);
  int n_left = 1;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, "x", 1), ==, 1);
  while (n_left > 0)
    {
      g_assert_cmpint (ioctl (fd, FIONREAD, &n_left), ==, 0);
      g_thread_yield ();
    }
  return fd;
}

/* Ctrl+C at a prompt for the secret or the data, or while nobody writes the rest of it. */
static void
test_signal_while_reading (gconstpointer data)
{
  static const struct { int number; int exit_code; } signals[] = { { SIGINT, 130 }, { SIGTERM, 143 } };
  gboolean is_secret = GPOINTER_TO_INT (data);
  g_autoptr(Home) home = home_new ();
  g_autofree char *fifo = g_build_filename (home->folder, "fifo", NULL);
  g_autofree char *data_file = g_strconcat ("@", fifo, NULL);

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autoptr(Process) program = is_secret
        ? process_new (home, "channels", "--key", KEY, "--app-id", APP_ID, "--secret-file", fifo, NULL)
        : process_new (home, "trigger", "a", "-e", "e", "-d", data_file, "--key", KEY, NULL);
      int fd = feed (fifo);

      g_assert_cmpint (process_stop (program, signals[i].number), ==, signals[i].exit_code);
      close (fd);
    }
}

static void
test_full_disk (void)
{
  g_autoptr(Home) home = home_new ();
  g_autofree char *command = g_strdup_printf ("exec %s --help >/dev/full", g_getenv ("BROADCASTCTL"));
  const char * const shell[] = { "sh", "-c", command, NULL };
  g_autoptr(GSubprocess) subprocess = g_subprocess_launcher_spawnv (home->launcher, shell, NULL);
  g_autofree char *err = NULL;

  g_assert_true (g_subprocess_communicate_utf8 (subprocess, NULL, NULL, NULL, &err, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (subprocess), ==, 6);
  assert_contains (err, "could not be written");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/failures/dead-host", test_dead_host);
  g_test_add_data_func ("/cli/failures/ssh", "SSH-2.0-OpenSSH_9.2\r\n", test_other_server);
  g_test_add_data_func ("/cli/failures/web-page",
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n"
                        "Connection: close\r\n\r\n<html>", test_other_server);
  g_test_add_data_func ("/cli/failures/silence", NULL, test_other_server);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/failures/answer/", answers[i].what, NULL);

      g_test_add_data_func (path, &answers[i], test_answer);
    }
  for (guint i = 0; i < G_N_ELEMENTS (successes); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/failures/success/", successes[i].what, NULL);

      g_test_add_data_func (path, &successes[i], test_success);
    }
  g_test_add_func ("/cli/failures/endless-answer", test_endless_answer);
  g_test_add_func ("/cli/failures/wrong-key", test_wrong_key);
  g_test_add_func ("/cli/failures/wrong-secret", test_wrong_secret);
  g_test_add_func ("/cli/failures/too-large", test_too_large);
  g_test_add_data_func ("/cli/failures/signal-while-reading/data", GINT_TO_POINTER (FALSE),
                        test_signal_while_reading);
  g_test_add_data_func ("/cli/failures/signal-while-reading/secret", GINT_TO_POINTER (TRUE),
                        test_signal_while_reading);
  g_test_add_func ("/cli/failures/full-disk", test_full_disk);
  return g_test_run ();
}
