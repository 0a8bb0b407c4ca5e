/* Who is named in a rights statement: "from ITProPortal.com, a Net Communities Ltd Publication".
 * Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A captured name without leading small articles, trailing clauses and punctuation; NULL when it is
 * no name ("the author", "permission"). Gives. */
char *rp_party_tidy (const char *name);
/* The owner in "X, a(n) OWNER publication". Gives, NULL when there is none. */
char *rp_party_find_parent (const char *statement);
/* The holder in "© 2026 HOLDER" of any form. Gives, NULL when there is none. */
char *rp_party_find_copyright (const char *statement);
/* One of the news agencies and syndicates, or named like one. */
gboolean rp_party_is_agency (const char *name);
/* The same party, case, dots and legal forms aside, or one the other's longer name. */
gboolean rp_party_same (const char *a, const char *b);

G_END_DECLS
