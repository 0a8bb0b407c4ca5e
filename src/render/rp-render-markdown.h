/* HTML as Markdown (CommonMark with GitHub's tables). What Markdown has no words for stays HTML, as
 * the standard provides. Private to render/. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A fragment as rp_render_dup_content writes it. Gives. */
char *rp_render_dup_markdown (const char *html);

G_END_DECLS
