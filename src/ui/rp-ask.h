/* Questions and bad news, in one place so that a newer kind of dialog needs a change only here.
 * Main thread. A question that is dismissed calls nothing. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct {
  const char *heading; /* a sentence or a question */
  const char *body;    /* what will happen; may be NULL */
  const char *accept;  /* the word on the button that does it */
  const char *field;   /* rp_ask_words: title of the entry */
  const char *words;   /* rp_ask_words: what the entry holds at first; may be NULL */
  gboolean destructive;
} RpQuestion;

typedef void (*RpAskCallback) (gpointer user_data);
typedef void (*RpAskWordsCallback) (const char *words, gpointer user_data);

/* `owner` is kept while the question is open and handed to the callback. */
void rp_ask (GtkWindow *parent, const RpQuestion *question, RpAskCallback callback, GObject *owner);
/* The same with a line to fill in. */
void rp_ask_words (GtkWindow *parent,
                   const RpQuestion *question,
                   RpAskWordsCallback callback,
                   GObject *owner);
/* Says what went wrong; `body` may have several lines. */
void rp_tell (GtkWindow *parent, const char *heading, const char *body);

G_END_DECLS
