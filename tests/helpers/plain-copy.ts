/** What a checkpoint would give back: typed arrays copied, the rest through JSON. */
import type { Sections } from '../../src/domain/plain-data.ts';

export function plainCopy(sections: Sections): Sections {
  return Object.fromEntries(
    Object.entries(sections).map(([name, value]) => [
      name,
      ArrayBuffer.isView(value) ? structuredClone(value) : JSON.parse(JSON.stringify(value)),
    ]),
  );
}
