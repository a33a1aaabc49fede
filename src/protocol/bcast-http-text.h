/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean  bcast_http_name_is_valid (const char  *name);
gboolean  bcast_http_header_check  (const char  *name,
                                    const char  *value,
                                    GError     **error);
gboolean  bcast_http_headers_check (const char * const  *headers,
                                    GError             **error);
gboolean  bcast_http_params_check  (const char * const  *params,
                                    GError             **error);
gboolean  bcast_http_bearer_check  (const char  *token,
                                    GError     **error);
gboolean  bcast_http_cookies_check (const char  *cookies,
                                    GError     **error);
char     *bcast_http_cookies_find  (const char  *cookies,
                                    const char  *name) G_GNUC_WARN_UNUSED_RESULT;
gboolean  bcast_http_url_check     (const char  *url,
                                    GError     **error);

G_END_DECLS
