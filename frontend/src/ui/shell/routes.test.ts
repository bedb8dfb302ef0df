import { describe, expect, it } from "vitest";

import { toComment, toPlace } from "./address";
import { isCurrent, navigation } from "./navigation";
import { exists, href, loader, match, ROUTES } from "./routes";

describe("addresses (R-60)", () => {
  it("finds the page of an address with what varies in it", () => {
    expect(match("/")?.route.file).toBe("home/Page");
    expect(match("/m/abc")).toMatchObject({ route: { file: "editor/Page" }, params: { map: "abc" } });
    expect(match("/m/a%20%D0%B1/measure/funnel/")).toMatchObject({ params: { map: "a б", id: "funnel" } });
    expect(match("/m")).toBeUndefined();
    expect(match("/m//plan")).toBeUndefined();
    expect(match("/m/%E0%A4%A/plan")).toBeUndefined();
    expect(match("/nowhere")).toBeUndefined();
  });

  it("writes an address that leads back to the same page", () => {
    expect(href("/m/:map/measure/:id", { map: "a/б", id: "x y" })).toBe("/m/a%2F%D0%B1/measure/x%20y");
    expect(match(href("/m/:map/measure/:id", { map: "a/б", id: "x y" }))?.params).toEqual({ map: "a/б", id: "x y" });
    expect(href("/m/:map", { map: "a" }, { cell: "buy/does", none: undefined, empty: "" })).toBe("/m/a?cell=buy%2Fdoes");
  });

  it("knows no path twice, and what is built", () => {
    expect(new Set(ROUTES.map((route) => route.path)).size).toBe(ROUTES.length);
    expect(exists("/")).toBe(true);
    expect(loader({ path: "/x", file: "no/Page", frame: "app", for: "people" })).toBeUndefined();
  });

  it("leads from an address inside a map to its place in the table", () => {
    expect(toPlace("m", "stages/buy/touchpoints/cart/does/0")).toBe("/m/m?cell=buy%2Fdoes");
    expect(toPlace("m", "stages/buy/goal")).toBe("/m/m?cell=buy%2Fgoal");
    expect(toPlace("m", "stages/buy/title")).toBe("/m/m?stage=buy");
    expect(toPlace("m", "personas/beginner/quote")).toBe("/m/m");
    expect(toComment("m", "buy/pains")).toBe("/m/m?cell=buy%2Fpains");
  });
});

describe("the menu (R-60)", () => {
  const everything = { people: true, manages: true, reveals: true, data: true };
  const ids = (groups: ReturnType<typeof navigation>) => groups.flatMap((group) => group.entries.map((entry) => entry.id));

  it("has what belongs to a map only where one is open", () => {
    expect(ids(navigation((id) => id, everything, undefined, [], 0))).not.toContain("breaks");
    expect(ids(navigation((id) => id, everything, { id: "m" }, [], 0))).toContain("breaks");
  });

  it("shows a guest neither people, nor data, nor other maps", () => {
    const guest = { people: false, manages: false, reveals: false, data: false };
    const shown = ids(navigation((id) => id, guest, { id: "m" }, [], 0));
    for (const closed of ["maps", "people", "settings", "sources", "quarantine", "customers"]) expect(shown).not.toContain(closed);
  });

  it("puts measures under their families, in the order they came in; those of people only for who may see them", () => {
    const entry = (id: string, family: string, people = false) => ({ id, title: `T ${id}`, family, familyTitle: `F ${family}`, people });
    const measures = [entry("steps", "paths"), entry("loops", "paths"), entry("next-purchase", "loyalty", true), entry("ltv", "worth")];
    const shown = (reveals: boolean) =>
      navigation((id) => id, { ...everything, reveals }, { id: "m" }, measures, 0).flatMap((group) =>
        (group.families ?? []).map((family) => [family.label, ...family.entries.map((one) => one.id)]),
      );
    expect(shown(true)).toEqual([
      ["F paths", "measure-steps", "measure-loops"],
      ["F loyalty", "measure-next-purchase"],
      ["F worth", "measure-ltv"],
    ]);
    expect(shown(false).flat()).not.toContain("measure-next-purchase");
  });

  it("marks the entry of the page, and that of the customers for one of them", () => {
    expect(isCurrent({ id: "people", label: "", href: "/people" }, "/people")).toBe(true);
    expect(isCurrent({ id: "people", label: "", href: "/people" }, "/peoples")).toBe(false);
    expect(isCurrent({ id: "customers", label: "", href: "/m/a/customers" }, "/m/a/customer/7")).toBe(true);
  });
});
