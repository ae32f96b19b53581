/** Where a world's files lie. */
import path from 'node:path';
import { HUB_FOLDER } from '../hub/disk/hub-files.ts';
import { EVENTS_FILE } from '../sinks/ndjson/ndjson.ts';

export interface WorldPaths {
  /** Folder of the world: state, checkpoint and closing tables lie in it. */
  readonly root: string;
  readonly master: string;
  readonly facts: string;
  readonly closing: string;
  /** Folder of what tells readers the types of the tables. */
  readonly schema: string;
  readonly checkpoint: string;
  readonly manifest: string;
  readonly lock: string;
  /** What a server has done or was doing, for the next one. */
  readonly tasks: string;
  /** generation_state.json. */
  readonly state: string;
  /** Folder of what a stream keeps. */
  readonly stream: string;
  /** What a stream has delivered. */
  readonly journal: string;
  readonly deadLetters: string;
  /** Events of a stream that goes into a file. */
  readonly events: string;
  /** Folder of the events in the hub that is started for a stream. */
  readonly hub: string;
  /** Folder of what reaches the world from outside. */
  readonly live: string;
  /** Commands about live disruptions, each with its simulated instant. */
  readonly liveJournal: string;
  /** Folder of requests that nobody has taken up yet. */
  readonly inbox: string;
  /** How far the world may have been streamed. */
  readonly frontier: string;
}

/** Folders that a config names: `paths.master` and `paths.facts`. */
export interface ConfiguredFolders {
  readonly master?: string;
  readonly facts?: string;
}

/** Folder of a world for which neither `--out` nor the config names one. */
const DEFAULT_ROOT = 'data';

/**
 * Paths of the world in `out`. Without `out` the folders that the config names are used: then the
 * world's own files lie in the folder that holds the facts folder.
 */
export function worldPaths(
  out: string | undefined,
  configured: ConfiguredFolders = {},
): WorldPaths {
  if (out !== undefined) return pathsIn(out, path.join(out, 'master'), path.join(out, 'facts'));
  const root = configured.facts === undefined ? DEFAULT_ROOT : path.dirname(configured.facts);
  return pathsIn(
    root,
    configured.master ?? path.join(root, 'master'),
    configured.facts ?? path.join(root, 'facts'),
  );
}

/** The whole world's manifest, wherever a shard keeps its own. */
export function commonManifest({ checkpoint }: WorldPaths): string {
  return path.join(checkpoint, 'manifest.json');
}

function pathsIn(root: string, master: string, facts: string): WorldPaths {
  const checkpoint = path.join(root, 'checkpoint');
  const stream = path.join(root, 'stream');
  const live = path.join(root, 'live');
  return {
    root,
    master,
    facts,
    closing: path.join(root, 'closing'),
    schema: path.join(root, 'schema'),
    checkpoint,
    manifest: path.join(checkpoint, 'manifest.json'),
    lock: path.join(checkpoint, 'run.lock'),
    tasks: path.join(checkpoint, 'tasks.json'),
    state: path.join(root, 'generation_state.json'),
    stream,
    journal: path.join(stream, 'delivery.journal'),
    deadLetters: path.join(stream, 'dead-letters.ndjson'),
    events: path.join(stream, EVENTS_FILE),
    hub: path.join(stream, HUB_FOLDER),
    live,
    liveJournal: path.join(live, 'journal.ndjson'),
    inbox: path.join(live, 'inbox'),
    frontier: path.join(stream, 'frontier'),
  };
}

/** Paths of the stream's own checkpoints. */
export function streamPaths(paths: WorldPaths): WorldPaths {
  return { ...paths, checkpoint: paths.stream, manifest: path.join(paths.stream, 'manifest.json') };
}
