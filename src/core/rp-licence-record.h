/* What the desk remembers of a licence: its versions, and its uses (the ledger). Plain structs, any
 * thread. */
#pragma once

#include "rp-licence.h"

G_BEGIN_DECLS

typedef struct {
  gint64 version;
  gint64 changed;     /* when */
  gboolean removed;   /* this version took it out of the book */
  RpLicence *licence; /* owned: as it was */
} RpLicenceVersion;

void rp_licence_version_free (RpLicenceVersion *version);
/* Members of the profile that are others than before, "expires", "channels" …; all of them when
 * there is no version before. Gives. */
GStrv
rp_licence_version_list_changes (const RpLicenceVersion *version, const RpLicenceVersion *before);

typedef struct {
  gint64 at;
  char *article_id;
  char *headline; /* NULL = the article is not in the library any more */
  char *partner_id;
  char *amount;   /* of the fee, NULL = none */
  char *currency; /* ISO 4217, NULL = not stated */
} RpLicenceUse;

void rp_licence_use_free (RpLicenceUse *use);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpLicenceVersion, rp_licence_version_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpLicenceUse, rp_licence_use_free)

G_END_DECLS
