/* The text of a WordPress post, as the editor keeps it, to HTML: block comments, shortcodes, and
 * paragraphs that were only blank lines. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The picture of a [gallery] by its number as HTML; NULL when it is not known. Gives. */
typedef char *(*RpWordpressPicture) (const char *id, gpointer user_data);

/* Gives, never NULL. */
char *rp_wordpress_to_html (const char *content, RpWordpressPicture picture, gpointer user_data);

G_END_DECLS
