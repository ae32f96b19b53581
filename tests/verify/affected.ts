/** Which queries a change of some tables can affect: what those queries read, views and summaries included. */
export { namesIn } from '../../src/verify/reads.ts';

/** Tables that a statement writes to. */
export function targetOf(statement: string): string {
  return /^(?:UPDATE|INSERT INTO|DELETE FROM) (\w+)/.exec(statement)![1];
}
