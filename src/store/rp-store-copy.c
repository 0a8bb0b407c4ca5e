#include "rp-store-copy.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-fault.h"
#include "rp-store-blobs.h"
#include "rp-store-words.h"

#define BATCH 500
#define MOST_COLUMNS 32

/* Keys come first and say the order; i is a number. */
typedef struct {
  const char *name;
  const char *columns;
  const char *types;
  guint n_keys;
} Table;

static const Table tables[] = {
  {"articles",
   "seq id guid version canonical_url snapshot headline source language licence_id licence_name"
   " state published imported changed unread body_text document original",
   "isssssssssssiiiisss", 1},
  {"revisions", "article_id at reason document", "siss", 2},
  {"licences", "id version changed removed profile", "siiis", 2},
  {"licence_rules", "pattern licence_id", "ss", 1},
  {"partners", "id name changed document paused_until failures pause_lasts", "ssisiii", 1},
  {"deliveries",
   "id article_id partner_id action state status created publish_at next_due settled tries fence"
   " owner lease_until marker version remote_id public_url message decision_id memory payload"
   " live_at",
   "ssssssiiiiiisissssssssi", 1},
  {"exchanges",
   "id delivery_id at label method url request_headers request_blob answered status"
   " response_headers response_blob error request_text response_text",
   "ssisssssiisssss", 1},
  {"receipts", "article_id partner_id remote_id public_url version state memory changed",
   "sssssssi", 2},
  {"decisions", "id article_id partner_id at verdict licence_id licence_version document",
   "sssissis", 1},
  {"approvals", "article_id kind name reason at", "ssssi", 2},
  {"ledger", "id licence_id article_id partner_id at amount currency", "ssssiss", 1},
  {"events", "id article_id at kind words delivery_id url", "ssissss", 1},
  {"prints", "article_id part print", "sii", 2},
  {"sources",
   "id url title site_url kind licence_id paused etag last_modified body_hash created polled"
   " changed next_poll fresh_until wait_until pace failures status message",
   "ssssssisssiiiiiiiiis", 1},
  {"source_items", "source_id article_id position seen gone", "ssiii", 2},
  {"facts", "article_id changed licence_id licence_version others next_turn allowed review facts",
   "sisisiiis", 1},
  {"evidence", "id article_id partner_id at verdict url status blob document", "sssississ", 1},
  {"checks", "article_id partner_id due tries", "ssii", 2},
  {"lapses", "article_id partner_id reason since", "sssi", 2},
  {"searches", "id name query created", "sssi", 1},
};

typedef struct {
  RpStore *from;    /* borrowed */
  RpStore *to;      /* owned */
  gboolean resumed; /* a part of it may be there */
  RpStoreCopied copied;
  gpointer user_data;
} Copy;

/* ---- rows ---- */

/* Some rows of a table in the order of its keys. */
typedef struct {
  GPtrArray *rows; /* owned, of GStrv-like arrays: n_columns texts, NULL = null */
  guint n_columns;
} Batch;

static void
batch_free (Batch *batch)
{
  for (guint i = 0; i < batch->rows->len; i++) {
    char **row = batch->rows->pdata[i];

    for (guint k = 0; k < batch->n_columns; k++)
      g_free (row[k]);
    g_free (row);
  }
  g_ptr_array_unref (batch->rows);
  g_free (batch);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Batch, batch_free)

/* What a server would make of a text that is none; both sides are compared in these words. */
static char *
dup_valid (const char *text)
{
  return text == NULL || g_utf8_validate (text, -1, NULL) ? g_strdup (text)
                                                          : g_utf8_make_valid (text, -1);
}

static Batch *
read_batch (RpDbRows *rows, const Table *table, GError **error)
{
  g_autoptr (Batch) batch = g_new0 (Batch, 1);
  g_autoptr (GError) local = NULL;

  batch->rows = g_ptr_array_new ();
  batch->n_columns = (guint) strlen (table->types);
  while (rp_db_next (rows, &local)) {
    char **row = g_new0 (char *, batch->n_columns);

    for (guint i = 0; i < batch->n_columns; i++)
      row[i] = dup_valid (rp_db_text (rows, (int) i));
    g_ptr_array_add (batch->rows, row);
  }
  if (local == NULL)
    return g_steal_pointer (&batch);
  g_propagate_error (error, g_steal_pointer (&local));

  return NULL;
}

/* The first columns of the table with commas between. Gives. */
static char *
dup_columns (const Table *table, guint n_columns)
{
  g_auto (GStrv) names = g_strsplit (table->columns, " ", -1);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < n_columns; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", names[i]);

  return g_strdup (list->str);
}

/* $first, … Gives. */
static char *
dup_places (guint first, guint count)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < count; i++)
    g_string_append_printf (list, "%s$%u", i > 0 ? ", " : "", first + i);

  return g_strdup (list->str);
}

/* Which rows: those behind `after` (NULL = from the first) and up to `until` (NULL = to the last).
 * The values go into `types` and `texts`. Gives. */
static char *
dup_range (const Table *table,
           const char *const *after,
           const char *const *until,
           GString *types,
           GPtrArray *texts)
{
  const char *const *const ends[] = {after, until};
  g_autofree char *keys = dup_columns (table, table->n_keys);
  GString *range = g_string_new (NULL);

  for (guint end = 0; end < G_N_ELEMENTS (ends); end++) {
    g_autofree char *places = dup_places (texts->len + 1, table->n_keys);

    if (ends[end] == NULL)
      continue;
    g_string_append_printf (range, "%s (%s) %s (%s)", range->len > 0 ? " AND" : " WHERE", keys,
                            end == 0 ? ">" : "<=", places);
    g_string_append_len (types, table->types, table->n_keys);
    for (guint i = 0; i < table->n_keys; i++)
      g_ptr_array_add (texts, (gpointer) ends[end][i]);
  }

  return g_string_free (range, FALSE);
}

/* `limit` 0 = all of the range. Gives. */
static Batch *
read_range (RpStore *store,
            const Table *table,
            const char *const *after,
            const char *const *until,
            guint limit,
            GError **error)
{
  g_autoptr (GString) types = g_string_new (NULL);
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  g_autofree char *columns = dup_columns (table, (guint) strlen (table->types));
  g_autofree char *keys = dup_columns (table, table->n_keys);
  g_autofree char *range = dup_range (table, after, until, types, texts);
  g_autofree char *end = limit > 0 ? g_strdup_printf (" LIMIT %u", limit) : g_strdup ("");
  g_autofree char *sql =
    g_strconcat ("SELECT ", columns, " FROM ", table->name, range, " ORDER BY ", keys, end, NULL);
  g_autoptr (RpDbRows) rows = rp_db_query_texts (rp_store_get_db (store), error, sql, types->str,
                                                 (const char *const *) texts->pdata);

  return rows != NULL ? read_batch (rows, table, error) : NULL;
}

static const char *const *
get_last (const Batch *batch)
{
  return batch->rows->pdata[batch->rows->len - 1];
}

static gboolean
is_same (const Batch *a, const Batch *b)
{
  if (a->rows->len != b->rows->len)
    return FALSE;
  for (guint i = 0; i < a->rows->len; i++)
    for (guint k = 0; k < a->n_columns; k++)
      if (g_strcmp0 (((char **) a->rows->pdata[i])[k], ((char **) b->rows->pdata[i])[k]) != 0)
        return FALSE;

  return TRUE;
}

static void
sum_up (GChecksum *sum, const Batch *batch)
{
  for (guint i = 0; i < batch->rows->len; i++)
    for (guint k = 0; k < batch->n_columns; k++) {
      const char *text = ((char **) batch->rows->pdata[i])[k];
      g_autofree char *head =
        text != NULL ? g_strdup_printf ("%" G_GSIZE_FORMAT ":", strlen (text)) : g_strdup ("-");

      g_checksum_update (sum, (const guchar *) head, -1);
      if (text != NULL)
        g_checksum_update (sum, (const guchar *) text, -1);
    }
}

/* ---- writing ---- */

typedef struct {
  Copy *copy;
  const Table *table;
  const char *const *after; /* borrowed, NULL = from the first row */
  const char *const *until; /* borrowed, NULL = to the last */
  const Batch *batch;       /* borrowed, NULL = nothing */
} Writing;

static gboolean
clear_range (const Writing *writing, RpDb *db, GError **error)
{
  g_autoptr (GString) types = g_string_new (NULL);
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  g_autofree char *range = dup_range (writing->table, writing->after, writing->until, types, texts);
  g_autofree char *sql = g_strconcat ("DELETE FROM ", writing->table->name, range, NULL);

  return rp_db_exec_texts (db, error, sql, types->str, (const char *const *) texts->pdata);
}

/* Lends. */
static const char *
get_value (const Table *table, char **row, const char *column)
{
  g_auto (GStrv) names = g_strsplit (table->columns, " ", -1);
  guint i = 0;

  while (!g_str_equal (names[i], column))
    i++;

  return row[i];
}

static gboolean
insert_row (const Writing *writing, const char *sql, char **row, GError **error)
{
  const Table *table = writing->table;
  RpStore *to = writing->copy->to;

  if (!rp_db_exec_texts (rp_store_get_db (to), error, sql, table->types, (const char *const *) row))
    return FALSE;

  return !g_str_equal (table->name, "articles") ||
         rp_store_index_article (
           to, get_value (table, row, "id"), get_value (table, row, "headline"),
           get_value (table, row, "source"), get_value (table, row, "body_text"), error);
}

static gboolean
write_range (RpStore *store, gpointer user_data, GError **error)
{
  const Writing *writing = user_data;
  const Table *table = writing->table;
  guint n_columns = (guint) strlen (table->types);
  g_autofree char *columns = dup_columns (table, n_columns);
  g_autofree char *places = dup_places (1, n_columns);
  g_autofree char *sql =
    g_strconcat ("INSERT INTO ", table->name, " (", columns, ") VALUES (", places, ")", NULL);

  if (writing->copy->resumed && !clear_range (writing, rp_store_get_db (store), error))
    return FALSE;
  for (guint i = 0; writing->batch != NULL && i < writing->batch->rows->len; i++)
    if (!insert_row (writing, sql, writing->batch->rows->pdata[i], error))
      return FALSE;

  return TRUE;
}

/* What an earlier attempt has brought already is not written again. */
static gboolean
bring_range (Writing *writing, GError **error)
{
  Copy *copy = writing->copy;

  if (copy->resumed) {
    g_autoptr (Batch) there =
      read_range (copy->to, writing->table, writing->after, writing->until, 0, error);

    if (there == NULL)
      return FALSE;
    if (writing->batch != NULL ? is_same (writing->batch, there) : there->rows->len == 0)
      return TRUE;
  }
  if (!rp_store_transaction (copy->to, write_range, writing, error))
    return FALSE;
  rp_fault_point ("a part was copied");

  return TRUE;
}

/* ---- tables ---- */

typedef struct {
  gint64 count;
  char *sum; /* owned: SHA-256 */
} Proof;

static void
proof_clear (Proof *proof)
{
  g_free (proof->sum);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Proof, proof_clear)

/* Goes through a table; with `writing` what it finds is brought over, too. */
static gboolean
walk (RpStore *store, const Table *table, Writing *writing, Proof *proof, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (Batch) before = NULL;

  while (TRUE) {
    const char *const *after = before != NULL ? get_last (before) : NULL;
    g_autoptr (Batch) batch = read_range (store, table, after, NULL, BATCH, error);

    if (batch == NULL)
      return FALSE;
    if (writing != NULL) {
      writing->after = after;
      writing->batch = batch->rows->len > 0 ? batch : NULL;
      writing->until = batch->rows->len > 0 ? get_last (batch) : NULL;
      if ((writing->batch != NULL || writing->copy->resumed) && !bring_range (writing, error))
        return FALSE;
    }
    if (batch->rows->len == 0)
      break;
    sum_up (sum, batch);
    proof->count += batch->rows->len;
    g_clear_pointer (&before, batch_free);
    before = g_steal_pointer (&batch);
  }
  proof->sum = g_strdup (g_checksum_get_string (sum));

  return TRUE;
}

static gboolean
copy_table (Copy *copy, const Table *table, GError **error)
{
  Writing writing = {.copy = copy, .table = table};
  g_auto (Proof) sent = {0};
  g_auto (Proof) arrived = {0};

  if (!walk (copy->from, table, &writing, &sent, error) ||
      !walk (copy->to, table, NULL, &arrived, error))
    return FALSE;
  if (sent.count != arrived.count || !g_str_equal (sent.sum, arrived.sum)) {
    g_set_error (error, RP_ERROR, RP_ERROR_STORAGE,
                 _ ("The copy differs from the library in “%s”; nothing was lost, start it again"),
                 table->name);
    return FALSE;
  }
  copy->copied (table->name, sent.count, sent.sum, copy->user_data);

  return TRUE;
}

/* New articles come after those that were brought. */
static gboolean
go_on_counting (RpStore *to, GError **error)
{
  return rp_db_get_dialect (rp_store_get_db (to)) == RP_DB_SQLITE ||
         rp_db_script (rp_store_get_db (to),
                       "SELECT setval (pg_get_serial_sequence ('articles', 'seq'),"
                       " (SELECT coalesce (max (seq), 0) + 1 FROM articles), FALSE)",
                       error);
}

/* ---- originals ---- */

typedef struct {
  Copy *copy;
  gint64 count;
} Originals;

static gboolean
copy_original (const char *sha256, gpointer user_data, GError **error)
{
  Originals *originals = user_data;

  if (!rp_store_copy_blob (originals->copy->from, originals->copy->to, sha256, error))
    return FALSE;
  originals->count++;

  return TRUE;
}

static gboolean
copy_originals (Copy *copy, GError **error)
{
  Originals originals = {copy, 0};

  if (!rp_store_foreach_blob (copy->from, copy_original, &originals, error))
    return FALSE;
  copy->copied ("originals", originals.count, NULL, copy->user_data);

  return TRUE;
}

/* ---- the whole ---- */

static gboolean
copy_all (RpStore *from, gpointer user_data, GError **error)
{
  Copy *copy = user_data;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (!copy_table (copy, &tables[i], error))
      return FALSE;

  return go_on_counting (copy->to, error);
}

static gboolean
is_empty (RpStore *store, gboolean *out, GError **error)
{
  gint64 count = 0;

  *out = TRUE;
  for (guint i = 0; *out && i < G_N_ELEMENTS (tables); i++) {
    g_autofree char *sql =
      g_strdup_printf ("SELECT count (*) FROM (SELECT 1 FROM %s LIMIT 1) AS found", tables[i].name);

    if (!rp_db_get_int (rp_store_get_db (store), &count, error, sql, ""))
      return FALSE;
    *out = count == 0;
  }

  return TRUE;
}

static gboolean
begin_copy (Copy *copy, const char *to, GError **error)
{
  const char *source = rp_db_get_uri (rp_store_get_db (copy->from));
  gboolean empty = FALSE;

  copy->to = rp_store_open_copy (to, source, &copy->resumed, error);
  if (copy->to == NULL)
    return FALSE;
  if (copy->resumed)
    return TRUE;
  if (!is_empty (copy->to, &empty, error))
    return FALSE;
  if (!empty) {
    g_set_error (error, RP_ERROR, RP_ERROR_CONFLICT,
                 _ ("There is a library at “%s” already; copy into an empty place"), to);
    return FALSE;
  }

  return rp_store_mark_copy (copy->to, source, error);
}

gboolean
rp_store_copy (RpStore *from,
               const char *to,
               RpStoreCopied copied,
               gpointer user_data,
               GError **error)
{
  Copy copy = {.from = from, .copied = copied, .user_data = user_data};
  gboolean done = begin_copy (&copy, to, error) &&
                  rp_store_transaction_as (from, RP_DB_READ, copy_all, &copy, error) &&
                  copy_originals (&copy, error) && rp_store_check (copy.to, error) &&
                  rp_store_unmark_copy (copy.to, error);

  g_clear_pointer (&copy.to, rp_store_close);

  return done;
}
