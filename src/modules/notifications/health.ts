import { type Clock, hours } from '../../kernel/clock.ts';
import type { HealthCheck } from '../../kernel/health.ts';
import type { Figures } from './admin-ports.ts';
import { type Channels, channelsOn } from './channels.ts';

const looksAt = 1_000;

/** Says which channels are on, and rejects with the words of a service that refused something in the last hour. */
export const channelsCheck = (channels: Pick<Channels, 'push' | 'mail'>, figures: Pick<Figures, 'refused'>, clock: Clock): HealthCheck => ({
  name: 'notifications',
  required: false,
  check: async () => {
    const refused = await figures.refused(new Date(clock.now() - hours(1)).toISOString(), looksAt);
    const ofEach = new Map(refused.toReversed().map(({ channel, detail }) => [channel, detail]));
    if (ofEach.size > 0) throw new Error([...ofEach].map(([channel, detail]) => `${channel} is refused: ${detail}`).join('; '));
    return [...channelsOn(channels)].join(', ') || 'no channel is on';
  },
});
