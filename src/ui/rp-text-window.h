/* A window that shows plain text to read and copy: an original, a transcript, what will be sent.
 * Main thread. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RP_TYPE_TEXT_WINDOW (rp_text_window_get_type ())
G_DECLARE_FINAL_TYPE (RpTextWindow, rp_text_window, RP, TEXT_WINDOW, AdwWindow)

/* `language` names what it is written in for colouring ("html", "json"), NULL = nothing. */
void rp_text_window_present (GtkWindow *parent,
                             const char *title,
                             const char *text,
                             const char *language);
/* The same for bytes of unknown kind: what is no text is said in words. */
void rp_text_window_present_bytes (GtkWindow *parent, const char *title, GBytes *bytes);

G_END_DECLS
