/** What a run of a seed found: a promise that was not kept. */
export const PROMISES = {
  forgotten: 'what was streamed arrives at least once',
  repeated: 'what comes again is counted as possibly repeated',
  ledger: 'the ledger is true at every instant and over restarts',
  silent: 'each start makes progress',
  unnoticed:
    'a file that was tampered with is refused, with how to go on; what a crash leaves is not',
  foreign: 'nothing arrives that the undisturbed world does not have, and nothing else than it has',
  order: 'events arrive in order by first occurrence within a partition',
  files: 'the files are those of the undisturbed world, byte for byte',
  ending: 'each command ends as it should',
  invariants: 'the world is causally consistent',
} as const;
export type Promised = keyof typeof PROMISES;

export class Violation extends Error {
  override readonly name = 'Violation';
  readonly promise: Promised;

  constructor(promise: Promised, message: string) {
    super(message);
    this.promise = promise;
  }
}
