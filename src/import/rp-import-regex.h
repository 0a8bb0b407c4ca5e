/* Regular expressions that are compiled on first use and kept: case ignored, UTF-8. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *pattern;
  const char *needs; /* one of these words, apart by "|", is in every match; NULL = not known */
  GRegex *regex;     /* made once, never freed */
} RpRegex;

#define RP_REGEX(pattern)                                                                          \
  {                                                                                                \
    (pattern), NULL, NULL                                                                          \
  }
/* For patterns that begin with nearly anything: texts without the words are not tried. The words
 * are compared with case. */
#define RP_REGEX_NEEDING(needs, pattern)                                                           \
  {                                                                                                \
    (pattern), (needs), NULL                                                                       \
  }

/* The compiled form; lends. */
GRegex *rp_regex_get (RpRegex *self);
gboolean rp_regex_test (RpRegex *self, const char *text);
/* A group of the first match, trimmed; NULL when there is none or it is empty. Gives. */
char *rp_regex_dup_group (RpRegex *self, const char *text, int group);
char *rp_regex_dup_named (RpRegex *self, const char *text, const char *name);
gboolean rp_regex_is_upper (const char *text);

G_END_DECLS
