/**
 * A Slurm cluster of this machine alone, in a folder: one node, keys and ports of its own.
 *
 * Needs the daemons of Debian's slurm-wlm and munge, and root: slurmd starts tasks as their users.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Cluster {
  /** Environment in which sbatch and its like find this cluster. */
  readonly environment: NodeJS.ProcessEnv;
  readonly stop: () => Promise<void>;
}

/** Starts a cluster in a folder; rejects if its node is not ready within a minute. */
export async function startCluster(folder: string): Promise<Cluster> {
  const cores = os.availableParallelism();
  const inFolder = (name: string) => path.join(folder, name);
  const conf = inFolder('slurm.conf');
  for (const name of ['munge', 'state', 'spool']) mkdirSync(inFolder(name), { recursive: true });
  // Tasks of other users would ask munge as well.
  for (const name of ['.', 'munge']) chmodSync(inFolder(name), 0o755);
  writeFileSync(inFolder('munge/key'), randomBytes(256), { mode: 0o600 });
  const [controllerPort, nodePort] = await freePorts(2);
  writeFileSync(
    conf,
    `ClusterName=trial
SlurmctldHost=${os.hostname()}(127.0.0.1)
SlurmctldPort=${controllerPort}
SlurmdPort=${nodePort}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=${inFolder('munge/socket')}
SlurmctldPidFile=${inFolder('slurmctld.pid')}
SlurmdPidFile=${inFolder('slurmd.pid')}
StateSaveLocation=${inFolder('state')}
SlurmdSpoolDir=${inFolder('spool')}
SlurmctldLogFile=${inFolder('slurmctld.log')}
SlurmdLogFile=${inFolder('slurmd.log')}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
NodeName=trial1 NodeHostname=${os.hostname()} NodeAddr=127.0.0.1 CPUs=${cores} RealMemory=${Math.floor(os.totalmem() / 2 ** 20 / 2)} State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`,
  );
  const environment = { ...process.env, SLURM_CONF: conf };
  const daemons: ChildProcess[] = [];
  const start = (command: string, args: readonly string[]) => {
    const log = openSync(inFolder(`${path.basename(command)}.out`), 'a');
    daemons.unshift(spawn(command, args, { env: environment, stdio: ['ignore', log, log] }));
  };
  const stop = async () => {
    for (const daemon of daemons) await ended(daemon);
  };
  const munge = (name: string) => inFolder(`munge/${name}`);
  start('/usr/sbin/munged', [
    ...['--foreground', '--force', `--key-file=${munge('key')}`, `--socket=${munge('socket')}`],
    ...[`--pid-file=${munge('pid')}`, `--log-file=${munge('log')}`, `--seed-file=${munge('seed')}`],
  ]);
  await sleep(1000);
  start('/usr/sbin/slurmctld', ['-D', '-f', conf]);
  start('/usr/sbin/slurmd', ['-D', '-N', 'trial1', '-f', conf]);
  for (let waitedMs = 0; !isReady(environment); waitedMs += 1000) {
    if (waitedMs >= 60_000) {
      await stop();
      throw new Error(`Cannot start a Slurm cluster: its node is not idle; see "${folder}"`);
    }
    await sleep(1000);
  }
  return { environment, stop };
}

function isReady(env: NodeJS.ProcessEnv): boolean {
  try {
    const states = execFileSync('sinfo', ['--noheader', '--format=%T'], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 10_000,
    });
    return states.trim() === 'idle';
  } catch {
    return false;
  }
}

/** Ends a daemon that was started here, and waits until it is gone. */
async function ended(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => daemon.once('exit', () => resolve()));
  daemon.kill('SIGTERM');
  const patience = setTimeout(() => daemon.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(patience);
}

/** Ports that nobody listens on now; slurm.conf wants them named before its daemons take them. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            resolve(typeof address === 'object' && address !== null ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(
    servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))),
  );
  return ports;
}
