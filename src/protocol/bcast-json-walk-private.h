/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* For walking a text from token to token that was scanned already, so that nothing is checked again. */

/* Gives the byte behind the string that begins at @at. */
static inline const char *
bcast_json_find_string_end (const char *at)
{
  for (at++; *at != '"'; at++)
    if (*at == '\\')
      at++;
  return at + 1;
}

static inline const char *
bcast_json_skip_blanks (const char *at)
{
  return at + strspn (at, " \t\r\n");
}

G_END_DECLS
