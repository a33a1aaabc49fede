/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _BcastFrame BcastFrame;

/**
 * BcastFrameData:
 * @BCAST_FRAME_DATA_ABSENT: the frame has no data, or null
 * @BCAST_FRAME_DATA_STRING: data is a JSON string on the wire (what hosted Pusher sends)
 * @BCAST_FRAME_DATA_JSON: data is any other JSON value on the wire
 */
typedef enum
{
  BCAST_FRAME_DATA_ABSENT,
  BCAST_FRAME_DATA_STRING,
  BCAST_FRAME_DATA_JSON,
} BcastFrameData;

BcastFrame     *bcast_frame_parse             (const char      *text,
                                               gsize            length,
                                               GError         **error) G_GNUC_WARN_UNUSED_RESULT;
BcastFrame     *bcast_frame_new_with_data     (BcastFrame      *self,
                                               const char      *data) G_GNUC_WARN_UNUSED_RESULT;
BcastFrame     *bcast_frame_ref               (BcastFrame      *self);
void            bcast_frame_unref             (BcastFrame      *self);

const char     *bcast_frame_get_event         (BcastFrame      *self);
const char     *bcast_frame_get_channel       (BcastFrame      *self);
gboolean        bcast_frame_has_odd_name      (BcastFrame      *self);
const char     *bcast_frame_get_user_id       (BcastFrame      *self);
const char     *bcast_frame_get_data          (BcastFrame      *self);
BcastFrameData  bcast_frame_get_data_form     (BcastFrame      *self);
const char     *bcast_frame_get_raw           (BcastFrame      *self,
                                               gsize           *length);

char           *bcast_frame_format            (const char      *event,
                                               const char      *channel,
                                               const char      *data,
                                               BcastFrameData   data_form,
                                               const char      *user_id) G_GNUC_WARN_UNUSED_RESULT;
char           *bcast_frame_format_subscribe  (const char      *channel,
                                               const char      *auth,
                                               const char      *channel_data) G_GNUC_WARN_UNUSED_RESULT;
char           *bcast_frame_format_unsubscribe (const char     *channel) G_GNUC_WARN_UNUSED_RESULT;
char           *bcast_frame_format_signin     (const char      *auth,
                                               const char      *user_data) G_GNUC_WARN_UNUSED_RESULT;
char           *bcast_frame_format_error      (int              code,
                                               const char      *message) G_GNUC_WARN_UNUSED_RESULT;

gboolean        bcast_frame_parse_established (BcastFrame      *self,
                                               char           **socket_id,
                                               guint           *activity_timeout_s,
                                               GError         **error);
void            bcast_frame_parse_error       (BcastFrame      *self,
                                               int             *code,
                                               char           **message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastFrame, bcast_frame_unref)

G_END_DECLS
