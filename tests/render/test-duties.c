/* What render/ writes is what rights/ looks for: every duty of the sample licences is fulfilled by
 * the rendition as it is sent. */
#include "rp-json.h"
#include "rp-renderer.h"
#include "rp-rights.h"
#include "rp-time.h"

#include <string.h>

static JsonObject *
load_sample (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "render", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  node = rp_json_parse_text (text, &error);
  g_assert_no_error (error);

  return json_object_ref (json_node_get_object (node));
}

static char *
render (RpArticle *article, RpLicence *licence, RpPartner *partner, const char *id)
{
  const RpRenderJob job = {.article = article, .licence = licence, .partner = partner};
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = rp_renderer_find (id, &error)->render (&job, &error);
  gsize size;
  const char *data;

  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &size);

  return g_strndup (data, size);
}

static char *
list_open_duties (const RpRightsInput *input)
{
  g_autoptr (RpRightsCase) rights_case = rp_rights_case_new (input);
  g_autoptr (RpDecision) decision = rp_rights_judge (rights_case);
  GPtrArray *findings = rp_decision_get_findings (decision);
  GString *open = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++) {
    RpFinding *finding = findings->pdata[i];

    if (*finding->rule == 'A' || g_str_equal (finding->rule, "C308"))
      g_string_append_printf (open, "%s: %s\n", finding->rule, finding->message);
  }

  return g_string_free (open, FALSE);
}

static void
test_fulfilled (void)
{
  static const struct {
    const char *sample;
    const char *renderer;
  } rows[] = {
    {"agreement.json", "html"},
    {"agreement.json", "page"},
    {"commons.json", "html"},
    {"commons.json", "page"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JsonObject) sample = load_sample (rows[i].sample);
    g_autoptr (RpArticle) article = rp_article_from_json (rp_json_get_object (sample, "article"));
    g_autoptr (RpLicence) licence =
      rp_licence_new_from_json (rp_json_get_object (sample, "licence"), NULL);
    g_autoptr (RpPartner) partner = rp_partner_new ("herald", "Herald", "html");
    g_autofree char *html = render (article, licence, partner, rows[i].renderer);
    RpRightsInput input = {
      .article = article,
      .original = article,
      .licence = licence,
      .partner = partner,
      .rendition_html = html,
      .now = rp_time_instant ("2026-03-05T12:00:00Z"),
    };
    g_autofree char *open = list_open_duties (&input);
    g_autofree char *bare = NULL;

    g_test_message ("%s %s", rows[i].sample, rows[i].renderer);
    g_assert_cmpstr (open, ==, "");
    /* The same article without its lines must not pass. */
    input.rendition_html = rp_article_get (article, RP_ARTICLE_BODY_HTML);
    bare = list_open_duties (&input);
    g_assert_cmpstr (bare, !=, "");
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/render/duties/fulfilled", test_fulfilled);

  return g_test_run ();
}
