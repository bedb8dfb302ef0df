// Every address of the app. A page is `ui/<file>.svelte`, loaded when it is first gone to; what is not built yet is neither found nor in the navigation.
import type { Component } from "svelte";

const PAGES = import.meta.glob<{ default: Component<Record<string, string>> }>("../*/*Page.svelte");

export interface Route {
  /** `:name` is a part that varies; the page gets it as a prop of that name. */
  path: string;
  file: string;
  /** `bare`: nothing around it. `app`: header and navigation. `map`: the same, with the map's title and views in the header. */
  frame: "bare" | "app" | "map";
  /** Who may come: anybody, somebody signed in, or whoever may read the map (a guest with a share link, too). */
  for: "anybody" | "people" | "readers";
}

export const ROUTES = [
  { path: "/", file: "home/Page", frame: "app", for: "people" },
  { path: "/setup/:token", file: "account/SetupPage", frame: "bare", for: "anybody" },
  { path: "/login", file: "account/LoginPage", frame: "bare", for: "anybody" },
  { path: "/invite/:token", file: "account/InvitePage", frame: "bare", for: "anybody" },
  { path: "/s/:token", file: "account/SharedPage", frame: "bare", for: "anybody" },
  { path: "/m/:map", file: "editor/Page", frame: "map", for: "readers" },
  { path: "/m/:map/scheme", file: "editor/SchemePage", frame: "map", for: "readers" },
  { path: "/m/:map/infographic", file: "editor/InfographicPage", frame: "map", for: "readers" },
  { path: "/m/:map/buyer", file: "editor/BuyerPage", frame: "map", for: "readers" },
  { path: "/m/:map/present", file: "editor/PresentPage", frame: "bare", for: "readers" },
  { path: "/m/:map/breaks", file: "breaks/Page", frame: "map", for: "readers" },
  { path: "/m/:map/plan", file: "plan/Page", frame: "map", for: "readers" },
  { path: "/m/:map/history", file: "history/Page", frame: "map", for: "readers" },
  { path: "/m/:map/compare", file: "compare/Page", frame: "map", for: "readers" },
  { path: "/m/:map/timeline", file: "timeline/Page", frame: "map", for: "readers" },
  { path: "/m/:map/measure/:id", file: "measures/Page", frame: "map", for: "readers" },
  { path: "/m/:map/customers", file: "replay/CustomersPage", frame: "map", for: "people" },
  { path: "/m/:map/customer/:id", file: "replay/Page", frame: "map", for: "people" },
  { path: "/data", file: "data/Page", frame: "app", for: "people" },
  { path: "/data/quarantine", file: "data/QuarantinePage", frame: "app", for: "people" },
  { path: "/data/bindings/:map", file: "data/BindingsPage", frame: "map", for: "people" },
  { path: "/people", file: "people/Page", frame: "app", for: "people" },
  { path: "/settings", file: "account/Page", frame: "app", for: "people" },
] as const satisfies readonly Route[];

export type Path = (typeof ROUTES)[number]["path"];

/** The parts of a path that vary: `Params<"/m/:map/measure/:id">` is `{ map: string; id: string }`. */
export type Params<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? { [Key in Name | keyof Params<`/${Rest}`>]: string }
  : P extends `${string}:${infer Name}`
    ? { [Key in Name]: string }
    : Record<never, string>;

export function loader(route: Route): (() => Promise<{ default: Component<Record<string, string>> }>) | undefined {
  return PAGES[`../${route.file}.svelte`];
}

/** Whether the page of this path is built. */
export function exists(path: Path): boolean {
  return ROUTES.some((route) => route.path === path && loader(route) !== undefined);
}

export interface Match {
  route: Route;
  params: Record<string, string>;
}

/** The route of an address, with what its variable parts are. */
export function match(pathname: string): Match | undefined {
  const parts = pathname.replace(/\/+$/, "").split("/");
  for (const route of ROUTES) {
    const wanted = route.path.replace(/\/+$/, "").split("/");
    if (wanted.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const fits = wanted.every((part, place) => {
      const given = parts[place] ?? "";
      if (!part.startsWith(":")) return part === given;
      if (given === "") return false;
      try {
        params[part.slice(1)] = decodeURIComponent(given);
      } catch {
        return false; // a broken %-sequence is no address of ours
      }
      return true;
    });
    if (fits) return { route, params };
  }
  return undefined;
}

/** The address of a page: `href("/m/:map/breaks", { map })`, with an optional query. */
export function href<P extends Path>(path: P, params: Params<P>, query: Record<string, string | undefined> = {}): string {
  const given = params as Record<string, string>;
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(given[name] ?? ""));
  const asked = new URLSearchParams(Object.entries(query).filter((pair): pair is [string, string] => !!pair[1])).toString();
  return asked ? `${filled}?${asked}` : filled;
}
