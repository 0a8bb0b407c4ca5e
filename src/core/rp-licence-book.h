/* The book of licences: built-in ones (data/licences), agreements of this desk, and what attaches
 * which. One instance per workspace, main thread
 * (a copy belongs to who made it); the GListModel is of RpLicence, agreements first.
 */
#pragma once

#include <gio/gio.h>

#include "rp-licence.h"

G_BEGIN_DECLS

#define RP_TYPE_LICENCE_BOOK (rp_licence_book_get_type ())
G_DECLARE_FINAL_TYPE (RpLicenceBook, rp_licence_book, RP, LICENCE_BOOK, GObject)

RpLicenceBook *rp_licence_book_new (void);
/* The same licences and rules in a book of its own, for another thread. Gives. */
RpLicenceBook *rp_licence_book_copy (RpLicenceBook *self);
/* Reads every *.json of a folder as built-in licences. */
gboolean rp_licence_book_load_folder (RpLicenceBook *self, const char *folder, GError **error);
/* Adds, or replaces the one with the same id. */
void rp_licence_book_add (RpLicenceBook *self, RpLicence *licence);
gboolean rp_licence_book_remove (RpLicenceBook *self, const char *id);
/* By id, SPDX id or exact name, in this order, ASCII case ignored. Lends; NULL when there is none.
 */
RpLicence *rp_licence_book_lookup (RpLicenceBook *self, const char *id);
/* By licence address: any scheme, www, trailing slash, /deed.xx and /legalcode are the same. Lends.
 */
RpLicence *rp_licence_book_lookup_url (RpLicenceBook *self, const char *url);
/* Rules made by people: pattern (see "match" in rp-licence.h) -> licence id. */
void rp_licence_book_add_rule (RpLicenceBook *self, const char *pattern, const char *licence_id);
void rp_licence_book_clear_rules (RpLicenceBook *self);
guint rp_licence_book_get_n_rules (RpLicenceBook *self);
/* The pattern (lends), and through `out_licence_id` what it attaches. */
const char *
rp_licence_book_get_rule (RpLicenceBook *self, guint position, const char **out_licence_id);

/* What the book thinks of an article. Strings owned, licence owned (NULL = unknown). */
typedef struct {
  RpLicence *licence;
  char *confidence; /* declared, parsed, guessed */
  char *reason;     /* in words: "The text names ITProPortal.com as licensor" */
  GPtrArray
    *others; /* of RpLicence: other candidates; not empty = conflict, most restrictive first */
} RpProposal;

RpProposal *
rp_licence_book_propose (RpLicenceBook *self, RpArticle *article); /* gives, never NULL */
void rp_proposal_free (RpProposal *proposal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpProposal, rp_proposal_free)

G_END_DECLS
