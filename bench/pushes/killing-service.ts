import type { IncomingMessage, ServerResponse } from 'node:http';
import { PushService } from '../../test/harness/push-service.ts';

/** When the sender dies: with a push that is not answered yet, or just after its answer. */
export type Moment = 'unanswered' | 'answered';

/** A push service that has the process which sends to it killed, between sending and marking. */
export class KillingPushService extends PushService {
  #armed: { readonly moment: Moment; left: number; readonly kill: () => void } | null = null;

  static override async open(): Promise<KillingPushService> {
    const service = new KillingPushService();
    await service.start();
    return service;
  }

  /** With the push after `after` others. */
  arm(moment: Moment, after: number, kill: () => void): void {
    this.#armed = { moment, left: after, kill };
  }

  protected override take(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const armed = this.#armed;
    const isDue = armed !== null && armed.left-- <= 0;
    if (isDue) this.#armed = null;
    if (isDue && armed.moment === 'unanswered') armed.kill();
    super.take(request, body, response);
    if (isDue && armed.moment === 'answered') response.once('finish', armed.kill);
  }
}
