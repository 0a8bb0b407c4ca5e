#include "rp-importer.h"
#include "rp-intake.h"

typedef struct {
  RpImportSink sink;
  RpIntakeTake take;
  gpointer user_data;
  GPtrArray *remarks; /* borrowed, may be NULL */
} EachSink;

static gboolean
each_article (RpImportSink *sink, RpArticle *article)
{
  EachSink *each = (EachSink *) sink;

  return each->take (article, each->user_data);
}

static void
each_remark (RpImportSink *sink, const char *code, const char *words)
{
  EachSink *each = (EachSink *) sink;

  if (each->remarks != NULL)
    g_ptr_array_add (each->remarks, g_strconcat (code, ": ", words, NULL));
}

gboolean
rp_intake_inspect_each (GBytes *bytes,
                        const char *name,
                        const char *base_url,
                        GPtrArray *remarks,
                        RpIntakeTake take,
                        gpointer user_data,
                        GError **error)
{
  g_autoptr (RpSource) source = rp_source_new (bytes, name);
  EachSink each = {
    .sink = {each_article, each_remark, NULL},
    .take = take,
    .user_data = user_data,
    .remarks = remarks,
  };

  source->base_url = g_strdup (base_url);

  return rp_import (source, &each.sink, error);
}
