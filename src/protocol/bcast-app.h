/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define BCAST_TYPE_APP (bcast_app_get_type ())

typedef struct _BcastApp BcastApp;

/**
 * BcastAppOptions:
 * @app_id: (nullable): the app's id; needed by the HTTP API alone
 * @key: the app's key
 * @secret: (nullable): the app's secret; without it nothing can be signed here
 * @ws_host: host for WebSockets
 * @ws_port: its port; 0 means 80 or 443, after @tls
 * @http_host: (nullable): host of the HTTP API; %NULL means @ws_host
 * @http_port: its port; 0 means 80 or 443, after @tls
 * @path: (nullable): prefix before `/app` and `/apps`, such as `/soketi`
 * @tls: whether to use `wss` and `https`
 * @accept_any_certificate: do not verify the server's certificate
 * @ca_file: (nullable): a file of certificates in PEM form that are trusted instead of the system's
 * @master_key: (nullable): the app's encryption master key, 32 bytes in base64; without it encrypted
 *   channels cannot be sealed or signed here
 *
 * What bcast_app_new() makes an app from.
 */
typedef struct
{
  const char *app_id;
  const char *key;
  const char *secret;
  const char *ws_host;
  guint16     ws_port;
  const char *http_host;
  guint16     http_port;
  const char *path;
  gboolean    tls;
  gboolean    accept_any_certificate;
  const char *ca_file;
  const char *master_key;
} BcastAppOptions;

GType       bcast_app_get_type                   (void);
BcastApp   *bcast_app_new                        (const BcastAppOptions  *options,
                                                  GError                **error) G_GNUC_WARN_UNUSED_RESULT;
BcastApp   *bcast_app_new_with_tls               (BcastApp               *self) G_GNUC_WARN_UNUSED_RESULT;
BcastApp   *bcast_app_ref                        (BcastApp               *self);
void        bcast_app_unref                      (BcastApp               *self);

const char *bcast_app_get_app_id                 (BcastApp               *self);
const char *bcast_app_get_key                    (BcastApp               *self);
const char *bcast_app_get_secret                 (BcastApp               *self);
const char *bcast_app_get_ws_host                (BcastApp               *self);
guint16     bcast_app_get_ws_port                (BcastApp               *self);
const char *bcast_app_get_http_host              (BcastApp               *self);
guint16     bcast_app_get_http_port              (BcastApp               *self);
const char *bcast_app_get_path                   (BcastApp               *self);
gboolean    bcast_app_get_tls                    (BcastApp               *self);
gboolean    bcast_app_get_accept_any_certificate (BcastApp               *self);
const char *bcast_app_get_ca_file                (BcastApp               *self);
const char *bcast_app_get_master_key             (BcastApp               *self);

char       *bcast_app_dup_ws_uri                 (BcastApp               *self) G_GNUC_WARN_UNUSED_RESULT;
char       *bcast_app_dup_http_uri               (BcastApp               *self,
                                                  const char             *path,
                                                  const char             *query) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastApp, bcast_app_unref)

G_END_DECLS
