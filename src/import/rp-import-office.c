#include "rp-import-office.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-import-archive.h"
#include "rp-import-document.h"
#include "rp-import-fields.h"
#include "rp-import-regex.h"
#include "rp-text.h"

gboolean
rp_office_open (RpOffice *self,
                const RpSource *source,
                gboolean (*wanted) (const char *name),
                GError **error)
{
  *self = (RpOffice){0};
  self->parts = rp_archive_read_parts (source->bytes, source->allowance, wanted, error);
  if (self->parts == NULL)
    return FALSE;
  self->pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->article = rp_article_new ();
  self->scan = rp_rights_scan_new (NULL);
  return TRUE;
}

void
rp_office_clear (RpOffice *self)
{
  g_clear_pointer (&self->parts, g_hash_table_unref);
  g_clear_pointer (&self->pictures, g_hash_table_unref);
  g_clear_object (&self->article);
  g_clear_pointer (&self->scan, rp_rights_scan_free);
}

xmlDoc *
rp_office_read_part (RpOffice *self, const char *name)
{
  GBytes *part = name != NULL ? g_hash_table_lookup (self->parts, name) : NULL;

  return part != NULL ? rp_xml_parse (part, TRUE, NULL, NULL) : NULL;
}

static gboolean
is_shown_by_pages (const char *name)
{
  static const char *const ends[] = {".png", ".jpg",  ".jpeg", ".gif", ".webp",
                                     ".tif", ".tiff", ".bmp",  ".avif"};
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++) {
    if (g_str_has_suffix (lower, ends[i]))
      return TRUE;
  }
  return FALSE;
}

char *
rp_office_dup_picture (RpOffice *self, const char *part)
{
  g_autofree char *name = g_path_get_basename (part);
  g_autofree char *address = NULL;

  if (!is_shown_by_pages (part) || !g_hash_table_contains (self->parts, part))
    return NULL;
  address = rp_document_dup_cid (name);
  g_hash_table_insert (self->pictures, g_strdup (address), g_strdup (part));
  return g_steal_pointer (&address);
}

void
rp_office_add_keywords (RpOffice *self, const char *keywords)
{
  g_auto (GStrv) words = keywords != NULL ? g_strsplit_set (keywords, ",;", -1) : NULL;

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    rp_article_add_tag (self->article, words[i]);
}

void
rp_office_set_creator (RpOffice *self, const char *creator)
{
  static RpRegex program =
    RP_REGEX ("^(?:microsoft|ms) (?:office|word)|^(?:python-docx|pandoc|apache poi|libreoffice|"
              "openoffice|unknown author|owner|windows|hp|dell|lenovo|pc|user\\d*)\\b|@");
  g_auto (GStrv) names = NULL;

  if (creator == NULL || rp_article_get_authors (self->article)->len > 0 ||
      rp_regex_test (&program, creator))
    return;
  names = g_strsplit (creator, ";", -1);
  for (guint i = 0; names[i] != NULL; i++)
    rp_fields_add_byline (self->article, names[i]);
}

void
rp_office_set_title (RpOffice *self, const char *title)
{
  static RpRegex made =
    RP_REGEX ("^(?:microsoft word|powerpoint presentation|document ?\\d*$|dokument ?\\d*$|"
              "untitled|unbenannt|sans titre|slide 1$|word document)|\\.(?:docx?|odt|rtf|dotx?)$|"
              "^(?:press release|news release|pressemitteilung)(?: template)?$");

  if (title != NULL && !rp_regex_test (&made, title))
    rp_article_fill (self->article, RP_ARTICLE_HEADLINE, title);
}

void
rp_office_scan_margin (RpOffice *self, xmlNode *root, const char *paragraph)
{
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_block_free);

  for (xmlNode *node = root; node != NULL && blocks->len < 100;
       node = rp_xml_follow (node, root, TRUE)) {
    g_autofree char *text = rp_xml_is (node, NULL, paragraph) ? rp_xml_dup_text (node) : NULL;

    if (text != NULL)
      g_ptr_array_add (blocks, rp_block_new (text, RP_ZONE_HEAD));
  }
  rp_rights_scan_blocks (self->scan, blocks);
}

static GBytes *
find_picture (const char *url, char **out_name, gpointer user_data)
{
  RpOffice *self = user_data;
  const char *part = g_hash_table_lookup (self->pictures, url);
  GBytes *bytes = part != NULL ? g_hash_table_lookup (self->parts, part) : NULL;

  if (bytes == NULL)
    return NULL;
  *out_name = g_path_get_basename (part);
  return g_bytes_ref (bytes);
}

void
rp_office_finish (RpOffice *self, const char *created, RpImportSink *sink)
{
  rp_document_attach_pictures (self->article, find_picture, self);
  if (created != NULL && rp_article_get (self->article, RP_ARTICLE_PUBLISHED) == NULL) {
    rp_fields_set_time (self->article, RP_ARTICLE_PUBLISHED, created);
    if (rp_article_get (self->article, RP_ARTICLE_PUBLISHED) != NULL)
      rp_article_add_warning (
        self->article, "date.of_file",
        _ ("The text states no date; the day when the file was made was taken. Check it."));
  }
  rp_rights_scan_finish (self->scan, self->article);
  rp_fields_derive_headline (self->article);
  sink->article (sink, self->article);
}
