// Text that comes without a key: from a panel of signs, by dictation, from a keyboard on glass. A cell that is merely chosen is no field; where the
// browser can (EditContext), the one that has the keyboard is made to hear text. Elsewhere it is opened first, by Enter or a tap.

interface Context extends EventTarget {
  readonly text: string;
  updateText(start: number, end: number, text: string): void;
  updateSelection(start: number, end: number): void;
}
type Cell = HTMLElement & { editContext?: Context | null };

/** Answers what lets a cell hear (null: none does any more). `told`: the text, once for each piece that came. */
export function hearing(told: (text: string) => void, Maker = (globalThis as { EditContext?: new () => Context }).EditContext): (cell: HTMLElement | null) => void {
  if (!Maker) return () => undefined;
  const context = new Maker();
  let held: Cell | null = null;
  let composing = false;
  const flush = (): void => {
    const { text } = context;
    context.updateText(0, text.length, "");
    context.updateSelection(0, 0); // else what is composed next is put behind text that is gone
    if (text !== "") told(text);
  };
  // what is composed is told when it is done: to take it away half-way would double its signs
  context.addEventListener("compositionstart", () => (composing = true));
  context.addEventListener("compositionend", () => {
    composing = false;
    flush();
  });
  context.addEventListener("textupdate", () => composing || flush());
  return (cell: Cell | null) => {
    if (cell === held) return;
    if (held) held.editContext = null;
    held = cell;
    if (cell) cell.editContext = context;
  };
}
