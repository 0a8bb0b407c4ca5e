#include "rp-store-prints.h"

#include "rp-text-print.h"

/* Prints that differ in three bits agree in one of four parts: each part is a row to look up. */
#define PARTS 4
#define ALIKE 0.8 /* of the runs of words, for texts whose prints are near */

static gint64
part_of (guint64 print, guint part)
{
  return (gint64) part << 16 | (gint64) (print >> (part * 16) & 0xFFFF);
}

gboolean
rp_store_add_print (RpStore *store, const char *id, guint64 print, GError **error)
{
  for (guint part = 0; print != 0 && part < PARTS; part++)
    if (!rp_db_exec (rp_store_get_db (store), error, NULL,
                     "INSERT INTO prints (part, print, article_id) VALUES ($1, $2, $3)", "iis",
                     part_of (print, part), (gint64) print, id))
      return FALSE;

  return TRUE;
}

gboolean
rp_store_set_print (RpStore *store, const char *id, guint64 print, GError **error)
{
  RpDb *db = rp_store_get_db (store);
  gint64 known = 0;

  if (!rp_db_get_int (db, &known, error, "SELECT count (*) FROM prints WHERE article_id = $1", "s",
                      id))
    return FALSE;
  if (known > 0 &&
      !rp_db_exec (db, error, NULL, "DELETE FROM prints WHERE article_id = $1", "s", id))
    return FALSE;

  return rp_store_add_print (store, id, print, error);
}

static gboolean
is_alike (RpStore *store, const char *id, const char *text)
{
  g_autofree char *other =
    rp_db_dup_text (rp_store_get_db (store), NULL,
                    "SELECT body_text FROM articles WHERE id = $1 AND state <> 'trash'", "s", id);

  return other != NULL && rp_text_likeness (other, text) >= ALIKE;
}

char *
rp_store_find_alike (RpStore *store, guint64 print, const char *text, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (RpDbRows) rows = NULL;

  if (print == 0)
    return NULL;
  rows = rp_db_query (rp_store_get_db (store), error,
                      "SELECT article_id, print FROM prints WHERE part IN ($1, $2, $3, $4)"
                      " LIMIT 2000",
                      "iiii", part_of (print, 0), part_of (print, 1), part_of (print, 2),
                      part_of (print, 3));
  if (rows == NULL)
    return NULL;
  while (rp_db_next (rows, &local)) {
    guint64 other = (guint64) rp_db_int (rows, 1);

    if (rp_text_print_distance (print, other) <= RP_TEXT_PRINT_NEAR &&
        is_alike (store, rp_db_text (rows, 0), text))
      return g_strdup (rp_db_text (rows, 0));
  }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return NULL;
}
