#include "rp-importer.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-text.h"

/* Stands before the caller's sink and completes what the importer gives. */
typedef struct {
  RpImportSink sink;
  RpImportSink *outer;    /* lent */
  const RpSource *source; /* lent */
  const RpImporter *importer;
  guint n_articles;
} Gate;

/* What people drop by mistake, by its first bytes. */
static const struct {
  const char *magic;
  gsize size;
  const char *what;
} signatures[] = {
  {"%PDF", 4, N_ ("This is a PDF file. Copy its text and paste that instead.")},
  {"\x7F"
   "ELF",
   4, N_ ("This is a program, not an article.")},
  {"MZ", 2, N_ ("This is a program, not an article.")},
  {"{\\rtf", 5, N_ ("This is an RTF document. Save it as DOCX or ODT and import that.")},
  {"\x1F\x8B", 2, N_ ("This file is compressed. Unpack it first.")},
  {"PK\x03\x04", 4,
   N_ ("This is an archive that holds no article. Unpack it and import the files in it.")},
  {"\xD0\xCF\x11\xE0", 4,
   N_ ("This is an old Office document. Save it as DOCX or ODT and import that.")},
};

RpSource *
rp_source_new (GBytes *bytes, const char *name)
{
  RpSource *source = g_new0 (RpSource, 1);

  source->bytes = g_bytes_ref (bytes);
  source->name = g_strdup (name);
  return source;
}

void
rp_source_free (RpSource *source)
{
  g_bytes_unref (source->bytes);
  g_free (source->name);
  g_free (source->declared_type);
  g_free (source->declared_charset);
  g_free (source->base_url);
  g_free (source);
}

/* What the first bytes say it is, when that is no text; NULL otherwise. */
static const char *
find_signature (const RpSource *source)
{
  gsize size;
  const char *data = g_bytes_get_data (source->bytes, &size);

  for (gsize i = 0; i < G_N_ELEMENTS (signatures); i++) {
    gboolean fits =
      size >= signatures[i].size && memcmp (data, signatures[i].magic, signatures[i].size) == 0;

    if (fits && (signatures[i].size > 2 || memchr (data, '\0', MIN (size, 64)) != NULL))
      return _ (signatures[i].what);
  }
  return NULL;
}

static const char *
describe_refusal (const RpSource *source)
{
  const char *signature = find_signature (source);

  if (g_bytes_get_size (source->bytes) == 0)
    return _ ("The file is empty. Choose a file that holds an article.");
  if (signature != NULL)
    return signature;
  return _ (
    "No text was found in this file. Import a web page, a feed, a news-agency file or plain text.");
}

static gboolean
has_extension (const RpImporter *importer, const char *name)
{
  const char *dot = name != NULL ? strrchr (name, '.') : NULL;

  for (guint i = 0; dot != NULL && importer->extensions != NULL && importer->extensions[i] != NULL;
       i++) {
    if (g_ascii_strcasecmp (dot + 1, importer->extensions[i]) == 0)
      return TRUE;
  }
  return FALSE;
}

const RpImporter *
rp_importer_find (const RpSource *source, GError **error)
{
  const RpImporter *best = NULL;
  guint best_rank = 0;
  gboolean is_other;

  g_return_val_if_fail (source != NULL, NULL);

  is_other = find_signature (source) != NULL;

  for (guint i = 0; rp_importers[i] != NULL; i++) {
    RpMatch match = rp_importers[i]->match (source);
    gboolean useless = match == RP_MATCH_NO || (is_other && match == RP_MATCH_LAST_RESORT);
    guint rank = useless ? 0 : match * 2 + has_extension (rp_importers[i], source->name);

    if (rank > best_rank) {
      best = rp_importers[i];
      best_rank = rank;
    }
  }
  if (best == NULL)
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNSUPPORTED, describe_refusal (source));

  return best;
}

static gboolean
gate_article (RpImportSink *sink, RpArticle *article)
{
  Gate *gate = sink->user_data;
  const char *canonical = rp_article_get (article, RP_ARTICLE_CANONICAL_URL);

  rp_article_fill (article, RP_ARTICLE_FORMAT, gate->importer->id);
  rp_article_fill (article, RP_ARTICLE_SOURCE_NAME, gate->source->name);
  /* A place within an archive or mail is no address of the original. */
  if (g_str_has_prefix (canonical != NULL ? canonical : "", "cid:"))
    rp_article_set (article, RP_ARTICLE_CANONICAL_URL, NULL);
  if (rp_text_is_web_url (gate->source->base_url))
    rp_article_fill (article, RP_ARTICLE_SOURCE_URL, gate->source->base_url);
  gate->n_articles++;

  return gate->outer->article (gate->outer, article);
}

static void
gate_remark (RpImportSink *sink, const char *code, const char *words)
{
  Gate *gate = sink->user_data;

  if (gate->outer->remark != NULL)
    gate->outer->remark (gate->outer, code, words);
}

gboolean
rp_import (const RpSource *source, RpImportSink *sink, GError **error)
{
  Gate gate = {.outer = sink, .source = source};

  g_return_val_if_fail (source != NULL && sink != NULL, FALSE);

  gate.importer = rp_importer_find (source, error);
  if (gate.importer == NULL)
    return FALSE;
  gate.sink = (RpImportSink){gate_article, gate_remark, &gate};
  if (!gate.importer->parse (source, &gate.sink, error))
    return FALSE;
  if (gate.n_articles == 0) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE,
                         _ ("The file could be read, but there is no article in it."));
    return FALSE;
  }

  return TRUE;
}
