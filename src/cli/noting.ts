/** Sentences that a user should read once, as a command says them. */
import type { Terminal } from './terminal.ts';

/** What to give to whoever has such sentences. */
export function noting(terminal: Pick<Terminal, 'say'>): { onNote(sentence: string): void } {
  return { onNote: (sentence) => terminal.say(`note: ${sentence}\n`) };
}
