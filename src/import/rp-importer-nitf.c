/* NITF 3.x, the tagged text of news agencies: one article for each <nitf> in the file. */
#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-import-nitf.h"
#include "rp-import-wire-xml.h"
#include "rp-import-wire.h"
#include "rp-importer.h"

static RpMatch
nitf_match (const RpSource *source)
{
  static const char *const roots[] = {"nitf", NULL};

  return rp_wire_match (source, roots);
}

static gboolean
give_nitf (xmlNode *nitf, const RpSource *source, RpImportSink *sink)
{
  g_autoptr (RpArticle) article = rp_article_new ();
  g_autoptr (RpRightsScan) scan = rp_rights_scan_new (NULL);

  rp_nitf_read (nitf, source, article, scan);
  return rp_wire_give (article, scan, sink);
}

static gboolean
nitf_read_root (xmlNode *root, const RpSource *source, RpImportSink *sink)
{
  if (rp_wire_is (root, "nitf"))
    return give_nitf (root, source, sink);
  for (xmlNode *node = rp_wire_find (root, NULL, "nitf"); node != NULL;
       node = rp_wire_find (root, node, "nitf")) {
    if (!give_nitf (node, source, sink))
      return FALSE;
  }
  return TRUE;
}

static gboolean
nitf_parse (const RpSource *source, RpImportSink *sink, GError **error)
{
  return rp_wire_each_root (source, sink, nitf_read_root, error);
}

static const char *const nitf_extensions[] = {"xml", "nitf", "ntf", NULL};

const RpImporter rp_importer_nitf = {
  .id = "nitf",
  .title = N_ ("NITF news article"),
  .extensions = nitf_extensions,
  .match = nitf_match,
  .parse = nitf_parse,
};
