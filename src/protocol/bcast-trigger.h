/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define BCAST_TYPE_TRIGGER (bcast_trigger_get_type ())

typedef struct _BcastTrigger BcastTrigger;

GType               bcast_trigger_get_type      (void);
BcastTrigger       *bcast_trigger_new           (const char          *name,
                                                 const char * const  *channels,
                                                 const char          *data,
                                                 const char          *socket_id,
                                                 const char          *info,
                                                 GError             **error) G_GNUC_WARN_UNUSED_RESULT;
BcastTrigger       *bcast_trigger_parse         (const char          *body,
                                                 gsize                length,
                                                 GError             **error) G_GNUC_WARN_UNUSED_RESULT;
BcastTrigger       *bcast_trigger_ref           (BcastTrigger        *self);
void                bcast_trigger_unref         (BcastTrigger        *self);

const char         *bcast_trigger_get_name      (BcastTrigger        *self);
const char * const *bcast_trigger_get_channels  (BcastTrigger        *self);
const char         *bcast_trigger_get_data      (BcastTrigger        *self);
const char         *bcast_trigger_get_socket_id (BcastTrigger        *self);
const char         *bcast_trigger_get_info      (BcastTrigger        *self);
char               *bcast_trigger_format_body   (BcastTrigger        *self) G_GNUC_WARN_UNUSED_RESULT;
char               *bcast_trigger_format_batch  (GPtrArray           *triggers) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastTrigger, bcast_trigger_unref)

G_END_DECLS
