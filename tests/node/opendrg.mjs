// Records that OpenDRG's JavaScript groups in a second: node opendrg.mjs FOLDER TABLE ANSWERED
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, table, answered] = process.argv.slice(2);
const { GroupProxy } = await import(pathToFileURL(resolve(join(folder, "drg_group/chs_drg_11/GroupProxy.js"))));
const grouper = new GroupProxy();
// Its records are the first ten columns between commas.
const records = readFileSync(table, "utf8")
  .trimEnd()
  .split("\n")
  .slice(1, 5001)
  .map((line) => line.split("\t").slice(0, 10).join(","));
let shortest = Infinity;
for (let round = 0; round < 3; round++) {
  const start = performance.now();
  for (const record of records) await grouper.group_record_str(record);
  shortest = Math.min(shortest, performance.now() - start);
}
writeFileSync(answered, String((records.length / shortest) * 1000));
