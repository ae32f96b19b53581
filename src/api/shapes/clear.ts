/** What would go when a world is removed, and what has to be confirmed. */
import { z } from '@hono/zod-openapi';

export const CLEAR_CHALLENGE = z.object({
  challenge: z.string(),
  phrase: z.string().openapi({ description: 'What has to be typed.' }),
  files: z.int().openapi({ description: 'Files that would be removed.' }),
  bytes: z.number(),
  kept: z.int().openapi({ description: 'Files in the folders that are not ours: they stay.' }),
  expires_at: z.string(),
});
