#include "rp-book.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-json.h"
#include "rp-store-blobs.h"
#include "rp-store-decisions.h"
#include "rp-store-licences.h"
#include "rp-time.h"
#include "rp-work.h"

#define USES_LISTED 5000
#define DOCUMENT_LIMIT (50 * 1024 * 1024)

/* ---- versions and uses ---- */

static gpointer
list_versions (RpStore *store, gpointer data, GError **error)
{
  return rp_store_list_licence_versions (store, data, error);
}

void
rp_book_list_versions_async (RpWorkspace *workspace,
                             const char *licence_id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  rp_workspace_run_async (workspace, list_versions, g_strdup (licence_id), g_free,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
rp_book_list_versions_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return rp_workspace_run_finish (workspace, result, error);
}

static gpointer
list_uses (RpStore *store, gpointer data, GError **error)
{
  return rp_store_list_uses (store, data, USES_LISTED, error);
}

void
rp_book_list_uses_async (RpWorkspace *workspace,
                         const char *licence_id,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  rp_workspace_run_async (workspace, list_uses, g_strdup (licence_id), g_free,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
rp_book_list_uses_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return rp_workspace_run_finish (workspace, result, error);
}

/* ---- months ---- */

void
rp_ledger_month_free (RpLedgerMonth *month)
{
  g_free (month->fees);
  g_free (month);
}

/* Sums by currency, in the order in which the currencies came. */
static char *
write_fees (GPtrArray *currencies, GHashTable *sums)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < currencies->len; i++) {
    const char *currency = g_ptr_array_index (currencies, i);
    const double *sum = g_hash_table_lookup (sums, currency);
    char number[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd (number, sizeof number, *sum == (gint64) *sum ? "%.0f" : "%.2f", *sum);
    g_string_append_printf (text, "%s%s%s%s", text->len > 0 ? " + " : "", number,
                            *currency != '\0' ? " " : "", currency);
  }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

typedef struct {
  RpLedgerMonth *month; /* lent */
  GPtrArray *currencies;
  GHashTable *sums;
} Sum;

static void
sum_begin (Sum *sum, GPtrArray *months, int year, int month)
{
  sum->month = g_new0 (RpLedgerMonth, 1);
  sum->month->year = year;
  sum->month->month = month;
  sum->currencies = g_ptr_array_new_with_free_func (g_free);
  sum->sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_ptr_array_add (months, sum->month);
}

static void
sum_end (Sum *sum)
{
  if (sum->month == NULL)
    return;
  sum->month->fees = write_fees (sum->currencies, sum->sums);
  g_ptr_array_unref (sum->currencies);
  g_hash_table_unref (sum->sums);
  sum->month = NULL;
}

static void
sum_add (Sum *sum, const RpLicenceUse *use)
{
  const char *currency = use->currency != NULL ? use->currency : "";
  double *total;

  sum->month->uses++;
  if (use->amount == NULL)
    return;
  total = g_hash_table_lookup (sum->sums, currency);
  if (total == NULL) {
    total = g_new0 (double, 1);
    g_hash_table_insert (sum->sums, g_strdup (currency), total);
    g_ptr_array_add (sum->currencies, g_strdup (currency));
  }
  *total += g_ascii_strtod (use->amount, NULL);
}

GPtrArray *
rp_book_sum_months (GPtrArray *uses)
{
  GPtrArray *months = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_ledger_month_free);
  Sum sum = {NULL};

  for (guint i = 0; i < uses->len; i++) {
    const RpLicenceUse *use = g_ptr_array_index (uses, i);
    g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (use->at / G_USEC_PER_SEC);
    int year = g_date_time_get_year (at);
    int month = g_date_time_get_month (at);

    if (sum.month == NULL || sum.month->year != year || sum.month->month != month) {
      sum_end (&sum);
      sum_begin (&sum, months, year, month);
    }
    sum_add (&sum, use);
  }
  sum_end (&sum);

  return months;
}

/* ---- documents ---- */

static gpointer
put_document (RpStore *store, gpointer data, GError **error)
{
  return rp_store_put_blob (store, data, error);
}

static void
put_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autofree char *sha256 = rp_workspace_run_finish (RP_WORKSPACE (source), result, &error);
  GFile *file = g_task_get_task_data (task);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *type = g_content_type_guess (name, NULL, 0, NULL);
  g_autofree char *mime = g_content_type_get_mime_type (type);
  g_autofree char *now = rp_time_format (rp_time_now ());
  JsonObject *document;

  if (sha256 == NULL) {
    g_task_return_error (task, error);
    return;
  }
  document = json_object_new ();
  rp_json_set_string (document, "name", name);
  rp_json_set_string (document, "sha256", sha256);
  rp_json_set_string (document, "type", mime);
  rp_json_set_string (document, "added", now);
  g_task_return_pointer (task, document, (GDestroyNotify) json_object_unref);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GBytes *bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);

  if (bytes == NULL) {
    g_task_return_error (task, error);
    return;
  }
  rp_workspace_run_async (g_task_get_source_object (task), put_document, bytes,
                          (GDestroyNotify) g_bytes_unref, g_free, g_task_get_cancellable (task),
                          put_cb, g_object_ref (task));
}

static void
sized_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (info == NULL)
    g_task_return_error (task, error);
  else if (g_file_info_get_size (info) > DOCUMENT_LIMIT)
    g_task_return_new_error (
      task, RP_ERROR, RP_ERROR_TOO_LARGE,
      _ ("The document is larger than 50 MB. Attach a smaller one, for instance a PDF of the "
         "contract's pages."));
  else
    g_file_load_bytes_async (G_FILE (source), g_task_get_cancellable (task), loaded_cb,
                             g_object_ref (task));
}

void
rp_book_keep_document_async (RpWorkspace *workspace,
                             GFile *file,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (workspace, cancellable, callback, user_data);

  g_task_set_source_tag (task, rp_book_keep_document_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, cancellable, sized_cb, task);
}

JsonObject *
rp_book_keep_document_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
