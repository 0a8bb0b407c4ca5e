/* One input of a fuzz target. The same function runs under libFuzzer (-Dfuzz=true) and, over the
 * corpus, in the normal tests. */
#pragma once

#include <glib.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
