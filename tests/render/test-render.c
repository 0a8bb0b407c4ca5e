/* Every form of every sample article, byte for byte against golden/; then the marks a reader's
 * browser and the rights rules look for. REPRINT_WRITE_GOLDEN=1 writes the golden files anew. */
#include "rp-error.h"
#include "rp-html.h"
#include "rp-json.h"
#include "rp-renderer.h"
#include "rp-time.h"

#include <string.h>

typedef struct {
  RpArticle *article;
  RpLicence *licence;
} Sample;

static void
sample_clear (Sample *sample)
{
  g_clear_object (&sample->article);
  g_clear_object (&sample->licence);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sample, sample_clear)

static Sample
load_sample (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "render", file, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;
  Sample sample = {0};

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  node = rp_json_parse_text (text, &error);
  g_assert_no_error (error);
  object = json_node_get_object (node);
  sample.article = rp_article_from_json (rp_json_get_object (object, "article"));
  sample.licence = rp_licence_new_from_json (rp_json_get_object (object, "licence"), &error);
  g_assert_no_error (error);

  return sample;
}

static const char *const media_urls[] = {
  "1111111111111111111111111111111111111111111111111111111111111111",
  "https://herald.example/media/night.jpg",
  NULL,
};

static char *
render (const Sample *sample, const char *id, RpDeliveryAction action, const char *changes)
{
  g_autoptr (RpPartner) partner = rp_partner_new ("herald", "Herald", "ninjs-push");
  const RpRenderJob job = {
    .article = sample->article,
    .licence = sample->licence,
    .partner = partner,
    .marker = "0190f3c2-7a10-7c4e-9b60-2f6f5b8f1aff",
    .version = "3",
    .action = action,
    .media_urls = media_urls,
    .changes = changes,
    .now = rp_time_instant ("2026-03-05T12:00:00Z"),
  };
  g_autoptr (GError) error = NULL;
  const RpRenderer *renderer = rp_renderer_find (id, &error);
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const char *data;

  g_assert_no_error (error);
  bytes = renderer->render (&job, &error);
  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &size);

  return g_strndup (data, size);
}

static const struct {
  const char *sample;
  const char *renderer;
  const char *golden;
  RpDeliveryAction action;
} goldens[] = {
  {"agreement", "html", "agreement.html", RP_ACTION_CREATE},
  {"agreement", "page", "agreement.page.html", RP_ACTION_CREATE},
  {"agreement", "ninjs", "agreement.ninjs.json", RP_ACTION_CREATE},
  {"agreement", "ninjs", "agreement.withdraw.ninjs.json", RP_ACTION_WITHDRAW},
  {"agreement", "jsonld", "agreement.jsonld", RP_ACTION_CREATE},
  {"commons", "html", "commons.html", RP_ACTION_CREATE},
  {"commons", "page", "commons.page.html", RP_ACTION_CREATE},
  {"commons", "ninjs", "commons.ninjs.json", RP_ACTION_CREATE},
  {"hostile", "page", "hostile.page.html", RP_ACTION_CREATE},
};

static void
test_golden (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_auto (Sample) sample = load_sample (goldens[i].sample);
  g_autofree char *given = render (&sample, goldens[i].renderer, goldens[i].action, NULL);
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "render", "golden", goldens[i].golden, NULL);
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;

  if (g_getenv ("REPRINT_WRITE_GOLDEN") != NULL)
    g_file_set_contents (path, given, -1, NULL);
  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (given, ==, expected);
}

/* Reads XPath values out of rendered HTML. */
static char *
find (const char *html, const char *expression)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (html, strlen (html));
  g_autoptr (xmlDoc) doc = rp_html_parse (bytes, "utf-8", NULL);
  g_autoptr (xmlXPathContext) context = xmlXPathNewContext (doc);
  g_autoptr (xmlXPathObject) found = xmlXPathEvalExpression (BAD_CAST expression, context);
  xmlChar *text = xmlXPathCastToString (found);
  char *copy = g_strdup ((const char *) text);

  xmlFree (text);

  return copy;
}

static void
test_marks (void)
{
  static const struct {
    const char *sample;
    const char *renderer;
    const char *expression;
    const char *value;
  } rows[] = {
    {"agreement", "page", "//link[@rel='canonical']/@href",
     "https://meridian.example/lamps?a=1&b=2"},
    {"agreement", "page", "//meta[@name='tdm-reservation']/@content", "1"},
    {"agreement", "page", "//meta[@name='tdm-policy']/@content",
     "https://meridian.example/tdm.json"},
    {"agreement", "page", "//h1", "A town that put its lamps out, and \"why\" <quietly>"},
    {"agreement", "page", "count(//p[contains(@class,'reprint-byline')])", "1"},
    {"agreement", "page", "string(//html/@lang)", "en"},
    {"agreement", "html", "//p[@class='reprint-byline']", "Ada Reeve and Tom Hale"},
    {"agreement", "html", "//p[@class='reprint-credit']",
     "Published under licence from The Meridian, a Larkfield Press Ltd publication. All rights "
     "reserved."},
    {"agreement", "html", "//p[@class='reprint-credit']/a/@href",
     "https://meridian.example/lamps?a=1&b=2"},
    {"agreement", "html", "//p[@class='reprint-line']", "Read more from The Meridian."},
    {"agreement", "html", "//img[@class='reprint-counter']/@src",
     "https://count.example/p.gif?id=7&x=1"},
    {"agreement", "html", "count(//figure)", "3"},
    {"agreement", "html", "//figure[1]/img/@src", "https://herald.example/media/night.jpg"},
    {"agreement", "html", "//figure[1]/figcaption/span[@class='reprint-picture']",
     "Photo: Ines Brandt"},
    {"agreement", "html", "//figure[2]/figcaption//a/@href",
     "https://creativecommons.org/licenses/by/4.0/"},
    {"agreement", "html", "//figure[3]/figcaption", "The steps"},
    {"agreement", "html", "//figure[3]/img/@alt", "Stone steps"},
    {"agreement", "html", "count(//h1)", "0"},
    {"commons", "html", "//article/*[1]/@class", "reprint-credit"},
    {"commons", "html", "//a[contains(@rel,'license')]/@href",
     "https://creativecommons.org/licenses/by-sa/4.0/"},
    {"commons", "html", "count(//p[@class='reprint-byline'])", "0"},
    {"commons", "page", "//link[@rel='license']/@href",
     "https://creativecommons.org/licenses/by-sa/4.0/"},
    {"hostile", "page", "count(//script)", "1"},
    {"hostile", "page", "count(//svg)", "0"},
    {"hostile", "page", "count(//@onload|//@onerror|//@onclick)", "0"},
    {"hostile", "page",
     "count(//@href[starts-with(.,'javascript:')]|//@src[starts-with(.,'javascript:')])", "0"},
    {"hostile", "page", "count(//link[@rel='canonical'])", "0"},
    {"hostile", "html", "count(//script)", "1"},
    {"hostile", "html", "count(//@onload|//@onerror|//@onclick)", "0"},
    {"hostile", "html",
     "count(//@href[starts-with(.,'javascript:')]|//@src[starts-with(.,'javascript:')])", "0"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (Sample) sample = load_sample (rows[i].sample);
    g_autofree char *html = render (&sample, rows[i].renderer, RP_ACTION_CREATE, NULL);
    g_autofree char *value = find (html, rows[i].expression);

    g_test_message ("%s %s %s", rows[i].sample, rows[i].renderer, rows[i].expression);
    g_assert_cmpstr (value, ==, rows[i].value);
  }
}

static void
test_frame (void)
{
  g_auto (Sample) sample = load_sample ("hostile");
  g_autofree char *html = render (&sample, "html", RP_ACTION_CREATE, "Changes: <b>shortened</b>");
  const char *script = strstr (html, "<script");

  g_assert_true (
    g_str_has_prefix (html, "<!-- reprint:0190f3c2-7a10-7c4e-9b60-2f6f5b8f1aff -->\n<article"));
  g_assert_true (g_str_has_suffix (html, "</script>\n"));
  g_assert_nonnull (
    strstr (html, "<p class=\"reprint-changes\">Changes: &lt;b&gt;shortened&lt;/b&gt;</p>"));
  /* Nothing inside the data block can end it, or begin another one. */
  g_assert_true (strchr (script + 1, '<') == strstr (script, "</script>"));
  g_assert_null (strstr (script + 1, "<script"));
}

static JsonObject *
render_ninjs (const Sample *sample, RpDeliveryAction action)
{
  g_autofree char *text = render (sample, "ninjs", action, NULL);
  g_autoptr (JsonNode) node = rp_json_parse_text (text, NULL);

  return json_object_ref (json_node_get_object (node));
}

static void
test_ninjs (void)
{
  g_auto (Sample) sample = load_sample ("agreement");
  g_autoptr (JsonObject) item = render_ninjs (&sample, RP_ACTION_CREATE);
  g_autoptr (JsonObject) gone = render_ninjs (&sample, RP_ACTION_WITHDRAW);
  JsonObject *picture =
    rp_json_get_object (rp_json_get_object (item, "associations"), "featuremedia");
  JsonObject *rendition =
    rp_json_get_object (rp_json_get_object (picture, "renditions"), "original");

  g_assert_cmpstr (rp_json_get_string (item, "uri"), ==,
                   "urn:uuid:0190f3c2-7a10-7c4e-9b60-2f6f5b8f1aff");
  g_assert_cmpstr (rp_json_get_string (item, "version"), ==, "3");
  g_assert_cmpstr (rp_json_get_string (item, "pubstatus"), ==, "usable");
  g_assert_cmpstr (rp_json_get_string (gone, "pubstatus"), ==, "canceled");
  g_assert_cmpstr (rp_json_get_string (gone, "uri"), ==, rp_json_get_string (item, "uri"));
  g_assert_cmpstr (rp_json_get_string (item, "copyrightholder"), ==, "Larkfield Press Ltd");
  g_assert_cmpstr (rp_json_get_string (rp_json_get_object (item, "altids"), "original"), ==,
                   "https://meridian.example/lamps?a=1&b=2");
  g_assert_cmpstr (rp_json_get_string (rendition, "href"), ==,
                   "https://herald.example/media/night.jpg");
  g_assert_nonnull (strstr (rp_json_get_string (item, "usageterms"), "3 March 2027"));
  g_assert_nonnull (strstr (rp_json_get_string (item, "body_html"), "reprint-credit"));
}

static void
test_without_licence (void)
{
  g_auto (Sample) sample = load_sample ("commons");
  g_autofree char *html = NULL;

  g_clear_object (&sample.licence);
  html = render (&sample, "html", RP_ACTION_CREATE, NULL);
  g_assert_null (strstr (html, "reprint-credit"));
  g_assert_nonnull (strstr (html, "Ein Millimeter im Jahr."));
}

static void
test_unknown (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rp_renderer_find ("papyrus", &error));
  g_assert_error (error, RP_ERROR, RP_ERROR_UNSUPPORTED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (goldens); i++) {
    g_autofree char *path = g_strdup_printf ("/render/golden/%s", goldens[i].golden);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_golden);
  }
  g_test_add_func ("/render/marks", test_marks);
  g_test_add_func ("/render/frame", test_frame);
  g_test_add_func ("/render/ninjs", test_ninjs);
  g_test_add_func ("/render/without-licence", test_without_licence);
  g_test_add_func ("/render/unknown", test_unknown);

  return g_test_run ();
}
