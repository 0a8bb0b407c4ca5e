/* Lines that are no part of an article: menus, counters, calls to subscribe, lists of other
 * stories. Used on pasted text and on the edges of web pages. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  RP_CLUTTER_NONE,
  RP_CLUTTER_LINE, /* this line only: "Advertisement", an image's file name, "Share this" */
  RP_CLUTTER_END,  /* the article ends before it: comments, related stories */
} RpClutter;

RpClutter rp_clutter_judge (const char *line);
/* Only whether it is RP_CLUTTER_END. */
gboolean rp_clutter_is_end (const char *line);
/* The name of a picture file or of a picture slot that a paste left behind. */
gboolean rp_clutter_is_file_name (const char *line);
/* "© 1998-2024 X, Inc. All Rights Reserved. Privacy Policy - Cookie Policy." */
gboolean rp_clutter_is_site_footer (const char *line);
/* "We may earn a commission …", "By signing up you agree …": only where a page is read. */
gboolean rp_clutter_is_notice (const char *line);
/* A whole line of "read more: other headline" kind. */
gboolean rp_clutter_is_teaser (const char *line);

G_END_DECLS
