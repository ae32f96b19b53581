/** The files that removing a world would remove, and the confirmations. */
import { z } from '@hono/zod-openapi';

export const CLEAR_CHALLENGE = z.object({
  challenge: z.string(),
  phrase: z.string().openapi({ description: 'The text that must be typed.' }),
  files: z.int().openapi({ description: 'Files that would be removed.' }),
  bytes: z.number(),
  kept: z.int().openapi({ description: 'Files of other programs in the folders, which stay.' }),
  expires_at: z.string(),
});
