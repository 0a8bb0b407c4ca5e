#include "rp-store-articles.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-html.h"
#include "rp-id.h"
#include "rp-json.h"
#include "rp-store-prints.h"
#include "rp-store-query.h"
#include "rp-store-schema.h"
#include "rp-store-words.h"
#include "rp-text-print.h"
#include "rp-text.h"
#include "rp-time.h"

#define ROW_COLUMNS "id, headline, source, licence_name, state, imported, unread"

/* The columns that lists and searches need, taken from an article. */
typedef struct {
  char *source;
  char *body_text;
  char *document;
  const char *licence_name; /* borrowed */
} Columns;

static void
columns_clear (Columns *columns)
{
  g_free (columns->source);
  g_free (columns->body_text);
  g_free (columns->document);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Columns, columns_clear)

static char *
dup_source (RpArticle *article)
{
  static const RpArticleField places[] = {RP_ARTICLE_SITE_NAME, RP_ARTICLE_PROVIDER};
  g_autofree char *host = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (rp_article_get (article, places[i]) != NULL)
      return g_strdup (rp_article_get (article, places[i]));
  if (rp_statement_get (rp_article_get_statement (article), RP_STATEMENT_LICENSOR) != NULL)
    return g_strdup (rp_statement_get (rp_article_get_statement (article), RP_STATEMENT_LICENSOR));
  host = rp_text_host (rp_article_get (article, RP_ARTICLE_CANONICAL_URL));
  if (host != NULL)
    return g_steal_pointer (&host);

  return g_strdup (rp_article_get (article, RP_ARTICLE_SOURCE_NAME));
}

/* body_text is derived: the document keeps only what cannot be computed again. */
static void
read_columns (RpArticle *article, Columns *columns)
{
  g_autoptr (JsonObject) object = rp_article_to_json (article);

  columns->body_text = rp_json_dup_text (object, "body_text");
  json_object_remove_member (object, "body_text");
  columns->document = rp_json_object_to_text (object, FALSE);
  columns->source = dup_source (article);
  columns->licence_name = rp_article_get (article, RP_ARTICLE_LICENCE_NAME);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static gint64
published_or (RpArticle *article, gint64 now)
{
  gint64 published = rp_time_instant (rp_article_get (article, RP_ARTICLE_PUBLISHED));

  return published != RP_TIME_NONE ? published : now;
}

struct _RpStoreDraft {
  RpArticle *article; /* owned */
  Columns columns;
  guint64 print;
};

RpStoreDraft *
rp_store_draft_new (RpArticle *article)
{
  RpStoreDraft *draft = g_new0 (RpStoreDraft, 1);

  draft->article = g_object_ref (article);
  if (rp_article_get (article, RP_ARTICLE_ID) == NULL) {
    g_autofree char *id = rp_id_new ();

    rp_article_set (article, RP_ARTICLE_ID, id);
  }
  rp_article_fill (article, RP_ARTICLE_STATE, RP_STATE_NEEDS_LICENCE);
  read_columns (article, &draft->columns);
  draft->print = rp_text_print (draft->columns.body_text);

  return draft;
}

void
rp_store_draft_free (RpStoreDraft *draft)
{
  columns_clear (&draft->columns);
  g_object_unref (draft->article);
  g_free (draft);
}

char *
rp_store_find_draft_alike (RpStore *store, const RpStoreDraft *draft, GError **error)
{
  return rp_store_find_alike (store, draft->print, draft->columns.body_text, error);
}

gboolean
rp_store_add_article (RpStore *store, RpArticle *article, gint64 now, GError **error)
{
  g_autoptr (RpStoreDraft) draft = rp_store_draft_new (article);

  return rp_store_add_draft (store, draft, now, error);
}

static gboolean
index_article (RpStore *store, RpArticle *article, const Columns *columns, GError **error)
{
  return rp_store_index_article (store, rp_article_get (article, RP_ARTICLE_ID),
                                 rp_article_get (article, RP_ARTICLE_HEADLINE), columns->source,
                                 columns->body_text, error);
}

static gboolean
insert_draft (RpStore *store, const RpStoreDraft *draft, gint64 now, GError **error)
{
  RpArticle *article = draft->article;
  const Columns *columns = &draft->columns;

  return rp_db_exec (
    rp_store_get_db (store), error, NULL,
    "INSERT INTO articles (id, guid, version, canonical_url, snapshot, headline, source, language,"
    " licence_id, licence_name, state, published, imported, changed, unread, body_text, document,"
    " original) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, 1, $14, $15, "
    "$15)",
    "sssssssssssiiss", rp_article_get (article, RP_ARTICLE_ID),
    rp_article_get (article, RP_ARTICLE_GUID), rp_article_get (article, RP_ARTICLE_VERSION),
    rp_article_get (article, RP_ARTICLE_CANONICAL_URL),
    rp_article_get (article, RP_ARTICLE_SNAPSHOT),
    or_empty (rp_article_get (article, RP_ARTICLE_HEADLINE)), or_empty (columns->source),
    rp_article_get (article, RP_ARTICLE_LANGUAGE), rp_article_get (article, RP_ARTICLE_LICENCE_ID),
    or_empty (columns->licence_name), rp_article_get (article, RP_ARTICLE_STATE),
    published_or (article, now), now, or_empty (columns->body_text), columns->document);
}

gboolean
rp_store_add_draft (RpStore *store, const RpStoreDraft *draft, gint64 now, GError **error)
{
  return insert_draft (store, draft, now, error) &&
         index_article (store, draft->article, &draft->columns, error) &&
         rp_store_add_print (store, rp_article_get (draft->article, RP_ARTICLE_ID), draft->print,
                             error);
}

static gboolean
write_article (RpStore *store, RpArticle *article, gint64 now, gboolean original, GError **error)
{
  g_auto (Columns) columns = {0};
  gint64 changed = 0;

  read_columns (article, &columns);
  if (!rp_db_exec (
        rp_store_get_db (store), error, &changed,
        "UPDATE articles SET guid = $2, version = $3, canonical_url = $4, snapshot = $5,"
        " headline = $6, source = $7, language = $8, licence_id = $9, licence_name = $10,"
        " state = $11, published = $12, changed = $13, body_text = $14, document = $15,"
        " original = CASE WHEN $16 = 1 THEN $15 ELSE original END WHERE id = $1",
        "sssssssssssiissi", rp_article_get (article, RP_ARTICLE_ID),
        rp_article_get (article, RP_ARTICLE_GUID), rp_article_get (article, RP_ARTICLE_VERSION),
        rp_article_get (article, RP_ARTICLE_CANONICAL_URL),
        rp_article_get (article, RP_ARTICLE_SNAPSHOT),
        or_empty (rp_article_get (article, RP_ARTICLE_HEADLINE)), or_empty (columns.source),
        rp_article_get (article, RP_ARTICLE_LANGUAGE),
        rp_article_get (article, RP_ARTICLE_LICENCE_ID), or_empty (columns.licence_name),
        rp_article_get (article, RP_ARTICLE_STATE), published_or (article, now), now,
        or_empty (columns.body_text), columns.document, (gint64) original))
    return FALSE;
  if (changed == 1)
    return index_article (store, article, &columns, error) &&
           (!original || rp_store_set_print (store, rp_article_get (article, RP_ARTICLE_ID),
                                             rp_text_print (columns.body_text), error));
  g_set_error (error, RP_ERROR, RP_ERROR_NOT_FOUND, _ ("There is no article “%s” in the library"),
               rp_article_get (article, RP_ARTICLE_ID));

  return FALSE;
}

gboolean
rp_store_save_article (RpStore *store, RpArticle *article, gint64 now, GError **error)
{
  return write_article (store, article, now, FALSE, error);
}

gboolean
rp_store_replace_article (RpStore *store, RpArticle *article, gint64 now, GError **error)
{
  return write_article (store, article, now, TRUE, error);
}

static RpArticle *
read_document (RpStore *store, const char *sql, const char *id, GError **error)
{
  g_autoptr (RpDbRows) rows = rp_db_query (rp_store_get_db (store), error, sql, "s", id);
  g_autoptr (GError) local = NULL;
  g_autoptr (JsonNode) node = NULL;
  RpArticle *article;

  if (rows == NULL)
    return NULL;
  if (!rp_db_next (rows, &local)) {
    if (local != NULL)
      g_propagate_error (error, g_steal_pointer (&local));
    else
      g_set_error (error, RP_ERROR, RP_ERROR_NOT_FOUND,
                   _ ("There is no article “%s” in the library"), id);
    return NULL;
  }
  node = rp_json_parse_text (rp_db_text (rows, 0), error);
  if (node == NULL)
    return NULL;
  article = rp_article_from_json (json_node_get_object (node));
  rp_article_set (article, RP_ARTICLE_STATE, rp_db_text (rows, 1));

  return article;
}

RpArticle *
rp_store_get_article (RpStore *store, const char *id, GError **error)
{
  return read_document (store, "SELECT document, state FROM articles WHERE id = $1", id, error);
}

RpArticle *
rp_store_get_original (RpStore *store, const char *id, GError **error)
{
  return read_document (store, "SELECT original, state FROM articles WHERE id = $1", id, error);
}

char *
rp_store_dup_original (RpStore *store, const char *id, GError **error)
{
  return rp_db_dup_text (rp_store_get_db (store), error,
                         "SELECT original FROM articles WHERE id = $1", "s", id);
}

char *
rp_store_hold_article_state (RpStore *store, const char *id, GError **error)
{
  RpDb *db = rp_store_get_db (store);
  g_autofree char *sql = g_strconcat ("SELECT state FROM articles WHERE id = $1",
                                      rp_store_schema_wording (db)->hold, NULL);

  return rp_db_dup_text (db, error, sql, "s", id);
}

gboolean
rp_store_set_article_state (RpStore *store, const char *id, const char *state, GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "UPDATE articles SET state = $2 WHERE id = $1 AND state <> $2", "ss", id,
                     state);
}

gboolean
rp_store_set_article_read (RpStore *store, const char *id, GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "UPDATE articles SET unread = 0 WHERE id = $1 AND unread = 1", "s", id);
}

gboolean
rp_store_set_article_unread (RpStore *store, const char *id, GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "UPDATE articles SET unread = 1 WHERE id = $1 AND unread = 0", "s", id);
}

char *
rp_store_resolve_article (RpStore *store, const char *id_or_prefix, GError **error)
{
  g_autoptr (RpDbRows) rows = NULL;
  g_autofree char *found = NULL;
  g_autofree char *upper = g_strconcat (id_or_prefix, "g", NULL);

  rows = rp_db_query (rp_store_get_db (store), error,
                      "SELECT id FROM articles WHERE id >= $1 AND id < $2 LIMIT 2", "ss",
                      id_or_prefix, upper);
  if (rows == NULL)
    return NULL;
  if (rp_db_next (rows, error))
    found = g_strdup (rp_db_text (rows, 0));
  if (found != NULL && *id_or_prefix != '\0' && !rp_db_next (rows, error))
    return g_steal_pointer (&found);
  if (error == NULL || *error == NULL)
    g_set_error (error, RP_ERROR, RP_ERROR_NOT_FOUND,
                 found != NULL ? _ ("“%s” fits several articles; give more of its id")
                               : _ ("There is no article “%s” in the library"),
                 id_or_prefix);

  return NULL;
}

char *
rp_store_find_article (RpStore *store, RpArticle *article, GError **error)
{
  const char *guid = rp_article_get (article, RP_ARTICLE_GUID);
  const char *canonical = rp_article_get (article, RP_ARTICLE_CANONICAL_URL);
  RpDb *db = rp_store_get_db (store);
  char *found = NULL;

  if (guid != NULL)
    found = rp_db_dup_text (
      db, error, "SELECT id FROM articles WHERE guid = $1 AND state <> 'trash' LIMIT 1", "s", guid);
  if (found == NULL && canonical != NULL)
    found = rp_db_dup_text (
      db, error, "SELECT id FROM articles WHERE canonical_url = $1 AND state <> 'trash' LIMIT 1",
      "s", canonical);
  if (found == NULL && guid == NULL && canonical == NULL)
    found = rp_db_dup_text (db, error,
                            "SELECT id FROM articles WHERE snapshot = $1 AND headline = $2"
                            " AND state <> 'trash' LIMIT 1",
                            "ss", rp_article_get (article, RP_ARTICLE_SNAPSHOT),
                            or_empty (rp_article_get (article, RP_ARTICLE_HEADLINE)));

  return found;
}

char *
rp_store_find_trashed_article (RpStore *store, RpArticle *article, GError **error)
{
  const char *guid = rp_article_get (article, RP_ARTICLE_GUID);
  const char *canonical = rp_article_get (article, RP_ARTICLE_CANONICAL_URL);

  if (guid == NULL && canonical == NULL)
    return NULL;

  return rp_db_dup_text (rp_store_get_db (store), error,
                         "SELECT id FROM articles WHERE (guid = $1 OR canonical_url = $2)"
                         " AND state = 'trash' LIMIT 1",
                         "ss", guid, canonical);
}

static const char *
value_at (const RpStoreQuery *query, guint i)
{
  return i < query->values->len ? g_ptr_array_index (query->values, i) : NULL;
}

static RpDbRows *
ask (RpDb *db, const char *sql, const RpStoreQuery *query, GError **error)
{
  return rp_db_query (db, error, sql, query->types, value_at (query, 0), value_at (query, 1),
                      value_at (query, 2), value_at (query, 3), value_at (query, 4),
                      value_at (query, 5), value_at (query, 6), value_at (query, 7));
}

/* A copy of the server that does not answer is no reason to have no answer. */
static RpDbRows *
run_query (RpStore *store,
           const char *head,
           const RpStoreQuery *query,
           const char *tail,
           GError **error)
{
  g_autofree char *sql = g_strconcat (head, query->from, " WHERE ", query->where, tail, NULL);
  RpDb *reader = rp_store_get_reader (store);
  RpDbRows *rows = reader != rp_store_get_db (store) ? ask (reader, sql, query, NULL) : NULL;

  if (rows != NULL)
    return rows;
  if (reader != rp_store_get_db (store))
    rp_store_lose_reader (store);

  return ask (rp_store_get_db (store), sql, query, error);
}

typedef gpointer (*ReadRow) (RpDbRows *rows);

/* The newest first. */
static GPtrArray *
list_found (RpStore *store,
            const char *text,
            const char *head,
            guint offset,
            guint limit,
            ReadRow read_row,
            GDestroyNotify free_row,
            GError **error)
{
  g_autoptr (RpStoreQuery) query = rp_store_query_new (store, text, error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_row);
  g_autoptr (RpDbRows) rows = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *tail = NULL;

  if (query == NULL)
    return NULL;
  tail = g_strdup_printf (" ORDER BY %s DESC LIMIT %u OFFSET %u", query->order, limit, offset);
  rows = run_query (store, head, query, tail, error);
  while (rows != NULL && rp_db_next (rows, &local))
    g_ptr_array_add (list, read_row (rows));
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }

  return rows != NULL ? g_steal_pointer (&list) : NULL;
}

static gpointer
read_row (RpDbRows *rows)
{
  RpArticleRow *row = rp_article_row_new ();

  rp_article_row_fill (row, rp_db_text (rows, 0), rp_db_text (rows, 1), rp_db_text (rows, 2),
                       rp_db_text (rows, 3), rp_db_text (rows, 4), rp_db_int (rows, 5),
                       rp_db_int (rows, 6) != 0);

  return row;
}

GPtrArray *
rp_store_list_articles (RpStore *store, const char *text, guint offset, guint limit, GError **error)
{
  return list_found (store, text, "SELECT " ROW_COLUMNS " FROM ", offset, limit, read_row,
                     g_object_unref, error);
}

static gpointer
read_id (RpDbRows *rows)
{
  return g_strdup (rp_db_text (rows, 0));
}

GPtrArray *
rp_store_list_article_ids (RpStore *store,
                           const char *text,
                           guint offset,
                           guint limit,
                           GError **error)
{
  return list_found (store, text, "SELECT id FROM ", offset, limit, read_id, g_free, error);
}

gboolean
rp_store_count_articles (RpStore *store, const char *text, gint64 *out, GError **error)
{
  g_autoptr (RpStoreQuery) query = rp_store_query_new (store, text, error);
  g_autoptr (RpDbRows) rows = NULL;

  if (query == NULL)
    return FALSE;
  rows = run_query (store, "SELECT count (*) FROM ", query, "", error);
  if (rows == NULL || !rp_db_next (rows, error))
    return FALSE;
  *out = rp_db_int (rows, 0);

  return TRUE;
}

GHashTable *
rp_store_count_states (RpStore *store, GError **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (RpDbRows) rows = rp_db_query (
    rp_store_get_db (store), error,
    "SELECT state, count (*) FROM articles GROUP BY state UNION ALL SELECT '" RP_STATE_REVIEW
    "', count (*) FROM facts f JOIN articles a ON a.id = f.article_id WHERE f.review = 1"
    " AND a.state IN ('" RP_STATE_READY "', '" RP_STATE_BLOCKED "')",
    "");
  g_autoptr (GError) local = NULL;

  if (rows == NULL)
    return NULL;
  while (rp_db_next (rows, &local))
    g_hash_table_insert (counts, g_strdup (rp_db_text (rows, 0)),
                         GUINT_TO_POINTER ((guint) rp_db_int (rows, 1)));
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }

  return g_steal_pointer (&counts);
}
