/* DOCX: the documents of Word and of whatever writes the same (ISO/IEC 29500, both its forms). */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-import-archive.h"
#include "rp-import-docx-body.h"
#include "rp-import-fields.h"
#include "rp-import-front-matter.h"

static RpMatch
docx_match (const RpSource *source)
{
  return rp_archive_holds (source->bytes, "word/document.xml") ? RP_MATCH_CERTAIN : RP_MATCH_NO;
}

static gboolean
is_wanted (const char *name)
{
  static const char *const skipped[] = {"theme/",     "fonts/",    "embeddings/",
                                        "customXml/", "glossary/", "activeX/"};

  for (gsize i = 0; i < G_N_ELEMENTS (skipped); i++) {
    if (strstr (name, skipped[i]) != NULL)
      return FALSE;
  }
  return g_str_has_suffix (name, ".xml") || g_str_has_suffix (name, ".rels") ||
         strstr (name, "media/") != NULL;
}

/* Properties */

static void
read_core (RpOffice *office, xmlNode *root)
{
  g_autofree char *title = rp_xml_dup_child_text (root, NULL, "title");
  g_autofree char *description = rp_xml_dup_child_text (root, NULL, "description");
  g_autofree char *keywords = rp_xml_dup_child_text (root, NULL, "keywords");
  g_autofree char *category = rp_xml_dup_child_text (root, NULL, "category");
  g_autofree char *language = rp_xml_dup_child_text (root, NULL, "language");
  g_autofree char *version = rp_xml_dup_child_text (root, NULL, "version");

  rp_office_set_title (office, title);
  rp_article_fill (office->article, RP_ARTICLE_SUMMARY, description);
  rp_article_fill (office->article, RP_ARTICLE_VERSION, version);
  rp_office_add_keywords (office, keywords);
  if (category != NULL)
    rp_article_add_subject (office->article, NULL, category, "category");
  rp_fields_set_language (office->article, language);
}

/* Properties that an office gave its documents itself, by their names. */
static void
read_custom (RpOffice *office)
{
  g_autoptr (xmlDoc) doc = rp_office_read_part (office, "docProps/custom.xml");
  g_autoptr (JsonObject) data = json_object_new ();
  xmlNode *root = doc != NULL ? xmlDocGetRootElement (doc) : NULL;

  for (xmlNode *node = rp_xml_child (root, NULL, "property"); node != NULL;
       node = rp_xml_next (node, NULL, "property")) {
    const char *name = rp_xml_peek_attribute (node, "name");
    g_autofree char *value = rp_xml_dup_text (node);

    if (name != NULL && value != NULL)
      json_object_set_string_member (data, name, value);
  }
  rp_front_fields_apply (data, NULL, "document properties", office->article, office->scan);
}

static void
read_company (RpOffice *office)
{
  g_autoptr (xmlDoc) doc = rp_office_read_part (office, "docProps/app.xml");
  xmlNode *root = doc != NULL ? xmlDocGetRootElement (doc) : NULL;
  g_autofree char *company = rp_xml_dup_child_text (root, NULL, "Company");

  rp_article_fill (office->article, RP_ARTICLE_PROVIDER, company);
}

/* Headers and footers of pages carry embargoes and copyright lines. */
static void
read_margins (RpOffice *office, const char *folder)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 12; i++) {
    g_autofree char *name =
      g_strdup_printf ("%s/%s%u.xml", folder, i % 2 == 0 ? "header" : "footer", i / 2 + 1);
    g_autoptr (xmlDoc) doc = rp_office_read_part (office, name);
    g_autofree char *text = doc != NULL ? rp_xml_dup_text (xmlDocGetRootElement (doc)) : NULL;

    if (text != NULL && g_hash_table_add (seen, g_steal_pointer (&text)))
      rp_office_scan_margin (office, xmlDocGetRootElement (doc), "p");
  }
}

static xmlDoc *
read_main_part (RpOffice *office, char **out_name, GError **error)
{
  g_autoptr (GHashTable) links = rp_docx_read_links (office, "");
  const char *named = g_hash_table_lookup (links, "/officeDocument");
  const char *name = named != NULL ? named : "word/document.xml";
  xmlDoc *doc = rp_office_read_part (office, name);

  *out_name = g_strdup (name);
  if (doc == NULL)
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE,
                         _ ("The text of this document is missing or damaged. Open it in a word "
                            "processor and save it again."));
  return doc;
}

static void
read_text (RpOffice *office, const char *part, xmlNode *root)
{
  g_autoptr (RpRich) rich = rp_rich_new ();
  g_autofree char *folder = g_path_get_dirname (part);
  g_autofree char *language = NULL;
  xmlNode *body = rp_xml_child (root, NULL, "body");
  RpDocxParts parts = {0};

  rp_docx_parts_read (&parts, office, folder);
  if (body != NULL)
    rp_docx_read_body (office, &parts, part, body, rich);
  read_margins (office, folder);
  rp_rich_finish (rich, office->article, office->scan, NULL);
  read_custom (office);
  language = rp_docx_dup_language (&parts);
  rp_fields_set_language (office->article, language);
  rp_docx_parts_clear (&parts);
}

static gboolean
docx_parse (const RpSource *source, RpImportSink *sink, GError **error)
{
  RpOffice office;
  g_autoptr (xmlDoc) doc = NULL;
  g_autoptr (xmlDoc) core = NULL;
  g_autofree char *part = NULL;

  if (rp_office_open (&office, source, is_wanted, error))
    doc = read_main_part (&office, &part, error);
  if (doc != NULL) {
    g_autofree char *created = NULL;
    g_autofree char *creator = NULL;
    xmlNode *root;

    core = rp_office_read_part (&office, "docProps/core.xml");
    root = core != NULL ? xmlDocGetRootElement (core) : NULL;
    created = rp_xml_dup_child_text (root, NULL, "created");
    creator = rp_xml_dup_child_text (root, NULL, "creator");
    read_core (&office, root);
    read_text (&office, part, xmlDocGetRootElement (doc));
    rp_office_set_creator (&office, creator);
    read_company (&office);
    rp_office_finish (&office, created, sink);
  }
  rp_office_clear (&office);
  return doc != NULL;
}

static const char *const docx_extensions[] = {"docx", "docm", "dotx", NULL};

const RpImporter rp_importer_docx = {
  .id = "docx",
  .title = N_ ("Word document"),
  .extensions = docx_extensions,
  .match = docx_match,
  .parse = docx_parse,
};
