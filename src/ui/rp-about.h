/* Who makes the program, under which terms, and what is new in it: the release notes are those of
 * the metainfo. Main thread. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void rp_about_present (GtkWindow *parent);

G_END_DECLS
