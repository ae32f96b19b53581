/**
 * A fact sink that keeps a digest and a count per table, the links of events included: two runs are
 * the same if their digests are.
 */

import type { FactKind } from '../../src/domain/fact-kind.ts';
import { FACT_NAMES, FACTS, type FactName, type FactSink } from '../../src/domain/facts.ts';
import { mix } from '../../src/engine/substream.ts';

export class DigestSink {
  readonly digests = new Map<FactName, number>();
  readonly counts = new Map<FactName, number>();
  readonly facts: FactSink;

  constructor() {
    this.facts = Object.fromEntries(
      FACT_NAMES.map((name) => [name, (record: object) => this.take(name, record)]),
    ) as unknown as FactSink;
  }

  private take(name: FactName, record: object): void {
    let digest = this.digests.get(name) ?? 0;
    const { columns, links }: FactKind = FACTS[name];
    for (const { field } of [...columns, ...links]) {
      const value = (record as Record<string, number | string>)[field];
      if (typeof value === 'number') {
        if (!Number.isInteger(value))
          throw new Error(`${name}.${field} is ${value}, not an integer`);
        digest = mix(digest ^ (value | 0) ^ Math.floor(value / 4294967296));
      } else {
        for (let at = 0; at < value.length; at++) digest = mix(digest ^ value.charCodeAt(at));
      }
    }
    this.digests.set(name, digest);
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  /** Everything seen, comparable. */
  summary(): Record<string, string> {
    return Object.fromEntries(
      [...this.counts].sort().map(([name, count]) => [name, `${count}:${this.digests.get(name)}`]),
    );
  }
}
