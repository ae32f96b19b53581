/** The worlds that an MCP client may see: folders within one folder. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../domain/errors.ts';
import { readManifest } from '../store/manifest.ts';
import { type WorldPaths, worldPaths } from '../store/paths.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The form of a world's name, as an end to "expected …". */
const NAME_FORM = 'a name of letters, digits, dots, dashes and underscores';

export class Worlds {
  private readonly root: string;

  /** @param root folder in which every world is a folder */
  constructor(root: string) {
    this.root = root;
  }

  /** Returns the names of the worlds, sorted. */
  names(): string[] {
    if (!existsSync(this.root)) return [];
    return readdirSync(this.root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && NAME.test(entry.name))
      .map(({ name }) => name)
      .filter((name) => readManifest(worldPaths(this.folder(name)).manifest) !== undefined)
      .sort();
  }

  /** Returns the folder of a name, of a world or for a new one. @throws InputError */
  folder(name: string): string {
    if (!NAME.test(name)) {
      throw new InputError(`The world is called ${JSON.stringify(name)}: expected ${NAME_FORM}`);
    }
    return path.join(this.root, name);
  }

  /** Returns the paths of a world that is there. @throws InputError */
  paths(name: string): WorldPaths {
    const paths = worldPaths(this.folder(name));
    if (readManifest(paths.manifest) !== undefined) return paths;
    const names = this.names();
    const known = names.length === 0 ? 'There is none yet' : `There are ${names.join(', ')}`;
    throw new InputError(`There is no world "${name}". ${known}; the tool "generate" makes one.`);
  }
}
