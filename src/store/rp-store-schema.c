#include "rp-store-schema.h"

/* Times are microseconds UTC, ids UUIDv7 text. seq orders "newest first" without a sort. */
static const char step_1[] =
  "CREATE TABLE articles ("
  "  seq INTEGER PRIMARY KEY,"
  "  id TEXT NOT NULL UNIQUE,"
  "  guid TEXT, version TEXT, canonical_url TEXT, snapshot TEXT,"
  "  headline TEXT NOT NULL, source TEXT NOT NULL, language TEXT,"
  "  licence_id TEXT, licence_name TEXT NOT NULL,"
  "  state TEXT NOT NULL,"
  "  published INTEGER NOT NULL, imported INTEGER NOT NULL, changed INTEGER NOT NULL,"
  "  unread INTEGER NOT NULL,"
  "  body_text TEXT NOT NULL,"
  "  document TEXT NOT NULL,"
  "  original TEXT NOT NULL);"
  "CREATE INDEX articles_state ON articles (state, seq);"
  "CREATE INDEX articles_guid ON articles (guid) WHERE guid IS NOT NULL;"
  "CREATE INDEX articles_canonical ON articles (canonical_url) WHERE canonical_url IS NOT NULL;"
  "CREATE INDEX articles_snapshot ON articles (snapshot);"
  "CREATE VIRTUAL TABLE articles_text USING fts5 (headline, source, body_text,"
  "  content = 'articles', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2');"
  "CREATE TRIGGER articles_inserted AFTER INSERT ON articles BEGIN"
  "  INSERT INTO articles_text (rowid, headline, source, body_text)"
  "    VALUES (new.seq, new.headline, new.source, new.body_text); END;"
  "CREATE TRIGGER articles_deleted AFTER DELETE ON articles BEGIN"
  "  INSERT INTO articles_text (articles_text, rowid, headline, source, body_text)"
  "    VALUES ('delete', old.seq, old.headline, old.source, old.body_text); END;"
  "CREATE TRIGGER articles_changed AFTER UPDATE OF headline, source, body_text ON articles BEGIN"
  "  INSERT INTO articles_text (articles_text, rowid, headline, source, body_text)"
  "    VALUES ('delete', old.seq, old.headline, old.source, old.body_text);"
  "  INSERT INTO articles_text (rowid, headline, source, body_text)"
  "    VALUES (new.seq, new.headline, new.source, new.body_text); END;"
  "CREATE TABLE revisions ("
  "  article_id TEXT NOT NULL, at INTEGER NOT NULL, reason TEXT NOT NULL, document TEXT NOT NULL,"
  "  PRIMARY KEY (article_id, at));"
  "CREATE TABLE licences ("
  "  id TEXT NOT NULL, version INTEGER NOT NULL, changed INTEGER NOT NULL,"
  "  removed INTEGER NOT NULL, profile TEXT NOT NULL, PRIMARY KEY (id, version));"
  "CREATE TABLE licence_rules (pattern TEXT NOT NULL PRIMARY KEY, licence_id TEXT NOT NULL);"
  "CREATE TABLE partners (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, changed INTEGER NOT "
  "NULL,"
  "  document TEXT NOT NULL);"
  "CREATE TABLE deliveries ("
  "  id TEXT NOT NULL PRIMARY KEY, article_id TEXT NOT NULL, partner_id TEXT NOT NULL,"
  "  action TEXT NOT NULL, state TEXT NOT NULL, status TEXT NOT NULL,"
  "  created INTEGER NOT NULL, publish_at INTEGER NOT NULL, next_due INTEGER NOT NULL,"
  "  settled INTEGER NOT NULL, tries INTEGER NOT NULL, fence INTEGER NOT NULL,"
  "  owner TEXT, lease_until INTEGER NOT NULL,"
  "  marker TEXT NOT NULL, version TEXT NOT NULL, remote_id TEXT, public_url TEXT, message TEXT,"
  "  decision_id TEXT, memory TEXT NOT NULL, payload TEXT NOT NULL);"
  "CREATE INDEX deliveries_open ON deliveries (partner_id, created) WHERE settled = 0;"
  "CREATE INDEX deliveries_article ON deliveries (article_id, partner_id, created);"
  "CREATE TABLE exchanges ("
  "  id TEXT NOT NULL PRIMARY KEY, delivery_id TEXT NOT NULL, at INTEGER NOT NULL,"
  "  label TEXT NOT NULL, method TEXT NOT NULL, url TEXT NOT NULL, request_headers TEXT NOT NULL,"
  "  request_blob TEXT, answered INTEGER NOT NULL, status INTEGER NOT NULL,"
  "  response_headers TEXT NOT NULL, response_blob TEXT, error TEXT);"
  "CREATE INDEX exchanges_delivery ON exchanges (delivery_id, at);"
  "CREATE TABLE receipts ("
  "  article_id TEXT NOT NULL, partner_id TEXT NOT NULL, remote_id TEXT, public_url TEXT,"
  "  version TEXT NOT NULL, state TEXT NOT NULL, memory TEXT NOT NULL, changed INTEGER NOT NULL,"
  "  PRIMARY KEY (article_id, partner_id));"
  "CREATE TABLE decisions ("
  "  id TEXT NOT NULL PRIMARY KEY, article_id TEXT NOT NULL, partner_id TEXT NOT NULL,"
  "  at INTEGER NOT NULL, verdict TEXT NOT NULL, licence_id TEXT, licence_version INTEGER NOT NULL,"
  "  document TEXT NOT NULL);"
  "CREATE INDEX decisions_article ON decisions (article_id, at);"
  "CREATE TABLE approvals ("
  "  article_id TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, reason TEXT NOT NULL,"
  "  at INTEGER NOT NULL, PRIMARY KEY (article_id, kind));"
  "CREATE TABLE ledger ("
  "  id TEXT NOT NULL PRIMARY KEY, licence_id TEXT NOT NULL, article_id TEXT NOT NULL,"
  "  partner_id TEXT NOT NULL, at INTEGER NOT NULL);"
  "CREATE INDEX ledger_licence ON ledger (licence_id, at);"
  "CREATE TABLE events ("
  "  id TEXT NOT NULL PRIMARY KEY, article_id TEXT NOT NULL, at INTEGER NOT NULL,"
  "  kind TEXT NOT NULL, words TEXT NOT NULL, delivery_id TEXT, url TEXT);"
  "CREATE INDEX events_article ON events (article_id, at);";

/* Subscriptions, what they brought, and fingerprints of texts. */
static const char step_2[] =
  "DROP INDEX articles_snapshot;"
  "CREATE INDEX articles_snapshot ON articles (snapshot, headline);"
  "CREATE TABLE prints (part INTEGER NOT NULL, print INTEGER NOT NULL, article_id TEXT NOT NULL);"
  "CREATE INDEX prints_part ON prints (part);"
  "CREATE INDEX prints_article ON prints (article_id);"
  "CREATE TABLE sources ("
  "  id TEXT NOT NULL PRIMARY KEY, url TEXT NOT NULL UNIQUE, title TEXT NOT NULL, site_url TEXT,"
  "  kind TEXT, licence_id TEXT, paused INTEGER NOT NULL,"
  "  etag TEXT, last_modified TEXT, body_hash TEXT,"
  "  created INTEGER NOT NULL, polled INTEGER NOT NULL, changed INTEGER NOT NULL,"
  "  next_poll INTEGER NOT NULL, fresh_until INTEGER NOT NULL, wait_until INTEGER NOT NULL,"
  "  pace INTEGER NOT NULL,"
  "  failures INTEGER NOT NULL, status INTEGER NOT NULL, message TEXT);"
  "CREATE TABLE source_items ("
  "  source_id TEXT NOT NULL, article_id TEXT NOT NULL, position INTEGER NOT NULL,"
  "  seen INTEGER NOT NULL, gone INTEGER NOT NULL, PRIMARY KEY (source_id, article_id));";

/* What judging needs of an article, fees in the ledger, and the way from a licence to its articles.
 */
static const char step_3[] =
  "DROP INDEX articles_state;"
  "CREATE INDEX articles_state ON articles (state, seq, id, licence_id, changed);"
  "CREATE TABLE facts ("
  "  article_id TEXT NOT NULL PRIMARY KEY, changed INTEGER NOT NULL,"
  "  licence_id TEXT, licence_version INTEGER NOT NULL, others TEXT,"
  "  next_turn INTEGER NOT NULL, allowed INTEGER NOT NULL, review INTEGER NOT NULL,"
  "  facts TEXT NOT NULL);"
  "CREATE INDEX facts_review ON facts (review) WHERE review = 1;"
  "CREATE INDEX facts_turn ON facts (next_turn) WHERE next_turn > 0;"
  "ALTER TABLE ledger ADD COLUMN amount TEXT;"
  "ALTER TABLE ledger ADD COLUMN currency TEXT;";

/* Publishing: a time at which the partner shows it, short bodies of transcripts in their row,
 * pauses of whole partners, what was found at public addresses, and what is proposed for all of
 * them. */
static const char step_4[] =
  "ALTER TABLE deliveries ADD COLUMN live_at INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE exchanges ADD COLUMN request_text TEXT;"
  "ALTER TABLE exchanges ADD COLUMN response_text TEXT;"
  "ALTER TABLE partners ADD COLUMN paused_until INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE partners ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE partners ADD COLUMN pause_lasts INTEGER NOT NULL DEFAULT 0;"
  "UPDATE deliveries SET next_due = publish_at WHERE settled = 0 AND next_due < publish_at;"
  "UPDATE deliveries SET next_due = 9223372036854775807 WHERE state = 'parked';"
  "DROP INDEX deliveries_open;"
  "CREATE INDEX deliveries_open ON deliveries (id) WHERE settled = 0;"
  "CREATE INDEX deliveries_due ON deliveries (partner_id, next_due, id)"
  "  WHERE settled = 0 AND owner IS NULL;"
  "CREATE INDEX deliveries_owner ON deliveries (owner, partner_id) WHERE owner IS NOT NULL;"
  "CREATE TABLE evidence ("
  "  id TEXT NOT NULL PRIMARY KEY, article_id TEXT NOT NULL, partner_id TEXT NOT NULL,"
  "  at INTEGER NOT NULL, verdict TEXT NOT NULL, url TEXT, status INTEGER NOT NULL,"
  "  blob TEXT, document TEXT NOT NULL);"
  "CREATE INDEX evidence_article ON evidence (article_id, partner_id, id);"
  "CREATE TABLE checks ("
  "  article_id TEXT NOT NULL, partner_id TEXT NOT NULL, due INTEGER NOT NULL,"
  "  tries INTEGER NOT NULL, PRIMARY KEY (article_id, partner_id));"
  "CREATE INDEX checks_due ON checks (due);"
  "CREATE TABLE lapses ("
  "  article_id TEXT NOT NULL, partner_id TEXT NOT NULL, reason TEXT NOT NULL,"
  "  since INTEGER NOT NULL, PRIMARY KEY (article_id, partner_id));";

/* Searches that were saved under a name, the way from a source to what is unread of it, and the
 * first letters of words in the index: searches are looked up while they are typed. */
static const char step_5[] =
  "CREATE TABLE searches ("
  "  id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE, query TEXT NOT NULL,"
  "  created INTEGER NOT NULL);"
  "CREATE INDEX articles_source ON articles (source, unread, state);"
  "DROP TABLE articles_text;"
  "CREATE VIRTUAL TABLE articles_text USING fts5 (headline, source, body_text,"
  "  content = 'articles', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2',"
  "  prefix = '1 2 3');"
  "INSERT INTO articles_text (articles_text) VALUES ('rebuild');";

/* Who has which article open. */
static const char step_6[] =
  "CREATE TABLE presence ("
  "  holder TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, article_id TEXT NOT NULL,"
  "  since INTEGER NOT NULL, edits INTEGER NOT NULL, until INTEGER NOT NULL);"
  "CREATE UNIQUE INDEX presence_editor ON presence (article_id) WHERE edits > 0;";

/* The beginnings of words up to eight letters are in the index by themselves. Without that, every
 * word that begins so is joined before the first hit is known: with a common one in a library of a
 * million, for 60 ms. It costs about a fifth more room. */
static const char step_8[] =
  "DROP TABLE articles_text;"
  "CREATE VIRTUAL TABLE articles_text USING fts5 (headline, source, body_text,"
  "  content = 'articles', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2',"
  "  prefix = '1 2 3 4 5 6 7 8');"
  "INSERT INTO articles_text (articles_text) VALUES ('rebuild');";

/* The way from a licence to how many are under it, which the sidebar asks after every change. */
static const char step_9[] =
  "CREATE INDEX articles_licence ON articles (licence_id, state) WHERE licence_id IS NOT NULL;";

const char *
rp_store_schema_step (RpDbDialect dialect, int version)
{
  static const char *const sqlite_steps[RP_STORE_SCHEMA_VERSION + 1] = {
    NULL, step_1, step_2, step_3, step_4, step_5, step_6, "", step_8, step_9};

  g_return_val_if_fail (version >= 1 && version <= RP_STORE_SCHEMA_VERSION, NULL);

  return dialect == RP_DB_SQLITE ? sqlite_steps[version] : rp_store_schema_postgres_step (version);
}

static const RpStoreWording wordings[] = {
  [RP_DB_SQLITE] =
    {
      .marks = "SELECT count (*) FROM sqlite_master WHERE name IN ('schema_version', 'copying')",
      .tables = "SELECT count (*) FROM sqlite_master",
      .text_from = "(SELECT rowid AS hit FROM articles_text WHERE articles_text MATCH $%u)"
                   " CROSS JOIN articles ON seq = hit",
      .like = "LIKE",
      .lock = "",
      .hold = "",
      .optimise = "INSERT INTO articles_text (articles_text) VALUES ('optimize'); PRAGMA optimize;"
                  " VACUUM;",
      .check = "PRAGMA integrity_check (1)",
    },
  [RP_DB_POSTGRES] =
    {
      .marks = "SELECT count (to_regclass ('schema_version')) + count (to_regclass ('copying'))",
      .tables = "SELECT count (*) FROM pg_tables WHERE schemaname = current_schema ()",
      .text_from = "(SELECT seq AS hit FROM articles_text WHERE words @@ CAST ($%u AS tsquery))"
                   " AS hits JOIN articles ON seq = hit",
      .like = "ILIKE",
      .lock = " FOR UPDATE OF %s SKIP LOCKED",
      .hold = " FOR NO KEY UPDATE",
      .optimise = "VACUUM (ANALYZE)",
      .check = "SELECT coalesce ((SELECT 'the original ' || b.sha256 FROM blobs AS b"
               "   WHERE b.sha256 <> encode (sha256 (coalesce ((SELECT string_agg (p.bytes, ''"
               "     ORDER BY p.part) FROM blob_parts AS p WHERE p.sha256 = b.sha256), '')), 'hex')"
               "   LIMIT 1),"
               " (SELECT 'the words of ' || a.id FROM articles AS a LEFT JOIN articles_text AS t"
               "   ON t.seq = a.seq WHERE t.seq IS NULL LIMIT 1), 'ok')",
    },
};

const RpStoreWording *
rp_store_schema_wording (RpDb *db)
{
  return &wordings[rp_db_get_dialect (db)];
}
