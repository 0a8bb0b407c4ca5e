/* A mailbox: mails below each other, each behind a line that begins with "From ". They are read one
 * by one; a mail that cannot be read is a remark. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-import-mail.h"

#define LINE_LIMIT 300

/* "From name@host Mon Mar  2 10:00:00 2026" */
static gboolean
is_separator (const char *line, gsize size)
{
  gsize length = 0;
  guint digits = 0;
  guint words = 0;

  if (size < 10 || memcmp (line, "From ", 5) != 0)
    return FALSE;
  while (length < size && length < LINE_LIMIT && line[length] != '\n' && line[length] != '\0') {
    digits += g_ascii_isdigit (line[length]) != 0;
    words += line[length] == ' ' && length + 1 < size && line[length + 1] != ' ';
    length++;
  }
  return length < LINE_LIMIT && digits >= 4 && words >= 3;
}

static RpMatch
mbox_match (const RpSource *source)
{
  gsize size;
  const char *data = g_bytes_get_data (source->bytes, &size);
  const char *end;

  if (!is_separator (data, size))
    return RP_MATCH_NO;
  end = memchr (data, '\n', MIN (size, LINE_LIMIT));
  /* The next line is a header: a word and a colon. */
  for (const char *at = end != NULL ? end + 1 : data + size; at < data + size; at++) {
    if (*at == ':')
      return RP_MATCH_CERTAIN;
    if (!g_ascii_isalnum (*at) && *at != '-')
      break;
  }
  return RP_MATCH_NO;
}

/* The next separator after an empty line; the end when there is none. */
static gsize
find_next (const char *data, gsize size, gsize from)
{
  for (gsize at = from; at + 1 < size;) {
    const char *line = memchr (data + at, '\n', size - at);
    gsize next = line != NULL ? (gsize) (line - data) + 1 : size;
    gboolean blank = next < size && (data[next] == '\n' || (data[next] == '\r' && next + 1 < size));

    if (next >= size)
      return size;
    if (blank) {
      gsize after = next + (data[next] == '\r' ? 2 : 1);

      if (after < size && is_separator (data + after, size - after))
        return after;
    }
    at = next;
  }
  return size;
}

static void
remark_unread (RpImportSink *sink, guint number, const GError *error)
{
  /* Translators: the number of a mail in a mailbox, then why it was left out */
  g_autofree char *words =
    g_strdup_printf (_ ("Mail %u of the mailbox was left out: %s"), number, error->message);

  if (sink->remark != NULL)
    sink->remark (sink, "mbox.unread", words);
}

static gboolean
mbox_parse (const RpSource *source, RpImportSink *sink, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (source->bytes, &size);
  gboolean enough = FALSE;
  guint number = 0;
  gsize at = 0;

  while (at < size && !enough) {
    gsize end = find_next (data, size, at);
    const char *line = memchr (data + at, '\n', end - at);
    gsize start = line != NULL ? (gsize) (line - data) + 1 : end;
    g_autoptr (GBytes) message = g_bytes_new_from_bytes (source->bytes, start, end - start);
    g_autoptr (GError) problem = NULL;

    number++;
    if (!rp_mail_import (source, message, sink, &enough, &problem))
      remark_unread (sink, number, problem);
    at = end;
  }
  return TRUE;
}

static const char *const mbox_extensions[] = {"mbox", "mbx", NULL};

const RpImporter rp_importer_mbox = {
  .id = "mbox",
  .title = N_ ("Mailbox"),
  .extensions = mbox_extensions,
  .match = mbox_match,
  .parse = mbox_parse,
};
