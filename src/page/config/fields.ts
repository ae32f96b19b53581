/** The fields of the config, from its JSON Schema. */

export interface SchemaNode {
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly SchemaNode[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Sections and values as in config.json. */
export type ConfigValues = Readonly<Record<string, unknown>>;

export interface ConfigSchema {
  readonly schema: SchemaNode;
  readonly presets: readonly {
    readonly name: string;
    readonly about: string;
    readonly volume: Readonly<Record<string, number | null>>;
  }[];
  /** The values of the preset and the command line. */
  readonly defaults: ConfigValues;
}

export interface ShownConfig extends ConfigValues {
  readonly notes: readonly string[];
}

export type FieldKind = 'whole' | 'number' | 'flag' | 'text' | 'day' | 'secret';

export interface ConfigField {
  /** `volume.stores` */
  readonly path: string;
  readonly section: string;
  readonly key: string;
  readonly kind: FieldKind;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly canBeEmpty: boolean;
}

/** Whoever starts the server chooses the locations of files. */
const HIDDEN_SECTIONS = ['paths'];
const SECRETS = ['realtime.azure_connection_string'];
const DAYS = ['historical.start_date'];
/** A limit above this is not shown. */
const NO_LIMIT = 1e15;

/** All fields that can be set; fields without an effect are left out. */
export function fieldsOf({ properties = {} }: SchemaNode): readonly ConfigField[] {
  return Object.entries(properties).flatMap(([name, node]) => {
    if (HIDDEN_SECTIONS.includes(name)) return [];
    if (node.properties === undefined) return fieldOf('', name, node);
    return Object.entries(node.properties).flatMap(([key, inner]) => fieldOf(name, key, inner));
  });
}

function fieldOf(section: string, key: string, node: SchemaNode): ConfigField[] {
  const path = section === '' ? key : `${section}.${key}`;
  const options = (node.anyOf ?? [node]).flatMap(each);
  const main = options.find(({ type }) => type !== 'null');
  const kind = kindOf(path, main?.type);
  if (main === undefined || kind === undefined) return [];
  const limit = (value: number | undefined) =>
    value === undefined || Math.abs(value) > NO_LIMIT ? undefined : value;
  return [
    {
      path,
      section,
      key,
      kind,
      minimum: limit(main.minimum),
      maximum: limit(main.maximum),
      canBeEmpty: options.some(({ type }) => type === 'null'),
    },
  ];
}

/** Treats a choice of types as a choice of one. */
function each(node: SchemaNode): readonly (SchemaNode & { readonly type?: string })[] {
  const { type, ...rest } = node;
  if (type === undefined) return [rest];
  return [type].flat().map((one) => ({ ...rest, type: one }));
}

function kindOf(path: string, type: string | undefined): FieldKind | undefined {
  if (SECRETS.includes(path)) return 'secret';
  if (DAYS.includes(path)) return 'day';
  const kinds: Record<string, FieldKind> = {
    integer: 'whole',
    number: 'number',
    boolean: 'flag',
    string: 'text',
  };
  return type === undefined ? undefined : kinds[type];
}

/** The value of a field as text for an input. */
export function textOf(config: ConfigValues, { section, key }: ConfigField): string {
  const within = (section === '' ? config : config[section]) as ConfigValues | undefined;
  const value = within?.[key];
  return value === null || value === undefined ? '' : String(value);
}

/** The typed text as a value; text that is not a number stays text, so that the server can report it. */
export function asValue({ kind, canBeEmpty }: ConfigField, text: string): unknown {
  if (text === '' && canBeEmpty) return null;
  if (kind === 'flag') return text === 'true';
  if (kind === 'whole' || kind === 'number') {
    return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
  }
  return text;
}

/** Changes in the shape of config.json. */
export function changesOf(
  fields: readonly ConfigField[],
  edits: ReadonlyMap<string, string>,
): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  for (const field of fields) {
    const text = edits.get(field.path);
    if (text === undefined) continue;
    if (field.section === '') changes[field.key] = asValue(field, text);
    else {
      const within = changes[field.section] as Record<string, unknown> | undefined;
      changes[field.section] = { ...within, [field.key]: asValue(field, text) };
    }
  }
  return changes;
}
