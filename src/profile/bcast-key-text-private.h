/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The first group of our key files; it carries the version of their format. */
#define BCAST_KEY_TEXT_HEADER "Broadcast"
#define BCAST_KEY_TEXT_FORMAT "format"
/* The last line of our key files: without it the file was cut off. */
#define BCAST_KEY_TEXT_END    "# End of file"

/**
 * BcastKeyLineType:
 * @BCAST_KEY_LINE_BLANK: nothing, or a comment
 * @BCAST_KEY_LINE_END: the mark at the end of our files
 * @BCAST_KEY_LINE_GROUP: the name of a group
 * @BCAST_KEY_LINE_ENTRY: a key and its value
 * @BCAST_KEY_LINE_BROKEN: nothing that may stand in a key file, or cut off
 */
typedef enum
{
  BCAST_KEY_LINE_BLANK,
  BCAST_KEY_LINE_END,
  BCAST_KEY_LINE_GROUP,
  BCAST_KEY_LINE_ENTRY,
  BCAST_KEY_LINE_BROKEN,
} BcastKeyLineType;

/**
 * BcastKeyLine:
 * @type: what stands there
 * @number: counted from 1
 * @text: the line without its end; not copied, as is all below
 * @name: the group or the key
 * @value: the value as it stands, escapes and all
 *
 * One line of a key file.
 */
typedef struct
{
  BcastKeyLineType  type;
  guint             number;
  const char       *text;
  gsize             text_length;
  const char       *name;
  gsize             name_length;
  const char       *value;
  gsize             value_length;
} BcastKeyLine;

/**
 * BcastKeyReader:
 * @next: where the next line begins
 * @end: behind the last byte
 * @number: of the line read last
 *
 * Goes through a key file line by line, and unlike #GKeyFile past lines that make no sense.
 */
typedef struct
{
  const char *next;
  const char *end;
  guint       number;
} BcastKeyReader;

void      bcast_key_reader_init  (BcastKeyReader  *self,
                                  const char      *text,
                                  gsize            length);
gboolean  bcast_key_reader_next  (BcastKeyReader  *self,
                                  BcastKeyLine    *line);

G_END_DECLS
