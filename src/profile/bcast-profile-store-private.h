/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-profile-store.h"

G_BEGIN_DECLS

/**
 * BcastProfileStore:
 *
 * The profiles in the order of the user, kept in a key file. What is on disk is never lost: a file
 * that cannot be understood is kept aside before a new one is written, and what another program of
 * ours added since this one loaded is taken over when this one saves.
 */
struct _BcastProfileStore
{
  GObject     parent_instance;

  char       *path;
  GPtrArray  *profiles;
  GKeyFile   *key_file;   /* as read last: holds what this version has no use for */
  char       *contents;   /* as read or written last; NULL when there was no file */
  gsize       length;
  GHashTable *known_ids;  /* of profiles that were in the file: one that is gone was removed here */
  char       *kept_aside;
};

BcastProfile *bcast_profile_store_find_id (BcastProfileStore *self,
                                           const char        *id);

G_END_DECLS
