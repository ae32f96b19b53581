/** Damage to the tiny world that breaks one invariant. */
export interface Mutation {
  /** The check that must report it. */
  readonly breaks: string;
  /** What is done to the world, in words. */
  readonly does: string;
  /** Statements on the loaded tables. */
  readonly sql: readonly string[];
  /** Other checks that cannot but see it too; checks with the same number may always. */
  readonly also?: readonly string[];
}

/** A condition on an id column: `id('ReceiptId', 'R1-4')`. */
export function id(column: string, text: string): string {
  return `${column} = packed_id('${text}')`;
}

/** Assigns an instant of 2024-03 to EventTS. */
export function setTime(time: string): string {
  return `EventTS = TIMESTAMP '2024-03-${time}'`;
}
