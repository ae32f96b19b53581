/** The section `sinks` of the config: settings of each sink by its name, as the sink declares them. */
import type { z } from 'zod';
import { InputError, nearest } from '../domain/errors.ts';
import { redact } from '../domain/secret.ts';
import type { Config } from '../world/config.ts';
import { sinkNames, streamSinks } from './registry.ts';
import type { SinkSettings, StreamSinkKind } from './stream-sink-kind.ts';

/**
 * Returns a sink's settings, with its defaults.
 * @throws InputError naming each wrong setting, one in a line
 */
export function settingsOf<Settings>(
  kind: StreamSinkKind<Settings>,
  config: Config,
): SinkSettings<Settings> {
  const problems = problemsOf(kind, config);
  if (problems.length > 0) throw unusable(problems);
  // Undefined without a schema.
  const settings = kind.settings?.parse(config.sinks?.[kind.name] ?? {}) as Settings;
  return { config, settings };
}

/** Checks the whole section. @throws InputError naming each wrong sink and setting, one in a line */
export function requireSinkSettings(config: Config): void {
  const problems = Object.keys(config.sinks ?? {}).flatMap((name) => {
    const kind = streamSinks().find((each) => each.name === name);
    return kind === undefined ? [unknownSink(name)] : problemsOf(kind, config);
  });
  if (problems.length > 0) throw unusable(problems);
}

/** Returns the names of settings whose values are never shown. */
export function secretSettings(): string[] {
  return streamSinks().flatMap(({ secrets = [] }) => secrets);
}

function problemsOf(kind: StreamSinkKind, config: Config): string[] {
  const given = config.sinks?.[kind.name];
  const place = `sinks.${kind.name}`;
  if (kind.settings === undefined) {
    return given === undefined
      ? []
      : [`${place} is set: expected nothing, since this sink has no settings`];
  }
  const parsed = kind.settings.safeParse(given ?? {});
  return parsed.success ? [] : parsed.error.issues.flatMap((issue) => lines(kind, given, issue));
}

function lines(kind: StreamSinkKind, given: unknown, issue: z.core.$ZodIssue): string[] {
  const place = ['sinks', kind.name, ...issue.path].join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${place}.${key} is not a setting of the sink ${kind.name}`);
  }
  let value = given as unknown;
  for (const key of issue.path)
    value = (value as Record<string, unknown> | undefined)?.[String(key)];
  const isSecret = kind.secrets?.includes(String(issue.path.at(-1)));
  const shown = isSecret ? 'set' : redact(JSON.stringify(value) ?? 'not set');
  return [`${place} is ${shown}: expected ${issue.message}`];
}

function unknownSink(name: string): string {
  const near = nearest(name, sinkNames());
  const hint = near === undefined ? `known are ${sinkNames().join(', ')}` : `did you mean ${near}?`;
  return `sinks.${name} is not a sink: ${hint}`;
}

function unusable(problems: readonly string[]): InputError {
  return new InputError(`Cannot use the config:\n  ${problems.join('\n  ')}`);
}
