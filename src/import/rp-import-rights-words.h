/* The words of rights statements in many languages: what kind of statement a line is and who is
 * named in it. Knows nothing of articles and pages. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* In the order in which one outranks the other. */
typedef enum {
  RP_RIGHTS_CREATIVE_COMMONS,
  RP_RIGHTS_PUBLIC_DOMAIN,
  RP_RIGHTS_LICENSED,
  RP_RIGHTS_PERMISSION,
  RP_RIGHTS_AGENCY,
  RP_RIGHTS_RESERVED,
  RP_RIGHTS_ORIGINAL,
  RP_RIGHTS_USAGE,
  RP_RIGHTS_EMBARGO,
  RP_RIGHTS_IMAGE,
  RP_RIGHTS_NONE,
} RpRightsKind;

const char *rp_rights_kind_name (RpRightsKind kind);

/* FALSE for a line that cannot be a statement: cheap, for every block of a page. */
gboolean rp_rights_may_speak (const char *text);
RpRightsKind rp_rights_words_judge (const char *text);
char *rp_rights_find_grantor (const char *text); /* of a licence or permission; gives */
char *rp_rights_find_origin (const char *text);  /* first publisher; gives */
gboolean rp_rights_names_origin (const char *text);
gboolean rp_rights_is_reserved (const char *text);
char *rp_rights_find_credit (
  const char *text); /* only when one is demanded, or it is a picture's; gives */
gboolean rp_rights_is_embargo (const char *text);

G_END_DECLS
