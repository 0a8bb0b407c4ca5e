/* The allow-list of HTML: what becomes of each element when a body is cleaned, and which attributes
 * it keeps. Any thread. Only rp-html-clean.c and rp-html-settle.c include this. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What becomes of an element. Whatever is not in the table loses its tags and keeps its text. */
typedef enum {
  RP_HTML_FATE_UNWRAP, /* tags go, text stays in its line */
  RP_HTML_FATE_BREAK,  /* tags go, text stays as a block of its own */
  RP_HTML_FATE_BLOCK,  /* stays, a block */
  RP_HTML_FATE_INLINE, /* stays, within a line */
  RP_HTML_FATE_DROP,   /* goes with all that is in it */
  RP_HTML_FATE_IMAGE,
  RP_HTML_FATE_FRAME, /* becomes a plain link */
} RpHtmlFate;

typedef struct {
  const char *name;
  RpHtmlFate fate;
  const char *becomes;    /* NULL = stays as it is */
  const char *attributes; /* allowed ones, space separated, beside lang and dir */
} RpHtmlRule;

/* By its name in the source, or in the cleaned tree; of an unknown element the rule is to unwrap
 * it. Lends. */
const RpHtmlRule *rp_html_find_rule (const char *name);

G_END_DECLS
