#include "rp-import-wire-xml.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-charset.h"
#include "rp-error.h"
#include "rp-import-regex.h"
#include "rp-text.h"

#define SNIFF 65536

/* What kind of XML */

static const char *
skip_past (const char *at, const char *mark)
{
  const char *end = strstr (at, mark);

  return end != NULL ? end + strlen (mark) : at + strlen (at);
}

/* Past a document type with or without an internal subset. */
static const char *
skip_doctype (const char *at)
{
  gsize plain = strcspn (at, "[>");

  if (at[plain] == '[')
    at = skip_past (at + plain, "]");
  return skip_past (at, ">");
}

/* Where the root element's name begins; "" when there is none. */
static const char *
find_root (const char *text)
{
  const char *at = text;

  while (*(at += strcspn (at, "<")) != '\0') {
    if (at[1] == '?')
      at = skip_past (at, "?>");
    else if (g_str_has_prefix (at, "<!--"))
      at = skip_past (at, "-->");
    else if (at[1] == '!')
      at = skip_doctype (at);
    else
      return at + 1;
  }
  return at;
}

/* The local part of the name that begins at `at`, in lower case. Gives. */
static char *
dup_local_name (const char *at)
{
  g_autofree char *name = g_strndup (at, strcspn (at, " \t\r\n/>"));
  const char *colon = strrchr (name, ':');

  return g_ascii_strdown (colon != NULL ? colon + 1 : name, -1);
}

/* The element name that begins at `at` is `name`, prefix and case aside. */
static gboolean
is_local_name (const char *at, const char *name)
{
  gsize whole = strcspn (at, " \t\r\n/>");
  const char *colon = memchr (at, ':', whole);
  const char *local = colon != NULL ? colon + 1 : at;
  gsize length = whole - (gsize) (local - at);

  return length == strlen (name) && g_ascii_strncasecmp (local, name, length) == 0;
}

static gboolean
holds_element (const char *text, const char *const *names)
{
  for (const char *at = text; (at = strchr (at, '<')) != NULL; at++) {
    if (!g_ascii_isalpha (at[1]))
      continue;
    for (guint i = 0; names[i] != NULL; i++) {
      if (is_local_name (at + 1, names[i]))
        return TRUE;
    }
  }
  return FALSE;
}

RpMatch
rp_wire_match (const RpSource *source, const char *const *roots)
{
  gsize size;
  const char *data = g_bytes_get_data (source->bytes, &size);
  g_autoptr (GBytes) start = g_bytes_new (data, MIN (size, SNIFF));
  g_autofree char *head = rp_charset_to_utf8 (start, NULL, NULL, NULL);
  g_autofree char *root = NULL;

  if (head[strspn (head, " \t\r\n")] != '<')
    return RP_MATCH_NO;
  root = dup_local_name (find_root (head));
  if (g_strv_contains (roots, root))
    return RP_MATCH_CERTAIN;
  return strcmp (root, "html") != 0 && holds_element (head, roots) ? RP_MATCH_LIKELY : RP_MATCH_NO;
}

/* Parsing */

/* The text from `from` to `end` is closed by the end tag of its root. */
static gboolean
ends_root (const char *from, const char *end)
{
  const char *root = find_root (from);
  gsize length = strcspn (root, " \t\r\n/>");
  const char *tag = end - length - 1;

  return length > 0 && tag - 2 > root && tag[-2] == '<' && tag[-1] == '/' &&
         strncmp (tag, root, length) == 0;
}

/* The next XML declaration that stands where a document may begin: after the end of another. */
static const char *
find_next_document (const char *text)
{
  for (const char *at = text; (at = strstr (at, "<?xml ")) != NULL; at++) {
    const char *before = at;

    while (before > text && g_ascii_isspace (before[-1]))
      before--;
    if (before > text + 1 && before[-1] == '>' && ends_root (text, before))
      return at;
  }
  return NULL;
}

/* Declared as something else, but UTF-8: senders change the bytes and forget the first line. */
static void
remark_encoding (const RpSource *source, RpImportSink *sink)
{
  static RpRegex declaration = RP_REGEX ("^\\s*<\\?xml[^>]{0,200}?encoding\\s*=\\s*[\"']([^\"']+)");
  gsize size;
  const char *data = g_bytes_get_data (source->bytes, &size);
  g_autofree char *head = g_strndup (data, MIN (size, 400));
  g_autofree char *valid = g_utf8_make_valid (head, -1);
  g_autofree char *declared = rp_regex_dup_group (&declaration, valid, 1);
  gboolean ascii = TRUE;
  g_autofree char *words = NULL;

  for (gsize i = 0; i < size && ascii; i++)
    ascii = (guchar) data[i] < 0x80;
  if (declared == NULL || ascii || sink->remark == NULL ||
      (g_ascii_strcasecmp (declared, "utf-8") == 0) == g_utf8_validate (data, (gssize) size, NULL))
    return;
  words = g_strdup_printf (
    _ ("The file says that its characters are %s, but they are not; it was read as what they are."),
    declared);
  sink->remark (sink, "encoding.mismatch", words);
}

/* Gives FALSE with an error only when nothing at all could be read. */
static gboolean
read_document (GBytes *bytes,
               const RpSource *source,
               RpImportSink *sink,
               RpWireReader reader,
               gboolean *out_go_on,
               GError **error)
{
  gboolean broken = FALSE;
  g_autoptr (xmlDoc) doc = rp_xml_parse (bytes, TRUE, &broken, error);

  if (doc == NULL)
    return FALSE;
  if (broken && sink->remark != NULL)
    sink->remark (sink, "xml.broken",
                  _ ("The file is damaged; what could be read of it was taken. Compare it with the "
                     "original before you publish it."));
  *out_go_on = reader (xmlDocGetRootElement (doc), source, sink);
  return TRUE;
}

gboolean
rp_wire_each_root (const RpSource *source, RpImportSink *sink, RpWireReader reader, GError **error)
{
  g_autofree char *text = NULL;
  const char *at;
  gboolean go_on = TRUE;
  gboolean any = FALSE;

  text = rp_charset_to_utf8 (source->bytes, source->declared_charset, NULL, NULL);
  remark_encoding (source, sink);
  at = text;
  while (at != NULL && go_on) {
    const char *next = find_next_document (at);
    g_autoptr (GBytes) bytes = g_bytes_new (at, next != NULL ? (gsize) (next - at) : strlen (at));
    g_autoptr (GError) failure = NULL;

    if (read_document (bytes, source, sink, reader, &go_on, &failure)) {
      any = TRUE;
    } else if (next == NULL && !any) {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
    at = next;
  }
  return TRUE;
}

/* Looking up */

gboolean
rp_wire_is (const xmlNode *node, const char *name)
{
  return node != NULL && node->type == XML_ELEMENT_NODE &&
         g_ascii_strcasecmp ((const char *) node->name, name) == 0;
}

static xmlNode *
seek (xmlNode *node, const char *name)
{
  while (node != NULL && !rp_wire_is (node, name))
    node = node->next;
  return node;
}

xmlNode *
rp_wire_child (xmlNode *parent, const char *name)
{
  return parent != NULL && parent->type == XML_ELEMENT_NODE ? seek (parent->children, name) : NULL;
}

xmlNode *
rp_wire_next (xmlNode *node, const char *name)
{
  return node != NULL ? seek (node->next, name) : NULL;
}

xmlNode *
rp_wire_at (xmlNode *parent, const char *path)
{
  g_auto (GStrv) steps = g_strsplit (path, "/", -1);

  for (guint i = 0; steps[i] != NULL && parent != NULL; i++)
    parent = rp_wire_child (parent, steps[i]);
  return parent;
}

xmlNode *
rp_wire_find (xmlNode *root, xmlNode *after, const char *name)
{
  xmlNode *node = root != NULL ? rp_xml_follow (after != NULL ? after : root, root, TRUE) : NULL;

  while (node != NULL && !rp_wire_is (node, name))
    node = rp_xml_follow (node, root, TRUE);
  return node;
}

xmlNode *
rp_wire_ancestor (xmlNode *node, const char *name)
{
  for (node = node->parent; node != NULL; node = node->parent) {
    if (rp_wire_is (node, name))
      return node;
  }
  return NULL;
}

char *
rp_wire_dup_attribute (const xmlNode *node, const char *name)
{
  if (node == NULL || node->type != XML_ELEMENT_NODE)
    return NULL;
  for (const xmlAttr *attribute = node->properties; attribute != NULL;
       attribute = attribute->next) {
    if (g_ascii_strcasecmp ((const char *) attribute->name, name) == 0)
      return rp_text_clean (rp_xml_peek_attribute (node, (const char *) attribute->name));
  }
  return NULL;
}

char *
rp_wire_dup_at (xmlNode *parent, const char *path)
{
  xmlNode *node = rp_wire_at (parent, path);

  return node != NULL ? rp_xml_dup_text (node) : NULL;
}

char *
rp_wire_dup_attribute_at (xmlNode *parent, const char *path, const char *attribute)
{
  return rp_wire_dup_attribute (rp_wire_at (parent, path), attribute);
}
