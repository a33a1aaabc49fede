/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define APP_ID "3"
#define KEY    "278d425bdf160c739803"
#define SECRET "7ad3773142a6692b25b8"

/**
 * Home:
 * @folder: a temporary folder that is home, config, data, cache and runtime of everything run in it
 * @secret_file: a file in it that holds %SECRET, readable by its owner alone
 * @launcher: starts programs there, with no keyring, no display and none of our variables
 *
 * A user of broadcastctl with an empty account.
 */
typedef struct
{
  char                *folder;
  char                *secret_file;
  GSubprocessLauncher *launcher;
} Home;

Home *home_new        (void) G_GNUC_WARN_UNUSED_RESULT;
void  home_free       (Home       *self);
char *home_write      (Home       *self,
                       const char *name,
                       const char *text,
                       int         mode) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Home, home_free)

/**
 * Run:
 * @exit_code: what it ended with
 * @out: its standard output
 * @err: its standard error
 *
 * One run of broadcastctl from start to end.
 */
typedef struct
{
  int   exit_code;
  char *out;
  char *err;
} Run;

Run        *run_new       (Home       *home,
                           const char *input,
                           ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
Run        *run_newv      (Home               *home,
                           const char         *input,
                           const char * const *arguments) G_GNUC_WARN_UNUSED_RESULT;
void        run_free      (Run        *self);
JsonObject *run_get_json  (Run        *self,
                           guint       line) G_GNUC_WARN_UNUSED_RESULT;
guint       run_count_lines (Run      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

#define assert_exit(run, code) \
  G_STMT_START { \
    if ((run)->exit_code != (code)) \
      g_test_message ("stdout: %s\nstderr: %s", (run)->out, (run)->err); \
    g_assert_cmpint ((run)->exit_code, ==, (code)); \
  } G_STMT_END

#define assert_contains(text, part) \
  G_STMT_START { \
    if (strstr ((text), (part)) == NULL) \
      g_test_message ("“%s” is not in: %s", (part), (text)); \
    g_assert_nonnull (strstr ((text), (part))); \
  } G_STMT_END

#define assert_lacks(text, part) g_assert_null (strstr ((text), (part)))

/**
 * Process:
 *
 * A broadcastctl that goes on until it is stopped.
 */
typedef struct _Process Process;

Process    *process_new       (Home       *home,
                               ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
Process    *process_newv      (Home               *home,
                               const char * const *arguments) G_GNUC_WARN_UNUSED_RESULT;
void        process_free      (Process    *self);
char       *process_read_line (Process    *self) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *process_read_json (Process    *self) G_GNUC_WARN_UNUSED_RESULT;
const char *process_get_pid   (Process    *self);
int         process_wait      (Process    *self);
int         process_stop      (Process    *self,
                               int         signal_number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Process, process_free)

Process *process_new_server (Home  *home,
                             char **port) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
