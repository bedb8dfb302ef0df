import "./ui/kit/tokens.css";
import "./ui/kit/fonts.css";
import "./ui/kit/base.css";
import "./ui/kit/tip.css";

import { mount } from "svelte";

import App from "./ui/App.svelte";
import { fail } from "./ui/kit";
import { startRouter } from "./ui/shell/router.svelte";
import { startSession } from "./ui/shell/session.svelte";
import { startWords } from "./words/words.svelte";

// A chunk of an older build is gone after an upgrade: the page is fetched anew, but not over and over.
window.addEventListener("vite:preloadError", () => {
  const last = Number(sessionStorage.getItem("tropa_reloaded") ?? 0);
  if (Date.now() - last < 30_000) return;
  sessionStorage.setItem("tropa_reloaded", String(Date.now()));
  location.reload();
});

const session = startSession();
session.catch(() => undefined); // told below, once there are words
await startWords();
startRouter();
try {
  await session;
} catch (error) {
  fail(error);
}
mount(App, { target: document.getElementById("app")! });
