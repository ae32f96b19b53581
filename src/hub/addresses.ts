/** The addresses of links. Event Hubs compares them without regard to case. */

export type Address =
  | { readonly kind: 'cbs' }
  /** Serves the properties of the hub and its partitions; only those of `entity` if it is given. */
  | { readonly kind: 'management'; readonly entity: string | undefined }
  | { readonly kind: 'entity'; readonly entity: string }
  | { readonly kind: 'partition'; readonly entity: string; readonly partition: string }
  | {
      readonly kind: 'group';
      readonly entity: string;
      readonly group: string;
      readonly partition: string;
    };

const FORMS =
  /^(?<entity>[^/]+)(?:\/ConsumerGroups\/(?<group>[^/]+))?(?:\/Partitions\/(?<partition>[^/]+))?$/i;

/**
 * Returns what the address of a link names; undefined if its form is unknown. A leading namespace
 * (`amqps://host/`, `sb://host/`) or slash is allowed.
 */
export function parseAddress(text: string): Address | undefined {
  const address = text.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/^\//, '');
  if (/^\$cbs$/i.test(address)) return { kind: 'cbs' };
  const management = /^(?:([^/]+)\/)?\$management$/i.exec(address);
  if (management !== null) return { kind: 'management', entity: management[1] };
  const { entity, group, partition } = FORMS.exec(address)?.groups ?? {};
  if (entity === undefined) return undefined;
  if (group !== undefined) {
    return partition === undefined ? undefined : { kind: 'group', entity, group, partition };
  }
  return partition === undefined
    ? { kind: 'entity', entity }
    : { kind: 'partition', entity, partition };
}
