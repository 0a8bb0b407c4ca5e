/* What a picture says of itself: IPTC IIM, XMP and Exif, by gexiv2, which is loaded with the first
 * picture. Pixels are never decoded. Any thread; calls wait for each other. */
#pragma once

#include "rp-media.h"

G_BEGIN_DECLS

typedef enum {
  RP_PICTURE_HEADLINE,
  RP_PICTURE_TITLE,
  RP_PICTURE_DESCRIPTION,
  RP_PICTURE_ALT,
  RP_PICTURE_CREATOR, /* several with "; " between them */
  RP_PICTURE_CREDIT,
  RP_PICTURE_SOURCE,
  RP_PICTURE_NOTICE,
  RP_PICTURE_HOLDER,
  RP_PICTURE_TERMS,
  RP_PICTURE_LICENCE,       /* an address */
  RP_PICTURE_WEB_STATEMENT, /* an address that tells the rights, or sells them */
  RP_PICTURE_LICENSOR,
  RP_PICTURE_LICENSOR_URL,
  RP_PICTURE_TDM, /* "reserved" or "allowed" */
  RP_PICTURE_INSTRUCTIONS,
  RP_PICTURE_CREATED, /* as it is written, ISO 8601 */
  RP_PICTURE_CITY,
  RP_PICTURE_KEYWORDS, /* with "; " between them */
  RP_PICTURE_GUID,
  RP_PICTURE_N_FACTS,
} RpPictureFact;

typedef struct {
  char *values[RP_PICTURE_N_FACTS]; /* owned, NULL = not stated */
} RpPictureFacts;

/* The media type by the first bytes; NULL when it is no picture. Lends a static text. */
const char *rp_picture_sniff (GBytes *bytes);
/* Never NULL; empty when the picture says nothing, is damaged, or is none. Gives. */
RpPictureFacts *rp_picture_read_facts (GBytes *bytes);
void rp_picture_facts_free (RpPictureFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpPictureFacts, rp_picture_facts_free)

/* Fills only what is still empty. */
void rp_picture_fill (RpMedia *media, const RpPictureFacts *facts);
/* The media type and all of the above in one. */
void rp_picture_read (GBytes *bytes, RpMedia *media);

G_END_DECLS
