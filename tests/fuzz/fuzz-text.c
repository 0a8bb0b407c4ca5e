#include "fuzz-import.h"
#include "fuzz.h"

extern const RpImporter rp_importer_text;

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  fuzz_import (&rp_importer_text, data, size);
  return 0;
}
