// Where long Russian words may be parted in narrow cells (browsers seldom have the dictionary): soft hyphens by the rules of syllables, for showing
// only. What is typed and stored never has them; places in a shown text are reckoned back.
const SOFT = "\u00ad";
const LETTER = "[а-яё]";
const VOWEL = "[аеёиоуыэюя]";
const CONSONANT = "[бвгджзклмнпрстфхцчшщ]";
const RULES: readonly (readonly [RegExp, string])[] = [
  [`([йьъ])(${LETTER}${LETTER})`],
  [`(${VOWEL})(${VOWEL}${LETTER})`],
  [`(${VOWEL}${CONSONANT})(${CONSONANT}${VOWEL})`],
  [`(${CONSONANT}${VOWEL})(${CONSONANT}${VOWEL})`],
  [`(${VOWEL}${CONSONANT})(${CONSONANT}${CONSONANT}${VOWEL})`],
  [`(${VOWEL}${CONSONANT}${CONSONANT})(${CONSONANT}${CONSONANT}${VOWEL})`],
].map(([rule]) => [new RegExp(rule!, "gi"), `$1${SOFT}$2`] as const);
const LONG = /[а-яё]{8,}/gi;

/** The text with soft hyphens in its long Russian words. */
export function soften(text: string): string {
  return text.replace(LONG, (word) => {
    const parted = RULES.reduce((out, [rule, into]) => out.replace(rule, into).replace(rule, into), word);
    // never one letter alone at an end
    return parted.replace(new RegExp(`^(.)${SOFT}`), "$1").replace(new RegExp(`${SOFT}(.)$`), "$1");
  });
}

/** The place in the text itself of a place in the shown one. */
export function hardIndex(shown: string, index: number): number {
  return index - shown.slice(0, index).split(SOFT).length + 1;
}

/** The place in the shown text of a place in the text itself. */
export function softIndex(shown: string, index: number): number {
  let hard = 0;
  for (let i = 0; i < shown.length; i++) {
    if (shown[i] === SOFT) continue;
    if (hard === index) return i;
    hard++;
  }
  return shown.length;
}
