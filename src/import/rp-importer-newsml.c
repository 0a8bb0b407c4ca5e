/* NewsML 1.0 to 1.2: one article for each NewsItem. */
#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-import-newsml.h"
#include "rp-import-wire-xml.h"
#include "rp-import-wire.h"
#include "rp-importer.h"

static RpMatch
newsml_match (const RpSource *source)
{
  static const char *const roots[] = {"newsml", "newsidentifier", NULL};

  return rp_wire_match (source, roots);
}

static gboolean
give_item (xmlNode *item, const RpSource *source, RpImportSink *sink)
{
  g_autoptr (RpArticle) article = rp_article_new ();
  g_autoptr (RpRightsScan) scan = rp_rights_scan_new (NULL);

  rp_newsml_read_item (item, source, article, scan);
  return rp_wire_give (article, scan, sink);
}

static gboolean
read_root (xmlNode *root, const RpSource *source, RpImportSink *sink)
{
  for (xmlNode *node = root; node != NULL; node = rp_wire_find (root, node, "NewsItem")) {
    if (rp_wire_is (node, "NewsItem") && !give_item (node, source, sink))
      return FALSE;
  }
  return TRUE;
}

static gboolean
newsml_parse (const RpSource *source, RpImportSink *sink, GError **error)
{
  return rp_wire_each_root (source, sink, read_root, error);
}

static const char *const newsml_extensions[] = {"xml", "newsml", NULL};

const RpImporter rp_importer_newsml = {
  .id = "newsml",
  .title = N_ ("NewsML 1 news item"),
  .extensions = newsml_extensions,
  .match = newsml_match,
  .parse = newsml_parse,
};
