import { PushService } from '../../test/harness/push-service.ts';
import { call, eachOf } from './api.ts';
import { layout } from './population.ts';
import { prepared, type Prepared } from './prepared-team.ts';
import type { Running, System } from './running.ts';

/** A team of whose room200 one half is connected; the others have a browser that gets pushes, or none. */
export interface Pushing extends Running {
  /** Numbers of the people of the room who are connected. */
  readonly present: number;
  /** Pushes that arrived so far. */
  pushes(): number;
}

/** Confab without any browser that gets pushes, and the same with one of everybody who is away. */
export function pushSystems(): System<Pushing>[] {
  let team: Prepared | undefined;
  const system = (name: string, subscribes: boolean): System<Pushing> => ({
    name,
    start: async () => {
      team ??= await prepared();
      const running = await team.startCopy({ env: { CONFAB_PUSH_ALLOW_PRIVATE: 'on' } });
      const service = await PushService.open();
      const present = layout.room200 / 2;
      if (subscribes) await subscribeAll(running, service, present);
      return {
        ...running,
        present,
        pushes: () => service.pushed.length,
        stop: async () => {
          await running.stop();
          await service.stop();
        },
      };
    },
  });
  return [system('without-push', false), system('with-push', true)];
}

async function subscribeAll({ ports, population }: Running, service: PushService, from: number): Promise<void> {
  await eachOf(layout.room200 - from, 8, async (index) => {
    const { kind, endpoint, p256dh, auth } = service.subscribe();
    await call(ports[0]!, {
      method: 'POST',
      path: '/notifications/subscriptions',
      token: population.tokens[from + index]!,
      body: { kind, endpoint, keys: { p256dh, auth } },
    });
  });
}
