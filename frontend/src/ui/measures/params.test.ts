import { describe, expect, it } from "vitest";

import { duration, type Parameter, paramsOf, shown, within, written } from "./params";

const parameter = (of: Partial<Parameter>): Parameter => ({
  id: "rows", kind: "number", title: "Rows", default: null, optional: false, choices: [], least: null, most: null, ...of,
});
const MEASURE = {
  parameters: [
    parameter({ id: "rows", default: 20, least: 1, most: 200 }),
    parameter({ id: "level", kind: "choice", default: "stages", choices: [{ id: "stages", title: "" }, { id: "events", title: "" }] }),
    parameter({ id: "repeats", kind: "flag", default: false }),
    parameter({ id: "path", kind: "states", optional: true }),
  ],
};

describe("parameters of measures in the address (R-26)", () => {
  it("reads each kind, keeps numbers within bounds and leaves out what is none", () => {
    const query = new URLSearchParams("rows=900&level=events&repeats=true&path=stage:a,event:b&segment=x&other=1");
    expect(paramsOf(MEASURE, query)).toEqual({ rows: 200, level: "events", repeats: true, path: ["stage:a", "event:b"] });
    expect(paramsOf(MEASURE, new URLSearchParams("rows=many&level=galaxies"))).toEqual({});
  });

  it("does not write down what is the default anyhow", () => {
    const [rows, level, repeats, path] = MEASURE.parameters as [Parameter, Parameter, Parameter, Parameter];
    expect([written(rows, 20), written(rows, 30), written(level, "events"), written(repeats, false), written(path, []), written(path, ["a", "b"])]).toEqual(
      [undefined, "30", "events", undefined, undefined, "a,b"],
    );
  });

  it("shows what was asked with, else the default", () => {
    expect([shown(MEASURE.parameters[0]!, {}), shown(MEASURE.parameters[0]!, { rows: 5 }), shown(MEASURE.parameters[3]!, {})]).toEqual([20, 5, undefined]);
  });

  it("understands durations and bounds", () => {
    expect([duration("7d"), duration("24h"), duration("soon")]).toEqual([{ n: 7, unit: "d" }, { n: 24, unit: "h" }, { n: 0, unit: "d" }]);
    expect([within({ least: 1, most: 5 }, 9), within({ least: null, most: null }, 9)]).toEqual([5, 9]);
  });
});
