/* What a word processor's document becomes on its way to HTML: paragraphs of a kind, lists, tables,
 * pictures, notes. Readers of DOCX and ODT tell what they see; this puts it together. One thread.
 */
#pragma once

#include "rp-import-statement.h"

G_BEGIN_DECLS

typedef enum {
  RP_RICH_PARAGRAPH,
  RP_RICH_HEADING, /* with its level */
  RP_RICH_TITLE,
  RP_RICH_SUBTITLE,
  RP_RICH_AUTHOR,
  RP_RICH_DATE,
  RP_RICH_QUOTE,
  RP_RICH_CODE,
  RP_RICH_CAPTION,
  RP_RICH_SKIP, /* tables of contents */
} RpRichKind;

typedef enum {
  RP_RICH_BOLD = 1 << 0,
  RP_RICH_ITALIC = 1 << 1,
  RP_RICH_STRIKE = 1 << 2,
  RP_RICH_RAISED = 1 << 3,
  RP_RICH_LOWERED = 1 << 4,
  RP_RICH_HIDDEN = 1 << 5,
} RpRichMarks;

/* What a paragraph is. */
typedef struct {
  RpRichKind kind;
  guint level;      /* of a heading, from 1 */
  guint list_depth; /* 0 = no list item */
  gboolean ordered; /* of a list item */
} RpRichBlock;

typedef struct _RpRich RpRich;

RpRich *rp_rich_new (void);
void rp_rich_free (RpRich *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpRich, rp_rich_free)

void rp_rich_open (RpRich *self, const RpRichBlock *block);
void rp_rich_close (RpRich *self);
/* Text within the open paragraph; `href` may be NULL. */
void rp_rich_text (RpRich *self, const char *text, RpRichMarks marks, const char *href);
void rp_rich_break (RpRich *self);
void rp_rich_picture (RpRich *self, const char *address, const char *alt);
/* The number of a note; its text is given by rp_rich_note. */
void rp_rich_mark_note (RpRich *self, guint number);
void rp_rich_note (RpRich *self, guint number, const char *html);
/* Whole HTML blocks: a table, in place of a paragraph. */
void rp_rich_html (RpRich *self, const char *html);

/* Everything as HTML, a title as heading. Gives. */
char *rp_rich_dup_html (RpRich *self);
/* The same for a table's cell: one paragraph alone stands there without its tags. Gives. */
char *rp_rich_dup_cell (RpRich *self);
/* Title, subtitle, author and date into the article's empty fields, the rest as its body. */
void rp_rich_finish (RpRich *self, RpArticle *article, RpRightsScan *scan, const char *base_url);

/* What a style's name says, in the languages of the word processors. */
RpRichKind rp_rich_kind_of_style (const char *name, guint *out_level);

G_END_DECLS
