/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BcastShortcut:
 * @group: what it belongs to, marked for translation; %NULL: as the one before
 * @title: what it does, marked for translation
 * @accelerators: one or more accelerators, separated by spaces
 * @detailed_action: the action with its target; %NULL when the widget itself handles the key
 *
 * A line of the keyboard shortcuts window.
 */
typedef struct
{
  const char *group;
  const char *title;
  const char *accelerators;
  const char *detailed_action;
} BcastShortcut;

const BcastShortcut *bcast_shortcuts_get_window (guint               *n_shortcuts);
void                 bcast_shortcuts_install    (GtkWidget           *widget,
                                                 const BcastShortcut *shortcuts,
                                                 guint                n_shortcuts);

G_END_DECLS
