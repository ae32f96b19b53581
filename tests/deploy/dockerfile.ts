/**
 * Follows a Dockerfile without Docker: a folder for each stage, in which its commands run, on the Node of this machine. It
 * knows the instructions of deploy/Dockerfile and refuses any other.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

export interface Image {
  /** The file system of the last stage, as a folder. */
  readonly root: string;
  readonly workdir: string;
  readonly user: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  /** Stages by name, `final` for the last. */
  readonly stages: ReadonlyMap<string, string>;
}

type Stage = { -readonly [Key in keyof Image]: Image[Key] };

/**
 * @param context folder of the checkout; only what `ignore` leaves is copied from it
 * @param base folder for the stages
 */
export function follow(dockerfile: string, ignore: string, context: string, base: string): Image {
  const stages = new Map<string, string>();
  let stage: Stage | undefined;
  for (const { name, rest } of instructionsOf(dockerfile)) {
    if (name === 'FROM') stage = begin(rest, base, stages);
    else if (stage === undefined) throw new Error(`Cannot follow ${name} before FROM`);
    else apply(stage, name, rest, (file) => isSent(ignore, context, file), context);
  }
  if (stage === undefined) throw new Error('Cannot follow a Dockerfile without a stage');
  return stage;
}

function instructionsOf(text: string) {
  return text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name, rest] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
      return { name, rest };
    });
}

function begin(rest: string, base: string, stages: Map<string, string>): Stage {
  const [, image, name = 'final'] = /^(\S+)(?: AS (\S+))?$/.exec(rest) ?? [];
  if (!/^node:\d+-slim$/.test(image)) throw new Error(`Cannot follow FROM ${rest}`);
  const root = path.join(base, name);
  mkdirSync(root);
  stages.set(name, root);
  return { root, workdir: '/', user: '', environment: {}, entrypoint: [], command: [], stages };
}

function apply(
  stage: Stage,
  name: string,
  rest: string,
  isContext: (file: string) => boolean,
  context: string,
): void {
  const here = path.join(stage.root, stage.workdir);
  if (name === 'WORKDIR') {
    stage.workdir = rest;
    mkdirSync(path.join(stage.root, rest), { recursive: true });
  } else if (name === 'ENV') {
    const [key, value] = rest.split('=');
    stage.environment = { ...stage.environment, [key]: value };
  } else if (name === 'COPY') {
    const [, from, words] = /^(?:--from=(\S+) )?(.*)$/.exec(rest) ?? [];
    const source = from === undefined ? context : stage.stages.get(from);
    if (source === undefined) throw new Error(`Cannot follow COPY ${rest}: there is no such stage`);
    const filter = from === undefined ? isContext : undefined;
    copy(words.split(' '), source, here, filter);
  } else if (name === 'RUN') {
    execFileSync('sh', ['-ec', rest], {
      cwd: here,
      env: { ...withoutNpm(process.env), ...stage.environment },
      stdio: 'pipe',
    });
  } else if (name === 'USER') stage.user = rest;
  else if (name === 'ENTRYPOINT') stage.entrypoint = JSON.parse(rest);
  else if (name === 'CMD') stage.command = JSON.parse(rest);
  else throw new Error(`Cannot follow ${name} ${rest}`);
}

/** What a folder holds is copied, not the folder; several things go into one. */
function copy(
  words: readonly string[],
  source: string,
  here: string,
  filter: ((file: string) => boolean) | undefined,
): void {
  const target = words[words.length - 1];
  for (const word of words.slice(0, -1)) {
    const from = path.join(source, word);
    if (!existsSync(from)) throw new Error(`Cannot follow COPY ${words.join(' ')}: no ${word}`);
    const isInto = target.endsWith('/') || target === '.';
    const to = path.join(here, target, isInto && statSync(from).isFile() ? word : '');
    cpSync(from, to, {
      recursive: true,
      verbatimSymlinks: true,
      ...(filter !== undefined && { filter }),
    });
  }
}

/** Whether Docker would send a file to the daemon: the last line of the ignore file that fits it says so. */
function isSent(ignore: string, context: string, file: string): boolean {
  const name = path.relative(context, file).replaceAll('\\', '/');
  let sent = true;
  for (const line of ignore.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const pattern = line.replace(/^!/, '');
    const fits = pattern === '*' || name === pattern || name.startsWith(`${pattern}/`);
    if (fits) sent = line.startsWith('!');
  }
  return sent;
}

/** npm tells its own processes what it was asked itself. */
function withoutNpm(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^(npm_|NODE_ENV$|VITEST)/.test(name)),
  );
}
