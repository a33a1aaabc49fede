/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-key-text-private.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

void
bcast_key_reader_init (BcastKeyReader *self,
                       const char     *text,
                       gsize           length)
{
  self->next = text;
  self->end = text + length;
  self->number = 0;

  gsize mark_length = strlen (BYTE_ORDER_MARK);

  if (length >= mark_length && memcmp (text, BYTE_ORDER_MARK, mark_length) == 0)
    self->next += mark_length;
}

/* GKeyFile takes more in a name; what we write and what a person would write is within this. */
static gboolean
is_name (const char *name,
         gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (g_ascii_iscntrl (name[i]) || strchr ("[]=#", name[i]) != NULL)
      return FALSE;

  return length > 0 && name[0] != ' ' && name[length - 1] != ' ';
}

/* A key may end in a locale: "name[de]". */
static gboolean
is_key (const char *key,
        gsize       length)
{
  const char *bracket = memchr (key, '[', length);

  /* GKeyFile refuses a whole file over this one, which was for files before UTF-8. */
  if (length == strlen ("Encoding") && memcmp (key, "Encoding", length) == 0)
    return FALSE;
  if (bracket == NULL)
    return is_name (key, length);
  return key[length - 1] == ']'
         && is_name (key, bracket - key)
         && is_name (bracket + 1, key + length - 1 - (bracket + 1))
         && memchr (bracket, ' ', key + length - bracket) == NULL;
}

static gboolean
is_group_line (BcastKeyLine *line)
{
  gsize length = line->text_length;

  while (length > 0 && g_ascii_isspace (line->text[length - 1]))
    length--;
  if (length < 2 || line->text[0] != '[' || line->text[length - 1] != ']')
    return FALSE;

  line->name = line->text + 1;
  line->name_length = length - 2;
  return is_name (line->name, line->name_length);
}

static gboolean
is_entry_line (BcastKeyLine *line)
{
  const char *end = line->text + line->text_length;
  const char *equals = memchr (line->text, '=', line->text_length);
  const char *name_end = equals;

  if (equals == NULL)
    return FALSE;
  while (name_end > line->text && g_ascii_isspace (name_end[-1]))
    name_end--;

  line->name = line->text;
  line->name_length = name_end - line->text;
  line->value = equals + 1;
  while (line->value < end && g_ascii_isspace (*line->value))
    line->value++;
  line->value_length = end - line->value;
  return is_key (line->name, line->name_length);
}

static BcastKeyLineType
classify (BcastKeyLine *line)
{
  if (!g_utf8_validate (line->text, line->text_length, NULL))
    return BCAST_KEY_LINE_BROKEN;
  if (line->text_length == strlen (BCAST_KEY_TEXT_END)
      && memcmp (line->text, BCAST_KEY_TEXT_END, line->text_length) == 0)
    return BCAST_KEY_LINE_END;
  if (line->text_length == 0 || line->text[0] == '#')
    return BCAST_KEY_LINE_BLANK;
  if (is_group_line (line))
    return BCAST_KEY_LINE_GROUP;
  if (is_entry_line (line))
    return BCAST_KEY_LINE_ENTRY;
  return BCAST_KEY_LINE_BROKEN;
}

/* Reads one more line into @line; FALSE at the end. A last line without an end of its own counts as
 * broken unless it is the mark, for half a value is worse than none. */
gboolean
bcast_key_reader_next (BcastKeyReader *self,
                       BcastKeyLine   *line)
{
  const char *newline;

  if (self->next >= self->end)
    return FALSE;

  newline = memchr (self->next, '\n', self->end - self->next);
  *line = (BcastKeyLine) {
    .number = ++self->number,
    .text = self->next,
    .text_length = (newline != NULL ? newline : self->end) - self->next,
  };
  self->next = newline != NULL ? newline + 1 : self->end;

  if (line->text_length > 0 && line->text[line->text_length - 1] == '\r')
    line->text_length--;
  while (line->text_length > 0 && g_ascii_isspace (*line->text))
    {
      line->text++;
      line->text_length--;
    }

  line->type = classify (line);
  if (newline == NULL && line->type != BCAST_KEY_LINE_END)
    line->type = BCAST_KEY_LINE_BROKEN;
  return TRUE;
}
