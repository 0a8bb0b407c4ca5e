#include "rp-webkit.h"

RpWebKitSymbols rp_webkit;

static RpLazy library = {
  .names = (const char *const[]){"libwebkitgtk-6.0.so.4", "libwebkitgtk-6.0.so", NULL},
  .symbols = (const char *const[]){RP_WEBKIT_SYMBOLS (RP_LAZY_NAME) NULL},
  .slots = (gpointer *) &rp_webkit,
  .once = G_ONCE_INIT,
};

gboolean
rp_webkit_load (void)
{
  return rp_lazy_load (&library);
}
