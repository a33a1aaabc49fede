/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stdio.h>

#include "cli-exit.h"
#include "cli-json.h"

G_BEGIN_DECLS

/**
 * CliOutput:
 * @stream: where data goes: the standard output
 * @messages: where sentences for people go: the standard error
 * @json: whether data is written as JSON lines
 * @color: whether @stream is a terminal that may be coloured
 * @closed: whether the reader of @stream went away: nothing more needs to be written
 * @failure: errno of a failed write other than that, 0 before
 *
 * The two ends of a command: data for the next program, and words for its user.
 */
typedef struct
{
  FILE     *stream;
  FILE     *messages;
  gboolean  json;
  gboolean  color;
  gboolean  closed;
  int       failure;
} CliOutput;

void         cli_output_init    (CliOutput    *self);
gboolean     cli_output_is_terminal (CliOutput *self);
void         cli_output_line    (CliOutput    *self,
                                 const char   *format,
                                 ...) G_GNUC_PRINTF (2, 3);
void         cli_output_raw     (CliOutput    *self,
                                 const char   *text);
JsonBuilder *cli_output_begin_json (void) G_GNUC_WARN_UNUSED_RESULT;
void         cli_output_end_json (CliOutput   *self,
                                 JsonBuilder  *builder);
void         cli_output_flush   (CliOutput    *self);
void         cli_output_note    (CliOutput    *self,
                                 const char   *format,
                                 ...) G_GNUC_PRINTF (2, 3);
CliExit      cli_output_fail    (CliOutput    *self,
                                 const GError *error);
CliExit      cli_output_finish  (CliOutput    *self,
                                 CliExit       exit_code);

G_END_DECLS
