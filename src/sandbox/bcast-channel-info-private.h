/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-hub-private.h"

G_BEGIN_DECLS

typedef enum
{
  BCAST_CHANNEL_INFO_USER_COUNT         = 1 << 0,
  BCAST_CHANNEL_INFO_SUBSCRIPTION_COUNT = 1 << 1,
  BCAST_CHANNEL_INFO_CACHE              = 1 << 2,
} BcastChannelInfo;

gboolean bcast_channel_info_parse  (const char          *text,
                                    BcastChannelInfo     available,
                                    BcastChannelInfo    *info,
                                    GError             **error);
gboolean bcast_channel_info_check  (BcastChannelInfo     info,
                                    const char * const  *channels,
                                    GError             **error);
char    *bcast_channel_info_format (BcastHub            *hub,
                                    const char          *channel,
                                    BcastChannelInfo     info,
                                    gboolean             with_occupied) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
