import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Conversation } from '../../src/contracts/chat/conversations.ts';
import type { Message } from '../../src/contracts/chat/messages.ts';
import type { User } from '../../src/contracts/auth/accounts.ts';
import { Api } from './api.ts';
import { Device, type Receipt } from './device.ts';

export interface Session {
  readonly user: User;
  readonly accessToken: string;
  readonly refreshToken: string;
}

export const password = 'correct horse battery 9';

/** A person of a team, and what they do. */
export class Actor {
  readonly name: string;
  readonly session: Session;
  readonly api: Api;
  /** Devices in the order they were opened. */
  readonly devices: Device[] = [];
  readonly #urls: readonly string[];

  constructor(name: string, session: Session, urls: readonly string[]) {
    this.name = name;
    this.session = session;
    this.#urls = urls;
    // Another node than the first device's, where there are several.
    this.api = new Api(urls.at(-1) ?? '', session.accessToken);
  }

  get id(): string {
    return this.session.user.id;
  }

  /** Opens a device, on the node of this index where there are several. */
  async comesOnline(node = this.devices.length): Promise<Device> {
    const device = await Device.open(this.#urls[node % this.#urls.length] ?? '', this.session.accessToken);
    this.devices.push(device);
    return device;
  }

  async device(): Promise<Device> {
    return this.devices.findLast((device) => device.isOpen) ?? this.comesOnline();
  }

  async posts(conversationId: string, text: string, clientMessageId?: string): Promise<Receipt> {
    return (await this.device()).send(conversationId, text, clientMessageId);
  }

  async opens(kind: 'direct' | 'group' | 'channel', members: readonly Actor[], more: Record<string, unknown> = {}): Promise<Conversation> {
    const named = kind === 'direct' ? {} : { name: 'Lunch' };
    return this.api.ok<Conversation>('POST', '/conversations', { kind, memberIds: members.map(({ id }) => id), ...named, ...more });
  }

  async seesInList(conversationId: string): Promise<Conversation | undefined> {
    const { items } = await this.api.ok<{ items: Conversation[] }>('GET', '/conversations');
    return items.find(({ id }) => id === conversationId);
  }

  /** The whole log of a conversation, page by page. */
  async reads(conversationId: string): Promise<Message[]> {
    const log: Message[] = [];
    for (;;) {
      const after = log.at(-1)?.seq ?? 0;
      const page = await this.api.ok<{ items: Message[]; hasMore: boolean }>(
        'GET',
        `/conversations/${conversationId}/messages?afterSeq=${String(after)}&limit=200`,
      );
      log.push(...page.items);
      if (!page.hasMore) return log;
    }
  }

  leaves(): void {
    for (const device of this.devices) device.close();
  }
}

/** A set-up team on one or more nodes; people register when they are first spoken of. */
export class Team {
  readonly #urls: readonly string[];
  readonly #actors = new Map<string, Promise<Actor>>();

  /** Sets the team up with the token in `dataDir`; the owner is `olga`. */
  static async create(urls: readonly string[], dataDir: string): Promise<Team> {
    const token = (await readFile(join(dataDir, 'setup-token'), 'utf8')).trim();
    const session = await new Api(urls[0] ?? '').ok<Session>('POST', '/setup', { token, teamName: 'Testers', ...account('olga') });
    const team = new Team(urls);
    team.#actors.set('olga', Promise.resolve(new Actor('olga', session, urls)));
    return team;
  }

  private constructor(urls: readonly string[]) {
    this.#urls = urls;
  }

  get owner(): Promise<Actor> {
    return this.actor('olga');
  }

  actor(name: string): Promise<Actor> {
    return this.#joins(name, () => Promise.resolve({}));
  }

  /** A guest of the team, who is in no conversation yet. */
  guest(name: string): Promise<Actor> {
    return this.#joins(name, async () => {
      const { code } = await (await this.owner).api.ok<{ code: string }>('POST', '/invites', { role: 'guest', maxUses: 1 });
      return { inviteCode: code };
    });
  }

  #joins(name: string, by: () => Promise<{ readonly inviteCode?: string }>): Promise<Actor> {
    const known = this.#actors.get(name);
    if (known) return known;
    const joining = by()
      .then((invited) => new Api(this.#urls[0] ?? '').ok<Session>('POST', '/auth/register', { ...account(name), ...invited }))
      .then((session) => new Actor(name, session, this.#urls));
    this.#actors.set(name, joining);
    return joining;
  }

  actors<const N extends readonly string[]>(...names: N): Promise<{ [K in keyof N]: Actor }> {
    return Promise.all(names.map((name) => this.actor(name))) as Promise<{ [K in keyof N]: Actor }>;
  }

  /** The same team with people of its own, so that scenarios do not meet each other's. */
  scene(prefix: string): Scene {
    const named = (name: string): Promise<Actor> => (name === 'olga' ? this.owner : this.actor(`${prefix}${name}`));
    return {
      url: this.#urls[0] ?? '',
      actor: named,
      guest: (name) => this.guest(`${prefix}${name}`),
      actors: (...names) => Promise.all(names.map(named)) as never,
    };
  }

  async leaves(): Promise<void> {
    for (const actor of await Promise.all(this.#actors.values())) actor.leaves();
  }
}

export interface Scene {
  readonly url: string;
  actor(name: string): Promise<Actor>;
  guest(name: string): Promise<Actor>;
  actors<const N extends readonly string[]>(...names: N): Promise<{ [K in keyof N]: Actor }>;
}

export const account = (name: string) => ({ email: `${name}@example.org`, username: name, displayName: name, password });
