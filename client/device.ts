import { logIn } from '../src/contracts/auth/sessions.ts';
import { register } from '../src/contracts/auth/registration.ts';
import { setUp } from '../src/contracts/auth/team.ts';
import type { SignedIn } from '../src/contracts/auth/sessions.ts';
import type { User } from '../src/contracts/auth/accounts.ts';
import type { Operation, Output, RawInput } from '../src/contracts/define.ts';
import type { ChosenStatus } from '../src/contracts/presence/statuses.ts';
import { linkFile } from '../src/contracts/media/files.ts';
import { setPresence, subscribe } from '../src/contracts/presence/statuses.ts';
import { Chat } from './chat.ts';
import type { Client } from './client.ts';
import { ClientError } from './client-error.ts';
import { NotificationsOfDevice } from './notifications.ts';
import { OwnSettingsOfDevice } from './own-settings.ts';
import { ServerConnection } from './server-connection.ts';
import type { LocalStore, OutboxStore, UploadStore } from './options.ts';
import { People } from './people.ts';
import { PresenceWatch } from './presence.ts';
import { noPulse, type Pulse } from './pulse.ts';
import type { Session } from './session.ts';
import { endReasons } from './session-ends.ts';
import type { Platform } from './platform.ts';
import { StoppableTimers, type Timers } from './timers.ts';
import type { UnsentSettings } from './unsent-settings.ts';
import type { OpenWire } from './wire.ts';
import { eventRouter, type PeopleChange } from './wire-events.ts';

export interface DeviceParts {
  readonly url: string;
  readonly session: Session;
  readonly store: OutboxStore;
  /** IndexedDB in browsers and memory elsewhere, unless given. */
  readonly uploadStore?: UploadStore | undefined;
  /** Nothing is kept for the next start unless given. */
  readonly local?: LocalStore | null;
  readonly unsentSettings: UnsentSettings;
  readonly openWire: OpenWire;
  readonly timers: Timers;
  /** Stalls are not looked for unless given. */
  readonly pulse?: Pulse;
  readonly platform: Platform;
}

/** The client: creates its parts and calls them when a person signs in or out and when the connection is back. */
export class Device implements Client {
  readonly session: Client['session'];
  readonly obstacle: Client['obstacle'];
  readonly connection: Client['connection'];
  readonly conversations: Client['conversations'];
  readonly conversationsLoaded: Client['conversationsLoaded'];
  readonly conversationsComplete: Client['conversationsComplete'];
  readonly people: Client['people'];
  readonly unknownPeople: Client['unknownPeople'];
  readonly presence: Client['presence'];
  readonly settings: OwnSettingsOfDevice;
  readonly notifications: NotificationsOfDevice;
  readonly outbox: Client['outbox'];
  readonly sendingPause: Client['sendingPause'];
  readonly isStalled: Client['isStalled'];
  readonly on: Client['on'];
  readonly #parts: DeviceParts;
  readonly #timers: StoppableTimers;
  readonly #session: Session;
  readonly #server: ServerConnection;
  readonly #chat: Chat;
  readonly #people: People;
  readonly #presence: PresenceWatch;
  #user: User | null = null;
  /** Who was signed in last, also after that session ended. */
  #last: User | null = null;
  /** Somebody signs in on this device itself. */
  #isEntering = false;
  /** Set while started. */
  #unwatchNetwork: (() => void) | null = null;
  #unwatchTabs: (() => void) | null = null;

  constructor(parts: DeviceParts) {
    this.#parts = parts;
    this.#timers = new StoppableTimers(parts.timers);
    this.#session = parts.session;
    this.#people = new People(this.call);
    this.#chat = this.#newChat();
    this.#presence = new PresenceWatch({
      subscribe: (userIds) => this.#command(subscribe, { userIds: [...userIds] }),
      isConnected: () => this.#server.isOpen,
    });
    this.settings = new OwnSettingsOfDevice({ call: this.call, isConnected: () => this.#server.isOpen, unsent: parts.unsentSettings });
    this.notifications = new NotificationsOfDevice({ call: this.call, events: this.#chat.events });
    this.#server = this.#newServerConnection();
    this.session = this.#session.state;
    this.obstacle = this.#session.obstacle;
    this.connection = this.#server.connection;
    this.conversations = this.#chat.conversations.list;
    this.conversationsLoaded = this.#chat.conversations.isLoaded;
    this.conversationsComplete = this.#chat.conversations.isComplete;
    this.people = this.#people.byId;
    this.unknownPeople = this.#people.unknown;
    this.presence = this.#presence.byId;
    this.outbox = this.#chat.outbox.entries;
    this.sendingPause = this.#chat.outbox.pause;
    this.isStalled = (parts.pulse ?? noPulse).isStalled;
    this.on = this.#chat.events.on;
    this.#watchItself();
  }

  async start(): Promise<void> {
    this.#begin();
    await Promise.all([this.#session.presume(this.#chat.local.load()), this.#session.start()]);
  }

  stop(): Promise<void> {
    this.#unwatchNetwork?.();
    this.#unwatchNetwork = null;
    this.#unwatchTabs?.();
    this.#unwatchTabs = null;
    this.#server.close();
    this.#session.pause();
    const kept = this.#chat.stop();
    this.#timers.stopAll();
    this.#parts.pulse?.reset();
    return kept;
  }

  readonly setUp: Client['setUp'] = (input) => this.#enter(setUp, input);
  readonly register: Client['register'] = (input) => this.#enter(register, input);
  readonly logIn: Client['logIn'] = (input) => this.#enter(logIn, input);

  async logOut(): Promise<void> {
    const user = this.#user;
    // Closed first, so that this device does not handle the end of its own session as a revocation.
    this.#server.close();
    try {
      await this.#session.leave();
    } catch (error) {
      if (this.#unwatchNetwork && this.#user) this.#server.open();
      throw error;
    }
    this.#parts.platform.tabs.publish(null);
    if (!user) return;
    this.settings.forget(user.id);
    await this.#chat.clear(user.id);
  }

  readonly call: Client['call'] = (operation, input) => this.#call(operation, input);

  readonly download: Client['download'] = (fileId) => this.#session.download(pathOf(fileId));
  readonly link: Client['link'] = (fileId) => this.#call(linkFile, { fileId });
  readonly beginning: Client['beginning'] = (fileId, bytes) => this.#session.download(pathOf(fileId), bytes);
  readonly picture: Client['picture'] = (fileId, size) => this.#session.download(`${pathOf(fileId)}/thumbnail?size=${size}`);
  readonly uploadAvatar: Client['uploadAvatar'] = async (...of) => (await import('./avatars.ts')).uploadAvatar(this.#session, ...of);

  readonly conversation: Client['conversation'] = (id) => this.#chat.handle(id);
  readonly openDirect: Client['openDirect'] = (userId) => this.#chat.openDirect(userId);

  readonly requirePeople: Client['requirePeople'] = (userIds) => {
    this.#people.require(userIds);
  };
  readonly listPeople: Client['listPeople'] = () => {
    this.#people.list();
  };
  readonly watchPresence: Client['watchPresence'] = (userIds) => {
    this.#presence.watch(userIds);
  };

  async setPresence(status: ChosenStatus, text?: string): Promise<void> {
    await this.call(setPresence, { status, ...(text === undefined ? {} : { text }) });
  }

  #newChat(): Chat {
    return new Chat({
      call: this.call,
      command: (operation, input) => this.#command(operation, input),
      isConnected: () => this.#server.isOpen,
      store: this.#parts.store,
      uploadStore: this.#parts.uploadStore,
      isBrowser: this.#parts.platform.isBrowser,
      askForUpload: (request) => this.#session.upload(request),
      local: this.#parts.local ?? null,
      people: () => [...this.#people.byId.get().values()],
      timers: this.#timers,
      exclusively: this.#parts.platform.exclusively,
    });
  }

  #newServerConnection(): ServerConnection {
    const presence = this.#presence.changed.bind(this.#presence);
    const people = (change: PeopleChange): void => {
      this.#people.changed(change);
      this.#presence.peopleChanged(change);
    };
    const user = (one: User): void => {
      this.#followRole(one);
      this.#people.met([one]);
      this.#session.updated(one);
    };
    return new ServerConnection({
      url: this.#parts.url,
      openWire: this.#parts.openWire,
      timers: this.#timers,
      pulse: this.#parts.pulse ?? noPulse,
      token: () => this.#session.token(),
      renew: (refused) => this.#session.renew(refused),
      catchUp: () => this.#chat.catchUp.run(),
      onEvent: eventRouter({
        ...this.#chat.sinks,
        presence,
        user,
        people,
        settings: this.settings.changed,
        ...this.notifications.sinks,
      }),
      onRevoked: (reason) => {
        this.#revoked(reason);
      },
    });
  }

  #watchItself(): void {
    this.#session.state.subscribe(() => {
      this.#follow();
    });
    this.#session.onToken = (token) => {
      this.#server.renewed(token);
      if (this.#user) this.#chat.local.begin(this.#user);
    };
    this.#people.byId.subscribe(this.#chat.local.peopleChanged);
    this.#session.onDelay = (retryAt) => {
      this.#server.waits(retryAt);
    };
    this.connection.subscribe(() => {
      if (this.connection.get().status !== 'online') return;
      this.#chat.resume();
      this.#people.reconnected();
      this.#presence.resume();
      this.settings.resume();
      this.notifications.resume();
    });
  }

  #begin(): void {
    const wake = (): void => {
      this.#session.wake();
      this.#server.wake();
    };
    this.#unwatchNetwork ??= this.#parts.platform.watchNetwork({
      came: wake,
      shown: wake,
      went: () => {
        this.#server.sleep();
      },
    });
    this.#unwatchTabs ??= this.#parts.platform.tabs.watch((userId) => {
      this.#otherTab(userId);
    });
    if (this.#user) this.#open();
  }

  /** The list of conversations is asked for by HTTP while the socket opens; the socket's own sync brings what changed since. */
  #open(): void {
    this.#server.open();
    if (!this.conversationsLoaded.get()) this.#chat.catchUp.run().catch(() => undefined);
  }

  async #enter<O extends Operation>(operation: O, input: RawInput<O>): Promise<User> {
    const { user } = await this.#entered(operation, input);
    this.#begin();
    return user;
  }

  async #entered<O extends Operation>(operation: O, input: RawInput<O>): Promise<SignedIn> {
    this.#isEntering = true;
    try {
      const signedIn = await this.#session.enter(operation, input);
      this.#parts.platform.tabs.publish(signedIn.user.id);
      return signedIn;
    } finally {
      this.#isEntering = false;
    }
  }

  /** Another person, or nobody: nothing of the former one stays. */
  #follow(): void {
    const state = this.#session.state.get();
    const user = state.status === 'signed-in' ? state.user : null;
    const before = this.#user;
    this.#user = user;
    if (before?.id !== user?.id) {
      this.#server.close();
      this.#presence.clear();
      this.#people.clear();
      this.settings.begin(user?.id ?? null);
      this.notifications.begin();
      const kept = user && this.#chat.local.take(user.id);
      this.#chat.begin(user?.id ?? null, kept?.conversations);
      this.#people.restored(kept?.people ?? []);
      if (user && this.#unwatchNetwork) this.#open();
    }
    if (state.status === 'signed-out') void this.#chat.local.end(before?.id ?? null);
    if (user) this.#people.met([user]);
    else this.#server.close();
    this.#sayWhoCame(user);
  }

  #sayWhoCame(to: User | null): void {
    const from = this.#last;
    this.#last = to ?? from;
    if (from && to && from.id !== to.id && !this.#isEntering) this.#chat.events.emit('person-changed', { from, to });
  }

  /** Another tab signed in or out, and the browser has one session. While nobody is signed in here, the sign-in form stays. */
  #otherTab(userId: string | null): void {
    const state = this.#session.state.get();
    if (state.status === 'signed-in' && userId === null) this.#session.end('logged_out').catch(() => undefined);
    else if (state.status === 'signed-in' && userId !== state.user.id) this.#session.restore().catch(() => undefined);
    else if (state.status === 'signed-out' && state.reason !== 'none' && userId !== null) this.#session.restore().catch(() => undefined);
  }

  /** A guest of the team sees other people than a member does: those met before are asked for anew. */
  #followRole({ id, role }: User): void {
    const before = this.#user;
    if (before?.id !== id || (before.role === 'guest') === (role === 'guest')) return;
    this.#people.clear();
    this.#presence.resume();
  }

  #revoked(reason: string): void {
    this.#session.end(endReasons[reason] ?? 'revoked').catch(() => undefined);
    this.#chat.events.emit('revoked', { reason });
  }

  async #call<O extends Operation>(operation: O, input: RawInput<O>): Promise<Output<O>> {
    if (!operation.http) return this.#command(operation, input);
    // A session that begins or ends by this call is this device's.
    if (operation.http.session === 'issue') return (await this.#entered(operation, input)) as Output<O>;
    if (operation.http.session === 'clear') await this.logOut();
    else return this.#session.call(operation, input);
    return {} as Output<O>;
  }

  /** Sends an operation over the socket; resolves with its output as the contract declares it. */
  #command<O extends Operation>(operation: O, input: RawInput<O>): Promise<Output<O>> {
    if (!operation.socket) return Promise.reject(new ClientError('not_found', { detail: `${operation.name} is not served to clients.` }));
    return this.#server.command(operation.socket.command, input) as Promise<Output<O>>;
  }
}

const pathOf = (fileId: string): string => `/media/${encodeURIComponent(fileId)}`;
