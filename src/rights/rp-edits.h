/* What was done to a text: the original compared with the article, word by word. Any thread. */
#pragma once

#include "rp-article.h"

G_BEGIN_DECLS

typedef enum {
  RP_BODY_ABSENT, /* not known */
  RP_BODY_NONE,
  RP_BODY_STYLE,     /* a few words */
  RP_BODY_SHORTENED, /* words left out, next to none added */
  RP_BODY_TRANSLATED,
  RP_BODY_REWRITTEN,
} RpBodyEdit;

typedef struct {
  gboolean headline_known;
  gboolean headline_changed;
  RpBodyEdit body;
  gint64 words;      /* of the article now; -1 = not known */
  gint64 paragraphs; /* -1 = not known */
} RpEdits;

RpBodyEdit
rp_body_edit_from_name (const char *name); /* "style"; RP_BODY_ABSENT for anything unknown */
const char *rp_body_edit_get_name (RpBodyEdit edit); /* lends */
RpEdits rp_edits_between (RpArticle *original, RpArticle *article);
/* A sentence for the reader that says what was changed; NULL when nothing was. Gives. */
char *rp_edits_dup_note (const RpEdits *edits);

G_END_DECLS
