import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../rig/api.ts';
import type { Account } from './account.ts';
import { Device, Refused } from './device.ts';
import { reactionKey, type Ledger, type Sent } from './ledger.ts';
import type { Seeded } from './seeded.ts';
import type { Receipt } from './wire-shapes.ts';

export interface Stage {
  readonly port: number;
  readonly ledger: Ledger;
  /** Only messages go here, so that rev = seq + constant. */
  readonly plain: readonly string[];
  /** Messages, edits, deletions, reactions and read marks. */
  readonly mixed: readonly string[];
  /** From one change to the next of each lane; ms. */
  readonly pauseMs?: readonly [from: number, to: number];
}

type Attempt<T> = (transport: 'socket' | 'http') => Promise<T>;

const actions = { plainSend: 35, send: 40, edit: 8, react: 6, unreact: 3, remove: 1, read: 5, repeat: 2 } as const;
const lanesPerWriter = 4;
const emojis = ['👍', '🎉', '❤️', '👀'] as const;
/** Codes that say "not now": the outcome is unknown or nothing happened, and a retry is right. */
const notNow = new Set(['unavailable', 'deadline_exceeded', 'rate_limited', 'client_closed']);

/** One sender with several things in flight at a time. Every change is retried, by either transport, until it is acked. */
export class Writer {
  readonly #stage: Stage;
  readonly #account: Account;
  readonly #device: Device;
  #stopping = false;

  constructor(stage: Stage, account: Account) {
    this.#stage = stage;
    this.#account = account;
    this.#device = new Device({ port: stage.port, account });
  }

  /** Resolves when `stop` was called and everything begun is acked. */
  async run(dice: Seeded): Promise<void> {
    await Promise.all(emojis.slice(0, lanesPerWriter).map((emoji) => this.#lane(dice.fork(), emoji)));
    this.#device.stop();
  }

  stop(): void {
    this.#stopping = true;
  }

  async #lane(dice: Seeded, emoji: string): Promise<void> {
    const own: Sent[] = [];
    const [from, to] = this.#stage.pauseMs ?? [2, 40];
    while (!this.#stopping) {
      const action = dice.weighted(actions);
      const target = own.length > 0 ? dice.pick(own.slice(-50)) : undefined;
      if (action === 'plainSend') await this.#send(dice, dice.pick(this.#stage.plain));
      else if (action === 'send' || !target) own.push(await this.#send(dice, dice.pick(this.#stage.mixed)));
      else await this.#touch({ action, target, emoji, dice });
      await sleep(dice.between(from, to));
    }
  }

  async #send(dice: Seeded, conversationId: string): Promise<Sent> {
    const clientMessageId = randomUUID();
    const sent = this.#stage.ledger.sending({
      clientMessageId,
      conversationId,
      senderId: this.#account.id,
      text: `текст ${clientMessageId}`,
    });
    await this.#resend(dice, sent);
    return sent;
  }

  async #resend(dice: Seeded, { conversationId, clientMessageId, text }: Sent): Promise<void> {
    const sent = this.#stage.ledger.sends.get(clientMessageId)!;
    const receipt = await this.#retry<Receipt>(dice, conversationId, (transport) =>
      transport === 'socket'
        ? this.#device.command('message:send', { conversationId, clientMessageId, text })
        : this.#account.call({ method: 'POST', path: `/conversations/${conversationId}/messages`, body: { clientMessageId, text } }),
    );
    this.#stage.ledger.acked(sent, receipt);
  }

  async #touch({ action, target, emoji, dice }: Touch): Promise<void> {
    const { ledger } = this.#stage;
    const { conversationId } = target;
    const { id: messageId, seq } = target.receipts[0]!;
    if (action === 'repeat') return this.#resend(dice, target);
    if (action === 'read') return this.#read(dice, conversationId, seq);
    if (ledger.deleted.has(messageId)) return;
    if (action === 'edit' || action === 'remove') return this.#rewrite(dice, { conversationId, messageId, remove: action === 'remove' });
    const command = action === 'react' ? 'reaction:add' : 'reaction:remove';
    const { rev } = await this.#retry<{ rev: number }>(dice, conversationId, () => this.#device.command(command, { messageId, emoji }));
    ledger.reactions.set(reactionKey(messageId, emoji, this.#account.id), action === 'react');
    ledger.changed({ conversationId, messageId, rev });
  }

  async #rewrite(
    dice: Seeded,
    { conversationId, messageId, remove }: { conversationId: string; messageId: string; remove: boolean },
  ): Promise<void> {
    const { ledger } = this.#stage;
    const text = `правка ${randomUUID()}`;
    const [command, payload] = remove ? ['message:delete', { messageId }] : ['message:edit', { messageId, text }];
    const { rev } = await this.#retry<{ rev: number }>(dice, conversationId, () => this.#device.command(command as string, payload));
    if (remove) ledger.deleted.add(messageId);
    else ledger.texts.set(messageId, text);
    ledger.changed({ conversationId, messageId, rev });
  }

  async #read(dice: Seeded, conversationId: string, seq: number): Promise<void> {
    await this.#retry(dice, undefined, () => this.#device.command('conversation:read', { conversationId, seq }));
    this.#stage.ledger.read(conversationId, this.#account.id, seq);
  }

  /** Tries until there is an answer; each try that got none may have made a rev in `conversationId`. */
  async #retry<T>(dice: Seeded, conversationId: string | undefined, attempt: Attempt<T>): Promise<T> {
    for (;;) {
      const transport = dice.next() < 0.85 ? 'socket' : 'http';
      if (transport === 'http' || this.#device.isOpen) {
        try {
          return await attempt(transport);
        } catch (error) {
          if (conversationId !== undefined) this.#stage.ledger.unanswered(conversationId);
          await this.#noteRefusal(error);
        }
      }
      await sleep(dice.between(30, 150));
    }
  }

  async #noteRefusal(error: unknown): Promise<void> {
    const code =
      error instanceof Refused
        ? error.code
        : error instanceof ApiError
          ? (/"code":"(\w+)"/.exec(error.message)?.[1] ?? String(error.status))
          : undefined;
    if (code === 'unauthenticated') await this.#account.renew().catch(() => undefined);
    if (code !== undefined && !notNow.has(code)) this.#stage.ledger.refused(code);
  }
}

interface Touch {
  readonly action: 'edit' | 'react' | 'unreact' | 'remove' | 'read' | 'repeat';
  readonly target: Sent;
  readonly emoji: string;
  readonly dice: Seeded;
}
