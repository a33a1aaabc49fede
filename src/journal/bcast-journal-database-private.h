/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

#define BCAST_JOURNAL_APPLICATION_ID 0x42436a6c /* "BCjl", in the file's header */
#define BCAST_JOURNAL_VERSION        1          /* of the schema, rising by one */

/* Deliveries of event E have the ids from E * 1024 on: those of one event, or of a run of events,
 * are one range of the table, and new ones are nearly always added at its end. */
#define BCAST_JOURNAL_DELIVERY_SLOTS 1024
#define BCAST_JOURNAL_MAX_EVENT_ID   (G_MAXINT64 / BCAST_JOURNAL_DELIVERY_SLOTS - 1)

sqlite3      *_bcast_journal_database_open        (const char    *path,
                                                   GError       **error) G_GNUC_WARN_UNUSED_RESULT;
sqlite3      *_bcast_journal_database_open_to_read (const char   *path,
                                                   GError       **error) G_GNUC_WARN_UNUSED_RESULT;
void          _bcast_journal_database_close       (sqlite3       *db);
void          _bcast_journal_database_set_damaged (const char    *path,
                                                   const char    *why,
                                                   GError       **error);
void          _bcast_journal_database_fail        (sqlite3       *db,
                                                   const char    *path,
                                                   GError       **error);
gboolean      _bcast_journal_database_run         (sqlite3       *db,
                                                   const char    *sql);
sqlite3_stmt *_bcast_journal_database_prepare     (sqlite3       *db,
                                                   const char    *sql) G_GNUC_WARN_UNUSED_RESULT;
gboolean      _bcast_journal_database_read_number (sqlite3       *db,
                                                   const char    *sql,
                                                   gint64        *number);
gboolean      _bcast_journal_database_settle_leftovers (sqlite3  *db,
                                                        const char *path,
                                                        GError    **error);

G_END_DECLS
