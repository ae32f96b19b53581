/** Paths of a world's files. */
import path from 'node:path';
import { HUB_FOLDER } from '../hub/disk/hub-files.ts';
import { EVENTS_FILE } from '../sinks/ndjson/ndjson.ts';

export interface WorldPaths {
  /** Folder of the world, with state, checkpoint and closing tables. */
  readonly root: string;
  readonly master: string;
  readonly facts: string;
  readonly closing: string;
  /** Folder of the Delta tables. */
  readonly delta: string;
  /** Folder of the description of the tables' types. */
  readonly schema: string;
  readonly checkpoint: string;
  readonly manifest: string;
  readonly lock: string;
  /** Tasks of a server, for the next one. */
  readonly tasks: string;
  /** generation_state.json. */
  readonly state: string;
  /** Folder of the stream's files. */
  readonly stream: string;
  /** Journal of the stream's deliveries. */
  readonly journal: string;
  readonly deadLetters: string;
  /** Events of a stream to a file. */
  readonly events: string;
  /** Folder of the events in the stream's local hub. */
  readonly hub: string;
  /** Folder of commands to the world from outside. */
  readonly commands: string;
  /** Commands about requested disruptions, each with its simulated instant. */
  readonly disruptionJournal: string;
  /** Folder of requests that no run has accepted yet. */
  readonly inbox: string;
  /** Simulated time up to which the world may have been streamed. */
  readonly frontier: string;
}

/** Folders in a config: `paths.master` and `paths.facts`. */
export interface ConfiguredFolders {
  readonly master?: string;
  readonly facts?: string;
}

/** Default folder of a world. */
const DEFAULT_ROOT = 'data';

/**
 * Returns the paths of the world in `out`. Without `out` the config's folders are used; the
 * world's own files are then beside the facts folder.
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

/** Returns the path of the whole world's manifest, also for the paths of a shard. */
export function commonManifest({ checkpoint }: WorldPaths): string {
  return path.join(checkpoint, 'manifest.json');
}

function pathsIn(root: string, master: string, facts: string): WorldPaths {
  const checkpoint = path.join(root, 'checkpoint');
  const stream = path.join(root, 'stream');
  const commands = path.join(root, 'live');
  return {
    root,
    master,
    facts,
    closing: path.join(root, 'closing'),
    delta: path.join(root, 'delta'),
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
    commands,
    disruptionJournal: path.join(commands, 'journal.ndjson'),
    inbox: path.join(commands, 'inbox'),
    frontier: path.join(stream, 'frontier'),
  };
}

/** Returns the paths of the stream's own checkpoints. */
export function streamPaths(paths: WorldPaths): WorldPaths {
  return { ...paths, checkpoint: paths.stream, manifest: path.join(paths.stream, 'manifest.json') };
}
