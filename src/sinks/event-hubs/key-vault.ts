/** Azure Key Vault and Azure identities; their libraries are loaded on first use. */
import type { TokenCredential } from '@azure/identity';
import { InputError, reasonOf } from '../../domain/errors.ts';
import { loadPart } from '../../domain/optional-part.ts';
import { redactError } from '../../domain/secret.ts';
import { systemTiming, within } from '../../delivery/timing.ts';

const ANSWER_MS = 9_000;

/** Returns the Azure identity of the user or service: environment, workload, managed identity, `az login`. */
export async function azureIdentity(): Promise<TokenCredential> {
  const { DefaultAzureCredential } = await loadPart(
    '@azure/identity',
    'to sign in at Azure',
    () => import('@azure/identity'),
  );
  return new DefaultAzureCredential();
}

/** Reads a secret. @throws InputError with the vault's answer, within ten seconds */
export async function readVaultSecret(vaultUrl: string, name: string): Promise<string> {
  const giveUp = new AbortController();
  const { SecretClient } = await loadPart(
    '@azure/keyvault-secrets',
    'to read a Key Vault',
    () => import('@azure/keyvault-secrets'),
  );
  try {
    const options = { retryOptions: { maxRetries: 0 } };
    const client = new SecretClient(vaultUrl, await azureIdentity(), options);
    const reading = client.getSecret(name, { abortSignal: giveUp.signal });
    const secret = await within(systemTiming, ANSWER_MS, reading, () => {
      throw new Error(`there was no answer within ${ANSWER_MS / 1000} s`);
    });
    if (!secret.value) throw new Error('the secret is empty');
    return secret.value;
  } catch (error) {
    const clean = redactError(error);
    throw new InputError(
      `Cannot read secret "${name}" from Key Vault ${vaultUrl}: ${reasonOf(clean).split('\n')[0]}; ` +
        'check realtime.keyvault_url and realtime.keyvault_secret_name, sign in (az login), and ' +
        'give this identity the role "Key Vault Secrets User"',
      { cause: clean },
    );
  } finally {
    giveUp.abort();
  }
}
