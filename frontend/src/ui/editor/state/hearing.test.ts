import { describe, expect, it } from "vitest";

import { hearing } from "./hearing";

class Context extends EventTarget {
  text = "";
  updateText(start: number, end: number, text: string): void {
    this.text = this.text.slice(0, start) + text + this.text.slice(end);
  }
  updateSelection(start: number, end: number): void {
    this.selection = [start, end];
  }
  selection = [0, 0];
  come(text: string): void {
    this.text += text;
    this.selection = [this.text.length, this.text.length];
    this.dispatchEvent(new Event("textupdate"));
  }
}
type Cell = HTMLElement & { editContext?: Context | null };
const cell = (): Cell => ({}) as Cell;

describe("text that comes without a key (R-60)", () => {
  it("is told piece by piece, to one cell at a time", () => {
    const came: string[] = [];
    const hear = hearing((text) => came.push(text), Context);
    const [one, other] = [cell(), cell()];
    hear(one);
    const context = one.editContext!;
    context.come("😀");
    context.come("да");
    context.come("");
    context.dispatchEvent(new Event("compositionstart"));
    context.come("仮");
    context.come("名");
    expect(came).toHaveLength(2);
    context.dispatchEvent(new Event("compositionend"));
    context.dispatchEvent(new Event("compositionend"));
    hear(other);
    expect(context.selection).toEqual([0, 0]);
    expect([came, one.editContext, other.editContext]).toEqual([["😀", "да", "仮名"], null, context]);
    hear(null);
    expect(other.editContext).toBeNull();
  });

  it("is not heard where the browser cannot, and nothing breaks", () => {
    const one = cell();
    hearing(() => undefined, undefined)(one);
    expect(one.editContext).toBeUndefined();
  });
});
