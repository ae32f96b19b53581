/**
 * Settings of Event Hubs. Names and sections are those of the original system, whose config files work unchanged:
 * the section `realtime`, and `stream` for the event hub.
 */
import type { z } from 'zod';
import { filled, flag, text } from '../../domain/config-values.ts';
import { looksSecret } from '../../domain/secret.ts';
import { isVaultAddress, VAULT_ADDRESS } from '../../domain/vault-address.ts';

/** Whether a text is a connection string or part of one. */
export function looksLikeConnection(value: string): boolean {
  return looksSecret(value) || /(^|[\s;"'])Endpoint\s*=/i.test(value);
}

/** A setting that is shown to users: a connection string given here by mistake is refused. */
function shown(value: z.ZodString, what: string) {
  const error = `${what}; a connection string belongs in realtime.azure_connection_string`;
  return value.refine((given) => !looksLikeConnection(given), { error });
}

/** Keys of the section `realtime` with the address of the service and the credentials. */
export const EVENT_HUBS_KEYS = {
  azure_connection_string: text
    .max(4096, { error: 'a text of at most 4096 characters' })
    .default(''),
  /** Host name of a namespace that authenticates an identity, without a connection string. */
  azure_namespace: shown(text, 'the host name of a namespace, such as shop.servicebus.windows.net')
    .nullable()
    .default(null),
  use_keyvault: flag.default(false),
  keyvault_url: shown(text, `an address of Azure Key Vault: ${VAULT_ADDRESS}`)
    .refine((given) => given.trim() === '' || isVaultAddress(given.trim()), {
      error: `an address of Azure Key Vault: ${VAULT_ADDRESS}`,
    })
    .nullable()
    .default(null),
  keyvault_secret_name: shown(text, 'the name of a secret in Key Vault').nullable().default(null),
};

/** Keys whose values are never shown. */
export const EVENT_HUBS_SECRETS = ['azure_connection_string'] as const;

/** `stream.hub`: the event hub if the connection names none. */
export const EVENT_HUB = shown(filled, 'the name of an event hub').default('retail-events');
