/** Compresses the parts of days that are over, on threads (`CompressorPool`). */
import type { Codec } from '../../tables/compression.ts';
import type { FileDigest } from './part-files.ts';

/** The plain part to compress: complete, and still under its temporary name. */
export interface CompressionJob {
  /** Final name of the plain part; the compressed part has this name and the codec's ending. */
  readonly part: string;
  /** Size of the plain part; jobs are distributed by it. */
  readonly bytes: number;
  /** Whether to keep the plain file, because recovery after a crash may need it. */
  readonly keepPlain: boolean;
}

export interface Compressor {
  readonly codec: Codec;
  /**
   * Resolves with the digest of the compressed file when it has its final name and its content is on disk (its folder
   * is not synced). Rejects with OutputError.
   */
  compress(job: CompressionJob): Promise<FileDigest>;
  /** Ends the threads. No job may be under way. */
  close(): Promise<void>;
}
