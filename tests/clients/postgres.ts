/** A PostgreSQL of a test's own: in a folder, on a socket there, gone afterwards. */
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { findProgram, output, succeeds } from './programs.ts';

/** Where Debian keeps the server's programs. */
function programFolders(): string[] {
  const versions = '/usr/lib/postgresql';
  if (!existsSync(versions)) return [];
  return readdirSync(versions).map((version) => path.join(versions, version, 'bin'));
}

/** It refuses to run as root. */
const isRoot = process.getuid?.() === 0;
const USER = 'nobody';

export class PostgresCluster {
  private readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static isThere(): boolean {
    const programs = ['initdb', 'pg_ctl', 'psql', 'createdb'];
    if (process.platform === 'win32') return false;
    if (isRoot && !succeeds('runuser', ['-u', USER, '--', 'true'])) return false;
    return programs.every((name) => findProgram(name, programFolders()) !== undefined);
  }

  /** Starts one with a database `world`, whose files lie in a folder within `base`. */
  static async start(base: string): Promise<PostgresCluster> {
    const cluster = new PostgresCluster(path.join(base, 'pg'));
    mkdirSync(cluster.folder);
    // Other users have to get there.
    chmodSync(base, 0o755);
    if (isRoot) {
      const [uid, gid] = await Promise.all([idOf('-u'), idOf('-g')]);
      chownSync(cluster.folder, uid, gid);
    }
    await cluster.run('initdb', ['-D', cluster.data, '-U', 'sim', '--auth', 'trust', '--no-sync']);
    // No port is opened: sockets in a folder of its own are told apart by it.
    const options = `-c listen_addresses= -c unix_socket_directories=${cluster.folder} -c fsync=off`;
    await cluster.run('pg_ctl', [
      '-D',
      cluster.data,
      '-w',
      '-t',
      '120',
      '-l',
      cluster.log,
      '-o',
      options,
      'start',
    ]);
    await cluster.shell('createdb world');
    return cluster;
  }

  /** Runs commands in the folder above, as one who types psql there. */
  shell(script: string): Promise<string> {
    const env = [`PGHOST=${this.folder}`, 'PGUSER=sim'];
    return output(
      'env',
      [...env, 'bash', '-euo', 'pipefail', '-c', script],
      path.dirname(this.folder),
    );
  }

  /** Answers, a value a line. */
  query(sql: string, database = 'world'): Promise<string> {
    const args = [
      `PGHOST=${this.folder}`,
      'PGUSER=sim',
      'psql',
      '-qAt',
      '-v',
      'ON_ERROR_STOP=1',
      database,
    ];
    return output('env', args, this.folder, sql);
  }

  /** What a client in this process or another one needs to find the database `world`. */
  get environment(): Readonly<Record<string, string>> {
    return { PGHOST: this.folder, PGPORT: '5432', PGUSER: 'sim', PGDATABASE: 'world' };
  }

  /** From now on a user needs a password. */
  async askPassword(user: string): Promise<void> {
    const file = path.join(this.data, 'pg_hba.conf');
    writeFileSync(file, `local all ${user} scram-sha-256\n${readFileSync(file, 'utf8')}`);
    await this.query('SELECT pg_reload_conf()');
  }

  async stop(): Promise<void> {
    await this.run('pg_ctl', ['-D', this.data, '-m', 'immediate', 'stop']);
  }

  private get data(): string {
    return path.join(this.folder, 'data');
  }

  private get log(): string {
    return path.join(this.folder, 'log');
  }

  private run(name: string, args: readonly string[]): Promise<string> {
    const program = findProgram(name, programFolders())!;
    const command = isRoot ? ['runuser', '-u', USER, '--', program] : [program];
    return output(command[0], [...command.slice(1), ...args], this.folder);
  }
}

async function idOf(which: '-u' | '-g'): Promise<number> {
  return Number(await output('id', [which, USER], '/'));
}
