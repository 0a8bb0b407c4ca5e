#include "rp-text-print.h"

#include <string.h>

#define RUN 3

typedef void (*RunFunc) (guint64 hash, gpointer data);

static guint64
mix (guint64 hash)
{
  hash ^= hash >> 33;
  hash *= G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  hash ^= hash >> 33;
  hash *= G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);

  return hash ^ hash >> 33;
}

static gunichar
fold (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalnum ((char) c) ? (gunichar) g_ascii_tolower ((char) c) : 0;

  return g_unichar_isalnum (c) ? g_unichar_tolower (c) : 0;
}

/* Calls for each run of words; gives the number of words. */
static guint
each_run (const char *text, RunFunc func, gpointer data)
{
  guint64 last[RUN] = {0};
  guint64 word = 0;
  guint n = 0;

  for (const char *at = text;; at = g_utf8_next_char (at)) {
    gunichar c = (guchar) *at < 0x80 ? (gunichar) *at : g_utf8_get_char (at);
    gunichar folded = fold (c);

    if (folded != 0) {
      word = word * 1099511628211u + folded + 1;
    } else if (word != 0) {
      last[n++ % RUN] = word;
      if (n >= RUN)
        func (mix (last[n % RUN] * 31 + last[(n + 1) % RUN] * 7 + last[(n + 2) % RUN]), data);
      word = 0;
    }
    if (c == 0)
      return n;
  }
}

/* How often each bit was set. The bits are counted eight at a time, in the bytes of a word. */
typedef struct {
  guint set[64];
  guint64 lanes[8]; /* one byte a bit, of the last `pending` hashes */
  guint pending;
  guint total;
} Votes;

static void
settle (Votes *votes)
{
  for (guint bit = 0; bit < 64; bit++)
    votes->set[bit] += votes->lanes[bit / 8] >> (bit % 8 * 8) & 0xFF;
  memset (votes->lanes, 0, sizeof votes->lanes);
  votes->pending = 0;
}

/* Bit i of the byte becomes the lowest bit of byte i. */
static guint64
spread (guchar byte)
{
  guint64 bits =
    byte * G_GUINT64_CONSTANT (0x0101010101010101) & G_GUINT64_CONSTANT (0x8040201008040201);

  return (bits + G_GUINT64_CONSTANT (0x7f7f7f7f7f7f7f7f)) >> 7 &
         G_GUINT64_CONSTANT (0x0101010101010101);
}

static void
vote (guint64 hash, gpointer data)
{
  Votes *votes = data;

  for (guint i = 0; i < 8; i++)
    votes->lanes[i] += spread ((guchar) (hash >> (i * 8)));
  votes->total++;
  if (++votes->pending == 255)
    settle (votes);
}

guint64
rp_text_print (const char *text)
{
  Votes votes = {0};
  guint64 print = 0;

  if (text == NULL || each_run (text, vote, &votes) < RP_TEXT_PRINT_WORDS)
    return 0;
  settle (&votes);
  for (guint bit = 0; bit < 64; bit++)
    print |= (guint64) (votes.set[bit] * 2 > votes.total) << bit;

  return print;
}

guint
rp_text_print_distance (guint64 a, guint64 b)
{
  return (guint) __builtin_popcountll (a ^ b);
}

static void
add_run (guint64 hash, gpointer data)
{
  gint64 key = (gint64) hash;

  g_hash_table_add (data, g_memdup2 (&key, sizeof key));
}

static GHashTable *
collect_runs (const char *text)
{
  GHashTable *runs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  each_run (text, add_run, runs);
  return runs;
}

double
rp_text_likeness (const char *a, const char *b)
{
  g_autoptr (GHashTable) first = collect_runs (a);
  g_autoptr (GHashTable) second = collect_runs (b);
  GHashTableIter iter;
  gpointer key;
  guint common = 0;
  guint all;

  g_hash_table_iter_init (&iter, first);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    common += g_hash_table_contains (second, key);
  all = g_hash_table_size (first) + g_hash_table_size (second) - common;

  return all > 0 ? (double) common / all : 0;
}
