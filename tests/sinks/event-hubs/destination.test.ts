/** Where the next stream goes is told before it starts, without secrets. */
import { expect, it } from 'vitest';
import { eventHubsDestination } from '../../../src/sinks/event-hubs/destination.ts';
import { configOf } from '../../../src/world/config.ts';

const KEY = 'canaryKey0123456789';

it.each([
  [{}, 'local', /^Event hub "retail-events" of a hub on this machine that starts/],
  [
    {
      azure_connection_string: `Endpoint=sb://localhost:5671;SharedAccessKeyName=send;SharedAccessKey=${KEY};EntityPath=shop;UseDevelopmentEmulator=true`,
    },
    'configured',
    /^Event hub "shop" at localhost:5671, from config file/,
  ],
  [
    { azure_namespace: 'shop.servicebus.windows.net' },
    'configured',
    /^Event hub "retail-events" at shop\.servicebus\.windows\.net, from config file/,
  ],
  [
    {
      use_keyvault: true,
      keyvault_url: 'https://safe.vault.azure.net',
      keyvault_secret_name: 'hub',
    },
    'configured',
    /^The event hub of the secret in Key Vault https:\/\/safe\.vault\.azure\.net\.$/,
  ],
  [
    { azure_connection_string: `Endpoint=sb://localhost:1;SharedAccessKey=${KEY}` },
    'faulty',
    /SharedAccessKeyName is missing/,
  ],
])('%j', (realtime, status, detail) => {
  const told = eventHubsDestination(configOf({ realtime }));
  expect(told.status).toBe(status);
  expect(told.detail).toMatch(detail);
  expect(told.detail).not.toContain(KEY);
});
