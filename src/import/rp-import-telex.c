#include "rp-import-telex.h"

#include <string.h>

#include "rp-charset.h"
#include "rp-import-lift.h"
#include "rp-import-regex.h"
#include "rp-import-wire-body.h"
#include "rp-import-wire.h"
#include "rp-text.h"

#define SOH '\x01'
#define STX '\x02'
#define ETX '\x03'
#define EOT '\x04'
#define US '\x1f'
#define PADDING " \t\r\n\x16\x7f"

/* Where SOH stands when only padding stands before it; `size` when it does not. */
static gsize
find_start (const RpSource *source)
{
  gsize size;
  const char *data = g_bytes_get_data (source->bytes, &size);

  for (gsize i = 0; i < size; i++) {
    if (data[i] == SOH)
      return i;
    if (data[i] != '\0' && strchr (PADDING, data[i]) == NULL)
      return size;
  }
  return size;
}

gboolean
rp_telex_is_framed (const RpSource *source)
{
  return find_start (source) < g_bytes_get_size (source->bytes);
}

gboolean
rp_telex_has_units (const RpSource *source)
{
  gsize size;
  const char *data = g_bytes_get_data (source->bytes, &size);
  gsize start = find_start (source);

  for (gsize i = start; i < MIN (size, start + 10); i++) {
    if (data[i] == US)
      return TRUE;
  }
  return FALSE;
}

static void
telex_free (gpointer data)
{
  RpTelex *self = data;

  g_free (self->header);
  g_free (self->text);
  g_free (self->trailer);
  g_free (self);
}

/* Up to the first of `marks` or the end; moves `at` behind it. Gives. */
static char *
take_until (const char **at, const char *marks)
{
  gsize length = strcspn (*at, marks);
  char *part = g_strndup (*at, length);

  *at += length;
  if (**at != '\0' && **at != SOH)
    (*at)++;
  return part;
}

/* Shift codes and the like mean nothing to a reader. */
static void
drop_controls (char *text)
{
  char *to = text;

  for (const char *from = text; *from != '\0'; from++) {
    if ((guchar) *from >= 0x20 ? *from != '\x7f'
                               : strchr ("\n\t\x11\x12\x13\x14\x1f", *from) != NULL)
      *to++ = *from;
  }
  *to = '\0';
}

GPtrArray *
rp_telex_split (const RpSource *source)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (telex_free);
  g_autofree char *raw = rp_charset_to_utf8 (source->bytes, source->declared_charset, NULL, NULL);
  g_autoptr (GString) text = g_string_new (raw);
  const char *at;

  rp_text_mend_lines (text);
  at = text->str + strcspn (text->str, "\x01");
  while (*at == SOH) {
    RpTelex *telex = g_new0 (RpTelex, 1);

    at++;
    telex->header = take_until (&at, "\x01\x02\x03\x04");
    telex->text = take_until (&at, "\x01\x03\x04");
    telex->trailer = take_until (&at, "\x01\x04");
    drop_controls (telex->header);
    drop_controls (telex->text);
    drop_controls (telex->trailer);
    g_ptr_array_add (all, telex);
    at += strcspn (at, "\x01");
  }
  return all;
}

void
rp_telex_read_flag (RpArticle *article, const char *flag)
{
  static RpRegex kill = RP_REGEX ("\\b(?:kill|elimination|annul\\p{L}*)\\b");
  static RpRegex hold = RP_REGEX ("\\bwithh[eo]ld\\b");

  if (rp_regex_test (&kill, flag))
    rp_article_set (article, RP_ARTICLE_PUBSTATUS, "canceled");
  else if (rp_regex_test (&hold, flag))
    rp_article_set (article, RP_ARTICLE_PUBSTATUS, "withheld");
}

void
rp_telex_read_dateline (RpArticle *article, const char *body)
{
  static RpRegex form =
    RP_REGEX ("^\\s*(\\p{L}[^\\n()]{1,80}?)\\s*\\(([^()\\n]{1,40})\\)\\s*(?:[-–—_]|--)");
  g_autofree char *place = rp_regex_dup_group (&form, body, 1);
  g_autofree char *agency = rp_regex_dup_group (&form, body, 2);

  rp_wire_fill (article, RP_ARTICLE_DATELINE, place);
  rp_wire_fill (article, RP_ARTICLE_PROVIDER, agency);
}

void
rp_telex_read_body (RpArticle *article, RpRightsScan *scan, const char *body)
{
  g_autofree char *html = rp_text_is_empty (body) ? NULL : rp_wire_lines_to_html (body);

  rp_lift_body (article, scan, html, NULL);
}
