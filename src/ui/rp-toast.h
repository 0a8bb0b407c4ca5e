/* Short notes over the window. Main thread. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef void (*RpToastCallback) (GObject *owner, const char *argument);

/* What the button of a toast does: `owner` is not kept, the button does nothing once it is gone. */
typedef struct {
  const char *label;
  RpToastCallback callback;
  GObject *owner;
  const char *argument; /* copied; may be NULL */
} RpToastButton;

/* Shown by the toast overlay around `widget`; `button` may be NULL. */
void rp_toast_show (GtkWidget *widget, const char *words, const RpToastButton *button);
/* An error that the person can do nothing about but know. */
void rp_toast_show_error (GtkWidget *widget, const GError *error);

G_END_DECLS
