/**
 * Programs that read every event of an event hub with Microsoft's SDK of a language. They run by
 * `npm run test:long` where their tools are installed:
 *
 *   Java    `mvn` and a JDK of version 17 or later; Maven fetches the SDK that java/pom.xml names
 *   Go      `go` of the version in go/go.mod or later, which fetches the SDK
 *   Python  SIM_TEST_PYTHON, as python.ts says
 *
 * Each prints an event as one line of fields with tabs between them: partition, sequence number, partition
 * key, content type, application properties (`name=value`, sorted, with `;` between them), body in base64.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { output, PYTHON, succeeds } from './programs.ts';
import { HOW_TO_ENABLE } from './python.ts';

export interface EventReader {
  readonly name: string;
  /** What to install, where its tools are missing. */
  readonly missing: string | undefined;
  /** Fetches and builds what it needs, below an empty folder; returns the command that reads. */
  prepare(folder: string): Promise<readonly [program: string, ...arguments_: string[]]>;
}

export interface ReadEvent {
  readonly partition: string;
  readonly sequenceNumber: number;
  readonly partitionKey: string;
  readonly contentType: string;
  readonly properties: string;
  readonly body: Buffer;
}

const SOURCES = import.meta.dirname;
const GO_SOURCES = path.join(SOURCES, 'go');

function javaReader(version: string): EventReader {
  const found = succeeds('mvn', ['--version']) && succeeds('javac', ['--version']);
  return {
    name: `Java ${version}`,
    missing: found ? undefined : 'install mvn and a JDK of version 17 or later',
    prepare: async (folder) => {
      const goals = ['--quiet', '--batch-mode', 'dependency:copy-dependencies'];
      const settings = [`-Deventhubs.version=${version}`, `-DoutputDirectory=${folder}`];
      await output('mvn', [...goals, ...settings], path.join(SOURCES, 'java'));
      return ['java', '-cp', path.join(folder, '*'), path.join(SOURCES, 'java/EveryEvent.java')];
    },
  };
}

function goReader(): EventReader {
  return {
    name: 'Go',
    missing: succeeds('go', ['version']) ? undefined : 'install go',
    prepare: async (folder) => {
      const program = path.join(folder, 'every_event');
      await output('go', ['build', '-o', program, '.'], GO_SOURCES);
      return [program];
    },
  };
}

function pythonReader(): EventReader {
  return {
    name: 'Python',
    missing: PYTHON === undefined ? HOW_TO_ENABLE : undefined,
    prepare: async () => [PYTHON!, path.join(SOURCES, 'every_event.py')],
  };
}

/** Looks for the tools of each language. */
export function eventReaders(): readonly EventReader[] {
  return [javaReader('5.20.0'), javaReader('5.21.5'), goReader(), pythonReader()];
}

/**
 * Reads an event hub from its oldest events.
 * @param command as `prepare` returned it
 * @param connectionString names the event hub (EntityPath)
 * @param count events to read
 * @param onEvent called with each event, in the order of its partition
 * @throws Error with the program's own words if it fails
 */
export async function readEvents(
  command: readonly [string, ...string[]],
  connectionString: string,
  count: number,
  onEvent: (event: ReadEvent) => void,
): Promise<void> {
  const [program, ...rest] = command;
  const child = spawn(program, [...rest, connectionString, '$Default', String(count)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [code, complaints] = await Promise.all([
    once(child, 'close').then(([status]) => status as number | null),
    textOf(child),
    eachLine(child, (line) => onEvent(parse(line))),
  ]);
  if (code !== 0) throw new Error(`${program} ended with ${code}:\n${complaints.slice(-4000)}`);
}

async function eachLine(child: ChildProcess, onLine: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: child.stdout! })) onLine(line);
}

async function textOf(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stderr!) text += chunk;
  return text;
}

function parse(line: string): ReadEvent {
  const [partition, sequenceNumber, partitionKey, contentType, properties, body] = line.split('\t');
  return {
    partition: partition!,
    sequenceNumber: Number(sequenceNumber),
    partitionKey: partitionKey!,
    contentType: contentType!,
    properties: properties!,
    body: Buffer.from(body!, 'base64'),
  };
}
