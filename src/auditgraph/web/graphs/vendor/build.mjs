// Make ../static/sigma.js and ../static/sigma.LICENSES.txt: `npm install && npm run build` in this folder.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const result = await build({
  entryPoints: ["entry.js"], bundle: true, minify: true, format: "esm", target: "es2020", legalComments: "none",
  write: false, metafile: true,
});
const used = new Set(Object.keys(result.metafile.inputs).map((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]).filter(Boolean));
const told = [...used].sort().map((name) => {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return { name, version, license, text: file ? readFileSync(`${folder}/${file}`, "utf8").trim() : "" };
});
const head = `/* ${told.map(({ name, version, license }) => `${name} ${version} (${license})`).join(", ")}; licences: sigma.LICENSES.txt. */\n`;
writeFileSync("../static/sigma.js", head + result.outputFiles[0].text);
const texts = told.map(({ name, version, license, text }) => `${name} ${version}, ${license}\n\n${text}\n`);
writeFileSync("../static/sigma.LICENSES.txt", texts.join(`\n${"-".repeat(80)}\n\n`));
console.log(head.trim());
