// Make static/codemirror.min.js, and the licences of all that is in it.
import { build } from "esbuild";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";

const out = "../static/codemirror.min.js";
const made = await build({
  entryPoints: ["codemirror.js"], outfile: out, bundle: true, minify: true, format: "iife", globalName: "CM",
  target: ["es2020"], legalComments: "none", charset: "utf8", metafile: true,
  banner: { js: "/* CodeMirror 6, MIT licence: see codemirror.LICENSE.txt. Made by web/bundle/build.mjs. */" },
});
const packages = new Set(Object.keys(made.metafile.inputs).map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]).filter(Boolean));
const licences = [...packages].sort().map((name) => {
  const folder = `node_modules/${name}`;
  const { version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  return `${name} ${version}\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
});
writeFileSync("../static/codemirror.LICENSE.txt", licences.join("\n" + "-".repeat(80) + "\n\n"));
console.log(`${packages.size} packages, ${Object.values(made.metafile.outputs)[0].bytes} bytes`);
