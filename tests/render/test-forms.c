/* Every form of every article under every licence: well-formed, and with the facts that its readers
 * look for. What the published schemas demand is more than is asked here. */
#include "matrix.h"

#include "rp-error.h"
#include "rp-html.h"
#include "rp-json.h"
#include "rp-render-feed.h"
#include "rp-render-rights.h"
#include "rp-text.h"
#include "rp-time.h"

#include <string.h>

typedef enum {
  KIND_JSON,
  KIND_XML,
  KIND_HTML,
  KIND_TEXT
} Kind;

/* Where a form says a fact: XPath by local names for XML and HTML, a member (dots go deeper) for
 * JSON, a key for front matter. NULL = it has no place for it, or one that the read-back tests. */
static const struct {
  const char *form;
  Kind kind;
  const char *headline;
  const char *holder;
  const char *notice;
  const char *licence;
  const char *expires;
  const char *embargo;
  const char *reserved; /* the value that says so stands behind a space */
} forms[] = {
  {"html", KIND_HTML, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
  {"page", KIND_HTML, "//h1", "//meta[@name='copyright']/@content", NULL,
   "//link[@rel='license']/@href", NULL, NULL, "//meta[@name='tdm-reservation']/@content 1"},
  {"jsonld", KIND_JSON, "headline", "copyrightHolder.name", "copyrightNotice", "license", "expires",
   "dcterms:available", "tdm:reservation 1"},
  {"ninjs", KIND_JSON, "headline", "copyrightholder", "copyrightnotice", NULL, "expires",
   "embargoed", NULL},
  {"ninjs-2", KIND_JSON, "headlines.0.value", "copyrightholder", "copyrightnotice", NULL, "expires",
   "embargoed", NULL},
  {"ninjs-3", KIND_JSON, "headlines.0.value", "copyrightHolder", "copyrightNotice", NULL, "expires",
   "embargoedUntil", NULL},
  {"newsml-g2", KIND_XML, "//*[local-name()='headline']",
   "//*[local-name()='copyrightHolder']/*[local-name()='name']",
   "//*[local-name()='copyrightNotice']",
   "//*[local-name()='rightsInfo']/*[local-name()='link'][@rel='link:license']/@href",
   "//*[local-name()='expires']", "//*[local-name()='embargoed']",
   "//*[local-name()='dataMining']/@uri http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"},
  {"nitf", KIND_XML, "//*[local-name()='hl1']", "//*[local-name()='doc.copyright']/@holder", NULL,
   "//*[local-name()='meta'][@name='license']/@content", "//*[local-name()='date.expire']/@norm",
   "//*[local-name()='date.release']/@norm",
   "//*[local-name()='meta'][@name='tdm-reservation']/@content 1"},
  {"rss", KIND_XML, "//item/title", "//item/*[local-name()='rightsHolder']",
   "//item/*[local-name()='rights']", "//item/*[local-name()='link'][@rel='license']/@href", NULL,
   "//item/*[local-name()='available']",
   "//item//*[local-name()='prohibits'][@type='usage'] ai-all"},
  {"atom", KIND_XML, "//*[local-name()='entry']/*[local-name()='title']",
   "//*[local-name()='rightsHolder']", "//*[local-name()='entry']/*[local-name()='rights']",
   "//*[local-name()='link'][@rel='license']/@href", NULL, "//*[local-name()='available']",
   "//*[local-name()='prohibits'][@type='usage'] ai-all"},
  {"jsonfeed", KIND_JSON, "items.0.title", "items.0._licence.holder", "items.0._licence.notice",
   "items.0._licence.url", "items.0._licence.expires", "items.0._licence.embargoed_until",
   "items.0._licence.tdm reserved"},
  {"markdown", KIND_TEXT, "title", "copyright_holder", "copyright", "licence_url", "expires",
   "embargoed_until", "tdm_reservation 1"},
};

static guint current;

static char *
find_xml (xmlDoc *doc, const char *path)
{
  g_autoptr (xmlXPathContext) context = xmlXPathNewContext (doc);
  g_autoptr (xmlXPathObject) found = xmlXPathEvalExpression (BAD_CAST path, context);
  xmlChar *text = xmlXPathCastToString (found);
  char *copy = g_strdup ((const char *) text);

  xmlFree (text);

  return copy;
}

static char *
find_json (JsonNode *node, const char *path)
{
  g_auto (GStrv) steps = g_strsplit (path, ".", -1);

  for (guint i = 0; steps[i] != NULL && node != NULL; i++) {
    if (JSON_NODE_HOLDS_OBJECT (node))
      node = rp_json_get (json_node_get_object (node), steps[i]);
    else if (JSON_NODE_HOLDS_ARRAY (node))
      node = json_array_get_element (json_node_get_array (node),
                                     (guint) g_ascii_strtoull (steps[i], NULL, 10));
  }
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return g_strdup ("");
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  return g_strdup (json_node_get_string (node));
}

/* `key: "value"` with the value as JSON writes it. */
static char *
find_front_matter (const char *text, const char *key)
{
  g_autofree char *mark = g_strdup_printf ("\n%s: ", key);
  const char *at = strstr (text, mark);
  g_autofree char *value =
    at != NULL ? g_strndup (at + strlen (mark), strcspn (at + strlen (mark), "\n")) : NULL;
  g_autoptr (JsonNode) node = value != NULL ? json_from_string (value, NULL) : NULL;

  return g_strdup (node != NULL ? json_node_get_string (node) : "");
}

static char *
find (const char *text, const char *path)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (xmlDoc) doc = NULL;
  g_autoptr (JsonNode) node = NULL;

  switch (forms[current].kind) {
  case KIND_JSON:
    node = rp_json_parse (bytes, &error);
    g_assert_no_error (error);
    return find_json (node, path);
  case KIND_XML:
    doc = rp_xml_parse (bytes, FALSE, NULL, &error);
    break;
  case KIND_HTML:
    doc = rp_html_parse (bytes, "utf-8", &error);
    break;
  case KIND_TEXT:
    g_assert_true (g_str_has_prefix (text, "---\n"));
    return find_front_matter (text, path);
  }
  g_assert_no_error (error);

  return find_xml (doc, path);
}

static void
check_fact (const char *text, const char *path, const char *expected)
{
  g_autofree char *value = NULL;

  if (path == NULL)
    return;
  value = find (text, path);
  g_test_message ("%s", path);
  g_assert_cmpstr (value, ==, expected != NULL ? expected : "");
}

static void
check_reservation (const char *text, const RpRenderRights *rights)
{
  const char *space =
    forms[current].reserved != NULL ? strrchr (forms[current].reserved, ' ') : NULL;
  g_autofree char *path =
    space != NULL ? g_strndup (forms[current].reserved, (gsize) (space - forms[current].reserved))
                  : NULL;

  check_fact (text, path, rights->tdm_reserved ? space + 1 : NULL);
}

/* Whatever else it is, the credit line is to be seen in it. */
static void
check_credit (const MatrixCell *cell, const char *text, const RpRenderRights *rights)
{
  static const char *const silent[] = {"jsonld", NULL};

  if (rights->credit != NULL && !g_strv_contains (silent, forms[current].form) &&
      forms[current].kind != KIND_TEXT)
    g_assert_nonnull (strstr (text, "reprint-credit"));
  for (guint i = 0; i < rp_article_get_media (cell->article)->len; i++) {
    RpMedia *media = rp_article_get_media (cell->article)->pdata[i];

    g_assert_nonnull (strstr (text, rp_media_get (media, RP_MEDIA_CREDIT)));
  }
}

static void
check (const MatrixCell *cell, const RpRenderJob *job)
{
  g_autofree char *text = matrix_render (job, forms[current].form);
  g_autoptr (RpRenderRights) rights = rp_render_rights_new (job);

  g_test_message ("%s, %s", cell->article_name, rp_licence_get_id (cell->licence));
  check_fact (text, forms[current].headline, rp_article_get (cell->article, RP_ARTICLE_HEADLINE));
  check_fact (text, forms[current].holder, rights->holder);
  check_fact (text, forms[current].notice, rights->notice);
  check_fact (text, forms[current].licence, rights->url);
  check_fact (text, forms[current].expires, rights->expires);
  check_fact (text, forms[current].embargo, rights->embargo);
  check_reservation (text, rights);
  check_credit (cell, text, rights);
}

static void
test_form (gconstpointer data)
{
  current = GPOINTER_TO_UINT (data);
  matrix_walk (check);
}

/* The text of a right-to-left article keeps its direction. */
static void
check_direction (const MatrixCell *cell, const RpRenderJob *job)
{
  g_autofree char *page = matrix_render (job, "page");
  gboolean rtl = g_str_equal (cell->article_name, "right-to-left");

  g_assert_true ((strstr (page, "dir=\"rtl\"") != NULL) == rtl);
}

static void
test_direction (void)
{
  matrix_walk (check_direction);
}

/* Machines are told only what the licence says of them. */
static void
check_rsl (const MatrixCell *cell, const RpRenderJob *job)
{
  static const char *const silent[] = {"ogl-uk-3.0", "all-rights-reserved", "meridian", NULL};
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = rp_renderer_find ("rsl", NULL)->render (job, &error);
  g_autoptr (RpRenderRights) rights = rp_render_rights_new (job);

  if (!rights->tdm_reserved && g_strv_contains (silent, rp_licence_get_id (cell->licence)))
    g_assert_error (error, RP_ERROR, RP_ERROR_UNSUPPORTED);
  else
    g_assert_no_error (error);
  g_assert_true ((bytes != NULL) == (error == NULL));
}

static void
test_rsl (void)
{
  matrix_walk (check_rsl);
}

/* Several articles in one feed, each with its own rights. */
static void
test_feed (void)
{
  static const char *const urls[] = {"https://a.example/1", "https://b.example/2"};
  g_autoptr (RpArticle) one = rp_article_new ();
  g_autoptr (RpArticle) two = rp_article_new ();
  RpArticle *articles[2] = {one, two};
  RpRenderJob jobs[2] = {{.article = articles[0]}, {.article = articles[1]}};
  const RpRenderFeed feed = {.title = "Desk",
                             .home_url = "https://desk.example/",
                             .feed_url = "https://desk.example/feed.xml",
                             .updated = rp_time_instant ("2026-03-05T12:00:00Z")};
  GBytes *(*const render[]) (const RpRenderFeed *, const RpRenderJob *, guint) = {
    rp_render_feed_rss, rp_render_feed_atom, rp_render_feed_json};

  for (guint i = 0; i < 2; i++) {
    rp_article_set (articles[i], RP_ARTICLE_HEADLINE, i == 0 ? "One" : "Two");
    rp_article_set (articles[i], RP_ARTICLE_CANONICAL_URL, urls[i]);
    rp_article_set (articles[i], RP_ARTICLE_BODY_HTML, "<p>Words.</p>");
  }
  for (guint i = 0; i < G_N_ELEMENTS (render); i++) {
    g_autoptr (GBytes) bytes = render[i](&feed, jobs, 2);
    g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

    g_assert_nonnull (strstr (text, urls[0]));
    g_assert_nonnull (strstr (text, urls[1]));
    g_assert_nonnull (strstr (text, feed.feed_url));
    g_assert_true (strstr (text, urls[0]) < strstr (text, urls[1]));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autofree char *path = g_strdup_printf ("/render/forms/%s", forms[i].form);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_form);
  }
  g_test_add_func ("/render/forms/direction", test_direction);
  g_test_add_func ("/render/forms/rsl", test_rsl);
  g_test_add_func ("/render/forms/feed", test_feed);

  return g_test_run ();
}
