// Who else is in the map that is open; the editor's room sets it, the header shows it.

export interface Present {
  id: string;
  name: string;
}

let people = $state.raw<readonly Present[]>([]);
let saved = $state.raw<string>();

export const presence = {
  get people() {
    return people;
  },
  set people(next: readonly Present[]) {
    people = next;
  },
  /** A word on how the work is kept: “saved”, “no connection, kept here”. Undefined shows nothing. */
  get saved() {
    return saved;
  },
  set saved(next: string | undefined) {
    saved = next;
  },
};
