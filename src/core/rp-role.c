#include "rp-role.h"

static const char *const names[RP_N_ROLES] = {"reader", "editor", "publisher", "rights-manager"};

const char *
rp_role_get_name (RpRole role)
{
  return names[role];
}

int
rp_role_find (const char *name)
{
  for (int role = 0; role < RP_N_ROLES; role++)
    if (g_strcmp0 (names[role], name) == 0)
      return role;

  return -1;
}
