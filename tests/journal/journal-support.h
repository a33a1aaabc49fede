/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-journal.h"

/* A folder of its own for one test, and the path of a journal in it that is not there yet. */
typedef struct
{
  char *folder;
  char *path;
} Place;

void    place_set_up    (Place         *place,
                         gconstpointer  data);
void    place_tear_down (Place         *place,
                         gconstpointer  data);

BcastJournal     *open_journal   (Place       *place);
void              give_event     (BcastJournal      *journal,
                                  BcastEventRecord  *record);
void              give_delivery  (BcastJournal      *journal,
                                  gint64             event_id,
                                  BcastDelivery     *delivery,
                                  BcastEventOutcome  outcome);
void              append_foreign (BcastJournal *journal,
                                  gint64        id,
                                  const char   *channel);
BcastEventRecord *new_sent       (gint64              id,
                                  const char * const *expected);

void    run_sql         (const char *path,
                         const char *sql);
gint64  query_number    (const char *path,
                         const char *sql);
char   *query_text      (const char *path,
                         const char *sql);
