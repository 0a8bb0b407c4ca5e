/* Subjects of wire items: the short names (aliases) of the IPTC's lists of codes and of those that
 * a message brings along, and the addresses that they stand for. Any thread. */
#pragma once

#include "rp-article.h"

G_BEGIN_DECLS

/* The scheme's address; NULL when the alias is not one of the IPTC's. Lends. */
const char *rp_newscodes_find_scheme (const char *alias);
/* Adds a code with the best scheme that is known: "medtop:20000010", "15054000", an address, or a
 * code with an alias of another's list, which stays as it is. `schemes` (alias -> address, may be
 * NULL) is what the message itself declares. Once each; a name that comes later is kept. */
void rp_newscodes_add (RpArticle *article, const char *code, const char *name, GHashTable *schemes);

G_END_DECLS
