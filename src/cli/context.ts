/** What every command receives. */
import type { MakeWorld } from '../run/make-world.ts';
import type { Terminal } from './terminal.ts';

export interface Context {
  readonly terminal: Terminal;
  /** What makes the worlds. */
  makeWorld(): Promise<MakeWorld>;
  /** Sets the exit code of a command that ends without an error. */
  exit(code: number): void;
}
