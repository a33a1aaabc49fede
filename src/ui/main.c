/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-application.h"
#include "bcast-settings.h"
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  bindtextdomain (BCAST_GETTEXT_DOMAIN, BCAST_LOCALEDIR);
  bind_textdomain_codeset (BCAST_GETTEXT_DOMAIN, "UTF-8");
  textdomain (BCAST_GETTEXT_DOMAIN);

  g_autoptr(GError) error = NULL;
  g_autoptr(GSettings) settings = bcast_settings_new (&error);

  if (settings == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  g_autoptr(BcastApplication) application = bcast_application_new (settings);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
