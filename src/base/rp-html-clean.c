#include "rp-html.h"

#include <string.h>

#include "rp-html-rules.h"
#include "rp-html-settle.h"
#include "rp-text.h"

typedef struct {
  const char *base_url;
  GPtrArray *trackers; /* lent, may be NULL */
} Cleaner;

/* Addresses */

static gboolean
has_scheme (const char *url, const char *scheme)
{
  return g_ascii_strncasecmp (url, scheme, strlen (scheme)) == 0;
}

static gboolean
is_image_data (const char *url)
{
  return has_scheme (url, "data:image/png") || has_scheme (url, "data:image/jpeg") ||
         has_scheme (url, "data:image/gif") || has_scheme (url, "data:image/webp");
}

/* Control characters and spaces inside an address are how schemes get past filters: they go. */
static char *
dup_tidy_url (const char *url)
{
  GString *out = g_string_sized_new (strlen (url));
  g_autofree char *stripped = g_strstrip (g_strdup (url));

  for (const char *at = stripped; *at != '\0'; at++) {
    if (*at == ' ')
      g_string_append (out, "%20");
    else if ((guchar) *at > 0x20 && *at != 0x7F)
      g_string_append_c (out, *at);
  }
  return g_string_free (out, FALSE);
}

static char *
dup_link (const Cleaner *self, const char *url)
{
  g_autofree char *tidy = dup_tidy_url (url);

  if (has_scheme (tidy, "mailto:") || has_scheme (tidy, "tel:"))
    return g_steal_pointer (&tidy);
  if ((has_scheme (tidy, "http://") && tidy[7] != '\0') ||
      (has_scheme (tidy, "https://") && tidy[8] != '\0'))
    return g_steal_pointer (&tidy);
  if (*tidy == '\0' || *tidy == '#')
    return NULL;
  return rp_text_resolve_url (self->base_url, tidy);
}

static char *
dup_image_url (const Cleaner *self, const char *url)
{
  if (url == NULL || *url == '\0')
    return NULL;
  if (has_scheme (url, "data:"))
    return is_image_data (url) ? dup_tidy_url (url) : NULL;
  if (has_scheme (url, "mailto:") || has_scheme (url, "tel:"))
    return NULL;
  if (has_scheme (url, "cid:") || (self->base_url != NULL && has_scheme (self->base_url, "cid:"))) {
    g_autofree char *tidy = dup_tidy_url (url);

    return rp_text_resolve_picture_url (self->base_url, tidy);
  }
  return dup_link (self, url);
}

static char *
dup_first_of_srcset (const char *srcset)
{
  const char *from = srcset + strspn (srcset, " \t\r\n,");

  return g_strndup (from, strcspn (from, " \t\r\n"));
}

/* Pages that load pictures late keep the address elsewhere and a grey dot in src. Gives. */
static char *
dup_image_source (const Cleaner *self, const xmlNode *image)
{
  static const char *const late[] = {"data-src", "data-lazy-src", "data-original", "data-lazy",
                                     "data-img-src"};
  const char *src = rp_xml_peek_attribute (image, "src");
  const char *srcset = rp_xml_peek_attribute (image, "srcset");
  char *url = NULL;

  if (srcset == NULL || *srcset == '\0')
    srcset = rp_xml_peek_attribute (image, "data-srcset");
  if (src != NULL && !has_scheme (src, "data:"))
    url = dup_image_url (self, src);
  for (gsize i = 0; i < G_N_ELEMENTS (late); i++) {
    const char *value = rp_xml_peek_attribute (image, late[i]);
    g_autofree char *better =
      value != NULL && !has_scheme (value, "data:") ? dup_image_url (self, value) : NULL;

    if (better != NULL) {
      g_free (url);
      return g_steal_pointer (&better);
    }
  }
  if (url == NULL && srcset != NULL) {
    g_autofree char *first = dup_first_of_srcset (srcset);

    url = dup_image_url (self, first);
  }
  return url != NULL ? url : dup_image_url (self, src);
}

static gboolean
is_tiny (const char *length)
{
  return length != NULL && (length[0] == '0' || length[0] == '1') &&
         (length[1] == '\0' || strcmp (length + 1, "px") == 0);
}

static gboolean
style_hides (const char *style)
{
  g_autofree char *bare = NULL;
  char *to;

  if (style == NULL)
    return FALSE;
  bare = g_ascii_strdown (style, -1);
  to = bare;
  for (const char *from = bare; *from != '\0'; from++) {
    if (!g_ascii_isspace (*from))
      *to++ = *from;
  }
  *to = '\0';
  return strstr (bare, "display:none") != NULL || strstr (bare, "visibility:hidden") != NULL ||
         strstr (bare, "width:1px") != NULL || strstr (bare, "width:0") == bare;
}

static gboolean
is_tracker (const xmlNode *image)
{
  const char *src = rp_xml_peek_attribute (image, "src");

  if (src == NULL || has_scheme (src, "data:"))
    return FALSE;
  if (is_tiny (rp_xml_peek_attribute (image, "width")) &&
      is_tiny (rp_xml_peek_attribute (image, "height")))
    return TRUE;
  return rp_xml_peek_attribute (image, "hidden") != NULL ||
         (style_hides (rp_xml_peek_attribute (image, "style")) &&
          rp_xml_peek_attribute (image, "data-src") == NULL);
}

static void
report_tracker (const Cleaner *self, xmlNode *image)
{
  g_autoptr (xmlBuffer) buffer = NULL;

  if (self->trackers == NULL)
    return;
  buffer = xmlBufferCreate ();
  xmlNodeDump (buffer, image->doc, image, 0, 0);
  g_ptr_array_add (self->trackers, g_strdup ((const char *) xmlBufferContent (buffer)));
}

/* Building the clean tree. A comment node marks where a block that lost its tags began or ended. */

static void clean_children (const Cleaner *self, const xmlNode *from, xmlNode *to);

static void
copy_attributes (const Cleaner *self, const xmlNode *from, xmlNode *to, const char *allowed)
{
  for (const xmlAttr *attribute = from->properties; attribute != NULL;
       attribute = attribute->next) {
    const char *name = (const char *) attribute->name;
    const char *value = rp_xml_peek_attribute (from, name);
    g_autofree char *link = NULL;

    if (value == NULL || !(strcmp (name, "lang") == 0 || strcmp (name, "dir") == 0 ||
                           rp_text_has_word (allowed, name)))
      continue;
    if (strcmp (name, "src") == 0)
      continue;
    if (strcmp (name, "href") == 0) {
      link = dup_link (self, value);
      value = link;
    }
    if (value != NULL && !xmlHasProp (to, attribute->name))
      xmlNewProp (to, attribute->name, (const xmlChar *) value);
  }
}

static xmlNode *
add_element (xmlNode *to, const char *name)
{
  return xmlAddChild (to, xmlNewDocNode (to->doc, NULL, (const xmlChar *) name, NULL));
}

static void
clean_image (const Cleaner *self, xmlNode *image, xmlNode *to)
{
  g_autofree char *url = NULL;
  xmlNode *copy;

  if (is_tracker (image)) {
    report_tracker (self, image);
    return;
  }
  url = dup_image_source (self, image);
  if (url == NULL)
    return;
  copy = add_element (to, "img");
  xmlNewProp (copy, (const xmlChar *) "src", (const xmlChar *) url);
  copy_attributes (self, image, copy, "alt title width height");
}

static gboolean
is_in_figure (const xmlNode *node)
{
  for (; node != NULL; node = node->parent) {
    if (rp_xml_is ((xmlNode *) node, NULL, "figure"))
      return TRUE;
  }
  return FALSE;
}

/* What is embedded (a video, a post) becomes a link to it that stands as a figure of its own. */
static void
clean_frame (const Cleaner *self, const xmlNode *frame, xmlNode *to)
{
  const char *src = rp_xml_peek_attribute (frame, "src");
  g_autofree char *url = NULL;
  g_autofree char *text = NULL;
  xmlNode *link;

  if (src == NULL || *src == '\0' || has_scheme (src, "about:"))
    src = rp_xml_peek_attribute (frame, "data-src");
  url = src != NULL ? dup_link (self, src) : NULL;
  if (url == NULL || !rp_text_is_web_url (url))
    return;
  rp_html_mark_break (to);
  link = is_in_figure (to) ? to : add_element (to, "figure");
  link = add_element (add_element (link, "figcaption"), "a");
  xmlNewProp (link, (const xmlChar *) "href", (const xmlChar *) url);
  xmlAddChild (link, xmlNewDocText (to->doc, (const xmlChar *) url));
  rp_html_mark_break (to);
}

static gboolean
is_orphan (const char *name, const xmlNode *to)
{
  const char *parent = (const char *) to->name;

  if (strcmp (name, "li") == 0)
    return !rp_text_has_word ("ul ol", parent);
  if (strcmp (name, "td") == 0 || strcmp (name, "th") == 0)
    return strcmp (parent, "tr") != 0;
  if (strcmp (name, "tr") == 0)
    return !rp_text_has_word ("table thead tbody tfoot", parent);
  if (rp_text_has_word ("thead tbody tfoot caption colgroup", name))
    return strcmp (parent, "table") != 0;
  if (strcmp (name, "col") == 0)
    return !rp_text_has_word ("table colgroup", parent);
  if (rp_text_has_word ("dt dd", name))
    return strcmp (parent, "dl") != 0;
  return FALSE;
}

static void
clean_element (const Cleaner *self, xmlNode *node, xmlNode *to)
{
  const RpHtmlRule *rule = rp_html_find_rule ((const char *) node->name);
  const char *name = rule->becomes != NULL ? rule->becomes : (const char *) node->name;
  RpHtmlFate fate =
    rule->fate == RP_HTML_FATE_BLOCK && is_orphan (name, to) ? RP_HTML_FATE_BREAK : rule->fate;
  xmlNode *copy;

  switch (fate) {
  case RP_HTML_FATE_UNWRAP:
    clean_children (self, node, to);
    break;
  case RP_HTML_FATE_BREAK:
    rp_html_mark_break (to);
    clean_children (self, node, to);
    rp_html_mark_break (to);
    break;
  case RP_HTML_FATE_BLOCK:
  case RP_HTML_FATE_INLINE:
    copy = add_element (to, name);
    copy_attributes (self, node, copy, rule->attributes);
    clean_children (self, node, copy);
    (fate == RP_HTML_FATE_BLOCK ? rp_html_settle_block : rp_html_settle_inline) (copy);
    break;
  case RP_HTML_FATE_IMAGE:
    clean_image (self, node, to);
    break;
  case RP_HTML_FATE_FRAME:
    clean_frame (self, node, to);
    break;
  case RP_HTML_FATE_DROP:
    break;
  }
}

static void
clean_children (const Cleaner *self, const xmlNode *from, xmlNode *to)
{
  for (xmlNode *node = from->children; node != NULL; node = node->next) {
    if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) &&
        node->content != NULL)
      xmlAddChild (to, xmlNewDocText (to->doc, node->content));
    else if (node->type == XML_ELEMENT_NODE)
      clean_element (self, node, to);
  }
}

void
rp_html_clean_tree (xmlNode *parent, const char *base_url, GPtrArray *trackers)
{
  Cleaner self = {.base_url = base_url, .trackers = trackers};
  xmlNode *fresh;

  g_return_if_fail (parent != NULL);

  fresh = xmlNewDocNode (parent->doc, NULL, (const xmlChar *) "body", NULL);
  clean_children (&self, parent, fresh);
  rp_html_settle_flow (fresh, TRUE);
  while (parent->children != NULL)
    rp_html_remove (parent->children);
  rp_html_move_children (fresh, parent);
  xmlFreeNode (fresh);
}

char *
rp_html_clean (const char *html, const char *base_url)
{
  g_autoptr (xmlDoc) doc = rp_html_parse_fragment (html);
  xmlNode *body = rp_html_get_body (doc);

  rp_html_clean_tree (body, base_url, NULL);

  return rp_html_serialise (body);
}
