#include "fuzz-import.h"
#include "fuzz.h"

extern const RpImporter rp_importer_html;

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  fuzz_import (&rp_importer_html, data, size);
  return 0;
}
