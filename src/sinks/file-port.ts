/** What the CSV sink asks of the file system; `node:fs` as it is, or a stand-in that fails on purpose. */
import fs from 'node:fs';

export type FilePort = Pick<
  typeof fs,
  | 'openSync'
  | 'readSync'
  | 'writeSync'
  | 'ftruncateSync'
  | 'fdatasync'
  | 'fdatasyncSync'
  | 'fsync'
  | 'fsyncSync'
  | 'closeSync'
  | 'mkdirSync'
  | 'readdirSync'
  | 'renameSync'
  | 'rmSync'
  | 'statSync'
>;

export const nodeFiles: FilePort = fs;
