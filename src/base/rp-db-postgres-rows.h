/* The rows of an answer, as a driver gives them; all of them are here already. Only the driver
 * includes this. */
#pragma once

#include <glib.h>
#include <libpq-fe.h>

G_BEGIN_DECLS

gpointer rp_pq_rows_new (PGresult *result); /* takes it; gives */
gboolean rp_pq_rows_next (gpointer data, GError **error);
void rp_pq_rows_finish (gpointer data);
gboolean rp_pq_rows_is_null (gpointer data, int column);
const char *rp_pq_rows_text (gpointer data, int column);
gint64 rp_pq_rows_integer (gpointer data, int column);
double rp_pq_rows_real (gpointer data, int column);
GBytes *rp_pq_rows_bytes (gpointer data, int column);

G_END_DECLS
