/** A part of a config as it is written: names and values that nobody has checked yet. */
export type Section = Readonly<Record<string, unknown>>;
