/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-serve-tls.h"

#include "cli-input.h"
#include "cli-secret.h"

#include "bcast-server-certificate.h"

#include <glib/gi18n.h>

#define MAX_CERTIFICATE_BYTES (1024 * 1024)

/**
 * cli_serve_tls_clear:
 * @self: what was told
 */
void
cli_serve_tls_clear (CliServeTls *self)
{
  g_clear_pointer (&self->certificate_file, g_free);
  g_clear_pointer (&self->key_file, g_free);
  g_clear_pointer (&self->save_file, g_free);
}

/**
 * cli_serve_tls_add_options:
 * @self: what the options set; must outlive @group
 * @group: the options of `serve`
 */
void
cli_serve_tls_add_options (CliServeTls  *self,
                           GOptionGroup *group)
{
  const GOptionEntry entries[] = {
    { "tls-cert", 0, 0, G_OPTION_ARG_FILENAME, &self->certificate_file,
      N_("Show TLS clients the certificate in FILE (default: one made for this run)"), N_("FILE") },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &self->key_file,
      N_("Its private key, unless that file has it too"), N_("FILE") },
    { "tls-only", 0, 0, G_OPTION_ARG_NONE, &self->is_only,
      N_("Refuse connections without TLS, with code 4000"), NULL },
    { "save-certificate", 0, 0, G_OPTION_ARG_FILENAME, &self->save_file,
      N_("Write the certificate that was made to FILE, for clients to trust"), N_("FILE") },
    { NULL },
  };

  g_option_group_add_entries (group, entries);
}

/**
 * cli_serve_tls_check:
 * @self: what was told
 * @error: %G_OPTION_ERROR for options that do not go together
 *
 * Returns: whether they do
 */
gboolean
cli_serve_tls_check (CliServeTls  *self,
                     GError      **error)
{
  if (self->key_file != NULL && self->certificate_file == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("--tls-key is the key of a certificate, but of which one? Add --tls-cert."));
      return FALSE;
    }
  if (self->save_file != NULL && self->certificate_file != NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("--save-certificate writes the certificate that is made when there is no --tls-cert. Leave out "
                     "one of the two."));
      return FALSE;
    }
  return TRUE;
}

static GTlsCertificate *
load (CliServeTls  *self,
      CliOutput    *output,
      GError      **error)
{
  gboolean has_key_file = self->key_file != NULL;
  char *certificates = has_key_file ? cli_input_load (self->certificate_file, MAX_CERTIFICATE_BYTES, NULL, error)
                                    : cli_secret_load_text (self->certificate_file, output, error);
  char *key = certificates != NULL && has_key_file ? cli_secret_load_text (self->key_file, output, error) : NULL;
  GTlsCertificate *certificate = NULL;

  if (certificates != NULL && (key != NULL || !has_key_file))
    certificate = bcast_server_certificate_parse (certificates, has_key_file ? key : certificates,
                                                  self->certificate_file,
                                                  has_key_file ? self->key_file : self->certificate_file, error);

  bcast_secret_free (certificates);
  bcast_secret_free (key);
  return certificate;
}

static gboolean
save (CliServeTls   *self,
      BcastSandbox  *sandbox,
      GError       **error)
{
  g_autoptr(GTlsCertificate) certificate = bcast_sandbox_dup_tls_certificate (sandbox, error);

  return certificate != NULL && bcast_server_certificate_save (certificate, self->save_file, error);
}

/**
 * cli_serve_tls_apply:
 * @self: what was told
 * @sandbox: a sandbox that does not run yet and knows its host
 * @output: where to warn
 * @error: why a file cannot be read, used or written
 *
 * Returns: whether @sandbox can be started
 */
gboolean
cli_serve_tls_apply (CliServeTls   *self,
                     BcastSandbox  *sandbox,
                     CliOutput     *output,
                     GError       **error)
{
  bcast_sandbox_set_tls_demanded (sandbox, self->is_only);
  if (self->certificate_file == NULL)
    return self->save_file == NULL || save (self, sandbox, error);

  g_autoptr(GTlsCertificate) certificate = load (self, output, error);

  if (certificate == NULL)
    return FALSE;

  g_autofree char *warning = bcast_server_certificate_dup_warning (certificate,
                                                                   g_get_real_time () / G_USEC_PER_SEC);

  if (warning != NULL)
    cli_output_note (output, _("Warning: %s"), warning);
  bcast_sandbox_set_tls_certificate (sandbox, certificate);
  return TRUE;
}

/**
 * cli_serve_tls_add_json:
 * @self: what was told
 * @sandbox: a sandbox that runs
 * @builder: the object that says so
 *
 * Adds what a program needs to know to connect with TLS.
 */
void
cli_serve_tls_add_json (const CliServeTls *self,
                        BcastSandbox      *sandbox,
                        JsonBuilder       *builder)
{
  g_autoptr(GTlsCertificate) certificate = bcast_sandbox_dup_tls_certificate (sandbox, NULL);

  cli_json_add_boolean (builder, "tls_only", self->is_only);
  if (certificate != NULL)
    {
      g_autofree char *fingerprint = bcast_server_certificate_format_fingerprint (certificate);

      cli_json_add_string (builder, "certificate_sha256", fingerprint);
    }
}

/**
 * cli_serve_tls_print:
 * @self: what was told
 * @sandbox: a sandbox that runs
 * @output: where to write
 *
 * Tells people what they need to know to connect with TLS.
 */
void
cli_serve_tls_print (const CliServeTls *self,
                     BcastSandbox      *sandbox,
                     CliOutput         *output)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GTlsCertificate) certificate = bcast_sandbox_dup_tls_certificate (sandbox, &error);
  g_autofree char *fingerprint = NULL;

  if (certificate == NULL)
    {
      cli_output_line (output, "  TLS     %s", error->message);
      return;
    }

  fingerprint = bcast_server_certificate_format_fingerprint (certificate);
  cli_output_line (output, "  TLS     %s", self->is_only ? _("on this port, and nothing else")
                                                         : _("on the same port, for who begins with it"));
  cli_output_line (output, "          SHA-256 %s", fingerprint);
  if (self->save_file != NULL)
    {
      cli_output_line (output, _("The certificate is in “%s”. Clients trust it with one of these:"), self->save_file);
      cli_output_line (output, "  NODE_EXTRA_CA_CERTS=%s", self->save_file);
      cli_output_line (output, "  REQUESTS_CA_BUNDLE=%s", self->save_file);
      cli_output_line (output, "  curl --cacert %s", self->save_file);
    }
}
