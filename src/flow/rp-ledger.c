#include "rp-ledger.h"

#include <string.h>

#include "rp-time.h"
#include "rp-work.h"

#define COLUMNS 11

static const char *const heads[COLUMNS] = {
  "used",       "headline", "original",    "source", "licence",  "partner",
  "public_url", "state",    "last_change", "fee",    "currency",
};

typedef struct {
  char *licence_id; /* owned */
  char *partner_id; /* owned */
  gint64 from, to;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->licence_id);
  g_free (job->partner_id);
  g_free (job);
}

/* Quoted where it must be; what begins like a formula gets an apostrophe. */
static void
add_cell (GString *csv, const char *text)
{
  gboolean formula = text != NULL && strchr ("=+-@\t\r", text[0]) != NULL && text[0] != '\0';
  gboolean quoted = formula || (text != NULL && strpbrk (text, "\",\r\n") != NULL);

  if (text == NULL)
    return;
  if (quoted)
    g_string_append_c (csv, '"');
  if (formula)
    g_string_append_c (csv, '\'');
  for (const char *p = text; *p != '\0'; p++) {
    if (*p == '"')
      g_string_append_c (csv, '"');
    g_string_append_c (csv, *p);
  }
  if (quoted)
    g_string_append_c (csv, '"');
}

static void
add_row (GString *csv, const char *const *cells)
{
  for (guint i = 0; i < COLUMNS; i++) {
    if (i > 0)
      g_string_append_c (csv, ',');
    add_cell (csv, cells[i]);
  }
  g_string_append (csv, "\r\n");
}

static gpointer export(RpStore *store, gpointer data, GError **error)
{
  Job *job = data;
  g_autoptr (GString) csv = g_string_new (NULL);
  g_autoptr (GError) local = NULL;
  g_autoptr (RpDbRows) rows = rp_db_query (
    rp_store_get_db (store), error,
    "SELECT l.at, a.headline, a.canonical_url, a.source, l.licence_id,"
    " coalesce (p.name, l.partner_id), r.public_url, r.state, r.changed, l.amount, l.currency"
    " FROM ledger AS l LEFT JOIN articles AS a ON a.id = l.article_id"
    " LEFT JOIN partners AS p ON p.id = l.partner_id"
    " LEFT JOIN receipts AS r ON r.article_id = l.article_id AND r.partner_id = l.partner_id"
    " WHERE ($1 IS NULL OR l.licence_id = $1) AND ($2 IS NULL OR l.partner_id = $2)"
    " AND l.at >= $3 AND ($4 = 0 OR l.at < $4) ORDER BY l.at, l.id",
    "ssii", job->licence_id, job->partner_id, job->from, job->to);

  if (rows == NULL)
    return NULL;
  add_row (csv, heads);
  while (rp_db_next (rows, &local)) {
    g_autofree char *used = rp_time_format (rp_db_int (rows, 0));
    g_autofree char *changed = rp_time_format (rp_db_int (rows, 8));
    const char *cells[COLUMNS];

    for (int i = 0; i < COLUMNS; i++)
      cells[i] = i == 0 ? used : i == 8 ? changed : rp_db_text (rows, i);
    add_row (csv, cells);
  }
  if (local == NULL)
    return g_strdup (csv->str);
  g_propagate_error (error, g_steal_pointer (&local));

  return NULL;
}

void
rp_ledger_export_async (RpWorkspace *workspace,
                        const RpLedgerScope *scope,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->licence_id = g_strdup (scope->licence_id);
  job->partner_id = g_strdup (scope->partner_id);
  job->from = scope->from;
  job->to = scope->to;
  rp_workspace_run_async (workspace, export, job, job_free, g_free, cancellable, callback,
                          user_data);
}

char *
rp_ledger_export_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return rp_workspace_run_finish (workspace, result, error);
}
