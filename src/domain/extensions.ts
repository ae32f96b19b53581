/**
 * The extensions of this process, in the order in which they were registered. A world that is made with one is another
 * world, so its name and version stand in the manifest.
 */

export interface RegisteredExtension {
  readonly name: string;
  /** Raised by its author when the same seed makes another world. */
  readonly version: number;
  /** URL of its module: other threads import it too. */
  readonly module: string;
  /** Statements that must hold, as SQL that selects what violates them. */
  readonly checks: readonly ExtensionCheck[];
}

/** A check of `sim verify`. */
export interface ExtensionCheck {
  /** The statement that must hold: one sentence. */
  readonly statement: string;
  /** Selects the rows that violate it, with tables and columns named as in the files. */
  readonly sql: string;
}

const registered: RegisteredExtension[] = [];

export function registeredExtensions(): readonly RegisteredExtension[] {
  return registered;
}

/** Adds an extension to the list; the name must be new. */
export function noteExtension(extension: RegisteredExtension): void {
  registered.push(extension);
}

/** Modules that another thread imports to have the same catalogue. */
export function extensionModules(): string[] {
  return registered.map(({ module }) => module);
}
