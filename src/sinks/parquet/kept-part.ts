/**
 * The name of a part of an open day as it was at the last commit, while its day goes on or has just ended: a crash
 * before the next commit goes back to it. No reader takes it for a part.
 */
export const KEPT = '.kept';

export function keptName(part: string): string {
  return part + KEPT;
}
