/* The fuzz target of one importer, RP_FUZZ_IMPORTER, on any bytes: every article must survive being
 * written out, and its body must be well-formed and clean to the last pass. */
#include <string.h>

#include "fuzz.h"
#include "rp-html.h"
#include "rp-importer.h"

extern const RpImporter RP_FUZZ_IMPORTER;

static void
check_tree (xmlNode *root)
{
  static const char *const inert[] = {
    "http://", "https://", "mailto:", "tel:", "data:image/", "cid:", NULL};

  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE)) {
    const char *href = rp_xml_peek_attribute (node, "href");
    const char *address = href != NULL ? href : rp_xml_peek_attribute (node, "src");
    gboolean good = address == NULL;

    g_assert_false (rp_xml_is (node, NULL, "script"));
    for (guint i = 0; !good && inert[i] != NULL; i++)
      good = g_ascii_strncasecmp (address, inert[i], strlen (inert[i])) == 0;
    g_assert_true (good);
  }
}

static void
check_body (const char *body)
{
  g_autofree char *wrapped = g_strdup_printf ("<r>%s</r>", body);
  g_autoptr (GBytes) bytes = g_bytes_new (wrapped, strlen (wrapped));
  gboolean broken = FALSE;
  g_autoptr (xmlDoc) doc = rp_xml_parse (bytes, TRUE, &broken, NULL);

  g_assert_true (g_utf8_validate (body, -1, NULL));
  g_assert_true (doc != NULL && !broken);
  check_tree (xmlDocGetRootElement (doc));
}

static gboolean
check_article (RpImportSink *sink, RpArticle *article)
{
  g_autoptr (JsonObject) object = rp_article_to_json (article);
  const char *body = rp_article_get (article, RP_ARTICLE_BODY_HTML);

  g_assert_nonnull (object);
  if (body != NULL)
    check_body (body);
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  RpImportSink sink = {.article = check_article};
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (RpSource) source = rp_source_new (bytes, "fuzz");
  g_autoptr (GError) error = NULL;

  RP_FUZZ_IMPORTER.match (source);
  if (!RP_FUZZ_IMPORTER.parse (source, &sink, &error))
    g_assert_nonnull (error);

  return 0;
}
