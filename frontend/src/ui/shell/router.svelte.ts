// Where the reader is. Links are ordinary links; they are caught here, so that going somewhere loads no new page.
import { type Match, match } from "./routes";

interface Place extends Partial<Match> {
  pathname: string;
  query: URLSearchParams;
  hash: string;
}

export type Leaving = () => boolean | Promise<boolean>;

function read(): Place {
  const { pathname, search, hash } = globalThis.location;
  return { pathname, query: new URLSearchParams(search), hash, ...match(pathname) };
}

let place = $state.raw<Place>(read());
const guards = new Set<Leaving>();
let going = 0;

/** The address as it stands; reading it in a component or an effect follows it. */
export function here(): Place {
  return place;
}

/** Asks `may` before the page is left (unsaved work). Returns how to stop asking. */
export function beforeLeaving(may: Leaving): () => void {
  guards.add(may);
  return () => guards.delete(may);
}

async function mayLeave(): Promise<boolean> {
  for (const guard of guards) if (!(await guard())) return false;
  return true;
}

function remember(): void {
  history.replaceState({ ...(history.state as object | null), top: window.scrollY }, "");
}

/** Goes to an address of the app. `replace`: without a step back. `quiet`: the same page with other filters — focus and scroll stay. */
export async function go(to: string, { replace = false, quiet = false }: { replace?: boolean; quiet?: boolean } = {}): Promise<void> {
  const url = new URL(to, location.href);
  if (url.pathname !== location.pathname && !(await mayLeave())) return;
  if (replace) history.replaceState({}, "", url);
  else {
    remember();
    history.pushState({}, "", url);
  }
  const before = place.pathname;
  place = read();
  if (!quiet && before !== place.pathname) arrive(0);
}

/** Sets some of the query's parts (undefined takes one away); the page stays as it is. */
export function ask(parts: Record<string, string | undefined>): void {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(parts)) {
    if (value === undefined || value === "") url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  void go(url.href, { replace: true, quiet: true });
}

/** A new page: from its top (or where it was left), with the keyboard and the screen reader at its heading. */
function arrive(top: number): void {
  const mine = ++going;
  let tries = 0;
  const settle = () => {
    if (mine !== going) return;
    const heading = document.querySelector<HTMLElement>("main h1");
    if (!heading && ++tries < 120) {
      requestAnimationFrame(settle);
      return;
    }
    window.scrollTo({ top, behavior: "instant" });
    const target = heading ?? document.querySelector<HTMLElement>("main");
    if (!target || target.contains(document.activeElement)) return;
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  };
  requestAnimationFrame(settle);
}

function caught(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element | null)?.closest?.("a[href]");
  if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (link.pathname === location.pathname && link.search === location.search && link.hash) return; // a jump within the page
  if (!match(link.pathname)) return; // a file of the server
  event.preventDefault();
  void go(link.href);
}

/** Follows links and the browser's own buttons from now on. Once, at the start. */
export function startRouter(): void {
  history.scrollRestoration = "manual";
  document.addEventListener("click", caught);
  window.addEventListener("popstate", () => {
    const before = place.pathname;
    place = read();
    if (before !== place.pathname) arrive((history.state as { top?: number } | null)?.top ?? 0);
  });
}
