/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode *cli_json_parse_object (const char         *text) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *cli_json_find         (JsonObject         *object,
                                 const char         *name,
                                 JsonNodeType        type);
char     *cli_json_format_members (JsonObject       *object) G_GNUC_WARN_UNUSED_RESULT;

void      cli_json_add_members  (JsonBuilder        *builder,
                                 JsonObject         *object);
void      cli_json_add_string   (JsonBuilder        *builder,
                                 const char         *name,
                                 const char         *value);
void      cli_json_add_strings  (JsonBuilder        *builder,
                                 const char         *name,
                                 const char * const *values);
void      cli_json_add_int      (JsonBuilder        *builder,
                                 const char         *name,
                                 gint64              value);
void      cli_json_add_boolean  (JsonBuilder        *builder,
                                 const char         *name,
                                 gboolean            value);
void      cli_json_add_time     (JsonBuilder        *builder,
                                 gint64              time_us);

G_END_DECLS
