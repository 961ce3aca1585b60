// Builds ../site/static/site/ from css/ and the packaged font. Run `npm ci && npm run build` here after a change.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";

const out = "../site/static/site";
const font = "node_modules/@fontsource/fira-sans";

await mkdir(`${out}/fonts`, { recursive: true });
await build({
  entryPoints: ["css/site.css"],
  outfile: `${out}/site.css`,
  bundle: true,
  minify: true,
  legalComments: "none",
  external: ["*.woff2"],
  target: ["chrome111", "firefox115", "safari16.4"],
  banner: { css: "/* Built from src/dichterbij/web/assets; NL Design System components: EUPL-1.2. */" },
});
for (const weight of [400, 600]) {
  const file = `fira-sans-latin-${weight}-normal.woff2`;
  await copyFile(`${font}/files/${file}`, `${out}/fonts/${file}`);
}
await copyFile(`${font}/LICENSE`, `${out}/fonts/LICENSE-fira-sans.txt`);

// A lock file must install from whichever registry is set, so it holds no address, not even of a sponsor page.
const lock = JSON.parse(await readFile("package-lock.json", "utf8"));
for (const entry of Object.values(lock.packages)) {
  delete entry.funding;
  delete entry.resolved;
}
await writeFile("package-lock.json", JSON.stringify(lock, null, 2) + "\n");
