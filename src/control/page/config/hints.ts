/** What a setting means, where its name does not say it. */
export const HINTS: Readonly<Record<string, string>> = {
  seed: 'The same number always makes the same world.',
  'volume.dcs': 'Distribution centers; each has its own region.',
  'volume.total_geographies': 'Towns.',
  'volume.customers_per_day': 'Visits to each store and day.',
  'volume.items_per_ticket_mean': 'Lines of a receipt.',
  'volume.online_orders_per_day': 'In the whole network.',
  'volume.refrigerated_trucks': 'Empty: as many as are needed.',
  'volume.non_refrigerated_trucks': 'Empty: as many as are needed.',
  'volume.supplier_refrigerated_trucks': 'Empty: as many as are needed.',
  'volume.supplier_non_refrigerated_trucks': 'Empty: as many as are needed.',
  'volume.truck_capacity': 'Units in a full truck.',
  'volume.store_reorder_point_min': 'Stock at which a store orders anew.',
  'volume.dc_reorder_point_min': 'Stock at which a center orders anew.',
  'realtime.emit_interval_ms':
    'With burst: a rate that is held, or a cap under a speed. Empty: neither.',
  'realtime.burst': 'Events in each interval.',
  'realtime.azure_namespace':
    'Host name of a namespace that is entered by identity, without a key.',
  'realtime.use_keyvault': 'Whether the connection string lies in an Azure Key Vault.',
  'realtime.keyvault_url': 'https://<vault>.vault.azure.net',
  'realtime.keyvault_secret_name': 'Name of the secret that holds the connection string.',
  'realtime.max_batch_size': 'Events that are sent together, at most.',
  'realtime.batch_timeout_ms': 'How long events wait for others, at most.',
  'realtime.retry_attempts': 'Tries of a round; then a longer wait, and the next round.',
  'realtime.backoff_multiplier': 'How much longer each wait is than the one before.',
  'realtime.circuit_breaker_enabled': 'Whether sending rests while the receiver keeps failing.',
  'realtime.circuit_breaker_failure_threshold': 'Failures in a row until it rests.',
  'realtime.circuit_breaker_recovery_timeout':
    'Longest rest before the next try, in seconds. The first is 5 s, each one longer.',
  'realtime.monitoring_interval':
    'Seconds between the status lines of a stream that the command line lists.',
  'realtime.max_buffer_size': 'Events that wait, at most; then the simulation waits for them.',
  'realtime.enable_dead_letter_queue': 'Whether events that are refused are kept.',
  'stream.hub': 'Name of the event hub.',
  'historical.start_date': 'First day of a new world.',
  'performance.max_workers': 'Threads, at most. Empty: one for each core.',
};
