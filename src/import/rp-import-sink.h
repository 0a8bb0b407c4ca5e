/* Where importers put what they read. Big files give one article at a time, so that memory is
 * bounded by the largest of them. One thread. */
#pragma once

#include "rp-article.h"

G_BEGIN_DECLS

typedef struct _RpImportSink RpImportSink;
struct _RpImportSink {
  /* the article is lent: keep a reference; FALSE = the receiver has had enough: stop without an
   * error */
  gboolean (*article) (RpImportSink *sink, RpArticle *article);
  /* a remark on the whole source, for the person: code and words */
  void (*remark) (RpImportSink *sink, const char *code, const char *words);
  gpointer user_data;
};

/* A sink that collects; free with rp_import_list_free. */
typedef struct {
  RpImportSink sink;
  GPtrArray *articles; /* owned, of RpArticle */
  GPtrArray *remarks;  /* owned, of char *, "code: words" */
} RpImportList;

RpImportList *rp_import_list_new (void);
void rp_import_list_free (RpImportList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpImportList, rp_import_list_free)

G_END_DECLS
