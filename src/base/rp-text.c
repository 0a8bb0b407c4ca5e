#include "rp-text.h"

#include <gio/gio.h>

#include <string.h>

static gboolean
is_space (gunichar c)
{
  if (c < 0x80)
    return c == ' ' || (c >= '\t' && c <= '\r');
  return g_unichar_isspace (c) || c == 0xa0 || c == 0x202f || c == 0x2007 || c == 0xfeff ||
         c == 0x200b || c == 0x2060;
}

/* Where the next byte is that is not ASCII, or a NUL; `end` when there is none. */
static const char *
skip_ascii (const char *at, const char *end)
{
  const guint64 high = 0x8080808080808080;
  const guint64 ones = 0x0101010101010101;

  while (end - at >= 8) {
    guint64 word;

    memcpy (&word, at, 8);
    if (((word | (word - ones)) & high) != 0)
      break;
    at += 8;
  }
  while (at < end && *at != '\0' && (guchar) *at < 0x80)
    at++;
  return at;
}

gboolean
rp_text_is_utf8 (const char *text, gsize size)
{
  const char *end = text + size;
  const char *at = skip_ascii (text, end);

  while (at < end) {
    const char *from = at;

    while (at < end && (guchar) *at >= 0x80)
      at++;
    if (at == from || !g_utf8_validate_len (from, (gsize) (at - from), NULL))
      return FALSE;
    at = skip_ascii (at, end);
  }
  return TRUE;
}

/* Whether it is ASCII words with single blanks between them already. */
static gboolean
is_collapsed (const char *text)
{
  gboolean after_space = TRUE;

  for (; *text != '\0'; text++) {
    if ((guchar) *text >= 0x80 || (*text != ' ' && g_ascii_isspace (*text)) || *text == '\v' ||
        (*text == ' ' && after_space))
      return FALSE;
    after_space = *text == ' ';
  }
  return !after_space;
}

char *
rp_text_collapse (const char *text)
{
  GString *out;
  gboolean pending = FALSE;

  if (text == NULL || is_collapsed (text))
    return g_strdup (text);

  out = g_string_sized_new (strlen (text));
  while (*text != '\0') {
    gunichar c = (guchar) *text < 0x80 ? (gunichar) *text : g_utf8_get_char_validated (text, -1);
    const char *next = g_utf8_next_char (text);

    if (c == (gunichar) -1 || c == (gunichar) -2) {
      text++;
      continue;
    }
    if (is_space (c)) {
      pending = out->len > 0;
    } else {
      if (pending)
        g_string_append_c (out, ' ');
      pending = FALSE;
      g_string_append_len (out, text, next - text);
    }
    text = next;
  }

  return g_string_free (out, FALSE);
}

char *
rp_text_clean (const char *text)
{
  g_autofree char *collapsed = rp_text_collapse (text);

  return collapsed != NULL && *collapsed != '\0' ? g_steal_pointer (&collapsed) : NULL;
}

gboolean
rp_text_is_empty (const char *text)
{
  for (; text != NULL && *text != '\0'; text = g_utf8_next_char (text)) {
    gunichar c = (guchar) *text < 0x80 ? (gunichar) *text : g_utf8_get_char_validated (text, -1);

    if (c < (gunichar) -2 && !is_space (c))
      return FALSE;
  }
  return TRUE;
}

gboolean
rp_text_same (const char *a, const char *b)
{
  g_autofree char *clean_a = rp_text_clean (a);
  g_autofree char *clean_b = rp_text_clean (b);
  g_autofree char *folded_a = NULL;
  g_autofree char *folded_b = NULL;

  if (clean_a == NULL || clean_b == NULL)
    return clean_a == clean_b;

  folded_a = g_utf8_casefold (clean_a, -1);
  folded_b = g_utf8_casefold (clean_b, -1);

  return g_strcmp0 (folded_a, folded_b) == 0;
}

/* Scripts without spaces between words: each character counts as one, as word processors do. */
static gboolean
is_word_by_itself (gunichar c)
{
  switch (g_unichar_get_script (c)) {
  case G_UNICODE_SCRIPT_HAN:
  case G_UNICODE_SCRIPT_HIRAGANA:
  case G_UNICODE_SCRIPT_KATAKANA:
    return TRUE;
  default:
    return FALSE;
  }
}

guint
rp_text_count_words (const char *text)
{
  guint words = 0;
  gboolean inside = FALSE;

  for (; text != NULL && *text != '\0'; text = g_utf8_next_char (text)) {
    gunichar c = g_utf8_get_char (text);

    if (is_word_by_itself (c)) {
      words++;
      inside = FALSE;
    } else if (g_unichar_isalnum (c)) {
      words += !inside;
      inside = TRUE;
    } else if (is_space (c)) {
      inside = FALSE;
    }
  }

  return words;
}

void
rp_text_replace (GString *text, const char *find, const char *with)
{
  gsize length = strlen (find);
  const char *at = text->str;
  const char *next = length > 0 ? strstr (at, find) : NULL;
  GString *out;

  if (next == NULL)
    return;
  out = g_string_sized_new (text->len);
  for (; next != NULL; next = strstr (at, find)) {
    g_string_append_len (out, at, next - at);
    g_string_append (out, with);
    at = next + length;
  }
  g_string_append (out, at);
  g_string_assign (text, out->str);
  g_string_free (out, TRUE);
}

void
rp_text_mend_lines (GString *text)
{
  rp_text_replace (text, "\r\n", "\n");
  rp_text_replace (text, "\r", "\n");
}

char *
rp_text_unescape (const char *text)
{
  GString *out = g_string_new (text);

  rp_text_replace (out, "&lt;", "<");
  rp_text_replace (out, "&gt;", ">");
  rp_text_replace (out, "&quot;", "\"");
  rp_text_replace (out, "&amp;", "&");

  return g_string_free (out, FALSE);
}

gboolean
rp_text_is_among (const char *const *words, const char *word)
{
  for (; *words != NULL; words++) {
    if (**words == *word && strcmp (*words, word) == 0)
      return TRUE;
  }
  return FALSE;
}

gboolean
rp_text_has_word (const char *list, const char *word)
{
  gsize length = strlen (word);

  for (const char *at = list; at != NULL && (at = strstr (at, word)) != NULL; at += length)
    if ((at == list || g_ascii_isspace (at[-1])) &&
        (at[length] == '\0' || g_ascii_isspace (at[length])))
      return TRUE;

  return FALSE;
}

char *
rp_text_shorten (const char *text, guint max_chars)
{
  g_autofree char *clean = rp_text_collapse (text);
  g_autofree char *cut = NULL;
  char *space;

  if (clean == NULL || g_utf8_strlen (clean, -1) <= (glong) max_chars)
    return g_steal_pointer (&clean);

  cut = g_utf8_substring (clean, 0, max_chars > 0 ? max_chars - 1 : 0);
  space = strrchr (cut, ' ');
  if (space != NULL && space - cut > (glong) strlen (cut) / 2)
    *space = '\0';

  return g_strconcat (cut, "…", NULL);
}

char *
rp_text_slug (const char *text, guint max_chars)
{
  g_autofree char *ascii = g_str_to_ascii (text != NULL ? text : "", "C");
  GString *slug = g_string_new (NULL);

  for (const char *p = ascii; *p != '\0' && slug->len < max_chars; p++) {
    if (g_ascii_isalnum (*p))
      g_string_append_c (slug, g_ascii_tolower (*p));
    else if (*p != '?' && *p != '\'' && slug->len > 0 && slug->str[slug->len - 1] != '-')
      g_string_append_c (slug, '-');
  }
  while (slug->len > 0 && slug->str[slug->len - 1] == '-')
    g_string_truncate (slug, slug->len - 1);
  if (slug->len == 0)
    g_string_append (slug, "article");

  return g_string_free (slug, FALSE);
}

/* Control characters cannot stand in XML 1.0, not even escaped. */
static gboolean
is_forbidden (char c)
{
  return (guchar) c < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

char *
rp_text_escape (const char *text)
{
  g_autofree char *clean = g_strdup (text != NULL ? text : "");
  char *to = clean;

  for (const char *from = clean; *from != '\0'; from++)
    if (!is_forbidden (*from))
      *to++ = *from;
  *to = '\0';

  return g_markup_escape_text (clean, -1);
}

char *
rp_text_sha256 (GBytes *bytes)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

static GUri *
parse_web_url (const char *url)
{
  g_autoptr (GUri) uri = NULL;
  const char *scheme;

  if (url == NULL)
    return NULL;
  uri = g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return NULL;

  scheme = g_uri_get_scheme (uri);
  if (g_strcmp0 (scheme, "http") != 0 && g_strcmp0 (scheme, "https") != 0)
    return NULL;

  return g_steal_pointer (&uri);
}

char *
rp_text_host (const char *url)
{
  g_autoptr (GUri) uri = parse_web_url (url);
  g_autofree char *host = uri != NULL ? g_ascii_strdown (g_uri_get_host (uri), -1) : NULL;

  if (host == NULL)
    return NULL;

  return g_strdup (g_str_has_prefix (host, "www.") ? host + 4 : host);
}

gboolean
rp_text_is_web_url (const char *text)
{
  g_autoptr (GUri) uri = parse_web_url (text);

  return uri != NULL;
}

gboolean
rp_text_is_loopback (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  if (host == NULL)
    return FALSE;

  return address != NULL
           ? g_inet_address_get_is_loopback (address)
           : g_ascii_strcasecmp (host, "localhost") == 0 || g_str_has_suffix (host, ".localhost");
}

char *
rp_text_resolve_url (const char *base, const char *reference)
{
  g_autofree char *trimmed = reference != NULL ? g_strstrip (g_strdup (reference)) : NULL;
  g_autofree char *resolved = NULL;

  if (trimmed == NULL || *trimmed == '\0')
    return NULL;
  if (base == NULL)
    return rp_text_is_web_url (trimmed) ? g_steal_pointer (&trimmed) : NULL;

  resolved =
    g_uri_resolve_relative (base, trimmed, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL);

  return rp_text_is_web_url (resolved) ? g_steal_pointer (&resolved) : NULL;
}

char *
rp_text_resolve_picture_url (const char *base, const char *reference)
{
  g_autofree char *resolved = NULL;

  if (reference != NULL && g_ascii_strncasecmp (reference, "cid:", 4) == 0)
    return g_strdup (reference);
  if (base == NULL || reference == NULL || !g_str_has_prefix (base, "cid:"))
    return rp_text_resolve_url (base, reference);

  resolved =
    g_uri_resolve_relative (base, reference, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL);

  return rp_text_is_web_url (resolved) || (resolved != NULL && g_str_has_prefix (resolved, "cid:"))
           ? g_steal_pointer (&resolved)
           : NULL;
}
