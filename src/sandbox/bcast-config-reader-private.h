/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * BcastConfigReader:
 * @object: the object whose members are read
 * @place: where it is, such as `apps[1].user`; “” for the whole file
 *
 * Reads members of an object in a config file. Each function leaves its place as it is when the member is
 * not there, and fails with a sentence that names it when it is something else than expected.
 */
typedef struct
{
  JsonObject *object;
  char       *place;
} BcastConfigReader;

gboolean bcast_config_reader_open        (BcastConfigReader        *self,
                                          JsonNode                 *node,
                                          const char               *place,
                                          const char * const       *members,
                                          GError                  **error);
void     bcast_config_reader_clear       (BcastConfigReader        *self);

char    *bcast_config_reader_dup_place   (const BcastConfigReader  *self,
                                          const char               *member) G_GNUC_WARN_UNUSED_RESULT;
gboolean bcast_config_reader_get_string  (const BcastConfigReader  *self,
                                          const char               *member,
                                          char                    **value,
                                          GError                  **error);
gboolean bcast_config_reader_get_strings (const BcastConfigReader  *self,
                                          const char               *member,
                                          char                   ***values,
                                          GError                  **error);
gboolean bcast_config_reader_get_number  (const BcastConfigReader  *self,
                                          const char               *member,
                                          gint64                    min,
                                          gint64                    max,
                                          gint64                   *value,
                                          GError                  **error);
gboolean bcast_config_reader_get_boolean (const BcastConfigReader  *self,
                                          const char               *member,
                                          gboolean                 *value,
                                          GError                  **error);
gboolean bcast_config_reader_get_array   (const BcastConfigReader  *self,
                                          const char               *member,
                                          JsonArray               **array,
                                          GError                  **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BcastConfigReader, bcast_config_reader_clear)

G_END_DECLS
