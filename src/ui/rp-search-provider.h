/* What the desktop's overview finds in the library: org.gnome.Shell.SearchProvider2. It reads
 * through a workspace of its own, which sends and polls nothing, so that a search neither waits for
 * the window nor starts deliveries; soon after the last question it is closed again. Main thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RpSearchProvider RpSearchProvider;

/* `application` borrowed, kept alive while questions come; `library` NULL = the default one. What
 * is chosen is shown by its actions "show-article" and "search-for". Gives. */
RpSearchProvider *rp_search_provider_new (GApplication *application, const char *library);
gboolean rp_search_provider_export (RpSearchProvider *provider,
                                    GDBusConnection *connection,
                                    const char *object_path,
                                    GError **error);
/* Another library from now on. */
void rp_search_provider_set_library (RpSearchProvider *provider, const char *library);
/* Does not wait for another question: the program may end now. */
void rp_search_provider_rest (RpSearchProvider *provider);
void rp_search_provider_free (RpSearchProvider *provider); /* takes it off the bus */

G_END_DECLS
