/* Shared by the targets of the importers: one importer on any bytes; every article must survive
 * being written out, and its body must be well-formed and clean to the last pass. */
#pragma once

#include "rp-importer.h"

void fuzz_import (const RpImporter *importer, const guint8 *data, gsize size);
