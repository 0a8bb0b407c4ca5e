/* A picture that comes alone: its own words become a short article around it. Its rights are the
 * picture's: they are not said of any text. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-import-document.h"
#include "rp-import-fields.h"
#include "rp-import-lift.h"
#include "rp-import-picture.h"
#include "rp-importer.h"
#include "rp-text.h"

static RpMatch
image_match (const RpSource *source)
{
  return rp_picture_sniff (source->bytes) != NULL ? RP_MATCH_CERTAIN : RP_MATCH_NO;
}

/* "harbour_night-2.jpg" as words: "harbour night 2". */
static char *
dup_name_words (const char *name)
{
  g_autofree char *base = g_path_get_basename (name);
  char *dot = strrchr (base, '.');
  g_autofree char *unescaped = NULL;

  if (dot != NULL && dot != base)
    *dot = '\0';
  unescaped = g_uri_unescape_string (base, NULL);
  return rp_text_clean (g_strdelimit (unescaped != NULL ? unescaped : base, "_-", ' '));
}

static void
set_headline (RpArticle *article, const RpPictureFacts *facts, const char *name)
{
  g_autofree char *words = name != NULL ? dup_name_words (name) : NULL;

  rp_article_fill (article, RP_ARTICLE_HEADLINE, facts->values[RP_PICTURE_HEADLINE]);
  rp_article_fill (article, RP_ARTICLE_HEADLINE, facts->values[RP_PICTURE_TITLE]);
  if (rp_article_fill (article, RP_ARTICLE_HEADLINE, words))
    rp_article_add_warning (article, "headline.derived",
                            _ ("The picture has no headline; its file name was taken."));
}

static void
add_people_and_words (RpArticle *article, const RpPictureFacts *facts)
{
  const char *creators = facts->values[RP_PICTURE_CREATOR];
  const char *keywords = facts->values[RP_PICTURE_KEYWORDS];
  g_auto (GStrv) names = creators != NULL ? g_strsplit_set (creators, ";", -1) : NULL;
  g_auto (GStrv) words = keywords != NULL ? g_strsplit_set (keywords, ";,", -1) : NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    rp_fields_add_author (article, names[i], NULL, NULL);
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    rp_article_add_tag (article, words[i]);
}

static void
read_rights (RpArticle *article, const RpPictureFacts *facts, RpRightsScan *scan)
{
  RpStatement *statement = rp_article_get_statement (article);
  const char *licence = facts->values[RP_PICTURE_LICENCE];
  const char *web = facts->values[RP_PICTURE_WEB_STATEMENT];
  RpMarkupRights rights = {
    .licence = licence != NULL ? licence : web,
    .notice = facts->values[RP_PICTURE_NOTICE],
    .holder = facts->values[RP_PICTURE_HOLDER],
    .usage_terms = facts->values[RP_PICTURE_TERMS],
    .acquire_page = facts->values[RP_PICTURE_LICENSOR_URL],
    .credit = facts->values[RP_PICTURE_CREDIT],
    .of_picture = TRUE,
    .evidence = "picture metadata",
  };

  rp_rights_scan_markup (scan, &rights);
  rp_statement_fill (statement, RP_STATEMENT_COPYRIGHT_NOTICE, rights.notice);
  rp_statement_fill (statement, RP_STATEMENT_RIGHTS_HOLDER, rights.holder);
  rp_statement_fill (statement, RP_STATEMENT_USAGE_TERMS, rights.usage_terms);
  rp_statement_fill (statement, RP_STATEMENT_LICENSOR, facts->values[RP_PICTURE_LICENSOR]);
  rp_statement_fill (statement, RP_STATEMENT_TDM, facts->values[RP_PICTURE_TDM]);
}

/* Instructions speak of embargoes and use as a text does. */
static void
scan_instructions (RpRightsScan *scan, const char *instructions)
{
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_block_free);

  if (instructions == NULL)
    return;
  g_ptr_array_add (blocks, rp_block_new (instructions, RP_ZONE_BODY));
  rp_rights_scan_blocks (scan, blocks);
}

static void
add_picture (RpArticle *article, const RpSource *source, const RpPictureFacts *facts)
{
  g_autofree char *name = g_path_get_basename (source->name != NULL ? source->name : "picture");
  g_autofree char *cid = rp_document_dup_cid (name);
  const char *url = source->base_url != NULL ? source->base_url : cid;
  g_autoptr (RpMedia) media = rp_media_new (url);

  rp_media_set (media, RP_MEDIA_ROLE, "featured");
  rp_media_set (media, RP_MEDIA_NAME, name);
  rp_media_set (media, RP_MEDIA_MIME_TYPE, rp_picture_sniff (source->bytes));
  rp_media_set_bytes (media, source->bytes);
  rp_picture_fill (media, facts);
  rp_article_add_media (article, media);
}

static void
read_body (RpArticle *article, RpRightsScan *scan, const char *description)
{
  g_autofree char *escaped = rp_text_escape (description);
  g_autofree char *html = g_strdup_printf ("<p>%s</p>", escaped);

  if (description != NULL)
    rp_lift_body (article, scan, html, NULL);
}

static gboolean
image_parse (const RpSource *source, RpImportSink *sink, GError **error)
{
  g_autoptr (RpPictureFacts) facts = NULL;
  g_autoptr (RpArticle) article = rp_article_new ();
  g_autoptr (RpRightsScan) scan = rp_rights_scan_new (NULL);

  if (rp_picture_sniff (source->bytes) == NULL) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE,
                         _ ("This is no picture that can be read; it may be damaged."));
    return FALSE;
  }
  facts = rp_picture_read_facts (source->bytes);
  set_headline (article, facts, source->name);
  rp_article_fill (article, RP_ARTICLE_GUID, facts->values[RP_PICTURE_GUID]);
  rp_article_fill (article, RP_ARTICLE_DATELINE, facts->values[RP_PICTURE_CITY]);
  rp_article_fill (article, RP_ARTICLE_PROVIDER, facts->values[RP_PICTURE_SOURCE]);
  rp_article_fill (article, RP_ARTICLE_PROVIDER, facts->values[RP_PICTURE_CREDIT]);
  rp_article_fill (article, RP_ARTICLE_ED_NOTE, facts->values[RP_PICTURE_INSTRUCTIONS]);
  rp_fields_set_time (article, RP_ARTICLE_PUBLISHED, facts->values[RP_PICTURE_CREATED]);
  add_people_and_words (article, facts);
  add_picture (article, source, facts);
  read_rights (article, facts, scan);
  scan_instructions (scan, facts->values[RP_PICTURE_INSTRUCTIONS]);
  read_body (article, scan, facts->values[RP_PICTURE_DESCRIPTION]);
  rp_rights_scan_finish (scan, article);
  sink->article (sink, article);

  return TRUE;
}

static const char *const image_extensions[] = {"jpg",  "jpeg", "png",  "webp", "gif", "tif",
                                               "tiff", "avif", "heic", "heif", NULL};

const RpImporter rp_importer_image = {
  .id = "image",
  .title = N_ ("Picture"),
  .extensions = image_extensions,
  .match = image_match,
  .parse = image_parse,
};
