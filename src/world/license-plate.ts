const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';
const LETTER_CODES = LETTERS.length ** 3;
const DIGIT_CODES = 10_000;
/** Coprime to the number of codes, so that no two trucks share one. */
const STRIDE = 48_271_037;

/** Returns an invented plate: state, three letters, four digits; the order of the two groups depends on the state. */
export function licensePlate(truckId: number, state: string): string {
  const code = (truckId * STRIDE) % (LETTER_CODES * DIGIT_CODES);
  let rest = Math.floor(code / DIGIT_CODES);
  let letters = '';
  for (let place = 0; place < 3; place++) {
    letters += LETTERS[rest % LETTERS.length];
    rest = Math.floor(rest / LETTERS.length);
  }
  const digits = String(code % DIGIT_CODES).padStart(4, '0');
  return state.charCodeAt(1) % 2 === 0
    ? `${state} ${letters}-${digits}`
    : `${state} ${digits}-${letters}`;
}
