// Writes every case of the golden file in its one form, by JavaScript's own means, and compares text and SM3.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const written = (value) => {
  if (Array.isArray(value)) return `[${value.map(written).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  // Without a comparison of one's own, sort() goes by UTF-16.
  const members = Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${written(value[name])}`);
  return `{${members.join(",")}}`;
};

const { cases } = JSON.parse(readFileSync(process.argv[2], "utf8"));
for (const { name, input, canonical, sm3 } of cases) {
  const text = written(JSON.parse(input));
  if (text !== canonical) throw new Error(`${name}: ${text}`);
  const digest = createHash("sm3").update(text, "utf8").digest("hex");
  if (digest !== sm3) throw new Error(`${name}: ${digest}`);
}
console.log(`${cases.length} written alike`);
