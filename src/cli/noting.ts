/** Prints sentences that the user should read once. */
import type { Terminal } from './terminal.ts';

/** Returns a callback for such sentences. */
export function noting(terminal: Pick<Terminal, 'say'>): { onNote(sentence: string): void } {
  return { onNote: (sentence) => terminal.say(`note: ${sentence}\n`) };
}
