/* Archives: every file in them that is an article, with the pictures that lie beside. They are gone
 * through twice: first for the pictures, then article by article. Nothing is unpacked to a disk. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-import-archive.h"
#include "rp-import-document.h"
#include "rp-import-picture.h"
#include "rp-importer.h"
#include "rp-text.h"

/* A picture of the archive. */
typedef struct {
  char *path; /* owned: within the outermost archive */
  GBytes *bytes;
  gboolean used;
} Picture;

typedef struct {
  RpImportSink sink;      /* where importers of the members give their articles */
  RpImportSink *outer;    /* lent */
  const RpSource *source; /* lent: the outermost archive */
  guint64 own_allowance;
  guint64 *allowance;  /* lent, or &own_allowance */
  GPtrArray *pictures; /* owned, of Picture, as they come */
  GHashTable *by_path; /* owned: the same, lent */
  GHashTable *by_name; /* owned: the same by file name, case aside */
  RpArticle *first;    /* owned: held back until a second one comes */
  guint n_articles;
  guint n_problems;
  gboolean locked; /* some of it opens with a password only */
  gboolean enough;
} Archive;

static void
go_through (Archive *self, GBytes *bytes, const char *prefix, guint depth, gboolean pictures);

/* What it is */

static gboolean
is_tar (const char *data, gsize size)
{
  return size > 512 && memcmp (data + 257, "ustar", 5) == 0;
}

static gboolean
is_packed_tar (const RpSource *source, const char *data)
{
  return memcmp (data, "\x1F\x8B\x08", 3) == 0 && source->name != NULL &&
         (g_str_has_suffix (source->name, ".tgz") || g_str_has_suffix (source->name, ".tar.gz"));
}

/* Spreadsheets, slides, books and programs are ZIP files, too, but no bundles of articles. */
static gboolean
is_other_kind (GBytes *bytes)
{
  static const char *const marks[] = {"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF",
                                      "AndroidManifest.xml"};

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++) {
    if (rp_archive_holds (bytes, marks[i]))
      return TRUE;
  }
  return FALSE;
}

static RpMatch
zip_match (const RpSource *source)
{
  gsize size;
  const char *data = g_bytes_get_data (source->bytes, &size);

  if (size < 20)
    return RP_MATCH_NO;
  if (memcmp (data, "PK\x03\x04", 4) == 0 || memcmp (data, "PK\x05\x06", 4) == 0)
    return is_other_kind (source->bytes) ? RP_MATCH_NO : RP_MATCH_LIKELY;
  return is_tar (data, size) || is_packed_tar (source, data) ? RP_MATCH_LIKELY : RP_MATCH_NO;
}

/* Remarks */

static void
remark (Archive *self, const char *code, const char *words)
{
  if (self->outer->remark != NULL)
    self->outer->remark (self->outer, code, words);
}

static void
remark_left_out (Archive *self, const char *path, const GError *error)
{
  /* Translators: a file's name within an archive, then why it was left out */
  g_autofree char *words = g_strdup_printf (_ ("“%s” was left out: %s"), path, error->message);

  self->n_problems++;
  self->locked |= g_error_matches (error, RP_ERROR, RP_ERROR_CREDENTIALS);
  remark (self, "archive.left_out", words);
}

/* Members */

/* What systems put into archives for themselves. */
static gboolean
is_junk (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  return g_str_has_prefix (path, "__MACOSX/") || strstr (path, "/__MACOSX/") != NULL ||
         g_str_has_prefix (name, "._") || strcmp (name, ".DS_Store") == 0 ||
         g_ascii_strcasecmp (name, "thumbs.db") == 0 ||
         g_ascii_strcasecmp (name, "desktop.ini") == 0 || strstr (path, ".git/") != NULL;
}

/* What a saved web page brings with it. */
static gboolean
is_furniture (const char *path)
{
  static const char *const ends[] = {".css",  ".js",  ".mjs", ".map", ".woff", ".woff2", ".ttf",
                                     ".otf",  ".eot", ".ico", ".svg", ".xsd",  ".dtd",   ".xsl",
                                     ".xslt", ".mp3", ".mp4", ".mov", ".webm", ".avi",   ".wav"};
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++) {
    if (g_str_has_suffix (lower, ends[i]))
      return TRUE;
  }
  return strstr (lower, "_files/") != NULL;
}

static void
picture_free (Picture *picture)
{
  g_free (picture->path);
  g_bytes_unref (picture->bytes);
  g_free (picture);
}

static void
add_picture (Archive *self, const char *path, GBytes *bytes)
{
  Picture *picture = g_new0 (Picture, 1);
  g_autofree char *name = g_path_get_basename (path);

  picture->path = g_strdup (path);
  picture->bytes = g_bytes_ref (bytes);
  g_ptr_array_add (self->pictures, picture);
  g_hash_table_insert (self->by_path, picture->path, picture);
  g_hash_table_insert (self->by_name, g_utf8_strdown (name, -1), picture);
}

static gboolean
is_archive (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return size > 4 && memcmp (data, "PK\x03\x04", 4) == 0 && !is_other_kind (bytes);
}

static gboolean
has_text_name (const char *path)
{
  static const char *const ends[] = {".txt", ".text", ".md", ".asc", ".tst", ".nitf", ".iptc"};
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *lower = g_ascii_strdown (name, -1);

  if (strchr (lower, '.') == NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++) {
    if (g_str_has_suffix (lower, ends[i]))
      return TRUE;
  }
  return FALSE;
}

static RpSource *
new_member_source (Archive *self, const char *path, GBytes *bytes, guint depth)
{
  RpSource *source = rp_source_new (bytes, NULL);
  g_autofree char *rooted = g_strconcat ("/", path, NULL);

  source->name = g_strconcat (self->source->name != NULL ? self->source->name
                                                         : C_ ("file that holds files", "Archive"),
                              rooted, NULL);
  source->base_url = rp_document_dup_cid (rooted);
  source->depth = self->source->depth + depth + 1;
  source->allowance = self->allowance;
  return source;
}

/* A list of links, a script or a table is text, but only a file that is named as text is meant. */
static gboolean
is_meant (const RpSource *source, const char *path, GError **error)
{
  const RpImporter *importer = rp_importer_find (source, error);

  return importer != NULL && (strcmp (importer->id, "text") != 0 || has_text_name (path));
}

static void
import_member (Archive *self, const char *path, GBytes *bytes, guint depth)
{
  g_autoptr (RpSource) source = new_member_source (self, path, bytes, depth);
  g_autoptr (GError) error = NULL;

  if (is_meant (source, path, &error))
    rp_import (source, &self->sink, &error);
  if (error != NULL)
    remark_left_out (self, path, error);
}

static void
take_member (Archive *self, const char *path, GBytes *bytes, guint depth, gboolean pictures)
{
  if (is_archive (bytes))
    go_through (self, bytes, path, depth + 1, pictures);
  else if (pictures && rp_picture_sniff (bytes) != NULL)
    add_picture (self, path, bytes);
  else if (!pictures && rp_picture_sniff (bytes) == NULL)
    import_member (self, path, bytes, depth);
}

/* By its name alone: in the pass for pictures only these need be unpacked. */
static gboolean
is_wanted (const char *path, gboolean pictures)
{
  static const char *const ends[] = {".jpg",  ".jpeg", ".png",  ".gif",  ".webp", ".tif",
                                     ".tiff", ".avif", ".heic", ".heif", ".zip"};
  g_autofree char *lower = g_ascii_strdown (path, -1);

  if (is_junk (path))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++) {
    if (g_str_has_suffix (lower, ends[i]))
      return pictures || i + 1 == G_N_ELEMENTS (ends);
  }
  return !pictures && !is_furniture (path);
}

static void
go_through (Archive *self, GBytes *bytes, const char *prefix, guint depth, gboolean pictures)
{
  g_autoptr (GError) end = NULL;
  g_autoptr (RpArchive) archive = NULL;
  const char *name;

  if (self->source->depth + depth > RP_SOURCE_DEPTH_LIMIT) {
    if (!pictures)
      g_set_error_literal (&end, RP_ERROR, RP_ERROR_TOO_LARGE,
                           _ ("It lies too deep within other archives. Unpack the outer one and "
                              "import it by itself."));
  } else {
    archive = rp_archive_open (bytes, self->allowance, &end);
  }
  while (archive != NULL && !self->enough && (name = rp_archive_next (archive, &end)) != NULL) {
    g_autofree char *path =
      prefix != NULL ? g_strconcat (prefix, "/", name, NULL) : g_strdup (name);
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) member =
      is_wanted (name, pictures) ? rp_archive_read (archive, &error) : NULL;

    if (member != NULL)
      take_member (self, path, member, depth, pictures);
    else if (error != NULL)
      remark_left_out (self, path, error);
    if (rp_archive_is_spent (archive))
      return;
  }
  if (end != NULL && !(pictures && depth == 0))
    remark_left_out (self, prefix != NULL ? prefix : _ ("The rest"), end);
}

/* Articles */

/* By the address within the archive, else by the file's name. */
static GBytes *
find_picture (const char *url, char **out_name, gpointer user_data)
{
  Archive *self = user_data;
  g_autofree char *path =
    g_str_has_prefix (url, "cid:/") ? g_uri_unescape_string (url + 5, NULL) : NULL;
  Picture *picture = path != NULL ? g_hash_table_lookup (self->by_path, path) : NULL;

  if (picture == NULL) {
    g_autofree char *plain = g_strndup (url, strcspn (url, "?#"));
    g_autofree char *last = g_path_get_basename (plain);
    g_autofree char *name = g_uri_unescape_string (last, NULL);
    g_autofree char *lower = name != NULL ? g_utf8_strdown (name, -1) : NULL;

    picture = lower != NULL ? g_hash_table_lookup (self->by_name, lower) : NULL;
  }
  if (picture == NULL)
    return NULL;
  picture->used = TRUE;
  *out_name = g_path_get_basename (picture->path);
  return g_bytes_ref (picture->bytes);
}

static void
give (Archive *self, RpArticle *article)
{
  if (!self->enough)
    self->enough = !self->outer->article (self->outer, article);
}

static gboolean
member_article (RpImportSink *sink, RpArticle *article)
{
  Archive *self = sink->user_data;

  self->n_articles++;
  rp_document_attach_pictures (article, find_picture, self);
  if (self->n_articles == 1) {
    self->first = g_object_ref (article);
    return TRUE;
  }
  if (self->first != NULL) {
    give (self, self->first);
    g_clear_object (&self->first);
  }
  give (self, article);
  return !self->enough;
}

static void
member_remark (RpImportSink *sink, const char *code, const char *words)
{
  remark (sink->user_data, code, words);
}

/* Pictures that nobody refers to belong to the only article, or stand for themselves. */
static void
give_rest (Archive *self)
{
  RpArticle *only = self->first;

  for (guint i = 0; i < self->pictures->len && !self->enough; i++) {
    Picture *picture = g_ptr_array_index (self->pictures, i);
    g_autofree char *rooted = g_strconcat ("/", picture->path, NULL);

    if (picture->used)
      continue;
    if (only != NULL)
      rp_document_add_picture (only, rooted, picture->bytes);
    else
      import_member (self, picture->path, picture->bytes, 0);
  }
  if (self->first != NULL)
    give (self, self->first);
}

static gboolean
check_opens (const RpSource *source, GError **error)
{
  g_autoptr (RpArchive) archive = rp_archive_open (source->bytes, NULL, error);
  g_autoptr (GError) end = NULL;

  if (archive == NULL)
    return FALSE;
  if (rp_archive_next (archive, &end) != NULL)
    return TRUE;
  if (end != NULL)
    g_propagate_error (error, g_steal_pointer (&end));
  else
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE,
                         _ ("The archive is empty. Choose one that holds articles."));
  return FALSE;
}

static gboolean
zip_parse (const RpSource *source, RpImportSink *sink, GError **error)
{
  Archive self = {.outer = sink, .source = source, .own_allowance = RP_ARCHIVE_TOTAL};

  if (!check_opens (source, error))
    return FALSE;
  self.sink = (RpImportSink){member_article, member_remark, &self};
  self.allowance = source->allowance != NULL ? source->allowance : &self.own_allowance;
  self.pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) picture_free);
  self.by_path = g_hash_table_new (g_str_hash, g_str_equal);
  self.by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  go_through (&self, source->bytes, NULL, 0, TRUE);
  go_through (&self, source->bytes, NULL, 0, FALSE);
  give_rest (&self);
  g_clear_object (&self.first);
  g_hash_table_unref (self.by_path);
  g_hash_table_unref (self.by_name);
  g_ptr_array_unref (self.pictures);
  if (self.n_articles > 0)
    return TRUE;
  if (self.locked)
    g_set_error_literal (
      error, RP_ERROR, RP_ERROR_CREDENTIALS,
      _ ("The archive is locked with a password. Unpack it with the password and "
         "import the files."));
  else if (self.n_problems > 0)
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE,
                         _ ("No file of the archive could be read as an article. Unpack it and "
                            "import its files one by one."));
  return self.n_problems == 0;
}

static const char *const zip_extensions[] = {"zip", "tar", "tgz", NULL};

const RpImporter rp_importer_zip = {
  .id = "zip",
  .title = N_ ("Archive"),
  .extensions = zip_extensions,
  .match = zip_match,
  .parse = zip_parse,
};
