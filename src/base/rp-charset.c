#include "rp-charset.h"

#include <string.h>

#include "rp-text.h"

#define DECLARATION_WINDOW 4096

/* What browsers read when a page names the left one. */
static const struct {
  const char *label;
  const char *charset;
} aliases[] = {
  {"ascii", "WINDOWS-1252"},      {"us-ascii", "WINDOWS-1252"}, {"iso-8859-1", "WINDOWS-1252"},
  {"iso8859-1", "WINDOWS-1252"},  {"latin1", "WINDOWS-1252"},   {"latin-1", "WINDOWS-1252"},
  {"gb2312", "GB18030"},          {"gbk", "GB18030"},           {"x-gbk", "GB18030"},
  {"shift_jis", "CP932"},         {"x-sjis", "CP932"},          {"sjis", "CP932"},
  {"ks_c_5601-1987", "CP949"},    {"euc-kr", "CP949"},          {"iso-8859-9", "WINDOWS-1254"},
  {"iso-8859-11", "WINDOWS-874"}, {"big5", "BIG5-HKSCS"},       {"utf8", "UTF-8"},
};

static const char *
map_label (const char *label)
{
  g_autofree char *lower = g_ascii_strdown (label, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (aliases); i++) {
    if (strcmp (aliases[i].label, lower) == 0)
      return aliases[i].charset;
  }
  return g_intern_string (lower);
}

static const char *
find_bom (const guchar *data, gsize size, gsize *out_skip)
{
  *out_skip = 0;
  if (size >= 3 && memcmp (data, "\xEF\xBB\xBF", 3) == 0) {
    *out_skip = 3;
    return "UTF-8";
  }
  if (size >= 4 && memcmp (data, "\xFF\xFE\0\0", 4) == 0) {
    *out_skip = 4;
    return "UTF-32LE";
  }
  if (size >= 2 && (memcmp (data, "\xFF\xFE", 2) == 0 || memcmp (data, "\xFE\xFF", 2) == 0)) {
    *out_skip = 2;
    return data[0] == 0xFF ? "UTF-16LE" : "UTF-16BE";
  }
  if (size >= 5 && memcmp (data, "\x4C\x6F\xA7\x94\x93", 5) == 0) /* "<?xml" in EBCDIC */
    return "IBM037";
  return NULL;
}

/* UTF-16 without a mark: every other byte of the beginning is NUL. */
static const char *
guess_utf16 (const guchar *data, gsize size)
{
  gsize n = MIN (size, 64) & ~(gsize) 1;
  gsize even = 0;
  gsize odd = 0;

  for (gsize i = 0; i + 1 < n; i += 2) {
    even += data[i] == 0;
    odd += data[i + 1] == 0;
  }
  if (n < 4)
    return NULL;
  if (odd * 4 >= n && even == 0)
    return "UTF-16LE";
  return even * 4 >= n && odd == 0 ? "UTF-16BE" : NULL;
}

/* The word behind charset= or encoding= in the first kilobytes. Gives. */
static char *
read_declaration (const char *data, gsize size)
{
  static const char *const keys[] = {"charset", "encoding"};
  g_autofree char *head = g_ascii_strdown (data, (gssize) MIN (size, DECLARATION_WINDOW));

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    const char *at = strstr (head, keys[i]);

    while (at != NULL) {
      const char *word = at + strlen (keys[i]);
      gsize length;

      word += strspn (word, " \t\r\n");
      if (*word == '=') {
        word += 1 + strspn (word + 1, " \t\r\n\"'");
        length = strspn (word, "abcdefghijklmnopqrstuvwxyz0123456789-_.:");
        if (length > 0)
          return g_strndup (word, length);
      }
      at = strstr (at + 1, keys[i]);
    }
  }
  return NULL;
}

/* Converts all of it; input that fits nothing becomes U+FFFD, up to `max_bad` times. NULL when the
 * charset is not known or there is more rubbish than that. */
static GString *
convert (const char *data, gsize size, const char *charset, gsize max_bad)
{
  GIConv converter = g_iconv_open ("UTF-8", charset);
  g_autoptr (GString) out = NULL;
  char *in = (char *) data;
  gsize left = size;
  gsize bad = 0;
  char buffer[16384];

  if (converter == (GIConv) -1)
    return NULL;

  out = g_string_sized_new (size + size / 8 + 16);
  while (left > 0) {
    char *to = buffer;
    gsize room = sizeof buffer;
    gsize before = left;
    gsize done = g_iconv (converter, &in, &left, &to, &room);

    g_string_append_len (out, buffer, to - buffer);
    if (done == (gsize) -1 && before == left && to == buffer) {
      if (++bad > max_bad)
        break;
      g_string_append (out, "\xEF\xBF\xBD");
      in++;
      left--;
    }
  }
  g_iconv_close (converter);

  return bad > max_bad ? NULL : g_steal_pointer (&out);
}

static char *
drop_nuls (char *text, gsize size, gsize *out_size)
{
  char *nul = memchr (text, '\0', size);

  if (nul != NULL) {
    char *to = nul;

    for (const char *from = nul; from < text + size; from++) {
      if (*from != '\0')
        *to++ = *from;
    }
    *to = '\0';
    size = (gsize) (to - text);
  }
  if (out_size != NULL)
    *out_size = size;
  return text;
}

static char *
finish (GString *text, gsize *out_size)
{
  gsize size = text->len;

  return drop_nuls (g_string_free (text, FALSE), size, out_size);
}

/* Bytes that claim to be UTF-8 and nearly are: keep what is right. */
static char *
repair (const char *data, gsize size, gsize *out_size)
{
  char *text = g_utf8_make_valid (data, (gssize) size);

  return drop_nuls (text, strlen (text), out_size);
}

/* At least four in five bytes above ASCII are part of proper sequences. */
static gboolean
is_nearly_utf8 (const char *data, gsize size)
{
  const char *end = data + size;
  gsize good = 0;
  gsize bad = 0;

  for (const char *at = data; at < end;) {
    gunichar c = (guchar) *at < 0x80 ? 0 : g_utf8_get_char_validated (at, end - at);

    if (c == 0) {
      at++;
    } else if (c >= (gunichar) -2) {
      bad++;
      at++;
    } else {
      good++;
      at = g_utf8_next_char (at);
    }
  }
  return good > 0 && bad * 4 <= good;
}

/* Valid UTF-8 when NUL bytes, which go anyway, are not counted. */
static gboolean
is_valid_but_nul (const char *data, gsize size)
{
  const char *end;
  const char *from = data;
  gsize left = size;

  if (rp_text_is_utf8 (data, size))
    return TRUE;
  while (!g_utf8_validate_len (from, left, &end)) {
    if ((gsize) (end - data) >= size || *end != '\0')
      return FALSE;
    left -= (gsize) (end + 1 - from);
    from = end + 1;
  }
  return TRUE;
}

static gboolean
is_ascii (const char *data, gsize size)
{
  for (gsize i = 0; i < size; i++) {
    if ((guchar) data[i] >= 0x80)
      return FALSE;
  }
  return TRUE;
}

static char *
convert_by_label (const char *data,
                  gsize size,
                  const char *label,
                  gsize *out_size,
                  const char **out_charset)
{
  const char *charset = label != NULL ? map_label (label) : NULL;
  GString *text;

  if (charset == NULL || g_ascii_strcasecmp (charset, "utf-8") == 0)
    return NULL;
  text = convert (data, size, charset, size / 50 + 4);
  if (text == NULL)
    return NULL;
  *out_charset = charset;
  return finish (text, out_size);
}

static char *
decide (const char *data,
        gsize size,
        const char *transport,
        gsize *out_size,
        const char **out_charset)
{
  g_autofree char *declared = read_declaration (data, size);
  gboolean shifts = declared != NULL && g_str_has_prefix (declared, "iso-2022");
  char *text;

  if (is_valid_but_nul (data, size) && !(shifts && is_ascii (data, size))) {
    *out_charset = "UTF-8";
    text = g_malloc (size + 1);
    memcpy (text, data, size);
    text[size] = '\0';
    return drop_nuls (text, size, out_size);
  }
  text = convert_by_label (data, size, transport, out_size, out_charset);
  if (text == NULL)
    text = convert_by_label (data, size, declared, out_size, out_charset);
  if (text == NULL && (transport != NULL || declared != NULL)) {
    gboolean nearly = is_nearly_utf8 (data, size);

    *out_charset = "UTF-8";
    text = nearly ? repair (data, size, out_size) : NULL;
  }
  if (text == NULL) {
    *out_charset = "WINDOWS-1252";
    text = finish (convert (data, size, *out_charset, G_MAXSIZE), out_size);
  }
  return text;
}

/* The byte that a character of Latin-1's upper half was; 0 for all others. */
static guchar
upper_byte (const char *at)
{
  if ((guchar) at[0] == 0xC2 && (guchar) at[1] >= 0x80)
    return (guchar) at[1];
  if ((guchar) at[0] == 0xC3 && (guchar) at[1] >= 0x80)
    return (guchar) at[1] + 0x40;
  return 0;
}

/* One sequence that was encoded twice, at `at`: characters that are UTF-8 when taken as bytes.
 * Gives how many it took, 0 when it is none. */
static guint
read_twice_encoded (const char *at, char *out)
{
  guchar lead = upper_byte (at);
  guint wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;

  for (guint i = 0; i < wanted; i++) {
    out[i] = (char) upper_byte (at + i * 2);
    if (out[i] == '\0')
      return 0;
  }
  return g_utf8_validate (out, (gssize) wanted, NULL) ? wanted : 0;
}

/* Text that a tool took for Latin-1 and encoded again: a curly quote or dash becomes an accent and
 * control characters, which no author writes. Takes `text`. */
static char *
undo_twice (char *text, gsize *out_size)
{
  char *to;

  if (strstr (text, "\xC3\xA2\xC2\x80\xC2") == NULL)
    return text;
  to = text;
  for (const char *from = text; *from != '\0';) {
    char decoded[5];
    guint length = read_twice_encoded (from, decoded);

    if (length == 0) {
      *to++ = *from++;
      continue;
    }
    memcpy (to, decoded, length);
    to += length;
    from += length * 2;
  }
  *to = '\0';
  if (out_size != NULL)
    *out_size = (gsize) (to - text);

  return text;
}

char *
rp_charset_to_utf8 (GBytes *bytes, const char *transport, gsize *out_size, const char **out_charset)
{
  gsize size;
  gsize skip;
  const char *data;
  const char *bom;
  const char *charset = NULL;
  char *text;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  if (size == 0)
    data = "";
  bom = find_bom ((const guchar *) data, size, &skip);
  if (bom == NULL)
    bom = guess_utf16 ((const guchar *) data, size);
  if (bom != NULL && strcmp (bom, "UTF-8") != 0) {
    charset = bom;
    text = finish (convert (data + skip, size - skip, bom, G_MAXSIZE), out_size);
  } else {
    text = decide (data + skip, size - skip, bom != NULL ? bom : transport, out_size, &charset);
  }
  if (out_charset != NULL)
    *out_charset = charset;

  return undo_twice (text, out_size);
}
