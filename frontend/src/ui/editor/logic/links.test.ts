import { describe, expect, it } from "vitest";

import { linksOf } from "./links";

describe("addresses in cells (R-02)", () => {
  it("are found without the sentence round them, each once", () => {
    expect(linksOf("См. (https://www.example.com/a?b=c), и https://пример.рф/путь! И ещё раз https://www.example.com/a?b=c.")).toEqual([
      { href: "https://www.example.com/a?b=c", host: "example.com" }, { href: "https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C", host: "xn--e1afmkfd.xn--p1ai" },
    ]);
  });

  it("are only those of the web", () => {
    expect(linksOf("javascript:alert(1) file:///etc/passwd data:text/html,x ftp://a.b http://")).toEqual([]);
  });
});
