/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-application.h"

#include "bcast-window.h"
#include "config.h"

/**
 * BcastApplication:
 *
 * The desktop program: one instance, one window.
 */
struct _BcastApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (BcastApplication, bcast_application, ADW_TYPE_APPLICATION)

static void
bcast_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = GTK_WINDOW (bcast_window_new (GTK_APPLICATION (application)));
  gtk_window_present (window);
}

static void
bcast_application_class_init (BcastApplicationClass *klass)
{
  G_APPLICATION_CLASS (klass)->activate = bcast_application_activate;
}

static void
bcast_application_init (BcastApplication *self)
{
}

/**
 * bcast_application_new:
 *
 * Returns: (transfer full): the program, ready to run
 */
BcastApplication *
bcast_application_new (void)
{
  return g_object_new (BCAST_TYPE_APPLICATION,
                       "application-id", BCAST_APP_ID,
                       "resource-base-path", "/org/example/Broadcast",
                       NULL);
}
