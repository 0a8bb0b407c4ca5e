#include "fuzz-import.h"

#include <string.h>

#include "rp-html.h"

static void
check_body (const char *body)
{
  g_autofree char *wrapped = g_strdup_printf ("<r>%s</r>", body);
  g_autoptr (GBytes) bytes = g_bytes_new (wrapped, strlen (wrapped));
  gboolean broken = FALSE;
  g_autoptr (xmlDoc) doc = rp_xml_parse (bytes, TRUE, &broken, NULL);

  g_assert_true (g_utf8_validate (body, -1, NULL));
  g_assert_true (doc != NULL && !broken);
  g_assert_null (strstr (body, "<script"));
  g_assert_null (strstr (body, "=\"javascript:"));
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

void
fuzz_import (const RpImporter *importer, const guint8 *data, gsize size)
{
  RpImportSink sink = {.article = check_article};
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (RpSource) source = rp_source_new (bytes, "fuzz");
  g_autoptr (GError) error = NULL;

  importer->match (source);
  if (!importer->parse (source, &sink, &error))
    g_assert_nonnull (error);
}
