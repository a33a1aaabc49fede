/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-host-text-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "bcast-error.h"
#include "bcast-number.h"

#define MAX_HOST_LENGTH  253 /* RFC 1035, 2.3.4: 255 octets on the wire */
#define MAX_LABEL_LENGTH 63  /* ibid. */

static char *
dup_without_brackets (const char *text)
{
  gsize length = strlen (text);

  if (length > 2 && text[0] == '[' && text[length - 1] == ']')
    return g_strndup (text + 1, length - 2);
  return g_strdup (text);
}

/* Underscores are against the RFC but alive in the names of containers. */
static gboolean
is_label (const char *label)
{
  gsize length = strlen (label);

  return length > 0 && length <= MAX_LABEL_LENGTH
         && label[0] != '-' && label[length - 1] != '-'
         && strspn (label, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") == length;
}

static gboolean
is_host_name (const char *ascii)
{
  gsize length = strlen (ascii);
  g_auto(GStrv) labels = NULL;

  if (length == 0 || length > MAX_HOST_LENGTH)
    return FALSE;

  /* Only digits and dots is an address that has been mistyped. */
  if (strspn (ascii, G_CSET_DIGITS ".") == length)
    return FALSE;

  labels = g_strsplit (ascii, ".", -1);
  for (guint i = 0; labels[i] != NULL; i++)
    {
      gboolean is_root = i > 0 && labels[i + 1] == NULL && *labels[i] == '\0';

      if (!is_root && !is_label (labels[i]))
        return FALSE;
    }
  return TRUE;
}

/* The host as sockets want it: international names in their ASCII form, IPv6 without brackets;
 * NULL when @text is no host. */
char *
bcast_host_text_dup_ascii (const char *text)
{
  g_autofree char *bare = dup_without_brackets (text);
  g_autofree char *ascii = NULL;

  /* A zone ("%eth0") cannot stand in an address as it is, and means nothing elsewhere. */
  if (strchr (bare, '%') != NULL)
    return NULL;
  if (g_hostname_is_ip_address (bare))
    return g_steal_pointer (&bare);
  if (strlen (bare) > MAX_HOST_LENGTH || !g_utf8_validate (bare, -1, NULL))
    return NULL;

  ascii = g_hostname_to_ascii (bare);
  return ascii != NULL && is_host_name (ascii) ? g_steal_pointer (&ascii) : NULL;
}

/* Says how to split what was pasted. It quotes the host and the port alone: what else stands in an
 * address may be a password. */
static void
set_pasted_error (GError     **error,
                  const char  *host,
                  int          port,
                  gboolean     has_more)
{
  g_autofree char *good = bcast_host_text_dup_ascii (host);

  if (good == NULL)
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                         _("The host is given with more than a host in it. Enter the host name or IP "
                           "address alone, such as ws.example.com."));
  else if (port > 0)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("The host is given together with its port. Enter “%s” as the host and %d as "
                   "the port."), good, port);
  else if (has_more)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("The host is given as an address. Enter “%s” alone; TLS, port and path have "
                   "fields of their own."), good);
}

static gboolean
has_scheme (const char  *text,
            GError     **error)
{
  g_autoptr(GUri) uri = NULL;

  if (strstr (text, "://") == NULL)
    return FALSE;

  uri = g_uri_parse (text, G_URI_FLAGS_PARSE_RELAXED, NULL);
  set_pasted_error (error, uri != NULL && g_uri_get_host (uri) != NULL ? g_uri_get_host (uri) : "",
                    uri != NULL ? g_uri_get_port (uri) : 0, TRUE);
  return TRUE;
}

static gboolean
has_port_or_path (const char  *text,
                  GError     **error)
{
  gsize length = strcspn (text, "/?#");
  g_autofree char *authority = g_strndup (text, length);
  const char *colon = strrchr (authority, ':');
  g_autofree char *host = g_strndup (authority, colon != NULL ? (gsize) (colon - authority) : length);
  guint64 port = 0;

  if (colon != NULL && bcast_number_parse (colon + 1, 1, G_MAXUINT16, &port))
    set_pasted_error (error, host, port, text[length] != '\0');
  else if (text[length] != '\0' || colon != NULL)
    set_pasted_error (error, colon != NULL ? host : authority, 0, TRUE);
  else
    return FALSE;
  return TRUE;
}

/* Whether @text is a host name or an IP address; else an error that says what to enter. */
gboolean
bcast_host_text_check (const char  *text,
                       GError     **error)
{
  g_autofree char *ascii = NULL;

  if (*text == '\0')
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("There is no host to connect to. Enter the server's host name or IP "
                             "address, such as ws.example.com or 127.0.0.1."));
      return FALSE;
    }

  ascii = bcast_host_text_dup_ascii (text);
  if (ascii != NULL)
    return TRUE;

  if (!has_scheme (text, error) && !has_port_or_path (text, error))
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                         _("The host is neither a host name nor an IP address. A host name has letters, "
                           "digits, dots and dashes, such as ws.example.com; there are no spaces in it."));
  return FALSE;
}
