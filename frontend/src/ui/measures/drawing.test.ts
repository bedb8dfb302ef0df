// @vitest-environment jsdom
import { describe, expect, it } from "vitest";

import { inlined, nearest } from "./drawing";

const SVG = 'xmlns="http://www.w3.org/2000/svg"';

describe("a drawing inside the page (R-26, R-60)", () => {
  it("keeps shapes, words and colours of the page", () => {
    const drawing = inlined(`<svg ${SVG} viewBox="0 0 9 9"><g class="mark" data-tip="Share: 45 %"><rect fill="var(--trail)" width="4"/><text>Имя &amp; 1</text></g></svg>`);
    expect(drawing.querySelector("g")?.getAttribute("data-tip")).toBe("Share: 45 %");
    expect(drawing.querySelector("rect")?.getAttribute("fill")).toBe("var(--trail)");
    expect(drawing.textContent).toBe("Имя & 1");
  });

  it("leaves out whatever could run or load", () => {
    const drawing = inlined(
      `<svg ${SVG} onload="x()" style="background:url(http://a)"><script>x()</script><foreignObject><p>1</p></foreignObject><style>*{}</style>` +
        `<image href="http://a"/><a href="javascript:x()"><rect/></a><rect onclick="x()" fill="url(http://a)" style="x"/><use href="#b"/><animate/></svg>`,
    );
    expect([...drawing.querySelectorAll("*")].map((one) => one.nodeName)).toEqual(["rect"]);
    expect(drawing.outerHTML).not.toMatch(/on\w+=|http:\/\/a|style|javascript/);
  });

  it("is nothing where there is none", () => {
    expect(() => inlined("<p>no</p>")).toThrow();
    expect(() => inlined("<svg")).toThrow();
  });
});

describe("arrows among marks (R-60)", () => {
  const at = (x: number, y: number) => ({ x, y, width: 10, height: 10 });
  const grid = [at(0, 0), at(20, 0), at(40, 0), at(0, 20), at(20, 20), at(40, 20)];

  it("lead to the nearest mark that way", () => {
    expect(["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "Home", "End", "a"].map((key) => nearest(grid, 1, key))).toEqual([2, 4, 0, 1, 0, 5, 1]);
  });

  it("stay at the edge and where there is nothing", () => {
    expect(nearest(grid, 2, "ArrowRight")).toBe(2);
    expect(nearest([], 0, "ArrowRight")).toBe(0);
  });
});
