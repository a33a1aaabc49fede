/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What must not stand in a sentence although an app may say it back: texts that were sent to it or
 * belong to the profile. */
typedef struct _BcastAuthSecrets BcastAuthSecrets;

BcastAuthSecrets *bcast_auth_secrets_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void              bcast_auth_secrets_free (BcastAuthSecrets       *self);
void              bcast_auth_secrets_add  (BcastAuthSecrets       *self,
                                           const char             *text);
void              bcast_auth_wipe         (gpointer                text);

char             *bcast_auth_quote_text   (const BcastAuthSecrets *secrets,
                                           const char             *text) G_GNUC_WARN_UNUSED_RESULT;
char             *bcast_auth_quote_body   (const BcastAuthSecrets *secrets,
                                           const char             *body) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
