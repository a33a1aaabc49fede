/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Stands in for libFuzzer where the compiler has none, and in every run of the tests: gives the
 * target each file of the corpus, and then the same files changed at random, always in the same way.
 *
 *   fuzz-TARGET [--changes N] [--seed N] FILE-OR-FOLDER… */

#include "fuzz.h"

#include <string.h>

#define MAX_SIZE 8192

typedef struct
{
  char  *bytes;
  gsize  size;
} Input;

static int n_changes = 20000;
static int seed = 1;

static const GOptionEntry entries[] = {
  { "changes", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &n_changes,
    "How many changed inputs to try", "N" },
  { "seed", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &seed, "Which ones", "N" },
  G_OPTION_ENTRY_NULL
};

/* What no random byte is likely to hit. */
static const char * const tokens[] = {
  "\"", "\\", "\\u0000", "\\ud83d", "\\ude00", "\\\"", "{", "}", "[", "]", ",", ":", "null", "true",
  "-0", "1e999", "99999999999999999999", "\xc3", "\xff", "\xe2\x98\x83", "\n", "\r\n", " ", "\t",
  "=", "&", "%", "%00", "%ff", "%2", "+", "#", "[profile x]\n", "format=2\n", "# End of file\n",
  "\"data\":", "\"event\":", "\"channel\":", "private-encrypted-",
  "\x81\x05", "\xc1\x7e", "\x80\x7f", "\x03\x01", "HTTP/1.1 101 ", "Upgrade: websocket\r\n",
  "Sec-WebSocket-Extensions: ", "permessage-deflate; ", "client_max_window_bits=", "\r\n\r\n",
};

static void
clear_input (gpointer data)
{
  Input *input = data;

  g_free (input->bytes);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static void
read_inputs (const char *path,
             GArray     *inputs)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;
  Input input;

  if (folder == NULL)
    {
      if (g_file_get_contents (path, &input.bytes, &input.size, NULL))
        g_array_append_val (inputs, input);
      return;
    }

  while ((name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    read_inputs (names->pdata[i], inputs);
}

/* The buffer is as long as the input, so that a sanitizer sees every byte read beyond. */
static void
run (const char *bytes,
     gsize       size)
{
  g_autofree char *exact = g_malloc (MAX (size, 1)); /* never NULL, as libFuzzer's */

  memcpy (exact, bytes, size);
  LLVMFuzzerTestOneInput ((const uint8_t *) exact, size);
}

static gsize
pick (GRand *random,
      gsize  limit)
{
  return limit > 0 ? g_rand_int (random) % limit : 0;
}

static void
change (GRand   *random,
        GArray  *inputs,
        GString *text)
{
  gsize at = pick (random, text->len + 1);
  gsize length = pick (random, MIN (text->len - at, 32) + 1);
  const Input *other = &g_array_index (inputs, Input, pick (random, inputs->len));
  gsize other_at = pick (random, other->size);

  switch (pick (random, 7))
    {
    case 0: /* another byte */
      if (at < text->len)
        text->str[at] = (char) pick (random, 256);
      break;
    case 1: /* another bit */
      if (at < text->len)
        text->str[at] ^= (char) (1 << pick (random, 8));
      break;
    case 2:
      g_string_erase (text, at, length);
      break;
    case 3: /* the same again */
      {
        g_autofree char *copy = g_memdup2 (text->str + at, length);

        g_string_insert_len (text, at, copy, length);
        break;
      }
    case 4:
      g_string_insert (text, at, tokens[pick (random, G_N_ELEMENTS (tokens))]);
      break;
    case 5: /* go on as another input does */
      g_string_truncate (text, at);
      g_string_append_len (text, other->bytes + other_at, other->size - other_at);
      break;
    default:
      g_string_truncate (text, at);
      break;
    }

  if (text->len > MAX_SIZE)
    g_string_truncate (text, MAX_SIZE);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GOptionContext) context = g_option_context_new ("FILE-OR-FOLDER…");
  g_autoptr(GArray) inputs = g_array_new (FALSE, FALSE, sizeof (Input));
  g_autoptr(GError) error = NULL;
  GRand *random;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }

  g_array_set_clear_func (inputs, clear_input);
  for (int i = 1; i < argc; i++)
    read_inputs (argv[i], inputs);
  if (inputs->len == 0)
    {
      g_printerr ("There is nothing to replay.\n");
      return 2;
    }

  for (guint i = 0; i < inputs->len; i++)
    run (g_array_index (inputs, Input, i).bytes, g_array_index (inputs, Input, i).size);

  random = g_rand_new_with_seed (seed);
  for (int i = 0; i < n_changes; i++)
    {
      const Input *input = &g_array_index (inputs, Input, pick (random, inputs->len));
      g_autoptr(GString) text = g_string_new_len (input->bytes, input->size);

      for (gsize n = pick (random, 6) + 1; n > 0; n--)
        change (random, inputs, text);
      run (text->str, text->len);
    }
  g_rand_free (random);

  g_print ("%u inputs and %d changed ones\n", inputs->len, n_changes);
  return 0;
}
