/** The server's message about a setting, worded for a place beside its field. */
import { words } from '../../domain/format.ts';

/**
 * Turns `volume.dcs is 9: expected at most volume.stores, which is 4` into `Expected at most “Stores”, which is
 * 4`.
 */
export function faultWords(detail: string): string {
  const expected = detail.replace(/^[\w.]+ is [\s\S]*?: (?=expected )/, '');
  const named = expected.replace(
    /\b(?:volume|realtime|stream|historical|performance)\.(\w+)/g,
    (_, key: string) => `“${words(key)}”`,
  );
  return named.charAt(0).toUpperCase() + named.slice(1);
}
