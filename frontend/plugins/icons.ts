// `import plus from "icon:plus"`: the drawing of one lucide icon, compiled into the chunk that uses it. `icon:channels` are the product's own
// channel icons, the same that Python draws with. An icon that does not exist fails the build.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

const OWN = new URL("../../src/tropa/render/assets/icons.json", import.meta.url);

interface Lucide {
  icons: Record<string, { body: string }>;
  aliases?: Record<string, { parent: string }>;
}

export function icons(): Plugin {
  let lucide: Lucide | undefined;

  function body(name: string): string {
    lucide ??= JSON.parse(
      readFileSync(createRequire(import.meta.url).resolve("@iconify-json/lucide/icons.json"), "utf8"),
    ) as Lucide;
    const found = lucide.icons[name] ?? lucide.icons[lucide.aliases?.[name]?.parent ?? ""];
    if (!found) throw new Error(`lucide has no icon “${name}”`);
    return found.body;
  }

  function channels(): Record<string, string> {
    const all = JSON.parse(readFileSync(OWN, "utf8")) as Record<string, string>;
    return Object.fromEntries(
      Object.entries(all)
        .filter(([name]) => name.startsWith("channel-"))
        .map(([name, drawing]) => [name.slice("channel-".length), drawing]),
    );
  }

  return {
    name: "tropa-icons",
    resolveId: (id) => (id.startsWith("icon:") ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith("\0icon:")) return undefined;
      const name = id.slice("\0icon:".length);
      return `export default ${JSON.stringify(name === "channels" ? channels() : body(name))};`;
    },
  };
}
