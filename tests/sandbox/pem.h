/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Pem:
 * @certificate: for “localhost”, signed by itself or by another
 * @key: its private key
 *
 * Made anew each time, so that no key lies about.
 */
typedef struct
{
  char *certificate;
  char *key;
} Pem;

Pem  *pem_new      (int        from_s,
                    int        until_s,
                    const Pem *issuer);
char *pem_lock_key (const Pem  *self,
                    const char *password);
void  pem_free     (Pem        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pem, pem_free)

G_END_DECLS
