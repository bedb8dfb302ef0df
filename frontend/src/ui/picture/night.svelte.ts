// Whether it is dark on the screen: the switch says so, else the system.
import { chosenTheme } from "../shell/theme.svelte";

const system = globalThis.matchMedia?.("(prefers-color-scheme: dark)");
let dark = $state(system?.matches ?? false);
system?.addEventListener("change", (event) => (dark = event.matches));

export function night(): boolean {
  const chosen = chosenTheme();
  return chosen === "dark" || (chosen !== "light" && dark);
}
