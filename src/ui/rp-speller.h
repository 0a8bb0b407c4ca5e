/* Looks words up in the dictionaries of this computer, by Enchant: the same that the editor's page
 * asks when it marks words. Enchant is loaded with the first word. Main thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RpSpeller RpSpeller;

/* Of these dictionaries ("de_AT", the likeliest first) those that are installed; never NULL. Free
 * with rp_speller_free. */
RpSpeller *rp_speller_new (const char *const *names);
void rp_speller_free (RpSpeller *self);
/* Without one, every word is right. */
gboolean rp_speller_has_dictionary (RpSpeller *self);
/* Whether any of the dictionaries knows the word; typographic apostrophes are straight ones. */
gboolean rp_speller_is_right (RpSpeller *self, const char *word);
/* What may have been meant, the likeliest first, with the apostrophes of `word`; gives. */
GStrv rp_speller_suggest (RpSpeller *self, const char *word);
/* From now on the person's own dictionaries of these languages have it, for every program. */
void rp_speller_learn (RpSpeller *self, const char *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpSpeller, rp_speller_free)

G_END_DECLS
