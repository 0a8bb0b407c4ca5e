#include "rp-readback.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-html.h"
#include "rp-json.h"
#include "rp-marks.h"
#include "rp-text.h"

static const char *const names[RP_N_READBACKS] = {
  "credit", "lines", "link", "licence_link", "canonical", "images", "counter", "text",
};

const char *
rp_readback_get_name (RpReadbackItem item)
{
  return names[item];
}

/* ---- what a page says ---- */

/* Letters and digits only, folded: systems change quotes, dashes and spaces. Gives. */
static char *
dup_bare (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  GString *bare = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_unichar (bare, g_utf8_get_char (p));

  return g_string_free (bare, FALSE);
}

/* Without the fragment, slashes at the end, and the "ref" by which Ghost says where readers of a
 * link come from. */
static gsize
measure (const char *address)
{
  gsize size = strcspn (address, "#");
  const char *ref = g_strstr_len (address, (gssize) size, "ref=");

  if (ref != NULL && (ref[-1] == '?' || ref[-1] == '&') &&
      memchr (ref, '&', size - (gsize) (ref - address)) == NULL)
    size = (gsize) (ref - address) - 1;
  while (size > 3 && address[size - 1] == '/')
    size--;

  return size;
}

/* Addresses differ in what does not matter: scheme, a slash at the end. */
static gboolean
is_same_address (const char *a, const char *b)
{
  const char *first = a != NULL ? strstr (a, "://") : NULL;
  const char *second = b != NULL ? strstr (b, "://") : NULL;
  gsize n, m;

  if (first == NULL || second == NULL)
    return FALSE;
  n = measure (first);
  m = measure (second);

  return n == m && g_ascii_strncasecmp (first, second, n) == 0;
}

typedef gboolean (*Test) (xmlNode *node, gconstpointer data);

static xmlNode *
find (xmlNode *root, Test test, gconstpointer data)
{
  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE))
    if (node->type == XML_ELEMENT_NODE && test (node, data))
      return node;

  return NULL;
}

static gboolean
is_of_class (xmlNode *node, gconstpointer name)
{
  return rp_text_has_word (rp_xml_peek_attribute (node, "class"), name);
}

static gboolean
is_link_to (xmlNode *node, gconstpointer url)
{
  return (rp_xml_is (node, NULL, "a") || rp_xml_is (node, NULL, "link")) &&
         !rp_text_has_word (rp_xml_peek_attribute (node, "rel"), "canonical") &&
         is_same_address (rp_xml_peek_attribute (node, "href"), url);
}

static gboolean
is_licence_link (xmlNode *node, gconstpointer unused)
{
  return rp_xml_is (node, NULL, "a") &&
         rp_text_has_word (rp_xml_peek_attribute (node, "rel"), "license");
}

static gboolean
is_canonical (xmlNode *node, gconstpointer url)
{
  return rp_xml_is (node, NULL, "link") &&
         rp_text_has_word (rp_xml_peek_attribute (node, "rel"), "canonical") &&
         is_same_address (rp_xml_peek_attribute (node, "href"), url);
}

static gboolean
is_counter (xmlNode *node, gconstpointer src)
{
  return rp_xml_is (node, NULL, "img") &&
         (src == NULL ? rp_text_has_word (rp_xml_peek_attribute (node, "class"), RP_MARK_COUNTER)
                      : is_same_address (rp_xml_peek_attribute (node, "src"), src));
}

typedef struct {
  xmlDoc *doc;   /* owned */
  xmlNode *root; /* borrowed */
  char *text;    /* owned, bare */
} Page;

static void
page_clear (Page *page)
{
  g_clear_pointer (&page->doc, xmlFreeDoc);
  g_free (page->text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

static void
page_read (Page *page, xmlDoc *doc)
{
  g_autofree char *text = NULL;

  page->doc = doc;
  page->root = doc != NULL ? xmlDocGetRootElement (doc) : NULL;
  text = page->root != NULL ? rp_xml_dup_text (page->root) : NULL;
  page->text = dup_bare (text != NULL ? text : "");
}

static gboolean
has_text (const Page *page, const char *words)
{
  g_autofree char *bare = dup_bare (words);

  return strstr (page->text, bare) != NULL;
}

/* ---- one thing after the other ---- */

static RpReadbackState
judge (gboolean sent, gboolean found, gboolean demanded)
{
  if (!sent)
    return RP_READBACK_NOT_SENT;
  if (found)
    return RP_READBACK_THERE;

  return demanded ? RP_READBACK_BROKEN : RP_READBACK_MISSING;
}

static RpReadbackState
compare_class (const Page *sent, const Page *page, const char *name)
{
  gboolean any = FALSE;

  for (xmlNode *node = sent->root; node != NULL; node = rp_xml_follow (node, sent->root, TRUE)) {
    g_autofree char *words = NULL;

    if (node->type != XML_ELEMENT_NODE || !is_of_class (node, name))
      continue;
    words = rp_xml_dup_text (node);
    any = any || words != NULL;
    if (words != NULL && !has_text (page, words))
      return RP_READBACK_BROKEN;
  }

  return any ? RP_READBACK_THERE : RP_READBACK_NOT_SENT;
}

static RpReadbackState
compare_lines (const Page *sent, const Page *page)
{
  static const char *const classes[] = {RP_MARK_LINE, RP_MARK_CHANGES, RP_MARK_COPY};
  RpReadbackState worst = RP_READBACK_NOT_SENT;

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    worst = MAX (worst, compare_class (sent, page, classes[i]));

  return worst;
}

static RpReadbackState
compare_link (const Page *sent, const Page *page, const char *url, const RpTerms *terms)
{
  return judge (url != NULL && find (sent->root, is_link_to, url) != NULL,
                url != NULL && find (page->root, is_link_to, url) != NULL,
                terms != NULL && terms->link_required);
}

/* The words say which licence it is when the link does not. */
static RpReadbackState
compare_licence (const Page *sent, const Page *page, const RpTerms *terms)
{
  xmlNode *link = find (sent->root, is_licence_link, NULL);
  const char *href = link != NULL ? rp_xml_peek_attribute (link, "href") : NULL;

  return judge (href != NULL, href != NULL && find (page->root, is_link_to, href) != NULL,
                terms != NULL && (terms->link_required || terms->is_creative_commons_by));
}

static RpReadbackState
compare_counter (const Page *sent, const Page *page, const RpTerms *terms)
{
  xmlNode *counter = find (sent->root, is_counter, NULL);
  const char *src = counter != NULL ? rp_xml_peek_attribute (counter, "src") : NULL;

  return judge (src != NULL, src != NULL && find (page->root, is_counter, src) != NULL,
                terms != NULL && terms->tracking_required);
}

/* Systems give pictures other addresses and sizes; they keep their alternative text or our name. */
static gboolean
is_picture (xmlNode *node, gconstpointer data)
{
  RpMedia *media = (RpMedia *) data;
  const char *alt = rp_media_get (media, RP_MEDIA_ALT);
  const char *sha256 = rp_media_get (media, RP_MEDIA_SHA256);
  g_autofree char *name = sha256 != NULL ? g_strdup_printf ("%.16s", sha256) : NULL;
  const char *src;

  if (!rp_xml_is (node, NULL, "img") && !rp_xml_is (node, NULL, "source"))
    return FALSE;
  src = rp_xml_peek_attribute (node, "src");
  if (src == NULL)
    src = rp_xml_peek_attribute (node, "srcset");

  return (src != NULL && name != NULL && strstr (src, name) != NULL) ||
         (!rp_text_is_empty (alt) && rp_text_same (rp_xml_peek_attribute (node, "alt"), alt)) ||
         is_same_address (src, rp_media_get (media, RP_MEDIA_URL));
}

static void
compare_images (const Page *sent, const Page *page, RpArticle *article, RpReadback *out)
{
  GPtrArray *media = rp_article_get_media (article);

  for (guint i = 0; i < media->len; i++) {
    if (find (sent->root, is_picture, media->pdata[i]) == NULL)
      continue;
    out->images_sent++;
    out->images_found += find (page->root, is_picture, media->pdata[i]) != NULL;
  }
  out->states[RP_READBACK_IMAGES] =
    judge (out->images_sent > 0, out->images_found == out->images_sent, FALSE);
}

/* A page that shows only the beginning shows the beginning. */
static RpReadbackState
compare_text (const Page *page, RpArticle *article)
{
  const char *html = rp_article_get (article, RP_ARTICLE_BODY_HTML);
  g_autofree char *text = rp_html_to_text (html);
  g_auto (GStrv) blocks = g_strsplit (text, "\n\n", -1);
  guint n = g_strv_length (blocks);

  while (n > 0 && rp_text_is_empty (blocks[n - 1]))
    n--;

  return judge (n > 0, n > 0 && has_text (page, blocks[n - 1]), FALSE);
}

void
rp_readback_compare (const char *sent_html,
                     RpArticle *article,
                     const RpTerms *terms,
                     GBytes *bytes,
                     const char *canonical,
                     RpReadback *out)
{
  const char *original = rp_article_get (article, RP_ARTICLE_CANONICAL_URL);
  g_auto (Page) sent = {NULL};
  g_auto (Page) page = {NULL};

  *out = (RpReadback){.images_sent = 0};
  page_read (&sent, rp_html_parse_fragment (sent_html));
  page_read (&page, rp_html_parse (bytes, NULL, NULL));
  if (page.root == NULL)
    page_read (&page, rp_html_parse_fragment (""));

  out->states[RP_READBACK_CREDIT] = compare_class (&sent, &page, RP_MARK_CREDIT);
  out->states[RP_READBACK_LINES] = compare_lines (&sent, &page);
  out->states[RP_READBACK_LINK] = compare_link (&sent, &page, original, terms);
  out->states[RP_READBACK_LICENCE] = compare_licence (&sent, &page, terms);
  out->states[RP_READBACK_CANONICAL] =
    judge (original != NULL,
           original != NULL && (is_same_address (canonical, original) ||
                                find (page.root, is_canonical, original) != NULL),
           terms != NULL && terms->canonical_required);
  compare_images (&sent, &page, article, out);
  out->states[RP_READBACK_COUNTER] = compare_counter (&sent, &page, terms);
  out->states[RP_READBACK_TEXT] = compare_text (&page, article);
}

gboolean
rp_readback_is_worn (const RpReadback *readback)
{
  for (guint i = 0; i < RP_N_READBACKS; i++)
    if (readback->states[i] >= RP_READBACK_MISSING)
      return TRUE;

  return FALSE;
}

gboolean
rp_readback_is_broken (const RpReadback *readback)
{
  for (guint i = 0; i < RP_N_READBACKS; i++)
    if (readback->states[i] == RP_READBACK_BROKEN)
      return TRUE;

  return FALSE;
}

/* ---- in words ---- */

char *
rp_readback_dup_words (RpReadbackItem item, const char *name)
{
  switch (item) {
  case RP_READBACK_CREDIT:
    return g_strdup_printf (_ ("The credit line is not on the page at %s."), name);
  case RP_READBACK_LINES:
    return g_strdup_printf (_ ("A sentence that the licence prescribes is not on the page at %s."),
                            name);
  case RP_READBACK_LINK:
    return g_strdup_printf (_ ("The link to the original is not on the page at %s."), name);
  case RP_READBACK_LICENCE:
    return g_strdup_printf (_ ("The link to the licence is not on the page at %s."), name);
  case RP_READBACK_CANONICAL:
    return g_strdup_printf (_ ("The page at %s does not tell search engines which page is the "
                               "original."),
                            name);
  case RP_READBACK_IMAGES:
    return g_strdup_printf (_ ("Not all pictures are on the page at %s."), name);
  case RP_READBACK_COUNTER:
    return g_strdup_printf (_ ("The licensor’s page counter is not on the page at %s."), name);
  default:
    return g_strdup_printf (_ ("The page at %s does not show the whole text."), name);
  }
}

static gboolean
is_site_with_plugin (const char *connector)
{
  return g_strcmp0 (connector, "wordpress") == 0 || g_strcmp0 (connector, "metaweblog") == 0;
}

char *
rp_readback_dup_remedy (RpReadbackItem item, const char *connector)
{
  switch (item) {
  case RP_READBACK_CANONICAL:
    return g_strdup (is_site_with_plugin (connector)
                       ? _ ("Ask the partner to install the small Reprint plug-in for WordPress, "
                            "or to set the original’s address by hand.")
                       : _ ("Ask the partner to set the original’s address by hand."));
  case RP_READBACK_COUNTER:
  case RP_READBACK_LINK:
  case RP_READBACK_LICENCE:
    return g_strdup (_ ("The account may not carry it, or the system removes it: ask the partner "
                        "for an account with the right to publish any HTML, then send again."));
  case RP_READBACK_IMAGES:
    return g_strdup (_ ("Send the article again; if they stay away, ask the partner which pictures "
                        "its system takes."));
  case RP_READBACK_TEXT:
    return g_strdup (_ ("The page may be behind a paywall or show a summary; ask the partner where "
                        "the whole text stands."));
  default:
    return g_strdup (_ ("Ask the partner to show it, or take the article down there: without it "
                        "the licence does not hold."));
  }
}

JsonObject *
rp_readback_to_json (const RpReadback *readback)
{
  JsonObject *object = json_object_new ();
  JsonArray *stripped = json_array_new ();

  for (guint i = 0; i < RP_N_READBACKS; i++) {
    if (readback->states[i] == RP_READBACK_NOT_SENT)
      json_object_set_null_member (object, names[i]);
    else
      json_object_set_boolean_member (object, names[i], readback->states[i] == RP_READBACK_THERE);
    if (readback->states[i] >= RP_READBACK_MISSING)
      json_array_add_string_element (stripped, names[i]);
  }
  json_object_set_boolean_member (object, "broken", rp_readback_is_broken (readback));
  json_object_set_array_member (object, "stripped", stripped);

  return object;
}

void
rp_readback_read_json (JsonObject *object, RpReadback *out)
{
  gboolean broken = rp_json_get_boolean (object, "broken", FALSE);

  *out = (RpReadback){.images_sent = 0};
  for (guint i = 0; i < RP_N_READBACKS; i++) {
    JsonNode *node = rp_json_get (object, names[i]);

    if (node == NULL || JSON_NODE_HOLDS_NULL (node))
      continue;
    out->states[i] = json_node_get_boolean (node) ? RP_READBACK_THERE
                     : broken                     ? RP_READBACK_BROKEN
                                                  : RP_READBACK_MISSING;
  }
}
