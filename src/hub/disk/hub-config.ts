/** Reads and writes hub.json: the event hubs in a folder, and the port at which it was last served. */
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../../domain/make-folder.ts';
import { InputError } from '../../domain/errors.ts';
import type { EntityOptions } from '../entity-options.ts';
import { CONFIG_NAME } from './hub-files.ts';
import { syncFolder } from './segment-writer.ts';

const FORMAT = 'synthetic-retail hub';
const VERSION = 1;

const ENTITY = z.object({
  name: z.string(),
  partitionCount: z.int().positive(),
  consumerGroups: z.array(z.string()),
  createdMs: z.int(),
});
const CONFIG = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  port: z.int().nullable(),
  entities: z.array(ENTITY),
});

export interface StoredEntity extends EntityOptions {
  readonly createdMs: number;
}

export interface HubConfig {
  readonly port: number | null;
  readonly entities: readonly StoredEntity[];
}

/** Returns what the folder holds; undefined if it is empty or missing. Throws InputError if no hub made it. */
export function readHubConfig(folder: string): HubConfig | undefined {
  const file = path.join(folder, CONFIG_NAME);
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      refuseForeign(folder);
      return undefined;
    }
    throw unusable(file, (error as Error).message);
  }
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw unusable(file, (error as Error).message);
  }
  const parsed = CONFIG.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [{ path: at, message }] = parsed.error.issues;
  throw unusable(file, `${at.join('.') || 'the file'}: ${message}`);
}

/** Replaces the file completely or not at all. Throws InputError. */
export function writeHubConfig(folder: string, config: HubConfig): void {
  const file = path.join(folder, CONFIG_NAME);
  const temporary = `${file}.tmp`;
  const { port, entities } = config;
  const text = JSON.stringify({ format: FORMAT, version: VERSION, port, entities }, undefined, 2);
  try {
    makeFolder(folder);
    const descriptor = fs.openSync(temporary, 'w');
    try {
      fs.writeSync(descriptor, `${text}\n`);
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
    fs.renameSync(temporary, file);
    syncFolder(folder);
  } catch (error) {
    throw new InputError(
      `Cannot write "${file}": ${(error as Error).message}; name a folder that this user may write`,
    );
  }
}

/** Refuses a folder that holds other files. */
function refuseForeign(folder: string): void {
  let names: string[];
  try {
    names = fs.readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw unusable(folder, (error as Error).message);
  }
  // A hub that was killed while it created the folder leaves these files.
  const others = names.filter((name) => name !== `${CONFIG_NAME}.tmp` && name !== 'lock');
  if (others.length === 0) return;
  throw new InputError(
    `Cannot keep events in "${folder}": it holds "${others.sort()[0]}" and no ${CONFIG_NAME}, so it ` +
      'is not the folder of a hub; expected a new or empty folder, or one that a hub has made',
  );
}

function unusable(file: string, reason: string): InputError {
  return new InputError(
    `Cannot read "${file}": ${reason}; expected what a hub of this version has written. Put back a ` +
      'copy of it, or name another folder',
  );
}
