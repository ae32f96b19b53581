/**
 * The extensions of this process, in order of registration. An extension changes the world, so the manifest contains its
 * name and version.
 */

export interface RegisteredExtension {
  readonly name: string;
  /** Increased by its author when the same seed produces other facts. */
  readonly version: number;
  /** URL of its module, which other threads import. */
  readonly module: string;
  /** Its checks for `sim verify`. */
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

/** Returns the extensions of this process. */
export function registeredExtensions(): readonly RegisteredExtension[] {
  return registered;
}

/** Adds an extension to the list. The name must be new. */
export function noteExtension(extension: RegisteredExtension): void {
  registered.push(extension);
}

/** Returns the modules that another thread imports to have the same catalogue. */
export function extensionModules(): string[] {
  return registered.map(({ module }) => module);
}
