/** Compresses the parts of days that are over, on threads (`CompressorPool`). */
import type { Codec } from '../../tables/compression.ts';
import type { FileDigest } from './part-files.ts';

/** The plain part to compress: still under its temporary name, and complete. */
export interface CompressionJob {
  /** Final name of the plain part; the compressed one's is this and the codec's ending. */
  readonly part: string;
  /** Size of the plain part; jobs are shared out by it. */
  readonly bytes: number;
  /** Whether the plain file stays: a crash may have to go back to it. */
  readonly keepPlain: boolean;
}

export interface Compressor {
  readonly codec: Codec;
  /**
   * The promise is kept when the compressed part has its name and its content is on disk (its folder
   * is not synced); it tells what the compressed file holds. Rejects with OutputError.
   */
  compress(job: CompressionJob): Promise<FileDigest>;
  /** Ends what the compressor runs on; nothing may be under way. */
  close(): Promise<void>;
}
