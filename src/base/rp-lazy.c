#include "rp-lazy.h"

#include <gmodule.h>

static GMutex lock;

static gpointer
load (gpointer data)
{
  RpLazy *self = data;
  GModule *module = NULL;
  gboolean complete = TRUE;

  for (guint i = 0; self->names[i] != NULL && module == NULL; i++)
    module = g_module_open (self->names[i], G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  if (module == NULL)
    return NULL;
  g_module_make_resident (module);
  for (guint i = 0; self->symbols[i] != NULL && complete; i++)
    complete = g_module_symbol (module, self->symbols[i], &self->slots[i]);

  return complete ? self : NULL;
}

gboolean
rp_lazy_load (RpLazy *self)
{
  return g_once (&self->once, load, self) != NULL;
}

void
rp_lazy_lock (void)
{
  g_mutex_lock (&lock);
}

void
rp_lazy_unlock (void)
{
  g_mutex_unlock (&lock);
}
