/* The bare loop beside which the bulk import is measured: puts the rows of one library, read into
 * memory first, into the tables of another, empty one, and prints the seconds it took. */
#include <sqlite3.h>
#include <stdlib.h>

#include <glib.h>

#define BATCH 128

static const char *const tables[] = {"articles", "events", "prints", "facts"};

typedef struct {
  GPtrArray *rows; /* of sqlite3_value ** */
  int columns;
} Table;

static sqlite3_stmt *
prepare (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));

  return statement;
}

static void
run (sqlite3 *db, const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
}

static Table
load (sqlite3 *db, const char *name)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s", name);
  sqlite3_stmt *statement = prepare (db, sql);
  Table table = {g_ptr_array_new (), sqlite3_column_count (statement)};

  while (sqlite3_step (statement) == SQLITE_ROW) {
    sqlite3_value **row = g_new (sqlite3_value *, (gsize) table.columns);

    for (int i = 0; i < table.columns; i++)
      row[i] = sqlite3_value_dup (sqlite3_column_value (statement, i));
    g_ptr_array_add (table.rows, row);
  }
  sqlite3_finalize (statement);

  return table;
}

static sqlite3_stmt *
prepare_insert (sqlite3 *db, const char *name, int columns)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (sql, "INSERT INTO %s VALUES (", name);
  for (int i = 0; i < columns; i++)
    g_string_append (sql, i == 0 ? "?" : ", ?");
  g_string_append_c (sql, ')');

  return prepare (db, sql->str);
}

static void
insert (sqlite3_stmt *statement, const Table *table, guint row)
{
  sqlite3_value **values = g_ptr_array_index (table->rows, row);

  for (int i = 0; i < table->columns; i++)
    sqlite3_bind_value (statement, i + 1, values[i]);
  if (sqlite3_step (statement) != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (sqlite3_db_handle (statement)));
  sqlite3_reset (statement);
}

/* The rows of each table that belong to article number `i` of `n`. */
static void
insert_share (sqlite3_stmt *statement, const Table *table, guint i, guint n)
{
  guint from = (guint) ((guint64) table->rows->len * i / n);
  guint to = (guint) ((guint64) table->rows->len * (i + 1) / n);

  for (; from < to; from++)
    insert (statement, table, from);
}

int
main (int argc, char **argv)
{
  sqlite3 *from = NULL;
  sqlite3 *to = NULL;
  Table loaded[G_N_ELEMENTS (tables)];
  sqlite3_stmt *statements[G_N_ELEMENTS (tables)];
  gint64 began;
  guint n;

  if (argc != 3 || sqlite3_open (argv[1], &from) != SQLITE_OK ||
      sqlite3_open (argv[2], &to) != SQLITE_OK)
    g_error ("usage: bulk-tool FULL EMPTY");
  run (to, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  for (gsize k = 0; k < G_N_ELEMENTS (tables); k++) {
    loaded[k] = load (from, tables[k]);
    statements[k] = prepare_insert (to, tables[k], loaded[k].columns);
  }
  n = loaded[0].rows->len;
  began = g_get_monotonic_time ();
  run (to, "BEGIN IMMEDIATE");
  for (guint i = 0; i < n; i++) {
    for (gsize k = 0; k < G_N_ELEMENTS (tables); k++)
      insert_share (statements[k], &loaded[k], i, n);
    if (i % BATCH == BATCH - 1)
      run (to, "COMMIT; BEGIN IMMEDIATE");
  }
  run (to, "COMMIT");
  g_print ("%u %.3f\n", n, (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC);

  return EXIT_SUCCESS;
}
