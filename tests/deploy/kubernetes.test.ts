/** The Indexed Job: its structure, and its pods' command run here as a cluster would run it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { MakeWorld } from '../../src/run/make-world.ts';
import { main } from '../../src/cli/main.ts';
import { parseShard } from '../../src/store/shard.ts';
import { identityOf } from '../../src/store/world-settings.ts';
import { configOf } from '../../src/world/config.ts';
import { fakeTerminal } from '../cli/fake-terminal.ts';
import { digests } from '../run/digests.ts';
import { fakeWorld } from '../run/fake-world.ts';

const folder = path.join(import.meta.dirname, '../../deploy');
const documentsIn = (name: string) =>
  parseAllDocuments(readFileSync(path.join(folder, 'kubernetes', name), 'utf8'));
const documents = [...documentsIn('volume.yaml'), ...documentsIn('indexed-job.yaml')];
const [claim, job] = documents.map((document) => document.toJS());
const pod = job.spec.template.spec;
const [container] = pod.containers;

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly resourceFieldRef: { readonly resource: string } };
}

/** Environment of the pod with an index, as the Job's controller and the kubelet would set it. */
function environmentOf(index: number): Record<string, string> {
  const environment: Record<string, string> = { JOB_COMPLETION_INDEX: String(index) };
  for (const { name, value, valueFrom } of container.env as Variable[]) {
    const [section, resource] = valueFrom?.resourceFieldRef.resource.split('.') ?? [];
    environment[name] = value ?? container.resources[section][resource];
  }
  return environment;
}

/** Arguments of that pod, `$(NAME)` filled in. */
function argumentsOf(environment: Record<string, string>): string[] {
  return (container.args as string[]).map((argument) =>
    argument.replace(/\$\((\w+)\)/g, (reference, name) => environment[name] ?? reference),
  );
}

describe('the manifest', () => {
  it('is YAML without faults: a claim in one file, a Job in another that can be deleted without it', () => {
    expect(documentsIn('volume.yaml').map((document) => document.toJS().kind)).toEqual([
      'PersistentVolumeClaim',
    ]);
    expect(documentsIn('indexed-job.yaml').map((document) => document.toJS().kind)).toEqual([
      'Job',
    ]);
    for (const { errors, warnings } of documents) expect([...errors, ...warnings]).toEqual([]);
    expect(claim).toMatchObject({ apiVersion: 'v1', kind: 'PersistentVolumeClaim' });
    expect(claim.spec).toMatchObject({ accessModes: ['ReadWriteMany'] });
    expect(claim.spec.resources.requests.storage).toMatch(/^\d+Gi$/);
    expect(job).toMatchObject({ apiVersion: 'batch/v1', kind: 'Job' });
    expect(documents).toHaveLength(2);
  });

  it('has a pod for each shard, and every shard has a region', () => {
    const { completionMode, completions, parallelism } = job.spec;
    expect({ completionMode, parallelism }).toEqual({
      completionMode: 'Indexed',
      parallelism: completions,
    });
    expect(completions).toBeLessThanOrEqual(configOf({}).volume.dcs);
  });

  it('replaces pods one at a time, but none whose input is refused, and takes an eviction for no failure', () => {
    expect(job.spec.backoffLimitPerIndex).toBeGreaterThan(0);
    expect(job.spec.podReplacementPolicy).toBe('Failed');
    expect(job.spec.podFailurePolicy.rules).toEqual([
      {
        action: 'FailJob',
        onExitCodes: { containerName: container.name, operator: 'In', values: [2] },
      },
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
    ]);
    // What both of these need.
    expect(pod.restartPolicy).toBe('Never');
  });

  it('runs without rights, and writes to its volumes alone', () => {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    expect(pod.securityContext.fsGroup).toBe(pod.securityContext.runAsGroup);
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    const volumes = new Map(pod.volumes.map((volume: { name: string }) => [volume.name, volume]));
    const mounts = container.volumeMounts as { name: string; mountPath: string }[];
    expect(mounts.map(({ name }) => name).sort()).toEqual([...volumes.keys()].sort());
    const { mountPath } = mounts.find(({ name }) => name === 'world') ?? {};
    expect(volumes.get('world')).toMatchObject({
      persistentVolumeClaim: { claimName: claim.metadata.name },
    });
    expect(container.args.find((argument: string) => argument.startsWith('--out='))).toMatch(
      new RegExp(`^--out=${mountPath}/`),
    );
  });

  it('takes its image from a registry, by a tag that stands for this version', () => {
    const { version } = JSON.parse(readFileSync(path.join(folder, '../package.json'), 'utf8'));
    expect(container.image).toBe(`registry.example.com/synthetic-retail:${version}`);
    for (const file of ['../docs/scaling.md', 'kubernetes/indexed-job.yaml']) {
      const text = readFileSync(path.join(folder, file), 'utf8');
      for (const command of ['--tag', 'docker push']) {
        expect(text).toContain(`${command} ${container.image}`);
      }
    }
  });

  it('names the variables that --shard auto reads', () => {
    for (let index = 0; index < job.spec.completions; index++) {
      const environment = environmentOf(index);
      const { completions: count } = job.spec;
      expect(parseShard('auto', environment)).toEqual({ index: index + 1, count });
      const [workers] = argumentsOf(environment).filter((text) => text.startsWith('--workers='));
      expect(workers).toBe(`--workers=${container.resources.limits.cpu}`);
    }
  });
});

describe('its pods', () => {
  const base = mkdtempSync(path.join(os.tmpdir(), 'sim-job-'));
  afterAll(() => rmSync(base, { recursive: true }));
  afterEach(() => vi.unstubAllEnvs());

  /** The command of a pod over a fake world; its window is cut to two days. */
  async function runPod(out: string, index: number | undefined, onFact?: (id: number) => void) {
    const environment = index === undefined ? { CPUS: '1' } : environmentOf(index);
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const replaced: Record<string, string> = { '--out': out, '--to': '2024-01-03' };
    const args = argumentsOf(environment)
      .filter((argument) => index !== undefined || !argument.startsWith('--shard'))
      .map((argument) => {
        const [flag] = argument.split('=');
        return flag in replaced ? `${flag}=${replaced[flag]}` : argument;
      });
    const terminal = fakeTerminal();
    const makeWorld: MakeWorld = (settings, startMs, paths) => ({
      ...fakeWorld({ paths, startMs, regions: settings.config.volume.dcs, onFact }),
      identity: identityOf(settings, startMs),
    });
    const code = await main(args, terminal, makeWorld);
    vi.unstubAllEnvs();
    return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
  }

  it('make the world of one run, though each is killed or fails once', async () => {
    const single = path.join(base, 'single');
    expect(await runPod(single, undefined)).toMatchObject({ code: 0 });

    const out = path.join(base, 'job');
    const indexes = Array.from({ length: job.spec.completions }, (_, index) => index);
    for (const index of indexes) {
      let facts = 0;
      const failed = await runPod(out, index, () => {
        if (++facts > 10) throw new Error('the node is gone');
      });
      expect(failed.code, failed.stderr).toBe(1);
      // Its replacement has the name of the pod that was killed, and is process 1 again.
      const lock = path.join(out, 'checkpoint', `shard-${index + 1}-of-${indexes.length}.lock`);
      mkdirSync(path.dirname(lock), { recursive: true });
      writeFileSync(lock, `${process.pid} ${os.hostname()}\n`);
    }
    for (const index of indexes.toReversed()) {
      const done = await runPod(out, index);
      expect(done.code, done.stderr).toBe(0);
    }
    expect(digests(out)).toEqual(digests(single));
    for (const index of indexes) expect(await runPod(out, index)).toMatchObject({ code: 0 });
    expect(digests(out)).toEqual(digests(single));
  });
});

describe('wait.sh', () => {
  const script = path.join(folder, 'kubernetes/wait.sh');
  const base = mkdtempSync(path.join(os.tmpdir(), 'sim-wait-'));
  afterAll(() => rmSync(base, { recursive: true }));

  /** Runs it beside a kubectl that gives these answers, one after the other. */
  function waitFor(...answers: string[]) {
    const bin = mkdtempSync(path.join(base, 'bin-'));
    for (const [at, answer] of answers.entries()) writeFileSync(path.join(bin, `${at}`), answer);
    writeFileSync(
      path.join(bin, 'kubectl'),
      `#!/usr/bin/env bash
cd "${bin}"
echo "$@" >>asked
at=$(($(wc -l <asked) - 1))
[ -e "$at" ] || { echo 'Error from server (NotFound)' >&2; exit 1; }
cat "$at"
`,
      { mode: 0o755 },
    );
    const env = { PATH: `${bin}:${process.env.PATH}`, WAIT_SECONDS: '0' };
    const ended = spawnSync(script, ['synthetic-retail', '--namespace', 'sim'], {
      env,
      encoding: 'utf8',
    });
    return { ...ended, asked: readFileSync(path.join(bin, 'asked'), 'utf8').split('\n') };
  }

  it('ends with 0 when the Job is complete', () => {
    const { status, asked } = waitFor('', '\n', 'SuccessCriteriaMet : \n', 'Complete : \n');
    expect(status).toBe(0);
    expect(asked[0]).toContain('get job synthetic-retail --namespace sim --output jsonpath=');
  });

  it('ends with 1, and the reason, when it has failed', () => {
    const failed = 'Failed PodFailurePolicy: Container sim for pod x failed with exit code 2\n';
    const { status, stderr } = waitFor('', `FailureTarget PodFailurePolicy: \n${failed}`);
    expect(status).toBe(1);
    expect(stderr).toContain('has failed. PodFailurePolicy: Container sim for pod x failed');
  });

  it('ends when there is no such Job, and says how it is called', () => {
    expect(waitFor()).toMatchObject({ status: 1, stderr: expect.stringContaining('NotFound') });
    expect(spawnSync(script, [], { encoding: 'utf8' })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('usage: deploy/kubernetes/wait.sh JOB'),
    });
  });
});

describe('the image', () => {
  const dockerfile = readFileSync(path.join(folder, 'Dockerfile'), 'utf8');
  const root = path.join(folder, '..');

  it('holds every folder that the program is loaded from, and runs it without rights', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names]) =>
      names.split(' '),
    );
    const ignore = readFileSync(path.join(folder, 'Dockerfile.dockerignore'), 'utf8');
    const kept = [...ignore.matchAll(/^!(.+)$/gm)].map(([, name]) => name);
    expect(kept).toEqual([...new Set(copied)]);
    const { engines, bin, files } = JSON.parse(
      readFileSync(path.join(root, 'package.json'), 'utf8'),
    );
    const [, major] = /^FROM node:(\d+)-slim$/m.exec(dockerfile) ?? [];
    expect(engines.node).toMatch(new RegExp(`^>=${major}\\.`));
    expect(dockerfile).toContain(`ENTRYPOINT ["node", "/app/${bin.sim}"]`);
    expect(dockerfile).toContain(`USER ${pod.securityContext.runAsUser}:`);
    expect(dockerfile).toContain('npm ci --omit=dev');
    expect(dockerfile).toContain('COPY --from=dependencies /build/node_modules node_modules');
    // Of the build, what the package is made of, apart from its papers.
    const built = [...dockerfile.matchAll(/^COPY --from=build \/build\/(\S+) \1$/gm)];
    const shipped = (files as string[]).filter((file) => !file.endsWith('.md'));
    expect(new Set(built.map(([, name]) => name))).toEqual(
      new Set(shipped.map((file) => file.replace(/\/[^/]*\.(csv|yaml|json)$/, ''))),
    );
  });
});
