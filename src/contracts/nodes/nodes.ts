import { z } from 'zod';
import { event } from '../define.ts';

/**
 * Published on a node about itself: events of other nodes may not have arrived. Whatever is remembered of shared things is to be
 * read again. Comes each second while that lasts, and once more when it is `over`.
 */
export const eventsMayBeLost = event({
  name: 'nodes.missingNews',
  summary: 'This node may have missed events of other nodes',
  delivery: 'signal',
  localOnly: true,
  payload: z.strictObject({ over: z.boolean() }),
});
