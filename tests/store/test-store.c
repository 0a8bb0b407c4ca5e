/* The library: migrations with a backup, articles and search. */
#include "fixture.h"

#include <glib/gstdio.h>
#include <utime.h>

#include "rp-article-list.h"
#include "rp-error.h"
#include "rp-store-articles.h"
#include "rp-store-blobs.h"
#include "rp-store-decisions.h"
#include "rp-store-deliveries.h"
#include "rp-store-facts.h"
#include "rp-store-licences.h"
#include "rp-store-partners.h"
#include "rp-store-query.h"
#include "rp-store-revisions.h"
#include "rp-store-schema.h"
#include "rp-store-searches.h"
#include "rp-time.h"

static RpArticle *
add_article (Fixture *fixture, const char *headline, const char *body, const char *guid)
{
  g_autoptr (RpArticle) article = rp_article_new ();
  g_autoptr (GError) error = NULL;

  rp_article_set (article, RP_ARTICLE_HEADLINE, headline);
  rp_article_set (article, RP_ARTICLE_BODY_HTML, body);
  rp_article_set (article, RP_ARTICLE_GUID, guid);
  rp_article_set (article, RP_ARTICLE_SITE_NAME, "Gull Holm Gazette");
  rp_article_set (article, RP_ARTICLE_LANGUAGE, "en-GB");
  rp_article_set (article, RP_ARTICLE_PUBLISHED, "2026-03-05T10:00:00Z");
  rp_store_add_article (fixture->store, article, NOW, &error);
  g_assert_no_error (error);

  return g_steal_pointer (&article);
}

static void
test_reopen (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RpArticle) article = add_article (fixture, "Boats", "<p>The quay.</p>", "a");
  g_autoptr (RpArticle) read = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->store, rp_store_close);
  fixture->store = rp_store_open (fixture->uri, &error);
  g_assert_no_error (error);
  read = rp_store_get_article (fixture->store, rp_article_get (article, RP_ARTICLE_ID), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rp_article_get (read, RP_ARTICLE_BODY_HTML), ==, "<p>The quay.</p>");
  g_assert_true (rp_store_check (fixture->store, NULL));
}

/* A library as an earlier version of the program left it, with an article in it. */
static char *
make_old_library (Fixture *fixture, int version)
{
  g_autofree char *name = g_strdup_printf ("old-%d.db", version);
  char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (RpDb) db = rp_db_open (path, NULL);

  g_assert_true (rp_db_script (db, "CREATE TABLE schema_version (version INTEGER NOT NULL)", NULL));
  for (int step = 1; step <= version; step++) {
    g_assert_true (rp_db_script (db, rp_store_schema_step (RP_DB_SQLITE, step), NULL));
    g_assert_true (
      rp_db_exec (db, NULL, NULL, "INSERT INTO schema_version VALUES ($1)", "i", (gint64) step));
  }
  g_assert_true (
    rp_db_exec (db, NULL, NULL,
                "INSERT INTO articles (id, headline, source, licence_name, state, published,"
                " imported, changed, unread, body_text, document, original) VALUES ('old', 'Boats',"
                " 'Quay', '', 'ready', 1, 1, 1, 0, 'The quay.', $1, $1)",
                "s", "{\"id\":\"old\",\"headline\":\"Boats\",\"state\":\"ready\"}"));
  g_assert_true (rp_db_exec (db, NULL, NULL,
                             "INSERT INTO ledger (id, licence_id, article_id, partner_id, at) "
                             "VALUES ('l', 'd', 'old', 'p', 5)",
                             ""));

  return path;
}

static void
test_older_libraries (Fixture *fixture, gconstpointer data)
{
  for (int version = 1; version < RP_STORE_SCHEMA_VERSION; version++) {
    g_autofree char *path = make_old_library (fixture, version);
    g_autofree char *backup = g_strdup_printf ("%s.before-%d.bak", path, RP_STORE_SCHEMA_VERSION);
    g_autoptr (GError) error = NULL;
    g_autoptr (RpStore) store = rp_store_open (path, &error);
    g_autoptr (RpArticle) article = NULL;
    g_autoptr (GPtrArray) rows = NULL;
    const RpFactsScope scope = {.state = "ready", .n_parts = 1};
    gint64 uses;

    g_assert_no_error (error);
    g_assert_true (g_file_test (backup, G_FILE_TEST_EXISTS));
    article = rp_store_get_article (store, "old", &error);
    g_assert_no_error (error);
    g_assert_cmpstr (rp_article_get (article, RP_ARTICLE_HEADLINE), ==, "Boats");
    g_assert_true (rp_store_count_uses (store, "d", 0, &uses, NULL));
    g_assert_cmpint (uses, ==, 1);
    rows = rp_store_list_facts (store, &scope, 0, 10, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (rows->len, ==, 1);
    g_assert_null (((RpFactsRow *) rows->pdata[0])->facts);
    g_assert_true (rp_store_check (store, NULL));
  }
}

/* Facts are those of one version of an article, and what was judged gives way to what people do. */
static void
test_facts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RpArticle) article = add_article (fixture, "Boats", "<p>The quay.</p>", "a");
  const char *id = rp_article_get (article, RP_ARTICLE_ID);
  RpFactsRow kept = {.article_id = (char *) id,
                     .facts = (char *) "{}",
                     .judged_by = (char *) "deal",
                     .judged_version = 2,
                     .others = (char *) "a b",
                     .next_turn = NOW + 50,
                     .allowed = 3};
  const RpFactsScope all = {.state = "blocked", .n_parts = 1};
  const RpFactsScope ready = {.state = "ready"};
  const RpFactsScope due = {.state = "blocked", .due = NOW + 50};
  const RpFactsScope early = {.state = "blocked", .due = NOW + 49};
  g_autoptr (GPtrArray) rows = NULL;
  RpFactsRow *row;

  g_assert_true (rp_store_set_article_state (fixture->store, id, "blocked", NULL));
  g_assert_true (rp_store_save_facts (fixture->store, &kept, NULL));
  rows = rp_store_list_facts (fixture->store, &all, 0, 10, NULL);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->facts, ==, "{}");
  g_assert_cmpstr (row->judged_by, ==, "deal");
  g_assert_cmpstr (row->others, ==, "a b");
  g_assert_cmpint (row->judged_version, ==, 2);
  g_assert_cmpint (row->allowed, ==, 3);
  g_assert_cmpint (row->changed, ==, NOW);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GPtrArray) found =
      rp_store_list_facts (fixture->store, i == 0 ? &early : &due, 0, 10, NULL);

    g_assert_cmpuint (found->len, ==, i);
  }

  g_free (row->state);
  row->state = g_strdup ("ready");
  g_assert_true (rp_store_save_article (fixture->store, article, NOW + 1, NULL));
  g_assert_true (rp_store_set_article_state (fixture->store, id, "blocked", NULL));
  g_assert_true (rp_store_save_facts (fixture->store, row, NULL));
  g_assert_true (rp_store_move_judged (fixture->store, row, "blocked", NULL));
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = rp_store_list_facts (fixture->store, &all, 0, 10, NULL);
  row = g_ptr_array_index (rows, 0);
  g_assert_null (row->facts);
  g_assert_cmpstr (row->state, ==, "blocked");
  g_free (row->state);
  row->state = g_strdup ("ready");
  g_assert_true (rp_store_move_judged (fixture->store, row, "blocked", NULL));
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = rp_store_list_facts (fixture->store, &ready, 0, 10, NULL);
  g_assert_cmpstr (((RpFactsRow *) rows->pdata[0])->state, ==, "ready");
}

static void
test_newer_library (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rp_db_exec (rp_store_get_db (fixture->store), NULL, NULL,
              "INSERT INTO schema_version VALUES (99)", "");
  g_clear_pointer (&fixture->store, rp_store_close);
  g_assert_null (rp_store_open (fixture->uri, &error));
  g_assert_error (error, RP_ERROR, RP_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "newer version"));
}

static void
test_original_stays (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RpArticle) article = add_article (fixture, "Boats", "<p>One.</p>", "a");
  g_autoptr (RpArticle) original = NULL;
  g_autoptr (RpArticle) revision = NULL;
  const char *id = rp_article_get (article, RP_ARTICLE_ID);

  g_assert_true (rp_store_keep_revision (fixture->store, id, "edited", NOW + 1, NULL));
  rp_article_set (article, RP_ARTICLE_HEADLINE, "Changed");
  g_assert_true (rp_store_save_article (fixture->store, article, NOW + 2, NULL));
  original = rp_store_get_original (fixture->store, id, NULL);
  revision = rp_store_get_revision (fixture->store, id, NOW + 1, NULL);
  g_assert_cmpstr (rp_article_get (original, RP_ARTICLE_HEADLINE), ==, "Boats");
  g_assert_cmpstr (rp_article_get (revision, RP_ARTICLE_HEADLINE), ==, "Boats");
}

static const struct {
  const char *query;
  int found; /* -1 = the query is refused */
} searches[] = {
  {"", 3},
  {"quay", 1},
  {"QUAY", 1},
  {"qua", 1},
  {"cafe", 1},
  {"\"the quay\"", 1},
  {"\"quay the\"", 0},
  {"quay nothing", 0},
  {"gazette", 3},
  {"source:gazette quay", 1},
  {"state:inbox", 3},
  {"state:ready", 0},
  {"language:en", 3},
  {"before:2026-03-05", 0},
  {"before:2026-04", 3},
  {"after:2026", 3},
  {"after:2026-03-06", 0},
  {"licence:none", 3},
  {"licence:cc-by", 0},
  {"partner:herald", 0},
  {"after:soon", -1},
  {"colour:blue", -1},
  {"\" OR 1=1 --", 0},
  {"* AND (NEAR", 0},
  {"state:'x'", 0},
  {"state:trash", 0},
  {"source:\"Gull Holm Gazette\" quay", 1},
  {"source:\"gazette\"", 0},
  {"source:\"Gull Holm Gaz", 0},
  {"licence: quay", 1},
  {"partner:", 3},
};

static void
test_search (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RpArticle) first = add_article (fixture, "Boats", "<p>Meet at the quay.</p>", "a");
  g_autoptr (RpArticle) second = add_article (fixture, "Trains", "<p>Meet at the café.</p>", "b");
  g_autoptr (RpArticle) third = add_article (fixture, "Planes", "<p>Do not meet.</p>", "c");

  for (guint i = 0; i < G_N_ELEMENTS (searches); i++) {
    g_autoptr (GError) error = NULL;
    gint64 count = -1;

    rp_store_count_articles (fixture->store, searches[i].query, &count, &error);
    if (count != searches[i].found)
      g_error ("“%s” found %d", searches[i].query, (int) count);
    if (searches[i].found < 0)
      g_assert_error (error, RP_ERROR, RP_ERROR_INVALID);
  }
}

static void
test_search_follows_edits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RpArticle) article = add_article (fixture, "Boats", "<p>Meet at the quay.</p>", "a");
  gint64 count;

  rp_article_set (article, RP_ARTICLE_BODY_HTML, "<p>Meet at the station.</p>");
  g_assert_true (rp_store_save_article (fixture->store, article, NOW, NULL));
  rp_store_count_articles (fixture->store, "quay", &count, NULL);
  g_assert_cmpint (count, ==, 0);
  rp_store_count_articles (fixture->store, "station", &count, NULL);
  g_assert_cmpint (count, ==, 1);
}

static void
test_find_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RpArticle) article = add_article (fixture, "Boats", "<p>a</p>", "guid-1");
  g_autoptr (RpArticle) same = rp_article_new ();
  g_autoptr (RpArticle) other = rp_article_new ();
  g_autofree char *found = NULL;
  g_autofree char *prefix = g_strndup (rp_article_get (article, RP_ARTICLE_ID), 13);
  g_autofree char *resolved = rp_store_resolve_article (fixture->store, prefix, NULL);
  g_autoptr (GError) error = NULL;

  rp_article_set (same, RP_ARTICLE_GUID, "guid-1");
  rp_article_set (other, RP_ARTICLE_GUID, "guid-2");
  found = rp_store_find_article (fixture->store, same, NULL);
  g_assert_cmpstr (found, ==, rp_article_get (article, RP_ARTICLE_ID));
  g_assert_null (rp_store_find_article (fixture->store, other, NULL));
  g_assert_cmpstr (resolved, ==, rp_article_get (article, RP_ARTICLE_ID));
  g_assert_null (rp_store_resolve_article (fixture->store, "ffff", &error));
  g_assert_error (error, RP_ERROR, RP_ERROR_NOT_FOUND);
}

static void
test_blobs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new ("a\0b", 3);
  g_autofree char *first = rp_store_put_blob (fixture->store, bytes, NULL);
  g_autofree char *again = rp_store_put_blob (fixture->store, bytes, NULL);
  g_autoptr (GBytes) read = rp_store_get_blob (fixture->store, first, NULL);

  g_assert_cmpstr (first, ==, again);
  g_assert_true (g_bytes_equal (read, bytes));
  g_assert_null (rp_store_get_blob (fixture->store, "../../etc/passwd", NULL));
  g_assert_null (rp_store_get_blob (fixture->store, NULL, NULL));
}

/* Larger than one row of a server holds; a path is a file with the same bytes. */
static void
test_large_blob (Fixture *fixture, gconstpointer data)
{
  gsize size = 2 * 1024 * 1024 + 7;
  guint8 *raw = g_malloc (size);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) read = NULL;
  g_autoptr (GBytes) from_file = NULL;
  g_autoptr (RpBody) body = rp_body_new ();
  g_autofree char *sha256 = NULL;
  g_autofree char *part = g_build_filename (fixture->folder, "picture", NULL);
  g_autofree char *taken = NULL;
  gint64 measured = 0;

  for (gsize i = 0; i < size; i++)
    raw[i] = (guint8) (i * 31 + i / 4096);
  bytes = g_bytes_new_take (raw, size);
  g_assert_true (g_file_set_contents (part, (char *) raw, (gssize) size, NULL));
  taken = rp_store_take_blob_file (fixture->store, part, NULL);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  sha256 = rp_store_put_blob (fixture->store, bytes, NULL);
  g_assert_cmpstr (taken, ==, sha256);
  g_assert_true (rp_store_measure_blob (fixture->store, sha256, &measured, NULL));
  g_assert_cmpint (measured, ==, (gint64) size);
  read = rp_store_get_blob (fixture->store, sha256, NULL);
  g_assert_true (g_bytes_equal (read, bytes));
  if (fixture_get_server () != NULL) /* nothing is at hand any more: it comes from there */
    fixture_remove (rp_store_get_blob_folder (fixture->store));
  g_clear_pointer (&read, g_bytes_unref);
  read = rp_store_get_blob (fixture->store, sha256, NULL);
  g_assert_true (g_bytes_equal (read, bytes));
  g_assert_true (rp_store_add_blob (fixture->store, sha256, body, NULL));
  from_file = rp_body_read (body, NULL);
  g_assert_true (g_bytes_equal (from_file, bytes));
  g_assert_true (rp_store_check (fixture->store, NULL));
}

/* What is at hand of a server's is forgotten when nobody has used it; of a file nothing ever is. */
static void
test_forget_fetched (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new ("ab", 2);
  g_autofree char *sha256 = rp_store_put_blob (fixture->store, bytes, NULL);
  g_autofree char *path = rp_store_fetch_blob (fixture->store, sha256, NULL);
  g_autofree char *again = NULL;
  gint64 now = g_get_real_time ();
  struct utimbuf long_ago = {.actime = 1000, .modtime = 1000};

  rp_store_forget_fetched (fixture->store, now - G_TIME_SPAN_DAY);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_utime (path, &long_ago), ==, 0);
  g_free (rp_store_fetch_blob (fixture->store, sha256, NULL));
  rp_store_forget_fetched (fixture->store, now - G_TIME_SPAN_DAY);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS)); /* it was just used */
  g_assert_cmpint (g_utime (path, &long_ago), ==, 0);
  rp_store_forget_fetched (fixture->store, now - G_TIME_SPAN_DAY);
  g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, fixture_get_server () == NULL);
  again = rp_store_fetch_blob (fixture->store, sha256, NULL);
  g_assert_true (g_file_test (again, G_FILE_TEST_EXISTS));
}

/* Letters of many alphabets with what they are found by: the same in a file and on a server. */
static const struct {
  const char *text, *query;
  gboolean found;
} letters[] = {
  {"Übergröße", "ubergroße", TRUE},
  {"Übergröße", "ubergrosse", FALSE},
  {"naïve", "NAIVE", TRUE},
  {"Ångström", "angstrom", TRUE},
  {"smørrebrød", "smorrebrod", FALSE},
  {"smørrebrød", "SMØRREBRØD", TRUE},
  {"e\314\201te\314\201", "ete", TRUE},
  {"Москва", "москва", TRUE},
  {"Йод", "иод", FALSE},
  {"ΟΔΥΣΣΕΥΣ", "οδυσσευς", TRUE},
  {"新聞社", "新聞", TRUE},
  {"well-known", "known", TRUE},
  {"well-known", "\"well known\"", TRUE},
  {"gull.example.org", "example", TRUE},
  {"O'Brien", "brien", TRUE},
  {"1e5 and 007", "007", TRUE},
  {"½ price", "½", TRUE},
  {"C++ & 'x'", "c", TRUE},
  {"a b", "\"a b\"", TRUE},
  {"back\\slash", "slash", TRUE},
};

static void
test_letters (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++) {
    g_autofree char *guid = g_strdup_printf ("g%u", i);
    g_autofree char *query = g_strdup_printf ("%s %s", letters[i].query, guid);
    g_autofree char *body = g_markup_printf_escaped ("<p>%s %s</p>", letters[i].text, guid);
    g_autoptr (RpArticle) article = add_article (fixture, "Letters", body, guid);
    gint64 count = -1;

    g_assert_nonnull (article);
    g_assert_true (rp_store_count_articles (fixture->store, query, &count, NULL));
    if ((count > 0) != letters[i].found)
      g_error ("“%s” was%s found by “%s”", letters[i].text, count > 0 ? "" : " not",
               letters[i].query);
  }
}

static void
test_licence_versions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) node =
    json_from_string ("{\"id\":\"deal\",\"name\":\"Deal\",\"permission\":\"yes\"}", NULL);
  g_autoptr (RpLicence) licence = rp_licence_new_from_json (json_node_get_object (node), NULL);
  g_autoptr (RpLicence) first = rp_store_save_licence (fixture->store, licence, NOW, NULL);
  g_autoptr (RpLicence) second = rp_store_save_licence (fixture->store, licence, NOW, NULL);
  g_autoptr (GPtrArray) list = rp_store_list_licences (fixture->store, NULL);
  g_autoptr (GPtrArray) after = NULL;

  g_assert_cmpint (rp_licence_get_version (first), ==, 1);
  g_assert_cmpint (rp_licence_get_version (second), ==, 2);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_true (rp_store_remove_licence (fixture->store, "deal", NOW, NULL));
  after = rp_store_list_licences (fixture->store, NULL);
  g_assert_cmpuint (after->len, ==, 0);
}

/* ---- partners ---- */

static void
test_partner_in_use (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RpPartner) partner = rp_partner_new ("herald", "Harbour Herald", "wordpress");
  g_autoptr (RpPartner) read = NULL;
  g_autoptr (RpDelivery) open = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *kind = NULL;

  rp_partner_set_setting (partner, "url", "https://herald.example/");
  g_assert_true (rp_store_save_partner (fixture->store, partner, NOW, NULL));
  read = rp_store_get_partner (fixture->store, "harbour herald", NULL);
  g_assert_cmpstr (rp_partner_get_url (read), ==, "https://herald.example/");
  kind = rp_store_dup_connector (fixture->store, "herald");
  g_assert_cmpstr (kind, ==, "wordpress");
  g_assert_null (rp_store_dup_connector (fixture->store, "nobody"));
  open = fixture_queue (fixture, "a", "herald", RP_ACTION_CREATE, 0);
  g_assert_false (rp_store_remove_partner (fixture->store, "herald", &error));
  g_assert_error (error, RP_ERROR, RP_ERROR_CONFLICT);
  g_assert_true (rp_store_cancel_delivery (fixture->store, open->id, NOW, NULL));
  g_assert_true (rp_store_remove_partner (fixture->store, "herald", NULL));
}

/* A name is one search: saving it again replaces it, and one that was removed comes back with its
 * id. */
static void
test_saved_searches (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RpArticle) article = add_article (fixture, "Boats", "<p>The quay.</p>", "a");
  g_autofree char *id = rp_store_save_search (fixture->store, NULL, "Sea", "boats", NOW, NULL);
  g_autofree char *again = rp_store_save_search (fixture->store, NULL, "Sea", "trains", NOW, NULL);
  g_autofree char *other = rp_store_save_search (fixture->store, NULL, "Air", "boats", NOW, NULL);
  g_autofree char *renamed = NULL;
  g_autoptr (GPtrArray) list = rp_store_list_searches (fixture->store, TRUE, NULL);
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (rp_article_get (article, RP_ARTICLE_ID));
  g_assert_cmpstr (again, ==, id);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (((RpTally *) list->pdata[0])->name, ==, "Air");
  g_assert_cmpint (((RpTally *) list->pdata[0])->count, ==, 1);
  g_assert_cmpint (((RpTally *) list->pdata[1])->count, ==, 0);
  g_assert_null (rp_store_save_search (fixture->store, other, "Sea", "boats", NOW, &error));
  g_assert_error (error, RP_ERROR, RP_ERROR_CONFLICT);
  renamed = rp_store_save_search (fixture->store, other, "Sky", "boats", NOW, NULL);
  g_assert_cmpstr (renamed, ==, other);
  after = rp_store_list_searches (fixture->store, FALSE, NULL);
  g_assert_cmpuint (after->len, ==, 2);
  g_assert_cmpstr (((RpTally *) after->pdata[0])->name, ==, "Sea");
  g_assert_cmpstr (((RpTally *) after->pdata[1])->name, ==, "Sky");
  g_assert_true (rp_store_remove_search (fixture->store, other, NULL));
}

/* ---- the list model ---- */

static void
note_page (RpArticleList *list, guint page, gpointer user_data)
{
  g_array_append_val ((GArray *) user_data, page);
}

static void
test_list_model (void)
{
  g_autoptr (GArray) asked = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (RpArticleList) list = rp_article_list_new (note_page, asked);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RpArticleRow) shown = NULL;
  g_autoptr (RpArticleRow) moved = NULL;

  rp_article_list_set_count (list, 1000000);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1000000);
  shown = g_list_model_get_item (G_LIST_MODEL (list), 500001);
  g_assert_null (rp_article_row_get_id (shown));
  g_assert_cmpuint (asked->len, ==, 1);
  g_assert_cmpuint (g_array_index (asked, guint, 0), ==, 500001 / RP_ARTICLE_LIST_PAGE);
  g_ptr_array_add (rows, rp_article_row_new ());
  g_ptr_array_add (rows, rp_article_row_new ());
  rp_article_row_fill (g_ptr_array_index (rows, 1), "id", "Boats", "", "", "ready", 0, FALSE);
  rp_article_list_take_page (list, 5000, rows);
  g_assert_cmpstr (rp_article_row_get_headline (shown), ==, "Boats");
  g_assert_true (rp_article_list_peek (list, 500001) == shown);
  g_assert_null (rp_article_list_peek (list, 7));
  g_assert_cmpuint (asked->len, ==, 1); /* looking is not loading */
  g_assert_cmpuint (rp_article_list_find (list, "id"), ==, 500001);

  rp_article_list_set_count (list, 1000003); /* three new ones: rows move with their objects */
  moved = g_list_model_get_item (G_LIST_MODEL (list), 500004);
  g_assert_true (moved == shown);
}

/* What was found first is there before it is counted; what comes after it stands below it. */
static void
test_list_begins (void)
{
  g_autoptr (GArray) asked = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (RpArticleList) list = rp_article_list_new (note_page, asked);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RpArticleRow) first = NULL;
  g_autoptr (GCancellable) end = g_object_ref (rp_article_list_get_end (list));

  g_ptr_array_add (rows, rp_article_row_new ());
  rp_article_row_fill (g_ptr_array_index (rows, 0), "id", "Boats", "", "", "ready", 0, FALSE);
  rp_article_list_begin (list, rows);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  g_assert_false (rp_article_list_is_counted (list));
  rp_article_list_set_count (list, 300);
  g_assert_true (rp_article_list_is_counted (list));
  first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpstr (rp_article_row_get_headline (first), ==, "Boats");
  g_assert_cmpuint (asked->len, ==, 0);
  g_clear_object (&first);
  g_clear_object (&list);
  g_assert_true (g_cancellable_is_cancelled (end));
}

/* Each list begins well, and then a row cannot be read: a part of it is not given as the whole. */
static void
test_broken_rows (Fixture *fixture, gconstpointer data)
{
#define TOO_LARGE "abs (CAST (-9223372036854775807 - 1 AS BIGINT))"
  static const char *const schema =
    "ALTER TABLE licence_rules RENAME TO good_rules;"
    "CREATE VIEW licence_rules AS SELECT 'quay.example' AS pattern, 'cc-by-4.0' AS licence_id"
    " UNION ALL SELECT CAST (" TOO_LARGE " AS TEXT), 'cc0-1.0';"
    "ALTER TABLE approvals RENAME TO good_approvals;"
    "CREATE VIEW approvals AS SELECT 'a' AS article_id, 'ask' AS kind"
    " UNION ALL SELECT 'a', CAST (" TOO_LARGE " AS TEXT);"
    "ALTER TABLE revisions RENAME TO good_revisions;"
    "CREATE VIEW revisions AS SELECT 'a' AS article_id, CAST (5 AS BIGINT) AS at"
    " UNION ALL SELECT 'a', " TOO_LARGE ";";
#undef TOO_LARGE
  g_autoptr (GError) rules = NULL;
  g_autoptr (GError) approvals = NULL;
  g_autoptr (GError) revisions = NULL;
  g_autoptr (GError) error = NULL;

  rp_db_script (rp_store_get_db (fixture->store), schema, &error);
  g_assert_no_error (error);
  g_assert_null (rp_store_list_licence_rules (fixture->store, &rules));
  g_assert_nonnull (rules);
  g_assert_null (rp_store_list_approvals (fixture->store, "a", &approvals));
  g_assert_nonnull (approvals);
  g_assert_null (rp_store_list_revisions (fixture->store, "a", &revisions));
  g_assert_nonnull (revisions);
}

#define ADD(path, test)                                                                            \
  g_test_add ("/store/" path, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("reopen", test_reopen);
  ADD ("newer-library", test_newer_library);
  ADD ("articles/original-stays", test_original_stays);
  ADD ("articles/search", test_search);
  ADD ("articles/search-follows-edits", test_search_follows_edits);
  ADD ("articles/find-again", test_find_again);
  ADD ("articles/letters", test_letters);
  ADD ("blobs", test_blobs);
  ADD ("blobs/large", test_large_blob);
  ADD ("blobs/forget-fetched", test_forget_fetched);
  if (fixture_get_server () == NULL) /* there is none of an earlier version on servers */
    ADD ("older-libraries", test_older_libraries);
  ADD ("facts", test_facts);
  ADD ("licences/versions", test_licence_versions);
  ADD ("partners/in-use", test_partner_in_use);
  ADD ("broken-rows", test_broken_rows);
  ADD ("searches", test_saved_searches);
  g_test_add_func ("/store/list-model", test_list_model);
  g_test_add_func ("/store/list-begins", test_list_begins);

  return g_test_run ();
}
