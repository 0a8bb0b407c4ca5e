/* Names for screen readers: GTK 4.8 reads an icon button's tooltip as its description and leaves it
 * without a name, and reads the underscore of a mnemonic aloud. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Gives every control without words below `root` its tooltip as name, without the keys in brackets,
 * and every button with a mnemonic its words without it. */
void rp_names_adopt (GtkWidget *root);

G_END_DECLS
