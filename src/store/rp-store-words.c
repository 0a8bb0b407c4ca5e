#include "rp-store-words.h"

#include <string.h>

#define FIRST_MARK 0x300 /* accents that stand alone: part of the letter before them */
#define LAST_MARK 0x331
#define LONGEST_WORD 1000 /* bytes; the index takes up to 2046 */
#define MOST_BYTES                                                                                 \
  (700 * 1024)             /* of words and places in one article; the index takes a megabyte       \
                            */
#define MOST_PLACES 16000  /* a place further on is not told apart */
#define MOST_OF_A_WORD 200 /* places; the index forgets what comes after */

static gboolean
is_letter (gunichar c)
{
  switch (g_unichar_type (c)) {
  case G_UNICODE_LOWERCASE_LETTER:
  case G_UNICODE_MODIFIER_LETTER:
  case G_UNICODE_OTHER_LETTER:
  case G_UNICODE_TITLECASE_LETTER:
  case G_UNICODE_UPPERCASE_LETTER:
  case G_UNICODE_DECIMAL_NUMBER:
  case G_UNICODE_LETTER_NUMBER:
  case G_UNICODE_OTHER_NUMBER:
  case G_UNICODE_PRIVATE_USE:
    return TRUE;
  default:
    return FALSE;
  }
}

static gunichar
fold (gunichar c)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gunichar lower = c < 0x80 ? (gunichar) g_ascii_tolower ((char) c) : g_unichar_tolower (c);

  if (lower < 0x80)
    return lower;
  if (g_unichar_fully_decompose (lower, FALSE, parts, G_N_ELEMENTS (parts)) > 1 &&
      parts[0] < 0x80 && g_ascii_isalpha ((char) parts[0]))
    return parts[0];

  /* Letters with two small forms, such as the sigma. */
  return g_unichar_tolower (g_unichar_toupper (lower));
}

/* Moves *text behind its next word, which goes into `word`; FALSE when there is none. */
static gboolean
next_word (const char **text, GString *word)
{
  g_string_truncate (word, 0);
  for (; **text != '\0'; *text = g_utf8_next_char (*text)) {
    gunichar c = g_utf8_get_char (*text);

    if (is_letter (c))
      g_string_append_unichar (word, fold (c));
    else if (word->len > 0 && (c < FIRST_MARK || c > LAST_MARK))
      break;
  }

  return word->len > 0;
}

/* ---- a search ---- */

/* Words are letters and numbers: nothing in them is syntax. */
void
rp_store_words_add (GString *query, const char *text, gboolean whole)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) word = g_string_new (NULL);
  g_autoptr (GString) phrase = g_string_new (NULL);
  const char *rest = valid;

  while (next_word (&rest, word)) {
    if (word->len <= LONGEST_WORD)
      g_string_append_printf (phrase, "%s'%s'", phrase->len > 0 ? " <-> " : "", word->str);
  }
  if (phrase->len > 0)
    g_string_append_printf (query, "%s(%s%s)", query->len > 0 ? " & " : "", phrase->str,
                            whole ? "" : ":*");
}

/* ---- an article ---- */

typedef struct {
  GHashTable *words; /* owned: word -> GString of its places */
  gsize size;
  guint place;
} Index;

static void
string_free (gpointer data)
{
  g_string_free (data, TRUE);
}

static void
add_place (Index *index, const GString *word)
{
  GString *places = g_hash_table_lookup (index->words, word->str);

  index->place = MIN (index->place + 1, MOST_PLACES);
  if (word->len > LONGEST_WORD || index->size > MOST_BYTES)
    return;
  if (places == NULL) {
    places = g_string_new (NULL);
    g_hash_table_insert (index->words, g_strdup (word->str), places);
    index->size += word->len + 4;
  }
  if (places->len < MOST_OF_A_WORD * 6) {
    g_string_append_printf (places, "%s%u", places->len > 0 ? "," : "", index->place);
    index->size += 2;
  }
}

/* A phrase does not go on from one text to the next. */
static void
add_text (Index *index, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autoptr (GString) word = g_string_new (NULL);
  const char *rest = valid;

  while (next_word (&rest, word))
    add_place (index, word);
  index->place = MIN (index->place + 1, MOST_PLACES);
}

static char *
dup_vector (const char *headline, const char *source, const char *body_text)
{
  Index index = {g_hash_table_new_full (g_str_hash, g_str_equal, g_free, string_free), 0, 0};
  GString *vector = g_string_new (NULL);
  GHashTableIter iter;
  gpointer word, places;

  add_text (&index, headline);
  add_text (&index, source);
  add_text (&index, body_text);
  g_hash_table_iter_init (&iter, index.words);
  while (g_hash_table_iter_next (&iter, &word, &places))
    g_string_append_printf (vector, "'%s':%s ", (char *) word, ((GString *) places)->str);
  g_hash_table_unref (index.words);

  return g_string_free (vector, FALSE);
}

gboolean
rp_store_index_article (RpStore *store,
                        const char *id,
                        const char *headline,
                        const char *source,
                        const char *body_text,
                        GError **error)
{
  RpDb *db = rp_store_get_db (store);
  g_autofree char *vector = NULL;

  if (rp_db_get_dialect (db) == RP_DB_SQLITE)
    return TRUE;
  vector = dup_vector (headline, source, body_text);

  return rp_db_exec (db, error, NULL,
                     "INSERT INTO articles_text (seq, words)"
                     " SELECT seq, CAST ($2 AS tsvector) FROM articles WHERE id = $1"
                     " ON CONFLICT (seq) DO UPDATE SET words = excluded.words",
                     "ss", id, vector);
}
