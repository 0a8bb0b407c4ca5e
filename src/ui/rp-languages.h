/* The languages that an article may be written in, with their names in the person's language, as
 * the library for locales (ICU) knows them. Main thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  char *tag;         /* BCP 47: "de-AT" */
  char *id;          /* as rp_locale_id_new says: "de_AT" */
  char *name;        /* to be shown: "German (Austria)" */
  char *words;       /* what a search looks in, case folded: name, own name, tag */
  gboolean regional; /* of one country only */
} RpLanguage;

/* The name of a language of an article, to be shown alone; what has no name is called as it is.
 * NULL for NULL. Gives. */
char *rp_languages_dup_name (const char *language);
GPtrArray *rp_languages_list (void); /* all of them, as RpLanguage; gives */
/* The person's own, as tags, the first one first; gives. */
GStrv rp_languages_list_own (void);

G_END_DECLS
