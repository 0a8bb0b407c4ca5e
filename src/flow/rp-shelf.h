/* The partners, agreements and rules of a library, read in one go: what the workspace keeps in its
 * models, and what judging on another thread works with. Only flow includes this. */
#pragma once

#include "rp-licence-book.h"
#include "rp-store.h"

G_BEGIN_DECLS

typedef struct {
  GPtrArray *partners; /* owned, of RpPartner */
  GPtrArray *licences; /* owned, of RpLicence: agreements, newest versions */
  GHashTable *rules;   /* owned: pattern -> licence id */
} RpShelf;

RpShelf *rp_shelf_load (RpStore *store, GError **error); /* gives */
void rp_shelf_free (RpShelf *shelf);
/* Makes the book's agreements and rules those of the shelf; built-in licences stay. */
void rp_shelf_fill_book (const RpShelf *shelf, RpLicenceBook *book);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpShelf, rp_shelf_free)

G_END_DECLS
