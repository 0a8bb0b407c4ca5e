/* Takes a picture that a person puts into the text: keeps its bytes and reads what it says of
 * itself. Which article it belongs to is said by the text that shows it. Main thread. */
#pragma once

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_ADOPT_LIMIT (64 * 1024 * 1024) /* bytes of a picture */
/* The media types of pictures that pages show, the best first; NULL-terminated. */
extern const char *const rp_adopt_types[];

/* `name` is the file's, NULL = none. Gives the picture by finish, with its hash, type, caption,
 * credit and words for people who do not see it; RP_ERROR_UNSUPPORTED for what pages do not show,
 * RP_ERROR_TOO_LARGE for what no partner would take. */
void rp_adopt_picture_async (RpWorkspace *workspace,
                             GBytes *bytes,
                             const char *name,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
RpMedia *
rp_adopt_picture_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error); /* gives */

G_END_DECLS
