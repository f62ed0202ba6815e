// Loaded before Azurite (node --import). In memory, what nobody refers to any more is freed every ten minutes: by Azurite itself one by one, each time with all that is left
// sorted anew, so that after some ten thousand overwritten blobs it answers nobody for minutes; and without the ten minutes of grace that it means to give to what is just
// being uploaded. Here all at once, with the grace.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { default: MemoryExtentStore } = require("azurite/dist/src/common/persistence/MemoryExtentStore.js");
const constants = require("azurite/dist/src/common/utils/constants.js");

MemoryExtentStore.prototype.deleteExtents = async function (extents) {
  const unused = new Set(extents);
  const before = Date.now() - constants.DEFAULT_EXTENT_GC_PROTECT_TIME_IN_MS;
  const all = this.metadataStore.db.getCollection(this.metadataStore.EXTENTS_COLLECTION);
  const freed = all.where(extent => unused.has(extent.id) && extent.lastModifiedInMS < before);
  for (const extent of freed) this.chunks.delete(this.categoryName, extent.id);
  all.remove(freed);
  return freed.length;
};
