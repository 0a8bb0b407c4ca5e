/* The program: one process per library, however often it is started. It opens the workspace, keeps
 * the window, and hands over files and addresses that it is started with. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RP_TYPE_APPLICATION (rp_application_get_type ())
G_DECLARE_FINAL_TYPE (RpApplication, rp_application, RP, APPLICATION, AdwApplication)

RpApplication *rp_application_new (void);
/* The settings of the window, or NULL when their schema is not installed. Lends. */
GSettings *rp_application_get_settings (void);

G_END_DECLS
