/** The files of facts, for as long as the run holds its lock: whoever took it over writes the same ones. */
import { type FilePort, nodeFiles } from '../sinks/csv/file-port.ts';
import { requireHeldLately } from './lock.ts';

/** `node:fs`, but that nothing is changed once the lock was lost: then it throws OutputError. */
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
