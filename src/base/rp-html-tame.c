#include "rp-html-tame.h"

#include <string.h>

#define WILD_DEPTH 800
#define WILD_ATTRIBUTES 300
#define KEEP_DEPTH 180

static const char *const voids[] = {"area",  "base",   "br",    "col",  "embed",
                                    "hr",    "img",    "input", "link", "meta",
                                    "param", "source", "track", "wbr",  NULL};
static const char *const raws[] = {"script", "style", "textarea", "title", "xmp", NULL};
/* Closed by their own like. */
static const char *const siblings[] = {"p", "li", "td", "th", "tr", "dd", "dt", "option", NULL};

typedef struct {
  const char *name; /* interned in `counts` */
  gboolean dropped;
} Open;

typedef struct {
  GString *out;
  GArray *stack;      /* of Open */
  GHashTable *counts; /* name -> how many are open */
} Tamer;

static gsize
tag_name_length (const char *at, const char *end)
{
  const char *from = at;

  while (at < end && (g_ascii_isalnum (*at) || *at == '-' || *at == ':' || *at == '_'))
    at++;
  return (gsize) (at - from);
}

/* Past the tag that begins at `at` ("<x …>"); counts its attributes and says where number `limit`
 * ends. */
static const char *
skip_tag (const char *at, const char *end, guint limit, guint *out_attributes, const char **out_cut)
{
  gboolean in_word = FALSE;
  char quote = '\0';
  char last = '\0'; /* the last one that was no space: a value begins only after "=" */

  *out_attributes = 0;
  *out_cut = NULL;
  for (; at < end; at++) {
    if (quote != '\0') {
      if (*at == quote)
        quote = '\0';
      continue;
    }
    if (*at == '>')
      return at + 1;
    if ((*at == '"' || *at == '\'') && last == '=') {
      quote = *at;
    } else if (g_ascii_isspace (*at)) {
      if (in_word && *out_attributes == limit && *out_cut == NULL)
        *out_cut = at;
      in_word = FALSE;
    } else if (!in_word) {
      in_word = TRUE;
      (*out_attributes)++;
    }
    if (!g_ascii_isspace (*at))
      last = *at;
  }
  return end;
}

static const char *
skip_comment (const char *at, const char *end)
{
  const char *close = g_strstr_len (at + 4, end - at - 4, "-->");

  return close != NULL ? close + 3 : end;
}

static const char *
skip_raw (const char *at, const char *end, const char *name)
{
  gsize length = strlen (name);

  while ((at = memchr (at, '<', (gsize) (end - at))) != NULL) {
    if ((gsize) (end - at) > length + 2 && at[1] == '/' &&
        g_ascii_strncasecmp (at + 2, name, length) == 0)
      return at;
    at++;
  }
  return end;
}

gboolean
rp_html_is_wild (const char *text, gsize size)
{
  const char *end = text + size;
  const char *at = text;
  gssize depth = 0;

  while ((at = memchr (at, '<', (gsize) (end - at))) != NULL) {
    const char *cut;
    guint attributes = 0;

    if (at + 1 < end && at[1] == '/') {
      depth -= depth > 0;
      at += 2;
    } else if (at + 1 < end && g_ascii_isalpha (at[1])) {
      at = skip_tag (at + 1, end, G_MAXUINT, &attributes, &cut);
      depth += 1;
    } else {
      at++;
    }
    if (depth > WILD_DEPTH || attributes > WILD_ATTRIBUTES)
      return TRUE;
  }
  return FALSE;
}

static void
pop (Tamer *self)
{
  Open *top = &g_array_index (self->stack, Open, self->stack->len - 1);
  gsize count = GPOINTER_TO_SIZE (g_hash_table_lookup (self->counts, top->name));

  g_hash_table_insert (self->counts, g_strdup (top->name), GSIZE_TO_POINTER (count - 1));
  g_array_set_size (self->stack, self->stack->len - 1);
}

static gboolean
push (Tamer *self, char *name)
{
  gsize count = GPOINTER_TO_SIZE (g_hash_table_lookup (self->counts, name));
  Open open = {.dropped = self->stack->len >= KEEP_DEPTH};
  gpointer kept;

  g_hash_table_insert (self->counts, g_strdup (name), GSIZE_TO_POINTER (count + 1));
  g_hash_table_lookup_extended (self->counts, name, &kept, NULL);
  open.name = kept;
  g_array_append_val (self->stack, open);

  return !open.dropped;
}

/* An end tag: pops to its element, and is written only when that element was. */
static void
close_element (Tamer *self, const char *name)
{
  gboolean dropped;

  if (g_hash_table_lookup (self->counts, name) == NULL)
    return;
  while (strcmp (g_array_index (self->stack, Open, self->stack->len - 1).name, name) != 0)
    pop (self);
  dropped = g_array_index (self->stack, Open, self->stack->len - 1).dropped;
  pop (self);
  if (!dropped)
    g_string_append_printf (self->out, "</%s>", name);
}

static void
open_element (Tamer *self, char *name, const char *from, const char *to, const char *cut)
{
  const Open *top =
    self->stack->len > 0 ? &g_array_index (self->stack, Open, self->stack->len - 1) : NULL;
  gboolean keep = TRUE;

  if (top != NULL && strcmp (top->name, name) == 0 && g_strv_contains (siblings, name))
    pop (self);
  if (!g_strv_contains (voids, name))
    keep = push (self, name);
  if (!keep)
    return;
  g_string_append_len (self->out, from, (cut != NULL ? cut : to) - from);
  if (cut != NULL)
    g_string_append_c (self->out, '>');
}

static const char *
take_tag (Tamer *self, const char *at, const char *end)
{
  gboolean closing = at[1] == '/';
  const char *from = at + (closing ? 2 : 1);
  gsize length = tag_name_length (from, end);
  g_autofree char *name = g_ascii_strdown (from, (gssize) length);
  const char *cut;
  guint attributes;
  const char *next = skip_tag (from + length, end, WILD_ATTRIBUTES, &attributes, &cut);

  if (closing) {
    close_element (self, name);
    return next;
  }
  open_element (self, name, at, next, cut);
  if (g_strv_contains (raws, name)) {
    const char *raw_end = skip_raw (next, end, name);

    g_string_append_len (self->out, next, raw_end - next);
    return raw_end;
  }
  return next;
}

static const char *
take (Tamer *self, const char *at, const char *end)
{
  const char *next = at + 1;

  if ((gsize) (end - at) >= 4 && memcmp (at, "<!--", 4) == 0)
    return skip_comment (at, end);
  if (at + 1 < end &&
      (g_ascii_isalpha (at[1]) || (at[1] == '/' && at + 2 < end && g_ascii_isalpha (at[2]))))
    return take_tag (self, at, end);
  g_string_append_c (self->out, *at);
  return next;
}

char *
rp_html_tame (const char *text, gsize size, gsize *out_size)
{
  Tamer self = {
    .out = g_string_sized_new (size),
    .stack = g_array_new (FALSE, FALSE, sizeof (Open)),
    .counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };
  const char *end = text + size;
  const char *at = text;

  while (at < end) {
    const char *tag = memchr (at, '<', (gsize) (end - at));

    g_string_append_len (self.out, at, (tag != NULL ? tag : end) - at);
    if (tag == NULL)
      break;
    at = take (&self, tag, end);
  }
  g_array_unref (self.stack);
  g_hash_table_unref (self.counts);
  *out_size = self.out->len;

  return g_string_free (self.out, FALSE);
}
