/* The filter words of the search field, for offering them while somebody types: which word the
 * caret is in, and what may stand there. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *word;  /* "licence" */
  const char *title; /* untranslated, for people: "Licence" */
} RpSearchWord;

/* Those that a person would use, NULL-terminated by word. */
const RpSearchWord *rp_search_words_list (void);

/* The places on the desk as values of "state:", the same way. */
const RpSearchWord *rp_search_words_list_places (void);

/* The word around the caret. */
typedef struct {
  gsize start, end; /* bytes */
  char *filter;     /* owned: "licence", NULL = it is no filter (yet) */
  char *typed;      /* owned: what stands there of the value, or of the word; without quotes */
} RpSearchSpot;

void rp_search_spot_clear (RpSearchSpot *spot);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RpSearchSpot, rp_search_spot_clear)

void rp_search_words_find (const char *text, gsize caret, RpSearchSpot *out);
/* The text with that in the place of the word; the caret is after it. Gives. */
char *rp_search_words_put (const char *text,
                           const RpSearchSpot *spot,
                           const char *replacement,
                           gsize *out_caret);
/* Whether what was typed begins one of the words of `name`; nothing typed fits. Case is ignored. */
gboolean rp_search_words_fits (const char *name, const char *typed);

G_END_DECLS
