/* A library as a file, while nobody has it open here. Blocks; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Puts the backup at `path` in the place of the library at `uri` (NULL = the default one). The
 * backup is looked through first; what was there stays beside it under the name given by *out_kept
 * (gives; NULL when there was nothing). Pictures and originals are not touched: they are shared by
 * all versions. */
gboolean rp_library_restore (const char *uri, const char *path, char **out_kept, GError **error);
/* Compacts the file and the search index. */
gboolean rp_library_optimise (const char *uri, GError **error);

G_END_DECLS
