/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-profile.h"

G_BEGIN_DECLS

#define BCAST_PROFILE_TEXT_MAX_BYTES (1024 * 1024) /* a few thousand profiles */
#define BCAST_PROFILE_TEXT_FORMAT    1
#define BCAST_PROFILE_TEXT_GROUP     "profile "   /* before the profile's id */

/**
 * BcastProfileText:
 * @key_file: everything that was understood, also what this version has no use for
 * @profiles: (element-type BcastProfile): in the order of the file
 * @format: version of the format the file says it is in
 * @problem: (nullable): why the file is not whole, as part of a sentence
 *
 * What stands in the key file of profiles.
 */
typedef struct
{
  GKeyFile  *key_file;
  GPtrArray *profiles;
  guint      format;
  char      *problem;
} BcastProfileText;

BcastProfileText *bcast_profile_text_parse   (const char         *text,
                                              gsize               length) G_GNUC_WARN_UNUSED_RESULT;
void              bcast_profile_text_free    (BcastProfileText   *self);

char             *bcast_profile_text_format  (GListModel         *profiles,
                                              GKeyFile           *old,
                                              gsize              *length) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastProfileText, bcast_profile_text_free)

G_END_DECLS
