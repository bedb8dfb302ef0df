// `if (await ask({…}))`: a yes-or-no question before what cannot be undone.

export interface Question {
  title: string;
  text: string;
  /** The word on the button that says yes: “Revoke”. */
  yes: string;
  tone?: "primary" | "danger";
}

interface Asked extends Question {
  answer: (yes: boolean) => void;
}

let asked = $state.raw<Asked>();

/** The question that stands now (shown by `Asking.svelte`, once in the app). */
export function standing(): Asked | undefined {
  return asked;
}

export function ask(question: Question): Promise<boolean> {
  asked?.answer(false);
  return new Promise((resolve) => {
    asked = {
      ...question,
      answer(yes) {
        asked = undefined;
        resolve(yes);
      },
    };
  });
}
