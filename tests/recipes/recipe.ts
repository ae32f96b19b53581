/** A recipe of CONTRIBUTING.md as a patch: what it changes where, and what says so if that is forgotten. */

export type Edit =
  /** Puts text behind another that stands there once. */
  | { readonly after: string; readonly insert: string }
  /** Puts text before another that stands there once. */
  | { readonly before: string; readonly insert: string }
  | { readonly replace: string; readonly by: string }
  | { readonly create: string };

/** What fails when a place is forgotten. */
export type Guard =
  /** The type checker, with an error like this. */
  | { readonly types: RegExp }
  /** A test of a file, by part of its name, with a message that has `says`. */
  | { readonly test: string; readonly name: string; readonly says: string };

export interface Place {
  /** From the project's root; of a command, the first file that it writes. */
  readonly file: string;
  /** What is changed there, where a file has two places. */
  readonly what?: string;
  readonly edits?: readonly Edit[];
  /** The npm script that makes the file instead, with its arguments. */
  readonly command?: readonly string[];
  readonly guard: Guard;
  /** Whether other omissions beside it would go unnoticed, or fail for want of it. */
  readonly isAlone?: boolean;
  /** Places that depend on each other: no two of them are left out together. */
  readonly group?: string;
}

export interface Recipe {
  /** Heading of its section in CONTRIBUTING.md. */
  readonly title: string;
  readonly places: readonly Place[];
}

/** Recipes have places in common: the world version is raised once, documents are made once. */
export function keyOf({ file, command, edits }: Place): string {
  return command === undefined ? `${file} ${JSON.stringify(edits)}` : command.join(' ');
}

/**
 * A text with the edits of a place.
 * @throws Error where what they hold on to does not stand there exactly once
 */
export function edited(text: string, { file, edits = [] }: Place): string {
  return edits.reduce((before, edit) => {
    if ('create' in edit) return edit.create;
    const anchor = 'after' in edit ? edit.after : 'before' in edit ? edit.before : edit.replace;
    const found = before.split(anchor).length - 1;
    if (found !== 1)
      throw new Error(`Cannot edit ${file}: expected "${anchor}" once, found it ${found} times`);
    const [head, tail] = before.split(anchor);
    if ('after' in edit) return head + anchor + edit.insert + tail;
    if ('before' in edit) return head + edit.insert + anchor + tail;
    return head + edit.by + tail;
  }, text);
}
