import { z } from 'zod';
import { event } from '../define.ts';

/**
 * Told on a node about itself: what others said may not have arrived. Whatever is remembered of shared things is to be
 * read again. Comes each second while that lasts, and once more when it is `over`.
 */
export const eventsMayBeLost = event({
  name: 'nodes.missingNews',
  summary: 'This node may not have heard of what happened on others',
  delivery: 'signal',
  localOnly: true,
  payload: z.strictObject({ over: z.boolean() }),
});
