// The sizes of the files in a folder, by ending: bytes as they are, packed by brotli and by gzip at
// their best, as JSON.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const folder = process.argv[2];
const sizes = {};
for (const name of readdirSync(folder).sort()) {
  const kind = ["wasm", "js", "css"].find((ending) => name.endsWith(`.${ending}`));
  if (!kind) continue;
  const bytes = readFileSync(join(folder, name));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
  const size = (sizes[kind] ??= { raw: 0, brotli: 0, gzip: 0 });
  size.raw += bytes.length;
  size.brotli += brotliCompressSync(bytes, { params }).length;
  size.gzip += gzipSync(bytes, { level: 9 }).length;
}
console.log(JSON.stringify(sizes));
