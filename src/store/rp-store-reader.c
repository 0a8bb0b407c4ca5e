#include "rp-store-reader.h"

#define REST (30 * G_TIME_SPAN_SECOND) /* until one that was away is tried again */

struct _RpStoreReader {
  RpDb *db;        /* borrowed: the server itself */
  char *uri;       /* owned: of the copy */
  GMutex lock;     /* of the pointer to it */
  RpDb *copy;      /* owned, NULL = not connected */
  gint64 next_try; /* monotonic */
  gboolean fresh;  /* it has all that is counted here */
  gint64 heard, written;
};

RpStoreReader *
rp_store_reader_new (RpDb *db)
{
  g_autofree char *uri = NULL;
  RpStoreReader *reader;

  if (rp_db_get_dialect (db) != RP_DB_POSTGRES)
    return NULL;
  uri = rp_db_dup_text (db, NULL, "SELECT current_setting ('reprint.replica', true)", "");
  if (uri == NULL || !rp_db_is_server (uri))
    return NULL;
  reader = g_new0 (RpStoreReader, 1);
  reader->db = db;
  reader->uri = g_steal_pointer (&uri);
  g_mutex_init (&reader->lock);

  return reader;
}

/* Takes `copy`. */
static void
set_copy (RpStoreReader *reader, RpDb *copy)
{
  RpDb *before;

  g_mutex_lock (&reader->lock);
  before = reader->copy;
  reader->copy = copy;
  g_mutex_unlock (&reader->lock);
  reader->fresh = FALSE;
  g_clear_pointer (&before, rp_db_close);
}

void
rp_store_reader_free (RpStoreReader *reader)
{
  set_copy (reader, NULL);
  g_mutex_clear (&reader->lock);
  g_free (reader->uri);
  g_free (reader);
}

static gboolean
is_connected (RpStoreReader *reader)
{
  g_autoptr (GError) error = NULL;

  if (reader->copy != NULL)
    return TRUE;
  if (g_get_monotonic_time () < reader->next_try)
    return FALSE;
  set_copy (reader, rp_db_open (reader->uri, &error));
  if (reader->copy == NULL) {
    reader->next_try = g_get_monotonic_time () + REST;
    g_info ("%s: %s", reader->uri, error->message);
  }

  return reader->copy != NULL;
}

/* Whether it has replayed all that the server has written until now. One that does not follow any
 * more has not. */
static gboolean
has_caught_up (RpStoreReader *reader)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *place =
    rp_db_dup_text (reader->db, NULL, "SELECT CAST (pg_current_wal_insert_lsn () AS TEXT)", "");
  gint64 caught_up = 0;

  if (place == NULL)
    return FALSE;
  if (!rp_db_get_int (reader->copy, &caught_up, &error,
                      "SELECT CAST (pg_is_in_recovery () AND pg_last_wal_replay_lsn ()"
                      " >= CAST ($1 AS pg_lsn) AS INTEGER)",
                      "s", place))
    rp_store_reader_lose (reader);

  return caught_up != 0;
}

RpDb *
rp_store_reader_choose (RpStoreReader *reader)
{
  gint64 written = rp_db_get_written (reader->db);
  RpDbNews news;

  if (rp_db_is_in_transaction (reader->db) || !is_connected (reader) ||
      !rp_db_get_news (reader->db, &news, NULL))
    return reader->db;
  if (!reader->fresh || reader->heard != news.changes || reader->written != written) {
    reader->heard = news.changes;
    reader->written = written;
    reader->fresh = has_caught_up (reader);
  }

  return reader->fresh ? reader->copy : reader->db;
}

void
rp_store_reader_lose (RpStoreReader *reader)
{
  set_copy (reader, NULL);
  reader->next_try = g_get_monotonic_time () + REST;
}

void
rp_store_reader_interrupt (RpStoreReader *reader)
{
  g_mutex_lock (&reader->lock);
  if (reader->copy != NULL)
    rp_db_interrupt (reader->copy);
  g_mutex_unlock (&reader->lock);
}
