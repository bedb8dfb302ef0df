import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

import { icons } from "./plugins/icons.ts";

// The dev server hands everything that is not the front end's own over to a running `tropa serve`.
const server = process.env.TROPA_SERVER ?? "http://127.0.0.1:8710";
// `build.py` builds beside the old files and swaps them, so that a server that runs meanwhile never serves half of them.
const outDir = process.env.TROPA_STATIC ?? "../src/tropa/web/static";

export default defineConfig({
  plugins: [icons(), svelte()],
  build: {
    outDir,
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0, // the content security policy allows no data: scripts or fonts
    target: "es2022",
    cssTarget: ["chrome123", "firefox128", "safari17.5"],
    chunkSizeWarningLimit: 1200,
  },
  server: { fs: { allow: [".."] }, proxy: { "/api": { target: server, ws: true }, "/files": server } },
  resolve: process.env.VITEST ? { conditions: ["browser"] } : {},
  // a page is made only for the tests that say so in their first line: it takes longer than most of them
  test: { environment: "node", testTimeout: 60_000, hookTimeout: 60_000, include: ["src/**/*.test.ts"] },
});
