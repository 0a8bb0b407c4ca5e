#include "rp-import-sink.h"

static gboolean
list_article (RpImportSink *sink, RpArticle *article)
{
  RpImportList *list = sink->user_data;

  g_ptr_array_add (list->articles, g_object_ref (article));
  return TRUE;
}

static void
list_remark (RpImportSink *sink, const char *code, const char *words)
{
  RpImportList *list = sink->user_data;

  g_ptr_array_add (list->remarks, g_strdup_printf ("%s: %s", code, words));
}

RpImportList *
rp_import_list_new (void)
{
  RpImportList *list = g_new0 (RpImportList, 1);

  list->sink.article = list_article;
  list->sink.remark = list_remark;
  list->sink.user_data = list;
  list->articles = g_ptr_array_new_with_free_func (g_object_unref);
  list->remarks = g_ptr_array_new_with_free_func (g_free);

  return list;
}

void
rp_import_list_free (RpImportList *list)
{
  g_ptr_array_unref (list->articles);
  g_ptr_array_unref (list->remarks);
  g_free (list);
}
