/** A copy of the project to change, with the same libraries. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { edited, keyOf, type Place, type Recipe } from './recipe.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** What is not part of the project, or made of it. */
const NOT_COPIED = new Set(['node_modules', '.git', '.ci', 'data', 'dist']);

const CONFIG = `export default {
  test: {
    setupFiles: ['tests/setup.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Messages name all that differs.
    chaiConfig: { truncateThreshold: 100_000 },
  },
};
`;

export interface Failure {
  readonly file: string;
  /** Its full name. */
  readonly test: string;
  readonly message: string;
}

/** What Vitest reports as JSON. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Where commands write. */
const MADE = ['docs', 'actors', 'scenarios', 'tests/golden'];

export class Tree {
  private readonly root: string;
  /** Files that differ from the project's, by path from its root. */
  private changed = new Set<string>();
  /** What each command has made with all recipes followed: text by file. */
  private readonly made = new Map<string, ReadonlyMap<string, string>>();

  private constructor(root: string) {
    this.root = root;
  }

  static copy(): Tree {
    const root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'sim-recipes-')));
    for (const name of readdirSync(ROOT)) {
      if (NOT_COPIED.has(name)) continue;
      cpSync(path.join(ROOT, name), path.join(root, name), { recursive: true });
    }
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(root, 'node_modules'), 'junction');
    // No test that guards a recipe starts the program.
    writeFileSync(path.join(root, 'vitest.config.ts'), CONFIG);
    return new Tree(root);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /**
   * Follows recipes from the project as it is, but for places that are left out. The first time without any: then
   * commands are run, and later it is their files that come or stay away.
   */
  follow(recipes: readonly Recipe[], without: readonly Place[] = []): void {
    for (const file of this.changed) this.restore(file);
    this.changed = new Set();
    const left = new Set(without.map(keyOf));
    const places = new Map(
      recipes.flatMap((recipe) => recipe.places).map((place) => [keyOf(place), place]),
    );
    for (const [key, place] of places) {
      if (!left.has(key) && place.command === undefined) this.edit(place);
    }
    // A world that is another one of the same version is not recorded.
    const refused = without.some(({ file }) => file === 'src/store/manifest.ts') ? 'golden' : '';
    for (const [key, { command }] of places) {
      if (command === undefined || left.has(key) || command[0] === refused) continue;
      for (const [file, text] of this.made.get(key) ?? this.run(key, command))
        this.write(file, text);
    }
  }

  /**
   * Errors of the type checker, a line each.
   * @param files those to check, with what they import; all without them
   */
  typeErrors(files?: readonly string[]): string[] {
    if (files === undefined) return [...this.errorsOf(), ...this.errorsOf('src/page')];
    const there = files.filter((file) => /\.tsx?$/.test(file) && this.has(file));
    const ofPage = there.filter((file) => file.startsWith('src/page/'));
    const others = there.filter((file) => !ofPage.includes(file));
    const project = { extends: './tsconfig.json', include: [], files: others };
    writeFileSync(path.join(this.root, 'tsconfig.some.json'), JSON.stringify(project));
    return [
      ...(others.length > 0 ? this.errorsOf('tsconfig.some.json') : []),
      ...(ofPage.length > 0 ? this.errorsOf('src/page') : []),
    ];
  }

  private errorsOf(project = 'tsconfig.json'): string[] {
    const tsc = path.join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const args = [tsc, '--noEmit', '--pretty', 'false', '-p', project];
    const { stdout } = spawnSync(process.execPath, args, { cwd: this.root, encoding: 'utf8' });
    // A line that is indented explains the one before.
    const lines = stdout.replace(/\n +/g, ' ').split('\n');
    return lines.filter((line) => line !== '');
  }

  private has(file: string): boolean {
    return existsSync(path.join(this.root, file));
  }

  /** What fails of test files. */
  failures(files: readonly string[]): Failure[] {
    const vitest = path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
    const report = path.join(this.root, 'report.json');
    const args = [vitest, 'run', ...files, '--reporter=json', `--outputFile=${report}`];
    const { stderr } = spawnSync(process.execPath, args, { cwd: this.root, encoding: 'utf8' });
    if (!existsSync(report)) throw new Error(`The tests did not run:\n${stderr}`);
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    rmSync(report);
    return testResults.flatMap(({ name, status, message, assertionResults }) => {
      const file = path.relative(this.root, name).replaceAll('\\', '/');
      const failed = assertionResults
        .filter((result) => result.status === 'failed')
        .map(({ fullName, failureMessages }) => ({
          file,
          test: fullName,
          message: failureMessages.join('\n'),
        }));
      // A file that could not be read at all.
      if (failed.length === 0 && status === 'failed') return [{ file, test: 'the file', message }];
      return failed;
    });
  }

  private edit(place: Place): void {
    const file = path.join(this.root, place.file);
    this.write(place.file, edited(existsSync(file) ? readFileSync(file, 'utf8') : '', place));
  }

  /** Runs a script of package.json; returns what it has changed. */
  private run(key: string, [script, ...args]: readonly string[]): ReadonlyMap<string, string> {
    const before = this.texts();
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const { status, stderr } = spawnSync(npm, ['run', '--silent', script, ...args], {
      cwd: this.root,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    if (status !== 0) throw new Error(`npm run ${script} failed:\n${stderr}`);
    const changed = new Map([...this.texts()].filter(([file, text]) => before.get(file) !== text));
    this.made.set(key, changed);
    return changed;
  }

  /** What lies where commands write. */
  private texts(): Map<string, string> {
    return new Map(
      MADE.flatMap((folder) =>
        readdirSync(path.join(this.root, folder), { recursive: true, encoding: 'utf8' })
          .filter((name) => /\.(md|json)$/.test(name))
          .map((name): [string, string] => {
            const file = `${folder}/${name.replaceAll('\\', '/')}`;
            return [file, readFileSync(path.join(this.root, file), 'utf8')];
          }),
      ),
    );
  }

  private write(file: string, text: string): void {
    const target = path.join(this.root, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
    this.changed.add(file);
  }

  private restore(file: string): void {
    const original = path.join(ROOT, file);
    if (existsSync(original)) cpSync(original, path.join(this.root, file));
    else rmSync(path.join(this.root, file));
  }
}
