/* What a subscription has brought goes through the intake like anything else. Main thread; only
 * flow includes this. */
#pragma once

#include "rp-importer.h"
#include "rp-intake.h"

G_BEGIN_DECLS

/* Takes the source. What is in the trash stays there: nobody has asked for it again. */
void rp_intake_add_source (RpIntake *self, RpSource *source);

G_END_DECLS
