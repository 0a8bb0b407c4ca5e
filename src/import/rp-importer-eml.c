/* One mail as a file (RFC 5322 and MIME). */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-import-mail.h"

#define SNIFF 16384

/* A header that only a mail has counts twice. */
static guint
weigh_header (const char *line)
{
  static const char *const certain[] = {
    "message-id:",   "mime-version:",   "received:", "return-path:",
    "delivered-to:", "dkim-signature:", "x-mailer:"};
  static const char *const likely[] = {
    "from:", "to:", "date:", "subject:", "sender:", "cc:", "reply-to:", "content-type:"};

  for (gsize i = 0; i < G_N_ELEMENTS (certain); i++) {
    if (g_ascii_strncasecmp (line, certain[i], strlen (certain[i])) == 0)
      return 2;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (likely); i++) {
    if (g_ascii_strncasecmp (line, likely[i], strlen (likely[i])) == 0)
      return 1;
  }
  return 0;
}

static gboolean
is_header (const char *line)
{
  gsize length = strcspn (line, ": \t");

  return length > 0 && length < 80 && line[length] == ':';
}

static RpMatch
eml_match (const RpSource *source)
{
  gsize size;
  const char *data = g_bytes_get_data (source->bytes, &size);
  g_autofree char *head = size > 0 ? g_strndup (data, MIN (size, SNIFF)) : NULL;
  g_auto (GStrv) lines = NULL;
  guint weight = 0;

  if (head == NULL || !is_header (head))
    return RP_MATCH_NO;
  lines = g_strsplit (head, "\n", 400);
  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0' && lines[i][0] != '\r'; i++) {
    if (lines[i][0] == ' ' || lines[i][0] == '\t')
      continue;
    if (!is_header (lines[i]) && lines[i + 1] != NULL)
      break;
    weight += weigh_header (lines[i]);
  }
  if (weight >= 4)
    return RP_MATCH_CERTAIN;
  return weight >= 3 || g_strcmp0 (source->declared_type, "message/rfc822") == 0 ? RP_MATCH_LIKELY
                                                                                 : RP_MATCH_NO;
}

static gboolean
eml_parse (const RpSource *source, RpImportSink *sink, GError **error)
{
  return rp_mail_import (source, source->bytes, sink, NULL, error);
}

static const char *const eml_extensions[] = {"eml", "mht", NULL};

const RpImporter rp_importer_eml = {
  .id = "eml",
  .title = N_ ("Mail"),
  .extensions = eml_extensions,
  .match = eml_match,
  .parse = eml_parse,
};
