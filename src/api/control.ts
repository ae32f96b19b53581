/** Creates, starts and stops the server. */
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { InputError } from '../domain/errors.ts';
import type { ChangeRate } from './guard/bucket.ts';
import { Counts } from './data/counts.ts';
import { Previews } from './data/preview.ts';
import { Disruptions } from './disruptions.ts';
import { Engine } from './engine/engine.ts';
import { Front, type FrontOptions } from './front.ts';
import { Guesses } from './guard/guesses.ts';
import { dropLostLock, lockOwner } from '../store/lock.ts';
import { readManifest } from '../store/manifest.ts';
import { WorldWatch } from './world-watch.ts';
import { Sessions, tokenFor } from './guard/token.ts';
import { controlApp } from './app.ts';
import { obstacleOf } from './drift.ts';
import { RestLook } from './engine/rest-look.ts';
import { KeptTasks } from './kept-tasks.ts';
import { LastLedger } from './last-ledger.ts';
import { LiveView } from './live/live-view.ts';
import type { RegionPicture } from './live/region-picture.ts';
import type { PageAssets } from './serve-page.ts';
import type { Services } from './services.ts';
import { Settings, type SettingsOptions } from './settings.ts';
import { streamView } from './stream-views.ts';
import { Tasks } from './tasks.ts';

export const DEFAULT_HOST = '127.0.0.1';
export const DEFAULT_PORT = 8000;

export interface ControlOptions extends SettingsOptions, FrontOptions {
  readonly host?: string | undefined;
  /** Other host names of the server. */
  readonly hostNames?: readonly string[] | undefined;
  /** Value of SIM_API_TOKEN. */
  readonly token?: string | undefined;
  readonly page?: PageAssets | undefined;
  readonly changeRate?: ChangeRate;
  /** Wall clock, epoch ms. */
  readonly nowMs?: () => number;
  readonly onFault?: (error: Error) => void;
  /** Called with a note for the user. */
  readonly onNote?: (text: string) => void;
}

export interface Control {
  readonly app: OpenAPIHono;
  readonly services: Services;
  /** Ends the running job at a consistent instant. */
  close(): Promise<void>;
}

/** Returns the app with its services, without a socket. @throws InputError */
export function createControl(options: ControlOptions): Control {
  const { host = DEFAULT_HOST, nowMs = Date.now, page, changeRate, onFault, onNote } = options;
  const token = tokenFor(host, options.token);
  const front = new Front(options);
  const settings = new Settings(options);
  const tasks = new Tasks(nowMs);
  const counts = new Counts();
  const previews = new Previews();
  const rest = new RestLook({ settings, tills: () => engine.tills, onSeen: () => live.changed() });
  const disruptions = new Disruptions({
    settings,
    simulatedMs: () => engine.simulatedMs,
    regions: () => regionsNow({ live, engine, rest }),
  });
  const lookAtRest = () => {
    if (live.broadcast.watchers === 0 || tasks.running !== undefined) return;
    if (watch.otherProgram === undefined) void rest.see();
  };
  const live = new LiveView({
    settings,
    tasks,
    nowMs,
    counts: () => counts.flat,
    reachedMs: () => watch.reachedMs,
    resting: () => rest.pictures,
    disruptions: () => disruptions.shown(),
    stream: () => streamView(engine, nowMs()),
    otherProgram: () => watch.otherProgram,
    onWatched: (watched) => {
      engine.watch(watched);
      lookAtRest();
    },
  });
  tasks.onChange = () => live.changed();
  const watch: WorldWatch = new WorldWatch({
    settings,
    counts,
    live,
    onChange: () => lookAtRest(),
  });
  const kept = new KeptTasks({
    paths: () => settings.paths,
    tasks,
    history: () => watch.history,
    reachedMs: () => watch.reachedMs,
    otherProgram: () => watch.otherProgram,
    nowMs,
  });
  const engine = new Engine({
    tasks,
    live,
    onTask: (task, job) => kept.keep(task, job),
    onNote,
    otherOwner: () => lockOwner(settings.paths.lock),
    obstacle: () => obstacleOf(services),
    onStart: () => rest.giveWay(),
    onWorld: () => {
      watch.look();
      lookAtRest();
    },
    onGone: () => dropLostLock(settings.paths.lock),
  });
  const services: Services = {
    settings,
    tasks,
    kept,
    lastLedger: new LastLedger(() => settings.paths),
    engine,
    previews,
    counts,
    disruptions,
    live,
    watch,
    token,
    sessions: new Sessions(),
    guesses: new Guesses(nowMs),
    front,
    manifest: () => readManifest(settings.paths.manifest),
    nowMs,
    startedMs: nowMs(),
  };
  const app = controlApp({
    services,
    host,
    hostNames: options.hostNames,
    page,
    onFault,
    ...(changeRate && { changeRate }),
  });
  return {
    app,
    services,
    close: async () => {
      watch.close();
      live.close();
      rest.close();
      await engine.close();
      await previews.close();
    },
  };
}

/** Returns the present regions, independent of clients of the live view: from the stream, or from the files. */
async function regionsNow({
  live,
  engine,
  rest,
}: Pick<Services, 'live' | 'engine'> & { rest: RestLook }): Promise<readonly RegionPicture[]> {
  if (live.currentRunning !== undefined) return live.currentRunning.regions;
  const running = engine.runningTask?.kind;
  if (running === 'historical') return rest.pictures;
  if (running !== 'streaming') return rest.see();
  // A stream that is still starting is at the instant of the files.
  return engine.call('streaming', 'look').catch(() => rest.pictures) as Promise<RegionPicture[]>;
}

export interface Server {
  readonly control: Control;
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Starts to serve. @param port 0 for a free one @throws InputError if the port is taken */
export async function startServer(options: ControlOptions, port = DEFAULT_PORT): Promise<Server> {
  const { host = DEFAULT_HOST } = options;
  const control = createControl(options);
  void warmUp(options.page, control);
  const server = createAdaptorServer({ fetch: control.app.fetch });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => resolve());
    });
  } catch (error) {
    await control.close();
    throw listenFault(error as NodeJS.ErrnoException, host, port);
  }
  const bound = (server.address() as AddressInfo).port;
  const name = host === DEFAULT_HOST || host === '0.0.0.0' ? 'localhost' : host;
  return {
    control,
    port: bound,
    url: `http://${name.includes(':') ? `[${name}]` : name}:${bound}`,
    close: async () => {
      await control.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
    },
  };
}

/** Loads in advance what the first visit needs. Errors are ignored here; requests report them. */
async function warmUp(page: PageAssets | undefined, { services }: Control): Promise<void> {
  try {
    await page?.();
    await services.previews.warm();
  } catch {}
}

function listenFault(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new InputError(
      `Cannot serve on port ${port}: another program uses it. Choose another one with --port, or 0 for a free one.`,
    );
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new InputError(`Cannot serve on ${host}: this machine has no such address (--host).`);
  }
  if (error.code === 'EACCES') {
    return new InputError(
      `Cannot serve on port ${port}: more rights are needed; choose a port above 1023.`,
    );
  }
  return error;
}
