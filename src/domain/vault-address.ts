/** Addresses of Azure Key Vaults: those of Azure itself and of its national clouds, and no others. */

const CLOUDS = [
  'vault.azure.net',
  'vault.azure.cn',
  'vault.usgovcloudapi.net',
  'vault.microsoftazure.de',
] as const;

/** Name of a vault as Azure gives them: 3 to 24 letters, digits and hyphens, a letter first, no hyphen last, no two in a row. */
const VAULT = String.raw`(?![^.]*--)[a-z][a-z\d-]{1,22}[a-z\d]`;
const CLOUD = CLOUDS.map((cloud) => cloud.replaceAll('.', String.raw`\.`)).join('|');
const ADDRESS = new RegExp(String.raw`^https://${VAULT}\.(?:${CLOUD})/?$`, 'i');

/** What is expected of an address, as an end to "expected …". */
export const VAULT_ADDRESS = `https://<vault>.${CLOUDS[0]} (or ${CLOUDS.slice(1).join(', ')}), without user, port or path`;

/**
 * Whether a text is the address of a vault. Anything else would make this program connect wherever
 * somebody wants: a machine of this network, another port, a server that asks for a token of Azure.
 */
export function isVaultAddress(text: string): boolean {
  return ADDRESS.test(text);
}
