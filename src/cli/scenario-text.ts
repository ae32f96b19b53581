/** Scenarios and their checks as text. */
import type { ScenarioCheck } from '../library/check-scenario.ts';
import type { Scenario, ScenarioEffect } from '../scenario/scenario.ts';
import { statementOf } from '../verify/expectations.ts';

/** Returns what a scenario does, its trial, and what it expects. */
export function describeScenario(scenario: Omit<Scenario, 'file'>): string {
  const { name, title, description, lookFor, params, effects, trial, expect } = scenario;
  const volume = Object.entries(trial.volume ?? {}).map(([key, value]) => `${key} ${value}`);
  const sections = [
    `${name}: ${title}\n\n${wrapped(description)}`,
    lookFor === undefined ? '' : `Look for\n${wrapped(lookFor).replace(/^/gm, '  ').trimEnd()}\n`,
    section(
      'Parameters',
      Object.entries(params).map(([key, value]) => `${key} ${value}`),
    ),
    section('Effects', effects.map(effectText)),
    `Trial\n  ${trial.days} days from ${trial.from}, preset small${volume.length > 0 ? ` with ${volume.join(', ')}` : ''}\n`,
    section(
      'Expects',
      expect.map((each) => ('metric' in each ? statementOf(each) : `untouched: ${each.untouched}`)),
    ),
  ];
  return sections.filter((text) => text !== '').join('\n');
}

function section(heading: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return `${heading}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

/** `traffic: factor 1.4; window fromDays 2, toDays 5; ramp upDays 1, downDays 0`. */
function effectText({ kind, ...settings }: ScenarioEffect): string {
  const parts = Object.entries(settings).flatMap(([key, value]) => {
    if (value === undefined) return [];
    if (typeof value !== 'object') return [`${key} ${value}`];
    const inner = Object.entries(value as Record<string, unknown>).map(
      ([name, each]) => `${name} ${innerText(each)}`,
    );
    return inner.length === 0 ? [] : [`${key} ${inner.join(', ')}`];
  });
  return `${kind}: ${parts.join('; ')}`;
}

function innerText(value: unknown): string {
  if (Array.isArray(value)) return value.join(' and ');
  return typeof value === 'object' ? JSON.stringify(value).replaceAll('"', '') : String(value);
}

const WIDTH = 100;

function wrapped(text: string): string {
  let line = '';
  const lines: string[] = [];
  for (const word of text.trim().split(/\s+/)) {
    if (line.length + word.length >= WIDTH) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return `${[...lines, line].join('\n')}\n`;
}

/** Returns a table of each expectation, what was measured at each seed and the verdict; then broken invariants. */
export function checkText({ scenario, holds, results }: ScenarioCheck): string {
  const [first] = results;
  const rows = first.expectations.map(({ statement }, at) => {
    const all = results.map(({ expectations }) => expectations[at]);
    const measured = all.map((each) => `${each.measured}${each.holds ? '' : ' fails'}`);
    return [all.every((each) => each.holds) ? 'holds' : 'FAILS', ...measured, statement];
  });
  const heading = ['verdict', ...results.map(({ seed }) => `seed ${seed}`), 'expectation'];
  const broken = results.flatMap(({ seed, broken: found }) =>
    found.map((statement) => `FAILS  seed ${seed} breaks invariant ${statement}`),
  );
  const seeds = results.length === 1 ? '1 seed' : `${results.length} seeds`;
  const verdict = holds
    ? `The scenario "${scenario}" does what it says at ${seeds}.`
    : `The scenario "${scenario}" does not do what it says.`;
  return `${[...aligned([heading, ...rows]), ...broken, '', verdict].join('\n')}\n`;
}

/** Returns rows with their columns one below the other; the last one ends where it ends. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
}
