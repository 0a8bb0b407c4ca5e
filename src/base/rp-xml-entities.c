#include "rp-xml-entities.h"

#include <string.h>

#include <libxml/HTMLparser.h>

#define NAME_LIMIT 64
#define VALUE_LIMIT 1024

typedef struct {
  GHashTable *declared; /* name -> text */
  GString *out;
} Settler;

static gsize
name_length (const char *at)
{
  gsize n = 0;

  while (n < NAME_LIMIT &&
         (g_ascii_isalnum (at[n]) || at[n] == '_' || at[n] == '-' || at[n] == '.'))
    n++;
  return n;
}

/* <!ENTITY name "value">: kept when the value is short and holds neither markup nor another entity.
 */
static void
note_declaration (Settler *self, const char *at, const char *end)
{
  const char *name = at + strlen ("<!ENTITY");
  const char *value;
  const char *close;
  gsize length;

  name += strspn (name, " \t\r\n");
  length = name_length (name);
  value = name + length + strspn (name + length, " \t\r\n");
  if (length == 0 || value >= end || (*value != '"' && *value != '\''))
    return;
  close = memchr (value + 1, *value, (gsize) (end - value - 1));
  if (close == NULL || close - value > VALUE_LIMIT)
    return;
  if (memchr (value, '&', (gsize) (close - value)) == NULL &&
      memchr (value, '<', (gsize) (close - value)) == NULL &&
      memchr (value, '%', (gsize) (close - value)) == NULL)
    g_hash_table_replace (self->declared, g_strndup (name, length),
                          g_strndup (value + 1, (gsize) (close - value - 1)));
}

/* Past the document type that begins at `at`, noting what it declares. */
static const char *
skip_doctype (Settler *self, const char *at, const char *end)
{
  guint brackets = 0;
  char quote = '\0';

  for (; at < end; at++) {
    if (quote != '\0') {
      if (*at == quote)
        quote = '\0';
    } else if (*at == '"' || *at == '\'') {
      quote = *at;
    } else if (g_str_has_prefix (at, "<!--")) {
      const char *close = strstr (at, "-->");

      if (close == NULL)
        return end;
      at = close + 2;
    } else if (g_str_has_prefix (at, "<!ENTITY")) {
      note_declaration (self, at, end);
    } else if (*at == '[') {
      brackets++;
    } else if (*at == ']' && brackets > 0) {
      brackets--;
    } else if (*at == '>' && brackets == 0) {
      return at + 1;
    }
  }
  return end;
}

static const char *
skip_to (const char *at, const char *mark, const char *end)
{
  const char *close = strstr (at, mark);

  return close != NULL ? close + strlen (mark) : end;
}

static void
append_known (Settler *self, const char *name)
{
  const char *text = g_hash_table_lookup (self->declared, name);
  const htmlEntityDesc *known = text == NULL ? htmlEntityLookup ((const xmlChar *) name) : NULL;

  if (text != NULL) {
    g_autofree char *escaped = g_markup_escape_text (text, -1);

    g_string_append (self->out, escaped);
  } else if (known != NULL) {
    g_string_append_unichar (self->out, known->value);
  }
}

/* "&name;" at `at`; gives where to go on. */
static const char *
take_reference (Settler *self, const char *at)
{
  static const char *const own[] = {"amp", "lt", "gt", "quot", "apos", NULL};
  gsize length = name_length (at + 1);
  g_autofree char *name = g_strndup (at + 1, length);

  if (at[1] == '#') {
    g_string_append_c (self->out, '&');
    return at + 1;
  }
  if (length == 0 || at[1 + length] != ';') {
    g_string_append (self->out, "&amp;");
    return at + 1;
  }
  if (g_strv_contains (own, name))
    g_string_append_len (self->out, at, (gssize) length + 2);
  else
    append_known (self, name);
  return at + length + 2;
}

static const char *
take (Settler *self, const char *at, const char *end)
{
  const char *next = at + 1;

  if (*at == '&')
    return take_reference (self, at);
  if (g_str_has_prefix (at, "<!DOCTYPE") || g_str_has_prefix (at, "<!doctype"))
    return skip_doctype (self, at + 9, end);
  if (g_str_has_prefix (at, "<![CDATA["))
    next = skip_to (at, "]]>", end);
  else if (g_str_has_prefix (at, "<!--"))
    next = skip_to (at, "-->", end);
  g_string_append_len (self->out, at, next - at);
  return next;
}

/* Most documents need nothing: no document type, and no entity but the five of XML. */
static gboolean
has_work (const char *text)
{
  for (const char *at = text; *(at += strcspn (at, "<&")) != '\0'; at++) {
    if (*at == '<' && at[1] == '!' && g_ascii_toupper (at[2]) == 'D')
      return TRUE;
    if (*at == '<' && g_str_has_prefix (at, "<![CDATA[")) {
      const char *close = strstr (at, "]]>");

      if (close == NULL)
        return FALSE;
      at = close;
    } else if (*at == '&' && at[1] != '#') {
      gsize length = name_length (at + 1);

      if (at[1 + length] != ';' || length > 4 || length < 2)
        return TRUE;
      if (strchr ("algq", at[1]) == NULL)
        return TRUE;
    }
  }
  return FALSE;
}

char *
rp_xml_settle_entities (char *text, gsize *size)
{
  g_autofree char *owned = text;
  const char *end = text + *size;
  const char *at = text;
  Settler self;

  if (!has_work (text))
    return g_steal_pointer (&owned);

  self.declared = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.out = g_string_sized_new (*size);
  while (at < end) {
    gsize plain = strcspn (at, "<&");

    g_string_append_len (self.out, at, (gssize) plain);
    at += plain;
    if (at < end)
      at = take (&self, at, end);
  }
  g_hash_table_unref (self.declared);
  *size = self.out->len;

  return g_string_free (self.out, FALSE);
}
