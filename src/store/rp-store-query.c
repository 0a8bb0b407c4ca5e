#include "rp-store-query.h"

#include <glib/gi18n-lib.h>

#include "rp-article-row.h"
#include "rp-error.h"
#include "rp-store-schema.h"
#include "rp-store-words.h"
#include "rp-time.h"

typedef struct {
  RpDbDialect dialect;
  GString *where;
  GString *words; /* for the full text index */
  gboolean searches;
  GPtrArray *values;
  const char *like;
  gboolean names_state;
} Builder;

static void
add_condition (Builder *builder, const char *format, char *value)
{
  g_autoptr (GString) place = g_string_new (format);
  g_autofree char *number = NULL;

  g_ptr_array_add (builder->values, value);
  number = g_strdup_printf ("$%u", builder->values->len);
  g_string_replace (place, "@", number, 1);
  g_string_replace (place, " LIKE ", builder->like, 1);
  g_string_append_printf (builder->where, " AND (%s)", place->str);
}

static char *
make_pattern (const char *value)
{
  GString *pattern = g_string_new ("%");

  for (; *value != '\0'; value++) {
    if (strchr ("%_\\", *value) != NULL)
      g_string_append_c (pattern, '\\');
    g_string_append_c (pattern, *value);
  }
  g_string_append_c (pattern, '%');

  return g_string_free (pattern, FALSE);
}

/* "2026", "2026-03", "2026-03-05" or a full time, as microseconds in text (the column is an
 * integer). */
static char *
instant_of (const char *value)
{
  g_autofree char *padded = NULL;
  gint64 instant;

  if (strlen (value) == 4)
    padded = g_strconcat (value, "-01-01", NULL);
  else if (strlen (value) == 7)
    padded = g_strconcat (value, "-01", NULL);
  else
    padded = g_strdup (value);
  instant = rp_time_instant (padded);

  return instant != RP_TIME_NONE ? g_strdup_printf ("%" G_GINT64_FORMAT, instant) : NULL;
}

static gboolean
add_time (Builder *builder, const char *format, const char *value, GError **error)
{
  char *instant = instant_of (value);

  if (instant == NULL) {
    g_set_error (error, RP_ERROR, RP_ERROR_INVALID,
                 _ ("“%s” is no date; write 2026, 2026-03 or 2026-03-05"), value);
    return FALSE;
  }
  add_condition (builder, format, instant);

  return TRUE;
}

static void
add_state (Builder *builder, const char *value)
{
  builder->names_state = TRUE;
  if (g_str_equal (value, "inbox"))
    g_string_append (builder->where, " AND state IN ('" RP_STATE_NEEDS_LICENCE "', '" RP_STATE_READY
                                     "', '" RP_STATE_BLOCKED "')");
  else if (g_str_equal (value, RP_STATE_REVIEW))
    g_string_append (builder->where,
                     " AND state IN ('" RP_STATE_READY "', '" RP_STATE_BLOCKED
                     "') AND id IN (SELECT article_id FROM facts WHERE review = 1)");
  else
    add_condition (builder, "state = @", g_strdup (value));
}

/* Filters that look for a name: a part of it, or the whole one when it was quoted. */
static const struct {
  const char *name;
  const char *part;
  const char *whole;
} names[] = {
  {"licence", "coalesce (licence_id, '') || ' ' || licence_name LIKE @ ESCAPE '\\'",
   "@ IN (coalesce (licence_id, ''), licence_name)"},
  {"source", "source LIKE @ ESCAPE '\\'", "source = @"},
  {"language", "language LIKE @ ESCAPE '\\'", "language = @"},
  {"partner",
   "id IN (SELECT r.article_id FROM receipts r LEFT JOIN partners p ON p.id = r.partner_id"
   " WHERE r.partner_id || ' ' || coalesce (p.name, '') LIKE @ ESCAPE '\\')",
   "id IN (SELECT r.article_id FROM receipts r LEFT JOIN partners p ON p.id = r.partner_id"
   " WHERE @ IN (r.partner_id, p.name))"},
};

static gboolean
add_name (Builder *builder, const char *name, const char *value, gboolean whole)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (!g_str_equal (names[i].name, name))
      continue;
    if (g_str_equal (name, "licence") && g_str_equal (value, "none"))
      add_condition (builder, "licence_id IS NULL AND @ <> ''", g_strdup (value));
    else
      add_condition (builder, whole ? names[i].whole : names[i].part,
                     whole ? g_strdup (value) : make_pattern (value));
    return TRUE;
  }

  return FALSE;
}

static gboolean
add_filter (Builder *builder, const char *name, const char *value, gboolean whole, GError **error)
{
  if (g_str_equal (name, "state"))
    add_state (builder, value);
  else if (g_str_equal (name, "before"))
    return add_time (builder, "published < CAST (@ AS BIGINT)", value, error);
  else if (g_str_equal (name, "after"))
    return add_time (builder, "published >= CAST (@ AS BIGINT)", value, error);
  else if (!add_name (builder, g_str_equal (name, "license") ? "licence" : name, value, whole)) {
    g_set_error (
      error, RP_ERROR, RP_ERROR_INVALID,
      _ ("“%s:” is no filter; use licence, state, source, partner, language, before or after"),
      name);
    return FALSE;
  }

  return TRUE;
}

/* Quoted for FTS5, so that no character of it is syntax. */
static void
add_quoted_word (Builder *builder, const char *word, gboolean phrase)
{
  g_auto (GStrv) parts = g_strsplit (word, "\"", -1);
  g_autofree char *escaped = g_strjoinv ("\"\"", parts);

  g_string_append_printf (builder->words, "%s\"%s\"%s", builder->words->len > 0 ? " " : "", escaped,
                          phrase ? "" : "*");
}

/* The last letters may be missing. */
static void
add_word (Builder *builder, const char *word, gboolean phrase)
{
  builder->searches = TRUE;
  if (builder->dialect == RP_DB_SQLITE)
    add_quoted_word (builder, word, phrase);
  else
    rp_store_words_add (builder->words, word, phrase);
}

/* "licence:" while its value is still being typed: nothing is filtered yet. */
static gboolean
is_unfinished (const char *word)
{
  static const char *const filters[] = {"licence:", "license:", "source:", "language:", "partner:",
                                        "state:",   "before:",  "after:",  NULL};

  return g_strv_contains (filters, word);
}

static gboolean
is_filter (const char *word)
{
  const char *colon = strchr (word, ':');

  return colon != NULL && colon != word && colon[1] != '\0' && colon[1] != '/';
}

static void
strip_quotes (char *value)
{
  gsize length = strlen (value);

  memmove (value, value + 1, length);
  if (length > 1 && value[length - 2] == '"')
    value[length - 2] = '\0';
}

static gboolean
add_token (Builder *builder, const char *token, gboolean phrase, GError **error)
{
  g_auto (GStrv) pair = NULL;
  g_autofree char *name = NULL;
  gboolean whole;

  if (builder->values->len >= RP_QUERY_MAX - 1) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_INVALID,
                         _ ("The search has too many filters; leave some out"));
    return FALSE;
  }
  if (!phrase && is_unfinished (token))
    return TRUE;
  if (phrase || !is_filter (token)) {
    add_word (builder, token, phrase);
    return TRUE;
  }
  pair = g_strsplit (token, ":", 2);
  name = g_ascii_strdown (pair[0], -1);
  whole = pair[1][0] == '"';
  if (whole)
    strip_quotes (pair[1]);

  return *pair[1] == '\0' || add_filter (builder, name, pair[1], whole, error);
}

/* Up to the next space; one inside a quoted value belongs to it. */
static gsize
measure_token (const char *text)
{
  gsize length = strcspn (text, " \t\n\"");

  if (text[length] == '"' && length > 0 && text[length - 1] == ':') {
    length += 1 + strcspn (text + length + 1, "\"");
    length += text[length] == '"';
  }

  return length + strcspn (text + length, " \t\n");
}

static gboolean
read_tokens (Builder *builder, const char *text, GError **error)
{
  while (text != NULL && *text != '\0') {
    gboolean phrase = *text == '"';
    gsize length;
    g_autofree char *token = NULL;

    text += phrase;
    length = phrase ? strcspn (text, "\"") : measure_token (text);
    token = g_strndup (text, length);
    text += length + (text[length] != '\0');
    if (*token != '\0' && !add_token (builder, token, phrase, error))
      return FALSE;
  }

  return TRUE;
}

/* The index gives its hits in their order, so the first of many are there at once. */
static char *
make_search (RpStore *store, const char *words, GPtrArray *values)
{
  const char *format = rp_store_schema_wording (rp_store_get_db (store))->text_from;
  g_auto (GStrv) halves = g_strsplit (format, "$%u", 2);

  g_ptr_array_add (values, g_strdup (words));

  return g_strdup_printf ("%s$%u%s", halves[0], values->len, halves[1]);
}

gboolean
rp_store_query_check (const char *text, GError **error)
{
  g_autoptr (GString) where = g_string_new (NULL);
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  Builder builder = {.dialect = RP_DB_SQLITE, .like = " ", .where = where, .words = words};

  builder.values = values;

  return read_tokens (&builder, text, error);
}

RpStoreQuery *
rp_store_query_new (RpStore *store, const char *text, GError **error)
{
  g_autoptr (GString) where = g_string_new ("1 = 1");
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  RpDbDialect dialect = rp_db_get_dialect (rp_store_get_db (store));
  g_autofree char *like =
    g_strdup_printf (" %s ", rp_store_schema_wording (rp_store_get_db (store))->like);
  Builder builder = {.dialect = dialect, .like = like, .where = where, .words = words};
  RpStoreQuery *query;

  builder.values = values;
  if (!read_tokens (&builder, text, error))
    return NULL;
  if (!builder.names_state)
    g_string_append (where, " AND state <> '" RP_STATE_TRASH "'");
  query = g_new0 (RpStoreQuery, 1);
  query->order = builder.searches ? "hit" : "seq";
  query->from = builder.searches ? make_search (store, words->str, values) : g_strdup ("articles");
  query->where = g_strdup (where->str);
  query->types = g_strnfill (values->len, 's');
  query->values = g_steal_pointer (&values);

  return query;
}

void
rp_store_query_free (RpStoreQuery *query)
{
  g_free (query->from);
  g_free (query->where);
  g_free (query->types);
  g_ptr_array_unref (query->values);
  g_free (query);
}
