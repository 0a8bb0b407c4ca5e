/* Who may do what in a library on a server: roles of that server, which whoever owns the library
 * hands out to the accounts of people and senders. The server keeps to them whatever program asks:
 * by grants per table and by row level security. In a file everybody may do everything. The owner
 * may, too. */
#pragma once

#include "rp-role.h"
#include "rp-store.h"

G_BEGIN_DECLS

typedef struct {
  char *account; /* as it logs in to the server */
  RpRole role;
} RpStoreMember;

/* Makes the roles where they are missing ("LIBRARY_reader" …: each library of a server has its own)
 * and sets what each may do. For the owner; any number of times. */
gboolean rp_store_arrange_roles (RpStore *store, GError **error);
/* The same after a schema step, where there are roles already. */
gboolean rp_store_renew_roles (RpStore *store, GError **error);
/* Hands a role to an account of the server, which must be there, in the place of those that it had;
 * -1 takes them all away. Holds for whoever opens the library from then on. For the owner. */
gboolean rp_store_give_role (RpStore *store, const char *account, int role, GError **error);
/* Who has a role, by account. Gives an array of RpStoreMember. */
GPtrArray *rp_store_list_members (RpStore *store, GError **error);

G_END_DECLS
