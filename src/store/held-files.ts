/** Protects the files of facts after the run's lock was lost, since the new owner writes the same files. */
import { type FilePort, nodeFiles } from '../sinks/csv/file-port.ts';
import { requireHeldLately } from './lock.ts';

/** Returns `node:fs` whose writing functions throw OutputError after the lock was lost. */
export function heldFiles(lock: string): FilePort {
  const fs = nodeFiles;
  const held = () => requireHeldLately(lock);
  return {
    ...fs,
    openSync(file, flags) {
      held();
      return fs.openSync(file, flags);
    },
    writeSync(descriptor, bytes, from, size) {
      held();
      return fs.writeSync(descriptor, bytes, from, size);
    },
    ftruncateSync(descriptor, bytes) {
      held();
      fs.ftruncateSync(descriptor, bytes);
    },
    renameSync(from, to) {
      held();
      fs.renameSync(from, to);
    },
    rmSync(file, options) {
      held();
      fs.rmSync(file, options);
    },
  };
}
