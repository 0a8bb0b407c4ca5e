/* What people may do in a library that several share, and the roles that say it for whole groups
 * of them. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  RP_ROLE_READER,         /* reads everything and writes nothing */
  RP_ROLE_EDITOR,         /* a reader who also writes articles, sources and searches */
  RP_ROLE_PUBLISHER,      /* an editor who also keeps partners, sends and takes down */
  RP_ROLE_RIGHTS_MANAGER, /* an editor who also keeps licences and records permissions */
  RP_N_ROLES
} RpRole;

/* Beyond reading. */
typedef enum {
  RP_MAY_EDIT = 1 << 0,
  RP_MAY_PUBLISH = 1 << 1,
  RP_MAY_LICENSE = 1 << 2,
  RP_MAY_ALL = (1 << 3) - 1
} RpMay;

/* "reader", "editor", "publisher", "rights-manager". */
const char *rp_role_get_name (RpRole role);
/* -1 = no such role. */
int rp_role_find (const char *name);

G_END_DECLS
