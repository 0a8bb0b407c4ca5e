/* What a role may do in a library on a server, asked of the server itself as an account that has
 * it: every table, with what the library's own code would say and with what somebody else might. */
#include "fixture.h"

#include <unistd.h>

#include "rp-error.h"
#include "rp-store-articles.h"
#include "rp-store-deliveries.h"
#include "rp-store-roles.h"

enum {
  NOBODY = 0,
  EDITORS = 1 << RP_ROLE_EDITOR | 1 << RP_ROLE_PUBLISHER | 1 << RP_ROLE_RIGHTS_MANAGER,
  EVERYBODY = EDITORS | 1 << RP_ROLE_READER,
  PUBLISHERS = 1 << RP_ROLE_PUBLISHER,
  RIGHTS = 1 << RP_ROLE_RIGHTS_MANAGER,
};

/* Each is asked in a transaction of its own that is undone. `rows` = how many it touches for
 * whoever may: rows that a role cannot touch are not there for it. */
static const struct {
  const char *name, *sql;
  guint may; /* roles, one bit each */
} questions[] = {
  {"read", "SELECT count (*) FROM articles, licences, deliveries, ledger, approvals", EVERYBODY},
  {"edit", "UPDATE articles SET headline = 'New' WHERE id = 'story'", EDITORS},
  {"add",
   "INSERT INTO articles SELECT 99, 'other', guid, version, canonical_url, snapshot, headline,"
   " source, language, licence_id, licence_name, state, published, imported, changed, unread,"
   " body_text, document, original FROM articles WHERE id = 'story'",
   EDITORS},
  {"add as published",
   "INSERT INTO articles SELECT 99, 'other', guid, version, canonical_url, snapshot, headline,"
   " source, language, licence_id, licence_name, 'published', published, imported, changed, unread,"
   " body_text, document, original FROM articles WHERE id = 'story'",
   NOBODY},
  {"say that it is published", "UPDATE articles SET state = 'published' WHERE id = 'story'",
   NOBODY},
  {"say that of what waits to be sent",
   "UPDATE articles SET state = 'published' WHERE id = 'waits'", NOBODY},
  {"say that it is scheduled", "UPDATE articles SET state = 'scheduled' WHERE id = 'story'",
   NOBODY},
  {"say so of what waits", "UPDATE articles SET state = 'scheduled' WHERE id = 'waits'", EDITORS},
  {"say so of what was sent", "UPDATE articles SET state = 'published' WHERE id = 'sent'", EDITORS},
  {"delete", "DELETE FROM articles WHERE id = 'story'", NOBODY},
  {"keep a version", "INSERT INTO revisions VALUES ('story', 2, 'edit', '{}')", EDITORS},
  {"change a version", "UPDATE revisions SET document = '' WHERE article_id = 'story'", NOBODY},
  {"subscribe",
   "INSERT INTO sources (id, url, title, paused, created, polled, changed, next_poll,"
   " fresh_until, wait_until, pace, failures, status)"
   " VALUES ('s', 'https://gazette.example/', 'Gazette', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)",
   EDITORS},
  {"save a search", "INSERT INTO searches VALUES ('s', 'Sea', 'harbour', 1)", EDITORS},
  {"write history", "INSERT INTO events VALUES ('e', 'story', 1, 'edited', 'Edited.', NULL, NULL)",
   EDITORS},
  {"change history", "UPDATE events SET words = ''", NOBODY},
  {"delete history", "DELETE FROM events", NOBODY},
  {"add a partner", "INSERT INTO partners (id, name, changed, document) VALUES ('p', 'P', 1, '{}')",
   PUBLISHERS},
  {"pause a partner", "UPDATE partners SET paused_until = 5 WHERE id = 'quay'", PUBLISHERS},
  {"lock a partner", "SELECT id FROM partners FOR UPDATE", PUBLISHERS},
  {"remove a partner", "DELETE FROM partners WHERE id = 'quay'", PUBLISHERS},
  {"queue",
   "INSERT INTO deliveries SELECT 'd9', article_id, partner_id, action, 'queued', status, created,"
   " publish_at, next_due, 0, 0, 0, NULL, 0, marker, version, NULL, NULL, NULL, NULL, memory,"
   " payload, live_at FROM deliveries WHERE id = 'q'",
   PUBLISHERS},
  {"queue as delivered",
   "INSERT INTO deliveries SELECT 'd9', article_id, partner_id, action, 'delivered', status, "
   "created,"
   " publish_at, next_due, 7, 1, 0, NULL, 0, marker, version, NULL, NULL, NULL, NULL, memory,"
   " payload, live_at FROM deliveries WHERE id = 'q'",
   NOBODY},
  {"claim", "UPDATE deliveries SET owner = 'me', fence = fence + 1 WHERE state = 'queued'",
   PUBLISHERS},
  {"undo a delivery", "UPDATE deliveries SET state = 'failed' WHERE state = 'delivered'", NOBODY},
  {"delete a delivery", "DELETE FROM deliveries WHERE state <> 'queued' OR tries > 0", NOBODY},
  {"undo what has not left", "DELETE FROM deliveries WHERE id = 'q'", PUBLISHERS},
  {"write down a request",
   "INSERT INTO exchanges (id, delivery_id, at, label, method, url, request_headers, answered,"
   " status, response_headers) VALUES ('x9', 'd', 1, 'create', 'POST', 'https://quay.example/', '',"
   " 0, 0, '')",
   PUBLISHERS},
  {"write down its answer", "UPDATE exchanges SET answered = 2, status = 201 WHERE id = 'x1'",
   PUBLISHERS},
  {"change an answer", "UPDATE exchanges SET status = 404 WHERE id = 'x2'", NOBODY},
  {"delete an exchange", "DELETE FROM exchanges", NOBODY},
  {"keep a decision",
   "INSERT INTO decisions VALUES ('v', 'story', 'quay', 1, 'allow', NULL, 0, '{}')", PUBLISHERS},
  {"change a decision", "UPDATE decisions SET verdict = 'allow'", NOBODY},
  {"note a use", "INSERT INTO ledger VALUES ('u9', 'deal', 'story', 'quay', 1, NULL, NULL)",
   PUBLISHERS},
  {"take a use back", "DELETE FROM ledger", NOBODY},
  {"keep evidence",
   "INSERT INTO evidence VALUES ('f', 'story', 'quay', 1, 'there', NULL, 200, NULL,"
   " '{}')",
   PUBLISHERS},
  {"change evidence", "UPDATE evidence SET verdict = 'gone'", NOBODY},
  {"add a licence", "INSERT INTO licences VALUES ('deal', 2, 1, 0, '{}')", RIGHTS},
  {"change an old licence", "UPDATE licences SET profile = '{}'", NOBODY},
  {"delete a licence", "DELETE FROM licences", NOBODY},
  {"add a rule", "INSERT INTO licence_rules VALUES ('gazette.example', 'deal')", RIGHTS},
  {"record a permission",
   "INSERT INTO approvals VALUES ('story', 'republish', 'Maria', 'By mail', 1)", RIGHTS},
  {"forget a permission", "DELETE FROM approvals", NOBODY},
  {"keep an original", "INSERT INTO blobs VALUES ('00', 0)", EDITORS},
  {"change an original", "UPDATE blob_parts SET bytes = ''", NOBODY},
  {"delete an original", "DELETE FROM blobs", NOBODY},
  {"say what version it is", "UPDATE schema_version SET version = 99", NOBODY},
  {"make a table", "CREATE TABLE mine (a INTEGER)", NOBODY},
  {"make a month", "SELECT reprint_make_month ('exchanges', CAST ('2031-01-01' AS TIMESTAMP))",
   NOBODY},
  {"stop the notices", "ALTER TABLE articles DISABLE TRIGGER ALL", NOBODY},
  {"let go of the rules", "ALTER TABLE articles DISABLE ROW LEVEL SECURITY", NOBODY},
  {"become another", "SET ROLE desk", NOBODY},
};

static const char contents[] =
  "INSERT INTO articles SELECT seq, id, NULL, NULL, NULL, NULL, 'Boats', 'Gazette', 'en', NULL, '',"
  "  'ready', 0, 0, 0, 1, '', '{}', '{}' FROM (VALUES (1, 'story'), (2, 'sent'), (3, 'waits')) AS "
  "them (seq, id);"
  "INSERT INTO revisions VALUES ('story', 1, 'edit', '{}');"
  "INSERT INTO events VALUES ('e1', 'story', 1, 'edited', 'Edited.', NULL, NULL);"
  "INSERT INTO partners (id, name, changed, document) VALUES ('quay', 'Quay', 1, '{}');"
  "INSERT INTO deliveries (id, article_id, partner_id, action, state, status, created, publish_at,"
  "  next_due, settled, tries, fence, lease_until, marker, version, memory, payload)"
  "  VALUES ('d', 'sent', 'quay', 'create', 'delivered', '', 1, 0, 0, 5, 1, 1, 0, '', '', '', ''),"
  "  ('q', 'sent', 'quay', 'update', 'queued', '', 1, 0, 0, 0, 0, 1, 0, '', '', '', ''),"
  "  ('w', 'waits', 'quay', 'create', 'queued', '', 1, 0, 0, 0, 0, 1, 0, '', '', '', '');"
  "INSERT INTO receipts (article_id, partner_id, version, state, memory, changed)"
  "  VALUES ('sent', 'quay', '', 'published', '', 1);"
  "INSERT INTO exchanges (id, delivery_id, at, label, method, url, request_headers, answered, "
  "status,"
  "  response_headers) VALUES ('x1', 'q', 1, '', '', '', '', 0, 0, ''),"
  "  ('x2', 'd', 1, '', '', '', '', 1, 201, '');"
  "INSERT INTO decisions VALUES ('v1', 'sent', 'quay', 1, 'allow', NULL, 0, '{}');"
  "INSERT INTO ledger VALUES ('u1', 'deal', 'sent', 'quay', 1, NULL, NULL);"
  "INSERT INTO evidence VALUES ('f1', 'sent', 'quay', 1, 'there', NULL, 200, NULL, '{}');"
  "INSERT INTO licences VALUES ('deal', 1, 1, 0, '{}');"
  "INSERT INTO approvals VALUES ('sent', 'republish', 'Maria', 'By mail', 1);"
  "INSERT INTO blobs VALUES ('ff', 1); INSERT INTO blob_parts VALUES ('ff', 0, 'x');";

/* An account of the server, once for all tests: they share it. */
static char *
make_account (Fixture *fixture, const char *name)
{
  g_autofree char *account = g_strdup_printf ("%s_%d", name, (int) getpid ());
  g_autofree char *sql =
    g_strdup_printf ("DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE"
                     " rolname = '%s') THEN CREATE ROLE %s LOGIN; END IF; END $$",
                     account, account);
  g_autoptr (GError) error = NULL;

  rp_db_script (rp_store_get_db (fixture->store), sql, &error);
  g_assert_no_error (error);

  return g_steal_pointer (&account);
}

static char *
dup_uri_as (Fixture *fixture, const char *account)
{
  g_autofree char *whole = g_strconcat ("user=", account, NULL);
  g_autoptr (GString) uri = g_string_new (fixture->uri);

  g_assert_cmpuint (g_string_replace (uri, "user=desk", whole, 1), ==, 1);

  return g_string_free (g_steal_pointer (&uri), FALSE);
}

static gboolean
ask_and_undo (RpDb *db, gpointer user_data, GError **error)
{
  const char *sql = user_data;
  gint64 rows = 1;

  if (!(g_str_has_prefix (sql, "SELECT") ? rp_db_get_int (db, &rows, error, sql, "")
                                         : rp_db_exec (db, error, &rows, sql, "")))
    return FALSE;
  g_set_error_literal (
    error, RP_ERROR,
    rows > 0 || g_str_has_prefix (sql, "SELECT") ? RP_ERROR_FAILED : RP_ERROR_NOT_FOUND, "undo");

  return FALSE;
}

static gboolean
is_allowed (RpDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  rp_db_transaction_as (db, RP_DB_SHARE, ask_and_undo, (gpointer) sql, &error);
  if (g_error_matches (error, RP_ERROR, RP_ERROR_STORAGE) &&
      strstr (error->message, "not allowed") == NULL)
    g_error ("%s: %s", sql, error->message);

  return g_error_matches (error, RP_ERROR, RP_ERROR_FAILED);
}

static void
test_role (Fixture *fixture, gconstpointer data)
{
  RpRole role = GPOINTER_TO_INT (data);
  g_autofree char *account = make_account (fixture, "person");
  g_autofree char *uri = dup_uri_as (fixture, account);
  g_autoptr (RpStore) store = NULL;
  g_autoptr (GError) error = NULL;

  rp_db_script (rp_store_get_db (fixture->store), contents, &error);
  g_assert_no_error (error);
  rp_store_give_role (fixture->store, account, (int) role, &error);
  g_assert_no_error (error);
  store = rp_store_open (uri, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rp_store_get_rights (store), ==,
                   (role != RP_ROLE_READER ? RP_MAY_EDIT : 0) |
                     (role == RP_ROLE_PUBLISHER ? RP_MAY_PUBLISH : 0) |
                     (role == RP_ROLE_RIGHTS_MANAGER ? RP_MAY_LICENSE : 0));
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++) {
    gboolean allowed = is_allowed (rp_store_get_db (store), questions[i].sql);

    if (allowed != ((questions[i].may & 1u << role) != 0)) {
      g_test_message ("%s: %s was %s", rp_role_get_name (role), questions[i].name,
                      allowed ? "allowed" : "refused");
      g_test_fail ();
    }
  }
}

static void
test_members (Fixture *fixture, gconstpointer data)
{
  g_autofree char *account = make_account (fixture, "member");
  g_autofree char *uri = dup_uri_as (fixture, account);
  g_autoptr (GPtrArray) members = NULL;
  g_autoptr (RpStore) store = NULL;
  g_autoptr (GError) error = NULL;

  store = rp_store_open (uri, &error);
  g_assert_error (error, RP_ERROR, RP_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "not allowed"));
  g_clear_error (&error);

  g_assert_true (rp_store_give_role (fixture->store, account, RP_ROLE_EDITOR, NULL));
  g_assert_true (rp_store_give_role (fixture->store, account, RP_ROLE_READER, NULL));
  members = rp_store_list_members (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (members->len, ==, 1);
  g_assert_cmpstr (((RpStoreMember *) members->pdata[0])->account, ==, account);
  g_assert_cmpint (((RpStoreMember *) members->pdata[0])->role, ==, RP_ROLE_READER);
  store = rp_store_open (uri, &error);
  g_assert_no_error (error);
  g_assert_false (rp_store_give_role (store, account, RP_ROLE_PUBLISHER, &error));
  g_clear_error (&error);

  g_assert_true (rp_store_give_role (fixture->store, account, -1, NULL));
  g_clear_pointer (&members, g_ptr_array_unref);
  members = rp_store_list_members (fixture->store, NULL);
  g_assert_cmpuint (members->len, ==, 0);
  g_assert_false (rp_store_give_role (fixture->store, "no such account", 0, &error));
  g_assert_error (error, RP_ERROR, RP_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (int role = 0; role < RP_N_ROLES; role++) {
    g_autofree char *path = g_strconcat ("/store/roles/", rp_role_get_name ((RpRole) role), NULL);

    g_test_add (path, Fixture, GINT_TO_POINTER (role), fixture_set_up, test_role,
                fixture_tear_down);
  }
  g_test_add ("/store/roles/members", Fixture, NULL, fixture_set_up, test_members,
              fixture_tear_down);

  return g_test_run ();
}
