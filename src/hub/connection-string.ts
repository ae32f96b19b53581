/** The connection string that clients of the official emulator use. Its key is a placeholder, not a secret. */

/** Returns the connection string of the hub on a port of this machine, and of one of its event hubs if named. */
export function connectionString(port: number, entity?: string): string {
  return (
    `Endpoint=sb://localhost:${port};SharedAccessKeyName=RootManageSharedAccessKey;` +
    'SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;' +
    (entity === undefined ? '' : `EntityPath=${entity};`)
  );
}
