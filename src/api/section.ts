/** A part of a config as written: names and values that are not checked yet. */
export type Section = Readonly<Record<string, unknown>>;
